from django.apps import AppConfig


class OrganisationApp(AppConfig):
    name = "joldama.organisation"
    label = "organisation"
