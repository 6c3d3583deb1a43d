"""What this room does when a lower one calls out."""

from django.dispatch import receiver

from approvals.actions.upkeep import follow_roles
from organizations.signals import roles_changed


@receiver(roles_changed)
def on_roles_changed(*, assignments, at, **kwargs) -> None:
    """Let the inboxes follow a change of roles, inside its transaction."""
    follow_roles(assignments, at=at)
