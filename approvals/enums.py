"""The words this room stores."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MatterKind(TextChoices):
    """What one body asks and another answers."""

    ASSIGNMENT = "assignment", _("Assignment of a secretary")
    REMOVAL = "removal", _("Removal from post")
    ACTING = "acting", _("Acting secretary")
    EXTENSION = "extension", _("Extension of a term")
    ELECTION = "election", _("Election at the end of a term")
    BY_ELECTION = "by_election", _("By-election")


class CaseState(TextChoices):
    """How a case stands for the office."""

    OPEN = "open", pgettext_lazy("state of a case", "Open")
    DONE = "done", _("Completed")
    REJECTED = "rejected", _("Not approved")
    NOT_ELECTED = "not_elected", _("Not elected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ENDED = "ended", _("Ended")


class Phase(TextChoices):
    """The neutral states a candidate is told; nothing else ever is."""

    SUBMIT = "submit", _("To be handed in")
    CORRECT = "correct", _("Correction needed")
    IN_PROCESS = "in_process", _("In process")
    NOTICE = "notice", _("On public notice")
    CLOSED = "closed", _("Closed")


class Rule(TextChoices):
    """When a stage has heard enough."""

    ANY = "any", _("Any one decides")
    ALL = "all", _("All decide together")
    SEQUENCE = "sequence", _("One after the other")
    QUORUM = "quorum", _("By vote")
    MEETING = "meeting", _("By a meeting")
    LETTERS = "letters", _("Once every department has answered")
    WAIT = "wait", _("By what happens elsewhere")


class Place(TextChoices):
    """At which organization a step opens."""

    CANDIDATE = "candidate", _("The person concerned")
    BRANCH = "branch", _("The branch itself")
    FIRST_LEVEL = "first_level", _("First Party level above")
    LEVELS = "levels", _("Party levels up to the authority")
    AUTHORITY = "authority", _("The authority")
    REFUSER = "refuser", _("The organization that refused")


class SeatState(TextChoices):
    """Where a seat stands."""

    WAITING = "waiting", _("Waiting for its turn")
    OPEN = "open", pgettext_lazy("state of a case", "Open")
    SPOKEN = "spoken", _("Spoken")
    CLOSED = "closed", _("No longer needed")


class SeatOrigin(TextChoices):
    """Why a seat exists."""

    POLICY = "policy", _("By the policy")
    FALLBACK = "fallback", _("Superior's role, since nobody holds it here")
    NOBODY = "nobody", _("Nobody holds the role")
    CARRIED = "carried", _("Kept from the earlier round")
    MATTER = "matter", _("Follows from the matter")


class Verb(TextChoices):
    """What can be said on a seat."""

    AGREE = "agree", _("Agree")
    REFUSE = "refuse", _("Refuse")
    RETURN = "return", _("Return")
    HAND_IN = "hand_in", _("Hand in")
    DEFER = "defer", _("Defer")
    ANSWER = "answer", _("Answer a letter")
    WAIVE = "waive", _("Go on without the answer")
    CLEAR = "clear", _("Nothing stands in the way")
    CHANGE = "change", _("Publish anew")
    FAIL = "fail", _("Report that it failed")
    PASS_OVER = "pass_over", _("Not elected")


class Outcome(TextChoices):
    """How a stage closed."""

    AGREED = "agreed", _("Agreed")
    REFUSED = "refused", pgettext_lazy("outcome of a step", "Refused")
    RETURNED = "returned", _("Returned")
    DONE = "done", pgettext_lazy("outcome of a step", "Done")
    DEFERRED = "deferred", pgettext_lazy("outcome of a step", "Deferred")
    CLEAR = "clear", _("No objection stands")
    CHANGED = "changed", _("Facts changed")
    FAILED = "failed", pgettext_lazy("outcome of a step", "Failed")
    NOT_ELECTED = "not_elected", _("Not elected")
    EXPIRED = "expired", _("Time ran out")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class RowKind(TextChoices):
    """What an inbox row asks for."""

    TODO = "todo", _("To do")
    READ = "read", _("For information")


class MeetingState(TextChoices):
    """How far a meeting is."""

    PLANNED = "planned", pgettext_lazy("state of a meeting", "Planned")
    HELD = "held", pgettext_lazy("state of a meeting", "In session")
    ENTERED = "entered", pgettext_lazy("state of a meeting", "To be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("state of a meeting", "Confirmed")
    CALLED_OFF = "called_off", pgettext_lazy("state of a meeting", "Called off")


class ItemResult(TextChoices):
    """What a meeting resolves about an item; the words are those of ``Verb``."""

    AGREE = "agree", pgettext_lazy("result of a vote", "Agreed")
    REFUSE = "refuse", pgettext_lazy("result of a vote", "Not agreed")
    DEFER = "defer", pgettext_lazy("result of a vote", "Deferred")
    RETURN = "return", pgettext_lazy("result of a vote", "Returned")


class LetterState(TextChoices):
    """Where a letter to a department stands."""

    SENT = "sent", pgettext_lazy("state of a letter", "Sent")
    ENTERED = "entered", pgettext_lazy("state of a letter", "Reply to be checked")
    CLOSED = "closed", pgettext_lazy("state of a letter", "Answered")


class LetterAnswer(TextChoices):
    """What a department says about one person."""

    NO_FINDING = "no_finding", _("No finding")
    FINDING = "finding", pgettext_lazy("answer to a letter", "Finding")
    WAIT = "wait", _("Asked to wait")
    WAIVED = "waived", _("Went on without the answer")
