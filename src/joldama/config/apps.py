"""Wiring at start: each port gets its adapter."""

from django.apps import AppConfig


class ConfigApp(AppConfig):
    name = "joldama.config"
    label = "config"

    def ready(self) -> None:
        from joldama.config.wiring import wire

        wire()
