"""Public notices in sentences."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from workflows.history.saying import COURSE, DAYS, DECISIONS, MATERIALS, Told, day, fact, label, say
from workflows.notices.enums import Mode

OF_NOTICES: Mapping[str, Told] = {
    "notice.published": Told(
        say(
            _("{who} <b>put up the public notice</b> with {people} people: {mode}, until {day}."),
            people=fact("people"), mode=label(Mode, "mode"), day=day("day"),
        ),
        DECISIONS, "accent", "half", True,
    ),
    "notice.photo_added": Told(say(_("{who} added the photo of the board.")), MATERIALS, "grey", "check"),
    "notice.recounted": Told(
        say(
            _("The calendar changed; the public notice stands until <b>{now}</b> instead of {was}."),
            now=day("ends_at"), was=day("was"),
        ),
        DAYS, "accent", "calendar", True,
    ),
    "notice.over": Told(say(_("The public notice is over.")), COURSE, "grey", "ring"),
}  # fmt: skip
