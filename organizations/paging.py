"""Pages of long lists by the key of the last row, so that page 1,000 costs what page 1 costs."""

import base64
import binascii
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.http import HttpRequest

ROWS = 50


@dataclass
class Page:
    """Some rows of a list.

    Attributes:
        rows: The rows, at most ``ROWS``.
        more: Address of the next part, empty at the end.
    """

    rows: list[Model]
    more: str


def page_of(queryset: QuerySet, request: HttpRequest, *, by: str) -> Page:
    """Cut the part of a list that a request asks for.

    Args:
        queryset: The filtered list.
        request: Its ``after`` names the last row that was shown.
        by: Field the list is sorted by; ties are sorted by key.

    Returns:
        The rows, read in one query, and the way on.
    """
    last = _read(request.GET.get("after", ""), queryset.model._meta.get_field(by))
    if last is not None:
        value, pk = last
        queryset = queryset.filter(Q(**{f"{by}__gt": value}) | Q(**{by: value, "pk__gt": pk}))
    rows = list(queryset.order_by(by, "pk")[: ROWS + 1])
    more = ""
    if len(rows) > ROWS:
        rows = rows[:ROWS]
        kept = {name: value for name, value in request.GET.items() if name != "after"}
        more = f"?{urlencode({**kept, 'after': _write(getattr(rows[-1], by), rows[-1].pk)})}"
    return Page(rows, more)


def _write(value: str, pk: int) -> str:
    return base64.urlsafe_b64encode(f"{pk}|{value}".encode()).decode()


def _read(text: str, field: Field) -> tuple[object, int] | None:
    try:
        pk, mark, value = base64.urlsafe_b64decode(text.encode()).decode().partition("|")
        return (field.to_python(value.replace("\0", "")), int(pk)) if mark else None
    except (binascii.Error, ValueError, ValidationError):
        return None
