from django.apps import AppConfig


class HelpdeskApp(AppConfig):
    name = "joldama.helpdesk"
    label = "helpdesk"
