"""The words the tables of telling store."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """A way to reach somebody."""

    IN_APP = "inapp", _("In the system")
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")


# Repeating is harmless there: every repetition bears the same Message-ID.
AT_LEAST_ONCE = (Channel.EMAIL,)


class State(models.TextChoices):
    """Where a message on its way out stands."""

    NEW = "new", _("Waiting")
    LEASED = "leased", _("Being sent")
    RETRY = "retry", _("Will be tried again")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not delivered")
    UNKNOWN = "unknown", _("Perhaps delivered")


WAITING = (State.NEW, State.RETRY)
INCIDENTS = (State.FAILED, State.UNKNOWN)
