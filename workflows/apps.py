"""Registers the room with Django."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"

    def ready(self) -> None:
        """Check the graphs, name our verbs, let the sweep end notices, tell the term board what is under way."""
        from audit.verbs import register
        from notifications import sweep
        from organizations.signals import calendar_changed
        from organizations.term_board import tell_steps
        from workflows import checks  # noqa: F401
        from workflows.appointment_review.term_steps import steps_of
        from workflows.notices import messages  # noqa: F401
        from workflows.notices.actions.publishing import take_down
        from workflows.notices.actions.recounting import recount_notices
        from workflows.notices.actions.upkeep import once_a_day
        from workflows.verb_names import NAMES

        register(NAMES)
        tell_steps(steps_of)
        calendar_changed.connect(recount_notices, dispatch_uid="standing notices follow the calendar")
        sweep.register("notices_over", take_down)
        sweep.register("objections_counted", once_a_day)
