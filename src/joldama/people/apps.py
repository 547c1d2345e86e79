from django.apps import AppConfig


class PeopleApp(AppConfig):
    name = "joldama.people"
    label = "people"
