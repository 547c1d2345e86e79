from django.apps import AppConfig


class ComplaintsApp(AppConfig):
    name = "joldama.complaints"
    label = "complaints"
