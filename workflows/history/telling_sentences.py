"""How the record of a case tells what the calendar did to its time limits."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from workflows.history.saying import DAYS, Told, day, say

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
}
