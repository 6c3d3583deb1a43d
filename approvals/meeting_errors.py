"""Every "no" of a meeting."""

from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal


class NotTheRecorder(Refusal):
    """Only an organizer of the committee keeps its record."""

    code = "not_the_recorder"
    message = _("The record of this meeting is kept by an organizer of {organization}.")


class NotTheChair(Refusal):
    """Only the chair confirms."""

    code = "not_the_chair"
    message = _("This meeting is confirmed by the secretary of {organization}, or an approver there.")


class RecorderConfirms(Refusal):
    """Whoever entered results does not confirm them."""

    code = "recorder_confirms"
    message = _("You entered results of this meeting. Somebody else has to confirm them.")


class MembersMissing(Refusal):
    """A meeting needs members and one chair."""

    code = "members_missing"
    message = _("Please name the members of the meeting, one a line, and who leads it.")


class MeetingMovedOn(Refusal):
    """The meeting has come further."""

    code = "meeting_moved_on"
    message = _("The meeting is “{state}” now; this can no longer be changed here. Load the page again.")


class NotReady(Refusal):
    """The case does not wait for this meeting."""

    code = "not_ready"
    message = _(
        "{name} cannot be put on this agenda: the case does not wait for a meeting here, or its day has not come."
    )


class OnAnotherAgenda(Refusal):
    """An item stands on one agenda only."""

    code = "on_another_agenda"
    message = _("{name} stands on the agenda of “{meeting}” already. Take it off there first.")


class NoQuorum(Refusal):
    """Too few came."""

    code = "no_quorum"
    message = _("Only {present} of {members} members came; at least half are needed to decide. Choose another day.")


class AttendanceMissing(Refusal):
    """Who came has not been entered."""

    code = "attendance_missing"
    message = _("Please enter first who is present.")


class ResultUnknown(Refusal):
    """The result is none of those offered."""

    code = "result_unknown"
    message = _("Please choose agreed, not agreed, deferred or returned.")


class CountWrong(Refusal):
    """The votes are not those of the people in the room."""

    code = "does_not_add_up"
    message = _("{votes} votes, but {present} people voted on this item. Please count again.")


class NoMajority(Refusal):
    """Too few agreed."""

    code = "no_majority"
    message = _(
        "{agree} agreed; more than half of the {entitled} entitled are needed, that is {needed}. It is not agreed."
    )


class MajorityAgreed(Refusal):
    """Enough agreed, so it is not refused."""

    code = "majority_agreed"
    message = _("{agree} of {entitled} agreed, which carries. Enter it as agreed, or count again.")


class ReviewDayPast(Refusal):
    """A deferral looks ahead."""

    code = "review_day_past"
    message = _("The day on which it is taken up again has to be after the meeting.")


class ResultsEntered(Refusal):
    """A meeting that resolved something is not called off."""

    code = "results_entered"
    message = _(
        "Results are entered already, so the meeting is not called off. Take what was not discussed off the agenda and "
        "hand the record over."
    )


class ResolvedAlready(Refusal):
    """An item about which something was resolved stays on the record."""

    code = "resolved_already"
    message = _("A result is entered for this item, so it stays on the agenda. If the result is wrong, enter it anew.")


class EnteredMeanwhile(Refusal):
    """Somebody else entered this item at the same time."""

    code = "entered_meanwhile"
    message = _(
        "{who} entered this item at {when}. Look at it before you change it; nothing of yours was saved over it."
    )


class ItemFellAway(Refusal):
    """The case no longer waits for the meeting."""

    code = "item_fell_away"
    message = _("{name} was withdrawn or returned in the meantime and falls away; there is nothing to decide.")


class ItemsOpen(Refusal):
    """The record is not complete."""

    code = "items_open"
    message = _("The record is not complete yet: {items}")


class ItemsStandInTheWay(Refusal):
    """Some items cannot be settled, so none is."""

    code = "items_stand_in_the_way"
    message = _("Nothing was confirmed. {items}")


class AlreadyConfirmed(Refusal):
    """The chair has confirmed."""

    code = "already_confirmed"
    message = _("{who} confirmed this meeting at {when}. There is nothing left for you to do here.")


class SubjectInTheRoom(Refusal):
    """Nobody votes on himself."""

    code = "subject_in_the_room"
    message = _("The person concerned belongs to the meeting and has to step out for this item.")
