"""Every "no" of this room."""

from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal


class NoticeRunning(Refusal):
    """The days of the notice are not over."""

    code = "notice_running"
    message = _("The notice stands until the end of {day}. Say so once it is over.")


class BoardPhotoMissing(Refusal):
    """A board in the unit is proved by a photo."""

    code = "board_photo_missing"
    message = _("The photo of the board in the unit is missing. The office adds it on the page of the notice.")


class SomethingOpen(Refusal):
    """An objection was not dealt with, or was found to stand in the way."""

    code = "something_open"
    message = _("Something handed in about this person is not settled, or stands in the way. See “Objections”.")


class NotPutUp(Refusal):
    """The step is open, and no notice was put up for it."""

    code = "not_put_up"
    message = _("No notice was put up for this person. Ask the office to put it up first.")


class NotReady(Refusal):
    """People cannot go on one notice."""

    code = "notice_not_ready"
    message = _("Not put up: {problem}")


class ObjectionsClosed(Refusal):
    """The key is missing, or the notice is over."""

    code = "objections_closed"
    message = _("Nothing can be taken here now. Please write to the office named on the notice.")


class AlreadySettled(Refusal):
    """A colleague was faster."""

    code = "objection_settled"
    message = _("A colleague has dealt with this already. Read the page again.")


class WordsMissing(Refusal):
    """A finding needs its grounds and an answer."""

    code = "finding_words_missing"
    message = _("Please write what was found, and the answer for whoever handed it in.")


class ReviewDayWrong(Refusal):
    """A suspension needs a later day."""

    code = "review_day_wrong"
    message = _("Please say on which later day it is looked at again.")
