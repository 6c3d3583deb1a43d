"""What is typed in an investigation: team, talk, tally, report, challenge."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.models import Account
from workflows.appointment_review.enums import Conclusion, Relation, TalkKind
from workflows.appointment_review.investigation_models import TeamMember
from workflows.appointment_review.investigation_words import GRADE_WORDS, HEADING_WORDS
from workflows.appointment_review.matter_forms import day
from workflows.appointment_review.rules.investigation import GRADES, PARTS, Counts

LONG = 4000
MOST_PAPERS = 100_000


class TeamForm(forms.Form):
    """Who goes when, for one or many cases."""

    members = forms.MultipleChoiceField(
        label=_("Team"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("At least two people.")
    )
    others = forms.CharField(
        label=_("Others, by account name"),
        required=False,
        max_length=300,
        help_text=_("For people who hold no role here; several with blanks between them."),
    )
    head = forms.ChoiceField(label=_("Head of the team"))
    from_on = day(_("First day of the work"))
    until_on = day(_("Last day"))
    people = forms.IntegerField(
        label=_("People in the unit"),
        min_value=1,
        max_value=MOST_PAPERS,
        help_text=_("The number of talks follows it."),
    )
    contact = forms.CharField(
        label=_("Contact"), max_length=120, help_text=_("Name and telephone, as printed on the notice.")
    )

    def __init__(self, *args, choosable: Iterable[Account], **kwargs) -> None:
        """Offer people.

        Args:
            choosable: Who can be ticked.
        """
        super().__init__(*args, **kwargs)
        self.choosable = {account.username: account for account in choosable}
        listed = [(name, f"{account.name}（{name}）") for name, account in self.choosable.items()]
        self.fields["members"].choices = listed
        self.fields["head"] = forms.CharField(
            label=_("Head of the team"), max_length=60, help_text=_("Account name of one of them.")
        ) if not listed else forms.ChoiceField(
            label=_("Head of the team"), choices=[("", "—"), *listed], required=False,
            help_text=_("One of those ticked; left open, the first one."),
        )  # fmt: skip
        self.order_fields(["members", "others", "head", "from_on", "until_on", "people", "contact"])

    def clean_others(self) -> list[Account]:
        """Find those who were named by account."""
        found = []
        for name in self.cleaned_data["others"].split():
            account = Account.objects.filter(username=name, is_active=True).first()
            if account is None:
                raise forms.ValidationError(_("Nobody has the account %(name)s."), params={"name": name})
            found.append(account)
        return found

    def team(self) -> tuple[list[Account], Account | None]:
        """Give the members and the head."""
        named = [self.choosable[name] for name in self.cleaned_data["members"]] + self.cleaned_data["others"]
        accounts = list(dict.fromkeys(named))
        chosen = self.cleaned_data["head"]
        head = next((account for account in accounts if account.username == chosen), None)
        return accounts, head if chosen else (accounts[0] if accounts else None)


class TalkForm(forms.Form):
    """One talk."""

    kind = forms.ChoiceField(
        label=_("How the record is kept"), choices=TalkKind.choices, widget=forms.RadioSelect, initial=TalkKind.TYPED
    )
    talkee = forms.CharField(label=_("Person talked to"), max_length=60)
    relation = forms.ChoiceField(label=_("Relation to the candidate"), choices=Relation.choices)
    held_on = day(_("Day"))
    place = forms.CharField(label=_("Place"), max_length=120)
    present = forms.MultipleChoiceField(label=_("Who was there"), widget=forms.CheckboxSelectMultiple)
    text = forms.CharField(
        label=_("What was said"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("The person concerned never sees it. For a paper record it may stay empty."),
    )
    pages = forms.IntegerField(label=_("Pages of the paper record"), required=False, min_value=1, max_value=999)
    keeper = forms.CharField(label=_("Who keeps the paper"), required=False, max_length=60)
    confirmed = forms.BooleanField(label=_("The person talked to has read the record and confirmed it"), required=False)

    def __init__(self, *args, team: Iterable[TeamMember], **kwargs) -> None:
        """Offer the team.

        Args:
            team: Who can have been there.
        """
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = [(str(member.pk), member.account.name) for member in team]


class TallyForm(forms.Form):
    """The counted papers."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        papers = {
            "issued": _("Papers given out"),
            "returned": _("Papers returned"),
            "valid": _("Valid papers"),
            **GRADE_WORDS,
            "opinions_issued": _("Opinion forms given out"),
            "opinions_returned": _("Opinion forms returned"),
        }
        self.fields["held_on"] = day(_("Day of the appraisal"))
        for name, label in papers.items():
            self.fields[name] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=MOST_PAPERS,
                widget=forms.NumberInput(attrs={"data-count": name, "inputmode": "numeric"}),
                initial=0 if name.startswith("opinions") else None,
            )

    def counts(self) -> Counts:
        """Give the papers as the rules take them."""
        asked = self.cleaned_data
        return Counts(asked["issued"], asked["returned"], asked["valid"], tuple(asked[grade] for grade in GRADES))


class ReportForm(forms.Form):
    """The report under its headings."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in PARTS:
            self.fields[name] = forms.CharField(
                label=HEADING_WORDS[name], max_length=LONG, widget=forms.Textarea(attrs={"rows": 5}), required=False
            )
        self.fields["weaknesses"].help_text = _("No report without weaknesses; say what to work on.")
        self.fields["conclusion"] = forms.ChoiceField(
            label=_("Conclusion"), choices=Conclusion.choices, widget=forms.RadioSelect, required=False
        )


class ReasonForm(forms.Form):
    """Words for a decision that needs them."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class ChallengeForm(forms.Form):
    """Which announced name, and why."""

    member = forms.ChoiceField(label=_("Whom"), widget=forms.RadioSelect)
    grounds = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For example a relative, a dispute, or an interest of their own."),
    )

    def __init__(self, *args, team: Iterable[TeamMember], **kwargs) -> None:
        """Offer the names.

        Args:
            team: Who may still be challenged.
        """
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [(str(member.pk), member.account.name) for member in team]
