"""Registers the room with Django."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        """Let the sweep do what is done once a day."""
        from config.upkeep import once_a_day
        from notifications import sweep

        sweep.register("day_begun", once_a_day)
