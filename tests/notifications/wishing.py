"""People who want their letters in another way than by default."""

from notifications.models import Preference
from notifications.rules.routing import CHOOSABLE, Way
from notifications.wishes import phone_hash
from tests.factories import NOW


def wishes(account, way: str = Way.DIGEST, **columns: object) -> Preference:
    """Let somebody want all letters in one way.

    Args:
        account: Whose wish it is.
        way: The way of every group that is not named.
        columns: Further columns of the row.
    """
    groups = {group.value: str(way) for group in CHOOSABLE}
    return Preference.objects.create(account=account, changed_at=NOW, **{**groups, **columns})


def wants_all_at_once(account, **columns: object) -> Preference:
    """Let somebody want each letter singly, at any hour of any day; a telephone counts as confirmed."""
    return Preference.objects.create(account=account, **AT_ONCE, **confirmed(account), **columns)


def confirmed(account) -> dict[str, str]:
    """Give the column that says a telephone was confirmed."""
    return {"confirmed_phone": phone_hash(account.phone) if account.phone else ""}


AT_ONCE = {
    **{group.value: Way.SINGLY.value for group in CHOOSABLE},
    "quiet_from": "00:00", "quiet_until": "00:00", "on_days_off": True, "changed_at": NOW,
}  # fmt: skip
