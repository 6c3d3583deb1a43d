"""The words this room stores."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Mode(TextChoices):
    """Where a notice is put up; a policy chooses."""

    UNIT = "unit", _("On the board of the unit")
    UNLISTED = "unlisted", _("On an unlisted page")


class Standing(TextChoices):
    """Where an objection stands."""

    RECEIVED = "received", _("To be looked at")
    ACCEPTED = "accepted", _("Being verified")
    SETTLED = "settled", pgettext_lazy("state of an objection", "Settled")


class Finding(TextChoices):
    """What came out."""

    DISMISSED = "dismissed", _("Dismissed at once")
    NO_INFLUENCE = "no_influence", _("Does not influence the appointment")
    INFLUENCES = "influences", _("Stands in the way of the appointment")
    SUSPENDS = "suspends", _("Suspends the decision")


class Way(TextChoices):
    """How an objection came in."""

    ACCOUNT = "account", _("Page, signed in")
    PAGE = "page", _("Page")
    LETTER = "letter", _("Letter or telephone, entered by the office")
