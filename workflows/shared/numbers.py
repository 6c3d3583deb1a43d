"""Document numbers such as 南社党〔2026〕15号: one after the other, none twice, none left out."""

from django.db import transaction
from django.db.models import F

from workflows.shared.models import Numbering


@transaction.atomic
def next_number(kind: str, prefix: str, year: int) -> str:
    """Give the next number under a letterhead; the row stays locked until the caller's transaction ends.

    A caller that is rolled back gives its number back, so no gap remains.

    Args:
        kind: What is numbered, for example ``approval``.
        prefix: Letterhead code of the issuer, for example ``南社党``.
        year: Calendar year of the document's date.

    Returns:
        The number as it is printed, counted from 1 within kind, prefix and year.

    Source: Regulations on the Handling of Official Documents of Party and Government Organs, art. 9 (5):
    agency code, year, sequence number.
    """
    return f"{prefix}〔{year}〕{next_serial(kind, prefix, year)}号"


@transaction.atomic
def next_serial(kind: str, prefix: str, year: int) -> int:
    """Give the next plain number within kind, prefix and year, counted from 1; no gap remains after a rollback."""
    row = {"kind": kind, "prefix": prefix, "year": year}
    # The insert that ignores a twin and the update that adds one both wait for whoever holds the row.
    Numbering.objects.bulk_create([Numbering(**row)], ignore_conflicts=True)
    Numbering.objects.filter(**row).update(last=F("last") + 1)
    return Numbering.objects.values_list("last", flat=True).get(**row)
