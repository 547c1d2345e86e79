from django.apps import AppConfig


class AdministrationApp(AppConfig):
    name = "joldama.administration"
    label = "administration"
