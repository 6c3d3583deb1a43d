"""Registers the room with Django."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"

    def ready(self) -> None:
        """Check the graphs at every start, and name our verbs."""
        from audit.verbs import register
        from workflows import checks  # noqa: F401
        from workflows.verb_names import NAMES

        register(NAMES)
