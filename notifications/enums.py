"""The words the tables of telling store."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """A way to reach somebody."""

    IN_APP = "inapp", pgettext_lazy("channel", "In the system")
    EMAIL = "email", pgettext_lazy("channel", "E-mail")
    SMS = "sms", pgettext_lazy("channel", "Text message")
    ROBOT = "robot", pgettext_lazy("channel", "Group robot")


# Repeating is harmless there: every repetition bears the same Message-ID.
AT_LEAST_ONCE = (Channel.EMAIL,)
AT_MOST_ONCE = (Channel.SMS, Channel.ROBOT)


class State(models.TextChoices):
    """Where a message on its way out stands."""

    NEW = "new", pgettext_lazy("message", "Waiting")
    LEASED = "leased", pgettext_lazy("message", "Being sent")
    RETRY = "retry", pgettext_lazy("message", "Will be tried again")
    SENT = "sent", pgettext_lazy("message", "Sent")
    FAILED = "failed", pgettext_lazy("message", "Not delivered")
    UNKNOWN = "unknown", pgettext_lazy("message", "Perhaps delivered")
    HELD = "held", pgettext_lazy("message", "Waits for the digest")
    BUNDLED = "bundled", pgettext_lazy("message", "Went in a digest")
    READ = "read", pgettext_lazy("message", "Read in the system before the digest")


WAITING = (State.NEW, State.RETRY)
# These never leave as a letter of their own.
IN_DIGEST = (State.HELD, State.BUNDLED, State.READ)
INCIDENTS = (State.FAILED, State.UNKNOWN)


class Resend(models.TextChoices):
    """Why a message is sent again that did not arrive, or perhaps did."""

    MENDED = "mended", pgettext_lazy("sent again", "The address or the setting was put right")
    NOTHING_CAME = "nothing_came", pgettext_lazy("sent again", "The recipient says that nothing came")
    PROVIDER_DENIES = "denied", pgettext_lazy("sent again", "The provider says that nothing was delivered")
    MUST_ARRIVE = "must_arrive", pgettext_lazy("sent again", "It may come twice, but it must come")
