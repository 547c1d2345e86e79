from django.apps import AppConfig


class OpeningsApp(AppConfig):
    name = "joldama.openings"
    label = "openings"
