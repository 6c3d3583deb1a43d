"""From which day an organization is reminded: its own go-live day, else the one of the nearest superior with one."""

from collections.abc import Collection
from datetime import date

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Substr
from django.db.models.lookups import LessThanOrEqual

from organizations.models import PartyOrganization

_LENGTHS = range(
    PartyOrganization.steplen, PartyOrganization._meta.get_field("path").max_length + 1, PartyOrganization.steplen
)


def live_day(path: str = "path") -> Subquery:
    """Give the go-live day that holds for an organization, as a column; empty where nobody set one up to the root.

    Args:
        path: Field path from the model asked to the ``path`` of its organization.
    """
    # Every beginning of the path is looked up in the unique index, so the tree is never read through row by row.
    above = [Substr(OuterRef(path), 1, length) for length in _LENGTHS]
    days = PartyOrganization.objects.filter(path__in=above, go_live_on__isnull=False)
    return Subquery(days.order_by("-path").values("go_live_on")[:1])


def live_when(due: str, *, at: str = "organization") -> Q:
    """Build the condition that something came due on the go-live day of its organization or later.

    Args:
        due: Field with the day or the moment.
        at: Field path to the organization.
    """
    return Q(LessThanOrEqual(Coalesce(live_day(f"{at}__path"), Value(date.min)), F(due)))


def live_days(organizations: Collection[PartyOrganization]) -> dict[int, date]:
    """Give the go-live days that hold for some organizations, by key; those without one are left out."""
    rows = PartyOrganization.objects.filter(pk__in=[each.pk for each in organizations])
    found = rows.order_by().annotate(live_on=live_day()).filter(live_on__isnull=False)
    return dict(found.values_list("pk", "live_on"))
