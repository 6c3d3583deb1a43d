"""What the office types to put up a notice."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NoticeForm(forms.Form):
    """For whom, where objections are taken, and that the preview was seen."""

    case = forms.TypedMultipleChoiceField(
        label=_("For whom"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one person.")},
    )
    contact = forms.CharField(
        label=_("Where objections are taken"),
        help_text=_("Office, telephone and address for letters; it stands on the notice."),
        max_length=200,
        error_messages={"required": _("Please write where letters and calls go.")},
    )

    def __init__(self, *args: object, cases: list, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = [(case.pk, f"{case.subject_name} · {case.organization.name}") for case in cases]
