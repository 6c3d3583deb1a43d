"""What is typed: an objection, a code, a letter, a finding, a word after the notice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.models import Account
from workflows.notices.enums import Finding
from workflows.notices.rules import LONGEST_CONTACT, LONGEST_NAME, LONGEST_TEXT, new_code, tidy_code

NAMED, UNNAMED = "yes", "no"
SIGNED_OUT = _(
    "You are no longer signed in, so this cannot go out with your account. Nothing you wrote is lost: write your name "
    "here and send it again, or choose to go without one."
)


class ObjectionForm(forms.Form):
    """An objection, by name or without one."""

    about = forms.ChoiceField(label=_("Whom is it about?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What do you know?"),
        help_text=_("Say what happened, when and where, and how it can be verified."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Please write what you know.")},
    )
    named = forms.ChoiceField(
        label=_("Do you want to give your name?"),
        choices=[(NAMED, _("Yes, so that I can be asked")), (UNNAMED, _("No, without a name"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose whether you want to give your name.")},
    )
    name = forms.CharField(label=_("Your name"), required=False, max_length=LONGEST_NAME)
    contact = forms.CharField(
        label=_("How can you be reached?"),
        help_text=_("Telephone or address; only with a name."),
        required=False,
        max_length=LONGEST_CONTACT,
    )
    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: object, people: list, account: Account | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["about"].choices = [(str(person.pk), person.facts["name"]) for person in people]
        self.fields["about"].error_messages["required"] = _("Please choose whom it is about.")
        self.fields["code"].initial = new_code()
        if len(people) == 1:
            self.fields["about"].initial = str(people[0].pk)
        if account is not None:
            del self.fields["name"]
            self.fields["named"].choices = [
                (NAMED, _("Yes, as {name}, with my account").format(name=account.name)),
                (UNNAMED, _("No, without a name and without my account")),
            ]

    def clean_code(self) -> str:
        """Take the code drawn with the form, or draw one."""
        return tidy_code(self.cleaned_data["code"]) or new_code()

    def clean(self) -> dict:
        """Ask for the name of whoever wants to give it; a form shown to an account had no field for it."""
        data = super().clean()
        if data.get("named") == NAMED and "name" in self.fields and not data.get("name", "").strip():
            shown = "name" in self.data
            self.add_error("name", _("Please write your name, or choose to go without one.") if shown else SIGNED_OUT)
        return data


class CodeForm(forms.Form):
    """The code with which the outcome is asked for."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Please type the code.")},
    )


class LetterForm(forms.Form):
    """An objection that came by letter, telephone or visit."""

    about = forms.ChoiceField(label=_("Whom is it about?"))
    text = forms.CharField(label=_("What was said"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 7}))
    name = forms.CharField(
        label=_("Who said it"),
        help_text=_("Leave it empty when the letter has no name."),
        required=False,
        max_length=LONGEST_NAME,
    )
    contact = forms.CharField(label=_("How they can be reached"), required=False, max_length=LONGEST_CONTACT)
    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: object, people: list, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [
            (str(person.pk), f"{person.case.subject_name} · {person.case.organization.name}") for person in people
        ]
        self.fields["code"].initial = new_code()

    clean_code = ObjectionForm.clean_code


class FindingForm(forms.Form):
    """What was found."""

    finding = forms.ChoiceField(label=_("Finding"), widget=forms.RadioSelect)
    grounds = forms.CharField(
        label=_("Grounds"),
        help_text=_("For the closed journal only."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    answer = forms.CharField(
        label=_("Answer for whoever handed it in"),
        help_text=_("They read it with their code."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    review_on = forms.DateField(
        label=_("Looked at again on"),
        help_text=_("Only when the decision is suspended."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: object, dismiss: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if dismiss:
            del self.fields["finding"], self.fields["review_on"]
        else:
            self.fields["finding"].choices = [choice for choice in Finding.choices if choice[0] != Finding.DISMISSED]


class RefuseForm(forms.Form):
    """A refusal after the notice; the words for the office are always the same."""

    reason_for_person = forms.CharField(
        label=_("Reason, written for the person"),
        help_text=_("Neutral: nobody may read from it that anything was handed in, or by whom."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ChangeForm(forms.Form):
    """What changes on the notice."""

    reason = forms.CharField(
        label=_("What has to be changed"),
        help_text=_("The office reads it and puts up a new notice. Nothing about who said so."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
