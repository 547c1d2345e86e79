from django.apps import AppConfig


class PortalApp(AppConfig):
    name = "joldama.portal"
    label = "portal"
