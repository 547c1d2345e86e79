from django.apps import AppConfig


class ApiApp(AppConfig):
    name = "joldama.api"
    label = "api"
