"""From what people type to what is stored: one spelling for each month, day, telephone and name."""

from organizations.rules.days import OPEN_END, DayUnreadable, read_day
from organizations.rules.identity import read_phone
from organizations.rules.names import read_name
from organizations.rules.text import compact, tidy
from workflows.appointment_review.form_fields import Field
from workflows.appointment_review.rules.resume import PRESENT, month_of, written

PRESENT_WORDS = OPEN_END - {"无"} | {"present", "now"}


def stored(field: Field, text: str) -> str | bool:
    """Give the stored spelling of what was typed; what cannot be read is kept as it was typed, so nothing is lost.

    Args:
        field: What it was typed into.
        text: As typed.

    Returns:
        ``2015-03`` for months, ``2015-03-09`` for days, ``present`` for 至今, True or False for ticks, else tidy text.
    """
    if field.kind == "tick":
        return text in ("on", "true", "1", "yes")
    text = text.replace("\x00", "")[: field.longest * 4]
    if field.kind == "end" and compact(text).lower() in PRESENT_WORDS:
        return PRESENT
    if field.kind in ("month", "end"):
        month = month_of(text)
        return written(month) if month else tidy(text)
    if field.kind == "day":
        return _day(text)
    if field.kind == "phone":
        return read_phone(text) or tidy(text)
    if field.kind == "name":
        return read_name(text) or tidy(text)
    return compact(text) if field.kind in ("year", "email") else tidy(text)


def _day(text: str) -> str:
    try:
        day = read_day(text)
    except DayUnreadable:
        day = None
    return day.isoformat() if day else tidy(text)
