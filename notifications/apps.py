"""Registers the room with Django."""

from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        """Register the messages of the house."""
        import_module("notifications.kinds")
