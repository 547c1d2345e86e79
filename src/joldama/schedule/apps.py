from django.apps import AppConfig


class ScheduleApp(AppConfig):
    name = "joldama.schedule"
    label = "schedule"
