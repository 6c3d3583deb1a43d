"""The words this flow stores."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Track(TextChoices):
    """Which steps a case takes."""

    ASSIGNMENT = "assignment", _("Assignment of a secretary")
    ELECTION = "election", _("Election of a secretary")
    REVIEW = "review", _("Review on request")
    REMOVAL = "removal", _("Removal from post")
    ACTING = "acting", _("Acting secretary")
    EXTENSION = "extension", _("Extension of a term")


VETTED = frozenset({Track.ASSIGNMENT, Track.ELECTION})  # the person hands in materials
LOOKED_INTO = VETTED | {Track.REVIEW}  # departments, colleagues and the public are asked, a committee deliberates


class MaterialKind(TextChoices):
    """What a candidate hands in (docs/regulations.md, materials)."""

    IDENTITY_CARD = "identity_card", _("Identity card, both sides")
    PHOTO = "photo", _("Recent photo")
    MEMBERSHIP_PROOF = "membership_proof", _("Proof of Party membership")
    DIPLOMA = "diploma", _("Diploma and title")
    SELF_STATEMENT = "self_statement", _("Self-statement")
    PLEDGE = "pledge", _("Signed pledge")
    RECOMMENDATION = "recommendation", _("Recommendation with stamp")
    MINUTES = "minutes", _("Branch meeting minutes")
    EMPLOYER_CONSENT = "employer_consent", _("Employer's consent")
    CREDIT_REPORT = "credit_report", _("Credit report or no-crime statement")
    OTHER = "other", _("Other")


class FindingLevel(TextChoices):
    """How far a finding hinders."""

    BLOCKING = "blocking", _("Cannot be agreed to")
    REASON = "reason", _("Needs a reason")
    NOTE = "note", _("Please note")


class DocumentKind(TextChoices):
    """Official documents of this flow."""

    APPOINTMENT = "appointment", _("Approval of an appointment")
    REMOVAL = "removal", _("Approval of a removal")
    ACTING = "acting", _("Approval of an acting secretary")
    EXTENSION = "extension", _("Approval of an extension of the term")
    REFUSAL = "refusal", _("Notice of refusal")
    CORRECTION = "correction", _("Notice of correction")
    ACCEPTANCE = "acceptance", _("Notice of acceptance")
    ELECTION_LEAVE = "election_leave", _("Reply to the request for an election")
    ELECTION_PEOPLE = "election_people", _("Reply to the request for the candidates")
    ELECTION_RESULT = "election_result", _("Reply to the report of an election")


class Origin(TextChoices):
    """How somebody came onto the list of an election."""

    NOMINATED = "nominated", _("Nominated")
    WRITE_IN = "write_in", _("Written in by voters")


class NomineeStanding(TextChoices):
    """Whether somebody may stand for election."""

    PENDING = "pending", _("Not decided yet")
    AGREED = "agreed", _("May stand")
    REFUSED = "refused", _("May not stand")
    TAKEN_OFF = "taken_off", _("Taken off the list")


class CountOutcome(TextChoices):
    """What came of one attempt at an election."""

    HELD = "held", _("Held")
    FAILED = "failed", pgettext_lazy("outcome of an election", "Failed")


class Leaving(TextChoices):
    """Why somebody left an investigation team."""

    RECUSED = "recused", _("Stepped back")
    CHALLENGED = "challenged", _("Challenge upheld")
    REPLACED = "replaced", _("Replaced by the office")


class TalkKind(TextChoices):
    """How the record of a talk is kept."""

    TYPED = "typed", _("Typed here")
    PAPER = "paper", _("Kept on paper")


class Relation(TextChoices):
    """Who somebody is to the candidate."""

    SELF = "self", _("The candidate")
    LEADER = "leader", _("Leader of the unit")
    COLLEAGUE = "colleague", _("Colleague")
    SUBORDINATE = "subordinate", _("Subordinate")
    MEMBER = "member", _("Party member of the branch")
    SERVED = "served", _("Person served by the unit")
    OTHER = "other", pgettext_lazy("relation to the candidate", "Other")


class Conclusion(TextChoices):
    """What an investigation team proposes."""

    FIT = "fit", _("Fit for the post")
    RESERVED = "reserved", _("Fit with reservations")
    UNFIT = "unfit", _("Not fit for the post")


class InquiryPart(TextChoices):
    """What somebody read of an investigation."""

    TALK = "talk", _("a talk record")
    REPORT = "report", _("the investigation report")
