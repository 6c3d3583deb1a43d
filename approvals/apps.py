"""Registers the room with Django."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "approvals"

    def ready(self) -> None:
        """Let the inboxes follow the roles, the sweep close what closes by itself, and name our verbs."""
        from approvals import receivers  # noqa: F401
        from approvals.verb_names import NAMES
        from audit.verbs import register

        register(NAMES)
