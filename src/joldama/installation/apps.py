from django.apps import AppConfig


class InstallationApp(AppConfig):
    name = "joldama.installation"
    label = "installation"
