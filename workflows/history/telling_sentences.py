"""How the record of a case tells of time limits the calendar moved, of copies, of resending and of exports."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from notifications.enums import Channel, Resend, State
from notifications.reasons import subject_of
from organizations.enums import Role
from workflows.history.saying import DAYS, LOOKS, MESSAGES, Around, Told, day, fact, label, say


def _roles(around: Around) -> str:
    return pgettext("between names", ", ").join(str(Role(role).label) for role in around.facts["roles"])


OF_TELLING: Mapping[str, Told] = {
    "stage.recounted": Told(
        say(
            _("The calendar changed; the time limit of this step ends on <b>{now}</b> instead of {was}."),
            now=day("due_at"),
            was=day("was"),
        ),
        DAYS,
        "accent",
        "calendar",
        True,
    ),
    "case.copied": Told(
        say(_("The case was <b>copied for information</b>: {roles}, {n} in all."), roles=_roles, n=fact("people")),
        MESSAGES,
        "grey",
        "bell",
    ),
    "message.sent_again": Told(
        say(
            _("{who} had “{what}” <b>sent again</b> ({channel}; before: {state})."),
            what=lambda around: subject_of(str(around.facts["kind"])),
            channel=label(Channel, "channel"),
            state=label(State, "state"),
        ),
        MESSAGES,
        "accent",
        "letter",
        True,
        label(Resend, "why"),
    ),
    "told.exported": Told(
        say(_("{who} <b>exported</b> who was told what in this case.")), LOOKS, "caution", "download", True
    ),
}
