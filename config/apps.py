"""Registers the room with Django."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        """Let the sweep sign the log once a day."""
        from config.upkeep import sign_once_a_day
        from notifications import sweep

        sweep.register("log_signed", sign_once_a_day)
