"""What meetings leave in the record, in sentences."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy as _

from approvals.enums import ItemResult
from approvals.rules.text import in_a_row
from workflows.history.saying import COURSE, DECISIONS, Around, Told, day, fact, label, opinion, say, whose

TITLE = {"meeting": fact("title")}

OF_MEETINGS: Mapping[str, Told] = {
    "meeting.planned": Told(say(_("{who} planned a meeting.")), COURSE, "grey", "calendar"),
    "meeting.listed": Told(
        say(_("{who} put the case on the agenda of “{meeting}”."), **TITLE), COURSE, "accent", "calendar"
    ),
    "meeting.unlisted": Told(
        say(_("{who} took the case off the agenda of “{meeting}”."), **TITLE), COURSE, "grey", "remove"
    ),
    "meeting.attended": Told(say(_("{who} entered who came to the meeting.")), COURSE, "grey", "person"),
    "meeting.recused": Told(
        lambda around: (_STEPS_OUT if around.facts.get("out") else _STAYS)(around), COURSE, "caution", "door"
    ),
    "meeting.result_entered": Told(
        say(_("{who} entered what “{meeting}” resolved: {result}."), result=label(ItemResult, "result"), **TITLE),
        COURSE, "grey", "edit",
    ),
    "meeting.handed_over": Told(say(_("{who} handed the record to the chair.")), COURSE, "grey", "upload"),
    "meeting.handed_back": Told(say(_("{who} gave the record back.")), COURSE, "caution", "back"),
    "meeting.confirmed": Told(say(_("{who} confirmed the record of the meeting.")), DECISIONS, "good", "check"),
    "meeting.called_off": Told(say(_("{who} called the meeting off.")), COURSE, "grey", "remove"),
    "meeting.minutes_attached": Told(say(_("{who} attached the sealed minutes.")), DECISIONS, "accent", "upload"),
}  # fmt: skip

_STEPS_OUT = say(_("A member <b>steps out</b> for this item at “{meeting}”, entered by {who}."), **TITLE)
_STAYS = say(_("A member stays for this item at “{meeting}”, entered by {who}."), **TITLE)


def votes(around: Around) -> str:
    """Repeat the count of a meeting, the recusals, and the opinion where it may be read."""
    counted = around.facts.get("facts", {})
    told = [
        _("{entitled} entitled, {present} present.").format(**counted),
        _("Agreed {agree}, against {against}, abstained {abstain}.").format(**counted),
    ]
    if counted.get("recused"):
        told.append(_("{n} stepped out.").format(n=counted["recused"]))
    return in_a_row([*map(str, told), opinion(around)])


def _said(text: object, color: str, icon: str, **more: Callable[[Around], object]) -> Told:
    return Told(say(text, whose=whose, **more), DECISIONS, color, icon, True, votes)


# How a decision is told that a meeting made, by its verb.
IN_MEETINGS: Mapping[str, Told] = {
    "seat.agree": _said(_("“{whose}” <b>agreed</b>: {step}; confirmed by {who}."), "good", "check"),
    "seat.refuse": _said(_("“{whose}” <b>did not agree</b>: {step}; confirmed by {who}."), "stop", "diamond"),
    "seat.return": _said(_("“{whose}” <b>returned</b> it: {step}; confirmed by {who}."), "caution", "back"),
    "seat.defer": _said(
        _("“{whose}” <b>deferred</b> it until {day}: {step}; confirmed by {who}."),
        "grey",
        "pause",
        day=day("review_on"),
    ),
}


def told_of_meeting(around: Around) -> Told | None:
    """Say how a decision of a meeting is told; None for every other entry."""
    counted = around.facts.get("facts")
    by_meeting = isinstance(counted, dict) and "meeting" in counted
    return IN_MEETINGS.get(around.entry.verb) if by_meeting else None
