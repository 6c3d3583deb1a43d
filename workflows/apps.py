"""Registers the room with Django."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"

    def ready(self) -> None:
        """Check the graphs at every start, name our verbs, and tell the term board what is under way."""
        from audit.verbs import register
        from organizations.term_board import tell_steps
        from workflows import checks  # noqa: F401
        from workflows.appointment_review.term_steps import steps_of
        from workflows.verb_names import NAMES

        register(NAMES)
        tell_steps(steps_of)
