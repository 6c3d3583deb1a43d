"""The words templates are written in besides Django's own: shapes, tags, days and numbers."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as dated
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from config.browser_names import browser_named
from config.icons import SHAPES
from config.places import reached

register = template.Library()
register.filter("browser", browser_named)

# Kind of a status tag → (color, shape); the word is always written beside it (SCREENS §4).
TAGS = {
    "overdue": ("stop", "overdue"),
    "due": ("grey", "clock"),
    "today": ("caution", "clock"),
    "doing": ("accent", "half"),
    "agreed": ("good", "check"),
    "notice": ("caution", "triangle"),
    "hindering": ("stop", "diamond"),
    "refused": ("stop", "diamond"),
    "returned": ("caution", "back"),
    "deferred": ("grey", "pause"),
    "open": ("grey", "ring"),
    "recused": ("caution", "door"),
    "paper": ("accent", "document"),
    "viewed": ("caution", "eye"),
}

WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """Draw a shape that says nothing to a screen reader, because the word stands beside it.

    Args:
        name: Name of a shape in ``config.icons``.
        extra: Further CSS classes.

    Returns:
        An inline SVG in the color of the text around it.
    """
    classes = f"icon {extra}".strip()
    return format_html(
        '<svg class="{}" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>',
        classes,
        mark_safe(SHAPES[name]),  # noqa: S308 - drawn in config/icons.py
    )


@register.simple_tag
def tag(kind: str, text: object) -> SafeString:
    """Write a status tag in a frame: shape, word, color.

    Args:
        kind: One of ``TAGS``.
        text: The word or short phrase.

    Returns:
        The tag, which never breaks over two lines.
    """
    color, shape = TAGS[kind]
    return format_html('<span class="tag tag-{}">{}{}</span>', color, icon(shape), text)


@register.simple_tag
def mark(kind: str, text: object) -> SafeString:
    """Write the same shape and word without a frame, for grids, legends and second lines.

    Args:
        kind: One of ``TAGS``.
        text: The word or short phrase.

    Returns:
        The mark, which never breaks over two lines.
    """
    color, shape = TAGS[kind]
    return format_html('<span class="mark-{} nowrap">{} {}</span>', color, icon(shape), text)


@register.simple_tag
def due_tag(working_days: int) -> SafeString:
    """Write how much time is left: grey, caution on the last day, stop when late.

    Args:
        working_days: Working days left; 0 is today, negative is late.

    Returns:
        The tag.
    """
    if working_days < 0:
        late = ngettext("%(n)s working day late", "%(n)s working days late", -working_days)
        return tag("overdue", late % {"n": -working_days})
    if working_days == 0:
        return tag("today", _("Today"))
    left = ngettext("%(n)s working day left", "%(n)s working days left", working_days)
    return tag("due", left % {"n": working_days})


@register.simple_tag
def when(value: date | datetime | None) -> SafeString:
    """Write a day that does not break over two lines, readable by machines.

    Args:
        value: A day or a moment; nothing gives a dash.

    Returns:
        A ``time`` element.
    """
    if value is None:
        return mark_safe("—")
    return format_html('<time class="nowrap" datetime="{}">{}</time>', value.isoformat(), day(value))


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a day with its weekday, and with the year when it is another one: 11月19日（周四）."""
    if not value:
        return ""
    here = _day_of(value)[0]
    weekday = WEEKDAYS[here.weekday()]
    return pgettext("a day with its weekday", "{weekday} {day}").format(weekday=weekday, day=short_day(here))


@register.filter
def short_day(value: date | datetime | None) -> str:
    """Write a day without its weekday: 11月19日, with the year when it is another one."""
    if not value:
        return ""
    here, other_year = _day_of(value)
    if other_year:
        return full_day(here)
    return dated(here, pgettext("format of a day without weekday", "j M"))


@register.filter
def full_day(value: date | datetime | None) -> str:
    """Write a day with its year: 2026年5月31日."""
    return dated(_day_of(value)[0], pgettext("format of a day with year", "j M Y")) if value else ""


@register.filter
def month(value: date | datetime | None) -> str:
    """Write a month: 2015年3月."""
    return dated(_day_of(value)[0], pgettext("format of a month", "M Y")) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """Write the time of day on 24 hours: 10:32."""
    return timezone.localtime(value).strftime("%H:%M") if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Write a moment: 今天 09:14, 11月9日 15:48."""
    if not value:
        return ""
    here = _day_of(value)[0]
    spoken = _("today") if here == timezone.localdate() else short_day(here)
    return f"{spoken} {clock(value)}"


@register.filter
def masked(value: str | None) -> str:
    """Leave the first and the last sign of a number and hide the rest: 4****************6."""
    if not value:
        return ""
    return value[0] + "*" * (len(value) - 2) + value[-1] if len(value) > 2 else "*" * len(value)


@register.filter
def spoken_working_days(number: int | None) -> str:
    """Write a number of working days with its unit: 12 个工作日."""
    if number is None:
        return ""
    return ngettext("%(n)s working day", "%(n)s working days", number) % {"n": number}


@register.filter
def grouped(value: str | None) -> str:
    """Write a hash in groups of four, the middle left out: 9f3a 41c7 … c21e."""
    if not value:
        return ""
    return f"{value[:4]} {value[4:8]} … {value[-4:]}" if len(value) > 12 else value


@register.filter(name="reached")
def address(name: str) -> str:
    """Give the address of a page, or nothing while that page does not exist."""
    return reached(name)


@register.filter
def described_by(field) -> str:
    """Name the hint and the errors that belong to a form field, for ``aria-describedby``."""
    names = []
    if field.help_text:
        names.append(f"{field.auto_id}_helptext")
    if field.errors:
        names.append(f"{field.auto_id}_error")
    return " ".join(names)


@register.simple_tag
def control(field, kind: str = "") -> SafeString:
    """Draw the control of a form field, pointed at its hint and errors.

    Args:
        field: A bound field.
        kind: CSS classes for the control.

    Returns:
        The widget's HTML.
    """
    # A placeholder is no label and is gone when it is needed: hints stand above the control.
    extra = {"placeholder": False, "class": f"{field.field.widget.attrs.get('class', '')} {kind}".strip()}
    names = described_by(field)
    if names:
        extra["aria-describedby"] = names
    if field.errors:
        extra["aria-invalid"] = "true"
    return field.as_widget(attrs={name: value for name, value in extra.items() if value != ""})


def _day_of(value: date | datetime) -> tuple[date, bool]:
    here = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return here, here.year != timezone.localdate().year
