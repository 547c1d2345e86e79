from django.apps import AppConfig


class UiApp(AppConfig):
    name = "joldama.ui"
    label = "ui"
