from django.apps import AppConfig


class ReferralsApp(AppConfig):
    name = "joldama.referrals"
    label = "referrals"
