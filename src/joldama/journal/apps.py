from django.apps import AppConfig


class JournalApp(AppConfig):
    name = "joldama.journal"
    label = "journal"
