"""Every "no" of an election."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal


class NotSo(Refusal):
    """Several things stand in the way; each is a sentence of its own."""

    message = "{problems}"

    def __init__(self, sentences: Iterable[str]) -> None:
        """Keep the sentences.

        Args:
            sentences: What stands in the way, whole sentences.
        """
        self.sentences = [str(one) for one in sentences]
        super().__init__(problems=" ".join(self.sentences))


class PlanFaulty(NotSo):
    """The seats do not fit the branch."""

    code = "plan_faulty"


class NominationIncomplete(NotSo):
    """Too few or too many stand."""

    code = "nomination_incomplete"


class CountFaulty(NotSo):
    """The numbers of a count contradict each other."""

    code = "count_faulty"


class ElectionElsewhere(Refusal):
    """The election is at another step, or with somebody else."""

    code = "election_elsewhere"
    message = _("The election is not with you at this step. Reload the page to see where it stands.")


class NamedAlready(Refusal):
    """Somebody stands once for a post, and for one of the two vetted posts."""

    code = "named_already"
    message = _("{name} is on the list already.")


class NoSuchSeat(Refusal):
    """No seat of this post is elected."""

    code = "no_such_seat"
    message = _("No {title} is elected here; the approved request says so.")


class WindowOver(Refusal):
    """The people were approved too long ago."""

    code = "window_over"
    message = _("The candidates were approved for elections until {until}. Withdraw the matter and begin anew.")


class HeldTooEarly(Refusal):
    """An election lies between the approval and today."""

    code = "held_too_early"
    message = _("The election was held between the approval of the candidates ({since}) and today.")


class LeaveStands(Refusal):
    """Somebody got leave to stand in an earlier round and is on public notice."""

    code = "leave_stands"
    message = _(
        "{name} has leave from an earlier round and is on notice. Wait for the end of the notice, or refuse there."
    )


class NobodyMayStand(Refusal):
    """Agreeing to nobody is refusing."""

    code = "nobody_may_stand"
    message = _("Agree to at least one person. If nobody may stand, refuse the request or return it.")
