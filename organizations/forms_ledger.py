"""What people type on the pages of the ledger, the calendar and the term board."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.actions.shared import LONGEST_REASON
from organizations.giving import CONTENT_TYPES
from organizations.models import PartyOrganization


class LedgerUploadForm(forms.Form):
    """The workbook of the office."""

    file = forms.FileField(
        label=_("Ledger"),
        help_text=_("An .xlsx workbook of at most 20 MB. Nothing is written before you have seen the check."),
        widget=forms.ClearableFileInput(attrs={"accept": f".xlsx,{CONTENT_TYPES['xlsx']}"}),
        error_messages={"required": _("Choose the workbook first."), "empty": _("The file is empty.")},
    )


class OverdueReasonForm(forms.Form):
    """Why a term is overdue."""

    reason = forms.CharField(
        label=_("Reason for being overdue"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=_("One sentence, without identity or mobile numbers. Empty it to take it away."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CalendarDayForm(forms.Form):
    """One day of the calendar."""

    is_workday = forms.TypedChoiceField(
        label=_("This day is"),
        choices=[("1", _("worked")), ("0", _("off"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Name"), max_length=60, required=False, help_text=_("Such as the festival."))
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, help_text=_("Kept with the change for ever.")
    )


class ClosureForm(forms.Form):
    """Days on which the office of one organization is closed."""

    organization = forms.ModelChoiceField(
        label=_("Code of the organization"),
        queryset=PartyOrganization.objects.all(),
        to_field_name="code",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("As on the page of the organization."),
        error_messages={"invalid_choice": _("No organization has this code.")},
    )
    first_on = forms.DateField(label=_("First closed day"), widget=forms.DateInput(attrs={"type": "date"}))
    last_on = forms.DateField(label=_("Last closed day"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, help_text=_("Kept with the change for ever.")
    )
