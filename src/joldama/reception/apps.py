from django.apps import AppConfig


class ReceptionApp(AppConfig):
    name = "joldama.reception"
    label = "reception"
