from django.apps import AppConfig


class DemoApp(AppConfig):
    name = "joldama.demo"
    label = "demo"
