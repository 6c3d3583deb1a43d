"""The table of all messages: what is said when, to whom, by which ways, and how it leaves if nobody chose otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from notifications.audience import To
from notifications.enums import Channel
from notifications.messages import DIGEST, KINDS, Kind, Words
from notifications.routing_words import GROUPS, group_name
from notifications.rules.routing import Group

# How the letters of a group leave unless somebody wishes otherwise (docs/notifications.md, how people are told).
USUALLY = {
    Group.RIGHTS: gettext_lazy("singly; cannot be switched off"),
    Group.ACCESS: gettext_lazy("at once"),
}


@dataclass(frozen=True)
class Row:
    """One kind of message.

    Attributes:
        subject: Its subject.
        words: What happened and what to do; an ellipsis stands for a count.
        to: Whom it goes to.
        channels: By which ways it travels.
        usually: How its letter leaves unless somebody wishes otherwise.
        reminds: Whether it reminds of something told before.
    """

    subject: str
    words: str
    to: str
    channels: str
    usually: str
    reminds: bool


def rows_by_group(*, to: str = "") -> list[tuple[str, list[Row]]]:
    """List every registered kind of message under the group in which people decide about it.

    Args:
        to: A value of ``To`` to keep the messages of; empty for all.

    Returns:
        Pairs of the name of a group and its rows, groups without rows left out.
    """
    kept = [kind for kind in KINDS.values() if not to or to in kind.told]
    found = [(group_name(group), [_row(kind) for kind in kept if kind.group == group]) for group in GROUPS]
    return [(name, rows) for name, rows in found if rows]


def choices() -> list[tuple[str, str]]:
    """List whom messages can go to, as the filter of the table offers them."""
    used = {each for kind in KINDS.values() for each in kind.told}
    return [(each.value, str(each.label)) for each in To if each in used]


def _row(kind: Kind) -> Row:
    return Row(
        subject=_plain(kind.subject),
        words=Words("", _plain(kind.body), _plain(kind.todo)).text,
        to=_list(each.label for each in kind.told),
        channels=_channels(kind),
        usually=_usually(kind),
        reminds=kind.reminds,
    )


def _channels(kind: Kind) -> str:
    names = [Channel(channel).label for channel in kind.channels]
    if kind.in_groups:
        names.append(Channel.ROBOT.label)
    elif kind.group == Group.ACCESS and Channel.SMS not in kind.channels:
        names.append(_("text message to the telephone of the account"))
    elif kind.urgent:
        names.append(_("text message to a confirmed telephone, unless it was switched off"))
    return _list(names)


def _usually(kind: Kind) -> str:
    if Channel.EMAIL not in kind.channels and not kind.in_groups:
        return _("stays in the system")
    if kind.in_groups:
        return _("once a working day")
    if kind is KINDS[DIGEST]:
        return _("is the digest itself")
    if kind.urgent and kind.group not in USUALLY:
        return _("singly, as it is urgent; cannot be switched off")
    return str(USUALLY.get(kind.group, _("in the digest")))


def _plain(sentence: object) -> str:
    """Give a sentence with an ellipsis where a count or a code will stand."""
    text = str(sentence)
    for name in ("n", "late", "open", "due", "code", "days", "minutes"):
        text = text.replace(f"{{{name}}}", "…")
    return text


def _list(words: Iterable[object]) -> str:
    return pgettext("between names", ", ").join(map(str, words))
