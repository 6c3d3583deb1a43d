"""What is typed to publish a policy."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.actions.policies import may_publish
from approvals.flows import all_flows, flow_named
from approvals.policy_text import LONGEST
from organizations.models import Account, PartyOrganization


class PolicyForm(forms.Form):
    """A policy as text or file, for which organization, from which day."""

    flow = forms.ChoiceField(label=_("Flow"))
    organization = forms.CharField(
        label=_("Organization code"),
        required=False,
        max_length=32,
        help_text=_("Leave it empty for the default of the whole tree."),
    )
    valid_from = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    file = forms.FileField(label=_("YAML file"), required=False)
    text = forms.CharField(
        label=_("Text of the policy"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
    )

    def __init__(self, *args: object, by: Account, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.today = by, today
        self.fields["flow"].choices = [(flow.name, flow.process_title) for flow in all_flows()]

    def clean_flow(self) -> object:
        """Give the flow itself."""
        return flow_named(self.cleaned_data["flow"])

    def clean_valid_from(self) -> date:
        """Refuse days that are over: what was decided then was decided under another version."""
        day = self.cleaned_data["valid_from"]
        if day < self.today:
            raise forms.ValidationError(_("Choose today or a later day."))
        return day

    def clean_organization(self) -> PartyOrganization | None:
        """Find the organization, if it is one the duty reaches."""
        code = self.cleaned_data["organization"].strip()
        found = PartyOrganization.objects.visible_to(self.by, on=self.today).filter(code=code).first() if code else None
        if code and found is None:
            raise forms.ValidationError(_("No organization with this code is in sight."))
        if not may_publish(self.by, found, on=self.today):
            raise forms.ValidationError(_("Your duty does not reach this organization."))
        return found

    def clean(self) -> dict:
        """Take the text from the file when there is one."""
        data = super().clean()
        upload = data.get("file")
        if upload is not None:
            if upload.size > LONGEST:
                raise forms.ValidationError(_("The file is too large; a policy has a few pages."))
            try:
                data["text"] = upload.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                raise forms.ValidationError(_("The file is not text in UTF-8.")) from None
        if not data.get("text", "").strip():
            raise forms.ValidationError(_("Choose a file or write the policy below."))
        return data
