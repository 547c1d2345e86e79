from django.apps import AppConfig


class NoticesApp(AppConfig):
    name = "joldama.notices"
    label = "notices"
