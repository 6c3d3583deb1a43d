"""Registers the room with Django."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "organizations"

    def ready(self) -> None:
        """Listen to sign-ins and sign-outs."""
        from organizations import sessions  # noqa: F401
