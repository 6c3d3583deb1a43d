"""What is typed about an election: the plan, names, the paper count, one timetable for many."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflows.appointment_review.actions.elections_counting import PaperCount, WriteIn
from workflows.appointment_review.actions.elections_opening import Seats, Timetable
from workflows.appointment_review.actions.nominating import Nominee
from workflows.appointment_review.election_models import ELECTED_TITLES, ElectionNominee, ElectionPlan
from workflows.appointment_review.matter_forms import LONGEST, SHORTEST, PersonFields, PlaceForm, day
from workflows.appointment_review.rules.elections import Count

MOST = 999
WRITTEN_IN = 2
FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2100, 1, 1)


def number(label, *, most: int = MOST, required: bool = True, **kwargs) -> forms.IntegerField:
    """Make the field of a count."""
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=required, **kwargs)


class SeatFields(forms.Form):
    """How many are elected, by whom, and when."""

    secretaries = number(_("Secretaries to elect"), most=1, initial=1)
    deputies = number(_("Deputy secretaries to elect"), most=9, initial=0)
    members = number(
        _("Committee members to elect"),
        most=15,
        initial=0,
        help_text=_("With the secretary and the deputies; 0 for a branch with fewer than 7 members."),
    )
    voters = number(_("Members with the right to vote"))
    planned_on = day(_("Planned day of the election"))

    def clean_planned_on(self) -> date:
        """Refuse a day that cannot be meant."""
        if not FIRST_DAY < self.cleaned_data["planned_on"] < LAST_DAY:
            raise forms.ValidationError(_("This day cannot be right."))
        return self.cleaned_data["planned_on"]

    def seats(self) -> Seats:
        """Give what was typed."""
        asked = self.cleaned_data
        return Seats(
            asked["planned_on"],
            asked["reason"],
            asked["secretaries"],
            asked["deputies"],
            asked["members"],
            asked["voters"],
        )


class ElectionForm(PlaceForm, SeatFields):
    """A new election; the branch may still correct the numbers in its first request."""

    field_order = ["organization", "secretaries", "deputies", "members", "voters", "planned_on", "reason"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voters"].required = False
        self.fields["voters"].help_text = _("May stay empty; the branch says it in its request.")


class PlanForm(SeatFields):
    """The first request of the branch."""

    reason = forms.CharField(
        label=_("Reason"), min_length=SHORTEST, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )

    @classmethod
    def of(cls, plan: ElectionPlan) -> dict[str, object]:
        """Give what stands in a plan."""
        return {name: getattr(plan, name) for name in cls.base_fields}


class NameForm(PersonFields):
    """One name for the list."""

    title = forms.ChoiceField(label=_("Post"), choices=ELECTED_TITLES)
    channel = forms.ChoiceField(
        label=_("How the person comes in"),
        choices=[("sheet", _("A printed sheet with a code")), ("email", _("A link by e-mail"))],
        initial="sheet",
        help_text=_("Only for people without an account who stand for secretary or deputy."),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    field_order = ["title", "name", "identity_number", "channel", "email"]

    def __init__(self, *args, plan: ElectionPlan, **kwargs) -> None:
        """Offer only posts that are elected.

        Args:
            plan: The plan.
        """
        super().__init__(*args, **kwargs)
        self.fields["title"].choices = [choice for choice in ELECTED_TITLES if plan.seats[choice[0]]]

    def clean(self) -> dict[str, object]:
        """Ask for the address a link is sent to."""
        cleaned = super().clean()
        if cleaned.get("channel") == "email" and not cleaned.get("email"):
            self.add_error("email", _("A link needs an e-mail address."))
        return cleaned

    def nominee(self) -> Nominee:
        """Give who was typed."""
        asked = self.cleaned_data
        return Nominee(asked["name"], asked["identity_number"], asked["email"], asked["channel"])


class CountForm(forms.Form):
    """The paper count, with three numbers for everybody on the ballot and lines for names written in."""

    held_on = day(_("Day of the election"))
    entitled = number(_("Members with the right to vote"))
    present = number(_("Present with the right to vote"))
    issued = number(_("Ballots issued"))
    returned = number(_("Ballots returned"))
    valid = number(_("Valid ballots"))
    committee_present = number(
        _("Committee members present"),
        most=15,
        required=False,
        help_text=_("Only where the new committee elected the secretary at its first meeting."),
    )
    counters = forms.CharField(
        label=_("Who counted and watched"),
        max_length=120,
        help_text=_("Names; nobody who stands for election."),
    )

    def __init__(self, *args, ballot: Sequence[ElectionNominee], plan: ElectionPlan, **kwargs) -> None:
        """Add fields for the ballot.

        Args:
            ballot: Everybody on the ballot.
            plan: What is elected.
        """
        super().__init__(*args, **kwargs)
        self.ballot = ballot
        for one in ballot:
            for part, label in (
                ("yes", pgettext_lazy("vote", "Yes")),
                ("no", pgettext_lazy("vote", "No")),
                ("abstain", _("Abstained")),
            ):
                self.fields[f"{part}-{one.pk}"] = number(label)
        if not plan.members:
            del self.fields["committee_present"]
        titles = [("", "—"), *(choice for choice in ELECTED_TITLES if plan.seats[choice[0]])]
        for place in range(WRITTEN_IN):
            self.fields[f"in-title-{place}"] = forms.ChoiceField(label=_("Post"), choices=titles, required=False)
            self.fields[f"in-name-{place}"] = forms.CharField(label=_("Name"), max_length=30, required=False)
            self.fields[f"in-number-{place}"] = forms.CharField(
                label=_("Identity number"),
                max_length=18,
                required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            )
            self.fields[f"in-yes-{place}"] = number(pgettext_lazy("vote", "Yes"), required=False)

    def numbers(self) -> list[forms.BoundField]:
        """Give the fields of the meeting."""
        return [self[name] for name in self.fields if "-" not in name]

    def lines(self) -> Iterator[tuple[ElectionNominee, list[forms.BoundField]]]:
        """Give everybody on the ballot with three fields."""
        for one in self.ballot:
            yield one, [self[f"{part}-{one.pk}"] for part in ("yes", "no", "abstain")]

    def written(self) -> Iterator[list[forms.BoundField]]:
        """Give the lines for names written in."""
        for place in range(WRITTEN_IN):
            yield [self[f"in-{part}-{place}"] for part in ("title", "name", "number", "yes")]

    def clean(self) -> dict[str, object]:
        """Ask for all of a line that was begun."""
        cleaned = super().clean()
        for place in range(WRITTEN_IN):
            line = {part: cleaned.get(f"in-{part}-{place}") for part in ("title", "name", "number", "yes")}
            if any(value not in (None, "") for value in line.values()):
                for part, value in line.items():
                    if value in (None, "") and f"in-{part}-{place}" not in self.errors:
                        self.add_error(f"in-{part}-{place}", _("Fill in the whole line, or nothing of it."))
        return cleaned

    def count(self) -> Count:
        """Give the numbers of the meeting."""
        asked: Mapping[str, int] = self.cleaned_data
        names = ("entitled", "present", "issued", "returned", "valid")
        return Count(*(asked[name] for name in names), committee_present=asked.get("committee_present"))

    def paper(self) -> PaperCount:
        """Give the whole count."""
        asked = self.cleaned_data
        written = [
            WriteIn(
                asked[f"in-title-{place}"],
                Nominee(asked[f"in-name-{place}"], asked[f"in-number-{place}"], channel="sheet"),
                asked[f"in-yes-{place}"],
            )
            for place in range(WRITTEN_IN)
            if asked.get(f"in-title-{place}")
        ]
        votes = {one.pk: tuple(asked[f"{part}-{one.pk}"] for part in ("yes", "no", "abstain")) for one in self.ballot}
        return PaperCount(asked["held_on"], self.count(), votes, asked["counters"], written)


class CampaignForm(forms.Form):
    """One plan and one timetable for many branches."""

    name = forms.CharField(label=_("Name of the bundle"), max_length=80)
    request_by = day(_("Requests in by"))
    nominate_by = day(_("Candidates named by"))
    planned_on = day(_("Elections held by"))
    reason = forms.CharField(
        label=_("Reason"), min_length=SHORTEST, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, object]:
        """Keep the days in their order."""
        cleaned = super().clean()
        days = [cleaned.get(name) for name in ("request_by", "nominate_by", "planned_on")]
        if None not in days and not days[0] <= days[1] <= days[2]:
            self.add_error("planned_on", _("Requests come first, then the candidates, then the elections."))
        return cleaned

    def timetable(self) -> Timetable:
        """Give what was typed."""
        asked = self.cleaned_data
        return Timetable(asked["name"], asked["request_by"], asked["nominate_by"], asked["planned_on"], asked["reason"])
