"""What this room does when a lower one calls out."""

from django.dispatch import receiver

from approvals.actions.groups import tell_groups
from approvals.actions.letter_reminding import LETTER
from approvals.actions.recounting import recount, recount_letters
from approvals.actions.reminding import COPY, SEAT, STAGE
from approvals.actions.upkeep import close_due_stages, follow_account, follow_roles
from approvals.errors import StillOpenThere
from approvals.inbox import due_days
from approvals.queries import something_open_at
from notifications import feeds, sweep
from notifications.reminding import register_subject
from organizations.signals import account_changed, calendar_changed, organization_closing, roles_changed

sweep.register("stages_closed", close_due_stages)
register_subject("seat", *SEAT)
register_subject("copy", *COPY)
register_subject("stage", *STAGE)
register_subject("letter", *LETTER)
sweep.register("groups_told", tell_groups)
feeds.register(due_days)


@receiver(roles_changed)
def on_roles_changed(*, assignments, at, **kwargs) -> None:
    """Let the inboxes follow a change of roles, inside its transaction."""
    follow_roles(assignments, at=at)


@receiver(account_changed)
def on_account_changed(*, account, at, **kwargs) -> None:
    """Let the seats of a person follow the account, inside its transaction."""
    follow_account(account, at=at)


@receiver(calendar_changed)
def on_calendar_changed(*, first, last, organization, by, at, **kwargs) -> list:
    """Count the open time limits again that cross what changed, inside its transaction."""
    moved = recount(first=first, last=last, organization=organization, by=by, at=at)
    # A letter goes out of the house, so closed days of one office do not count for it.
    return moved + (recount_letters(first=first, last=last, by=by, at=at) if organization is None else [])


@receiver(organization_closing)
def on_organization_closing(*, organization, **kwargs) -> None:
    """Keep an organization from closing while something is open of it or waits there."""
    if something_open_at(organization):
        raise StillOpenThere
