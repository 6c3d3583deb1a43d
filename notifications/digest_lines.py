"""Lines of a digest: how many of a kind, in words."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.reasons import subject_of

Counted = Callable[[int], str]


def line_of(kind: str, n: int) -> str:
    """Word how many messages of a kind came, in the language of the moment.

    Args:
        kind: Their kind.
        n: How many, 1 or more.

    Returns:
        One line without a full stop, with no name and no number of a case in it.
    """
    if kind in COUNTED:
        return COUNTED[kind](n).format(n=n)
    subject = subject_of(kind)
    return subject if n == 1 else _("{subject} ({n} times)").format(subject=subject, n=n)


def register(counted: Mapping[str, Counted]) -> None:
    """Word further kinds by count; rooms above do so in ``AppConfig.ready``.

    Args:
        counted: By kind, a function from the count to a sentence with ``{n}`` in it.
    """
    COUNTED.update(counted)


COUNTED: dict[str, Counted] = {
    "seat_opened": lambda n: ngettext("{n} matter has come to you", "{n} matters have come to you", n),
    "work_asked": lambda n: ngettext("{n} task has come to you", "{n} tasks have come to you", n),
    "challenge_made": lambda n: ngettext(
        "{n} request for another investigator", "{n} requests for another investigator", n
    ),
    "seat_due": lambda n: ngettext("{n} matter is due soon", "{n} matters are due soon", n),
    "seat_due_today": lambda n: ngettext("{n} matter is due today", "{n} matters are due today", n),
    "late_below": lambda n: ngettext("{n} matter is late in your area", "{n} matters are late in your area", n),
    "late_below_long": lambda n: ngettext(
        "{n} matter is long overdue in your area", "{n} matters are long overdue in your area", n
    ),
    "seat_overdue": lambda n: ngettext("{n} matter is overdue", "{n} matters are overdue", n),
    "letter_sent": lambda n: ngettext("{n} letter asks for your reply", "{n} letters ask for your reply", n),
    "letter_due": lambda n: ngettext("{n} letter is to be answered soon", "{n} letters are to be answered soon", n),
    "letter_due_today": lambda n: ngettext(
        "{n} letter is to be answered today", "{n} letters are to be answered today", n
    ),
    "letter_reminded": lambda n: ngettext(
        "{n} letter still waits for your reply", "{n} letters still wait for your reply", n
    ),
    "letter_late": lambda n: ngettext("{n} letter of yours is late", "{n} letters of yours are late", n),
    "letter_answered": lambda n: ngettext("{n} letter was answered", "{n} letters were answered", n),
    "copy_for_information": lambda n: ngettext(
        "{n} matter for your information", "{n} matters for your information", n
    ),
}
