from django.apps import AppConfig


class RegistriesApp(AppConfig):
    name = "joldama.registries"
    label = "registries"
