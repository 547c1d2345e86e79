from django.apps import AppConfig


class DeskApp(AppConfig):
    name = "joldama.desk"
    label = "desk"
