"""Registers the room with Django."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"

    def ready(self) -> None:
        """Check the graphs at every start."""
        from workflows import checks  # noqa: F401
