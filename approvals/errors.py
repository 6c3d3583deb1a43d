"""Every "no" of this room; each has a stable code and a sentence that says what to do."""

from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal


class NotEntitled(Refusal):
    """The account holds no open seat here."""

    code = "not_entitled"
    message = _("This item is not yours to decide. If you expected it, ask the security administrator about your role.")


class SeatTaken(Refusal):
    """Somebody else was faster."""

    code = "seat_taken"
    message = _("{who} decided this at {when}. There is nothing left for you to do here.")


class SeatClaimed(Refusal):
    """Somebody else has taken the item."""

    code = "seat_claimed"
    message = _("{who} took this item at {when}. Ask them to release it if you want to decide.")


class OwnCase(Refusal):
    """Nobody decides on himself, nor on somebody from whose case he stepped back."""

    code = "own_case"
    message = _("This is about you, or somebody from whose case you stepped back. Somebody else has to decide it.")


class AskedByName(Refusal):
    """Whoever was asked by name steps back there, so that the place is given to somebody else."""

    code = "asked_by_name"
    message = _("You were asked by name in this step. Step back there first; that holds for the whole case.")


class FourEyes(Refusal):
    """The same person may not sit in both steps."""

    code = "four_eyes"
    message = _("You already decided “{step}” in this case. This step needs a second person.")


class DecidedByMeeting(Refusal):
    """A meeting decides here, not one person."""

    code = "decided_by_meeting"
    message = _("This is decided by a meeting. Put it on an agenda; the result is entered there.")


class ReviewDayMissing(Refusal):
    """A deferral needs the day on which it is taken up again."""

    code = "review_day_missing"
    message = _("Please say on which day this is taken up again; a deferral without a day cannot stand.")


class OtherPeople(Refusal):
    """A review is for people who had no part in the refusal."""

    code = "other_people"
    message = _("You had a part in the refusal that is reviewed here. Somebody else has to decide this.")


class ReasonMissing(Refusal):
    """The answer needs a reason."""

    code = "reason_missing"
    message = _("Please write your reason; this answer cannot stand without one.")


class PersonReasonMissing(Refusal):
    """A refusal needs a reason the person may read."""

    code = "person_reason_missing"
    message = _("Please write the reason for the person concerned; it is what they will read.")


class CorrectionsMissing(Refusal):
    """A return needs a list of what to correct."""

    code = "corrections_missing"
    message = _("Please list at least one thing to correct, so that the person knows what to do.")


class ReturnNotAllowed(Refusal):
    """The step cannot be returned there."""

    code = "return_not_allowed"
    message = _("This step cannot be returned there. Choose one of the steps offered.")


class TooManyReturns(Refusal):
    """The policy's number of returns is used up."""

    code = "too_many_returns"
    message = _(
        "These materials were already returned {count} times, the most the policy allows. Accept or refuse them."
    )


class AnswerNotOffered(Refusal):
    """The answer does not exist at this step."""

    code = "answer_not_offered"
    message = _("This answer is not offered at this step.")


class CaseClosed(Refusal):
    """The case is over."""

    code = "case_closed"
    message = _("Case {number} is closed. Nothing more can be done in it.")


class CaseRunning(Refusal):
    """The person already has a running case."""

    code = "case_running"
    message = _("{name} already has a running case ({number}). Finish or withdraw it first.")


class NoAuthority(Refusal):
    """No body above may approve."""

    code = "no_authority"
    message = _(
        "No body with approval power was found above {organization}. "
        "Ask the system administrator to check the Party tree."
    )


class NoPolicy(Refusal):
    """No policy holds today."""

    code = "no_policy"
    message = _(
        "No approval policy is in force for {organization} today. Ask the security administrator to publish one."
    )


class PolicyInvalid(Refusal):
    """A policy cannot be published as it is."""

    code = "policy_invalid"
    message = _("The policy cannot be published: {problem}")


class StillOpenThere(Refusal):
    """An organization cannot close while something is open there."""

    code = "still_open_there"
    message = _("Matters of it or steps at it are still open. Finish or withdraw them first.")
