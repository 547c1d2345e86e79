from django.apps import AppConfig


class HallApp(AppConfig):
    name = "joldama.hall"
    label = "hall"
