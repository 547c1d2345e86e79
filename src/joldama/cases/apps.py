from django.apps import AppConfig


class CasesApp(AppConfig):
    name = "joldama.cases"
    label = "cases"
