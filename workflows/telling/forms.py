"""Forms of telling."""

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.enums import Resend, State
from notifications.models import Outbox


class SendAgainForm(forms.Form):
    """Why a message is sent again; what has perhaps arrived also asks to confirm that it may come twice.

    Args:
        letter: The message.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    why = forms.ChoiceField(label=_("Why it is sent again"), required=False)
    twice = forms.BooleanField(
        label=_("I know that it may arrive twice"),
        required=False,
        error_messages={"required": _("Please confirm that it may arrive twice.")},
    )

    def __init__(self, data: dict | None, *, letter: Outbox) -> None:
        super().__init__(data, initial={"version": letter.version})
        unknown = letter.state == State.UNKNOWN
        self.fields["why"].choices = [("", _("Please choose")), *Resend.choices]
        self.fields["why"].required = unknown
        self.fields["why"].error_messages["required"] = _("Please choose why it is sent again.")
        if unknown:
            self.fields["twice"].required = True
        else:
            del self.fields["twice"]
