from django.apps import AppConfig


class MobileApp(AppConfig):
    name = "joldama.mobile"
    label = "mobile"
