from django.apps import AppConfig


class ChanceryApp(AppConfig):
    name = "joldama.chancery"
    label = "chancery"
