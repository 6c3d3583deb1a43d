"""Registers the room with Django."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "approvals"

    def ready(self) -> None:
        """Let the inboxes follow the roles, and the sweep close what closes by itself."""
        from approvals import receivers  # noqa: F401
