"""Refusals of telling."""

from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal


class WhyAgain(Refusal):
    """A message that perhaps arrived is sent again without a reason."""

    code = "why_again"
    message = _("It has perhaps arrived, and may come twice. Please choose why it is sent again, and confirm it.")


class NotYours(Refusal):
    """Somebody sends again who does not look after what is delivered."""

    code = "not_yours"
    message = _("Messages are sent again by the system administrators. Please ask one of them.")
