from django.apps import AppConfig


class ReportsApp(AppConfig):
    name = "joldama.reports"
    label = "reports"
