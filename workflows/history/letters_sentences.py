"""The record of letters in sentences."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from workflows.history.saying import COURSE, DAYS, DECISIONS, Told, day, fact, say

LETTER = {"department": fact("department_name"), "number": fact("letter")}
OF_LETTERS: Mapping[str, Told] = {
    "letter.sent": Told(
        say(_("{who} <b>asked</b> {department} by letter {number}, due on {day}."), **LETTER, day=day("due_at")),
        COURSE, "accent", "letter", True,
    ),
    "letter.entered": Told(
        say(_("{who} typed in the reply of {department}; somebody else checks it."), **LETTER),
        COURSE, "grey", "document",
    ),
    "letter.scan_kept": Told(
        say(_("{who} added the stamped reply of {department} as a scan."), **LETTER), COURSE, "grey", "upload"
    ),
    "letter.entry_discarded": Told(
        say(_("{who} threw away the typed reply of {department}."), **LETTER),
        COURSE, "caution", "back",
    ),
    "letter.finding": Told(
        say(_("A department <b>found something</b>, see letter {number}."), **LETTER),
        DECISIONS, "caution", "triangle", True,
    ),
    "letter.held": Told(
        say(_("{department} <b>asked to wait</b> until {day}, by telephone to {who}."), **LETTER, day=day("review_on")),
        DAYS, "grey", "pause", True,
    ),
    "letter.recounted": Told(
        say(
            _("The calendar changed; letter {number} to {department} is due on <b>{now}</b> instead of {was}."),
            **LETTER, now=day("due_at"), was=day("was"),
        ),
        DAYS, "accent", "calendar",
    ),
    "letter.reminded": Told(say(_("{who} reminded {department}."), **LETTER), DAYS, "grey", "bell"),
    "letter.extended": Told(
        say(_("{who} gave {department} time until {day}."), **LETTER, day=day("due_at")),
        DAYS, "grey", "clock", True,
    ),
    "stage.put_off": Told(
        say(_("The time limit of this step ends on <b>{now}</b> instead of {was}."), now=day("due_at"), was=day("was")),
        DAYS, "grey", "clock", True,
    ),
}  # fmt: skip
