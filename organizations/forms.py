"""What people type on the pages of who exists."""

from django import forms
from django.contrib.auth import password_validation
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.access_queries import renewed_by
from organizations.actions.shared import LONGEST_REASON
from organizations.enums import Role, Scope
from organizations.models import Account, Department, PartyOrganization


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, help_text=_("Kept with the change for ever.")
    )


class CodeForm(forms.Form):
    """The code of an invitation."""

    code = forms.CharField(
        label=_("Code of the invitation"),
        max_length=20,
        help_text=_("Ten characters on the sheet; capital or small makes no difference."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class RenewForm(forms.Form):
    """Who forgot the password, and how the person was recognized."""

    account = forms.CharField(label=_("Account"), max_length=60, help_text=_("The account name, exactly."))
    reason = forms.CharField(
        label=_("How the person was recognized"),
        max_length=LONGEST_REASON,
        help_text=_("For example: came in person and showed the identity card. Kept with the change for ever."),
    )

    def __init__(self, *args: object, viewer: Account, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_account(self) -> Account:
        """Find the account among those the viewer may hand a sheet to."""
        found = renewed_by(self.viewer, on=timezone.localdate())
        account = found.filter(username__iexact=self.cleaned_data["account"].strip()).first()
        if account is None:
            raise forms.ValidationError(_("There is no account of this name for which you may print a new sheet."))
        return account


class PasswordForm(forms.Form):
    """The password somebody chooses at the first visit."""

    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        help_text=_("At least 12 characters, 15 for administrators. A sentence you know by heart works well."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, account: Account, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        """Ask the validators."""
        password = self.cleaned_data["password"]
        password_validation.validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, object]:
        """Compare both."""
        cleaned = super().clean()
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("This differs from the password above."))
        return cleaned


class HelperForm(forms.Form):
    """Who shall help."""

    login = forms.CharField(
        label=_("Account, telephone or e-mail of the helper"), max_length=120, widget=forms.TextInput()
    )


class GrantForm(forms.Form):
    """Which role somebody gets, where and for how long."""

    account = forms.CharField(label=_("Account"), max_length=60, help_text=_("The account name, exactly."))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    place = forms.CharField(
        label=_("Organization or department"), max_length=32, help_text=_("Its code, as in the list of organizations.")
    )
    scope = forms.ChoiceField(label=_("Reach"), choices=Scope.choices, initial=Scope.SUBTREE)
    from_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    until_on = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("First day without the role."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, help_text=_("Kept with the change for ever.")
    )

    def __init__(self, *args: object, viewer: Account, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.today = timezone.localdate()
        self.fields["from_on"].initial = self.today

    def clean_account(self) -> Account:
        """Find the account among those in sight."""
        found = Account.objects.visible_to(self.viewer, on=self.today).filter(
            username__iexact=self.cleaned_data["account"].strip()
        )
        account = found.first()
        if account is None:
            raise forms.ValidationError(_("There is no account of this name in your reach."))
        return account

    def clean(self) -> dict[str, object]:
        """Find the place, which is a department for a department's officer."""
        cleaned = super().clean()
        code = (cleaned.get("place") or "").strip()
        cleaned["organization"] = cleaned["department"] = None
        if cleaned.get("role") == Role.DEPARTMENT_OFFICER:
            cleaned["department"] = Department.objects.filter(code=code).first()
        else:
            seen = PartyOrganization.objects.visible_to(self.viewer, on=self.today)
            cleaned["organization"] = seen.filter(code=code).first()
        if code and not (cleaned["organization"] or cleaned["department"]):
            self.add_error("place", _("There is nothing with this code in your reach."))
        return cleaned
