"""What this room does when a lower one calls out."""

from django.dispatch import receiver

from approvals.actions.reminding import remind_due_seats
from approvals.actions.upkeep import close_due_stages, follow_roles
from notifications import sweep
from organizations.signals import roles_changed

sweep.register("stages_closed", close_due_stages)
sweep.register("seats_reminded", remind_due_seats)


@receiver(roles_changed)
def on_roles_changed(*, assignments, at, **kwargs) -> None:
    """Let the inboxes follow a change of roles, inside its transaction."""
    follow_roles(assignments, at=at)
