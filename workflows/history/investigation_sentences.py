"""How investigations and recusals are told; what was said in them never is."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from workflows.appointment_review.enums import InquiryPart, Leaving
from workflows.history.saying import COURSE, DECISIONS, LOOKS, MATERIALS, Told, day, fact, label, say

OF_INVESTIGATION: Mapping[str, Told] = {
    "investigation.read": Told(
        say(_("{who} looked at the investigation: {what}."), what=label(InquiryPart, "what")), LOOKS, "grey", "eye"
    ),
    "seat.added": Told(say(_("Somebody was added by name: {step}.")), COURSE, "accent", "person"),
    "seat.removed": Told(say(_("A place given by name was taken back: {step}.")), COURSE, "grey", "remove"),
    "seat.recused": Told(
        say(_("{who} <b>stepped back</b> from this case: {step}.")), DECISIONS, "caution", "door", True
    ),
    "seat.no_conflict": Told(say(_("{who} declared to be without conflict: {step}.")), COURSE, "good", "check"),
    "investigation.set_up": Told(
        say(
            _("{who} set up the <b>investigation team</b>, {start} to {end}."),
            start=day("from_on"),
            end=day("until_on"),
        ),
        DECISIONS, "accent", "person", True,
    ),
    "investigation.announced": Told(
        say(_("{who} published the <b>notice of investigation</b>.")), DECISIONS, "accent", "document", True
    ),
    "investigator.no_conflict": Told(
        say(_("{who} declared to be without conflict before investigating.")), COURSE, "good", "check"
    ),
    "investigator.left": Told(
        say(_("Somebody left the investigation team: {why}."), why=label(Leaving, "why")), DECISIONS, "caution", "door"
    ),
    "challenge.made": Told(
        say(_("{name} asked for <b>another investigator</b>.")), DECISIONS, "caution", "triangle", True
    ),
    "challenge.decided": Told(
        say(_("{who} decided the request for another investigator.")), DECISIONS, "accent", "check", True
    ),
    "talk.recorded": Told(
        say(_("{who} kept the record of a talk held on {day}."), day=day("held_on")), MATERIALS, "accent", "document"
    ),
    "tally.entered": Told(
        say(
            _("{who} entered the appraisal: {valid} valid papers of {issued}."),
            valid=fact("valid"), issued=fact("issued"),
        ),
        MATERIALS, "accent", "document",
    ),
    "tally.confirmed": Told(say(_("{who} held the appraisal against the papers.")), MATERIALS, "good", "check"),
    "report.saved": Told(
        say(_("{who} wrote version {version} of the report."), version=fact("version")), MATERIALS, "accent", "document"
    ),
    "report.signed": Told(
        say(_("{who} <b>signed</b> version {version} of the report."), version=fact("version")),
        DECISIONS, "good", "check", True,
    ),
}  # fmt: skip
