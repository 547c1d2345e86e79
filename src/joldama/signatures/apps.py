from django.apps import AppConfig


class SignaturesApp(AppConfig):
    name = "joldama.signatures"
    label = "signatures"
