"""What system administrators type about an organization."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.actions.shared import LONGEST_REASON
from organizations.models import Account, PartyOrganization


class DescribeForm(forms.Form):
    """What an organization prints, and whether it decides."""

    letterhead = forms.CharField(
        label=_("Letterhead code"),
        max_length=20,
        required=False,
        help_text=_("Stands before the year in its document numbers."),
    )
    phone = forms.CharField(
        label=_("Office telephone"), max_length=20, required=False, help_text=_("Shown to candidates.")
    )
    can_approve = forms.BooleanField(
        label=_("Has approval power"), required=False, help_text=_("Without it the body checks and forwards.")
    )
    go_live_on = forms.DateField(
        label=_("Go-live day"),
        required=False,
        help_text=_("Nothing due before this day is sent. Left empty, the day of the nearest superior holds."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class MoveForm(forms.Form):
    """Where an organization reports from now on."""

    to = forms.CharField(label=_("Code of the new superior"), max_length=32)
    reason = forms.CharField(
        label=_("Order behind it"), max_length=LONGEST_REASON, help_text=_("Kept with the change for ever.")
    )

    def __init__(self, *args: object, viewer: Account, today: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.today = viewer, today

    def clean_to(self) -> PartyOrganization:
        """Find the new superior among the organizations in sight."""
        code = self.cleaned_data["to"].strip()
        found = PartyOrganization.objects.visible_to(self.viewer, on=self.today).filter(code=code).first()
        if found is None:
            raise forms.ValidationError(_("There is no organization with this code in your reach."))
        return found


class CloseForm(forms.Form):
    """From which day an organization is no more."""

    on = forms.DateField(
        label=_("First day without it"),
        help_text=_("Today or earlier. Posts there end on this day."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    reason = forms.CharField(
        label=_("Order behind it"), max_length=LONGEST_REASON, help_text=_("Kept with the change for ever.")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        # The form of a move on the same page has a reason, too.
        super().__init__(*args, auto_id="id_closing_%s", **kwargs)
