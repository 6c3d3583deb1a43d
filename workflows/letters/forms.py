"""What people type about letters."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from approvals.actions.letter_replies import Reply
from approvals.models import LetterItem
from audit.errors import Refusal
from organizations.models import Department
from organizations.typed import number_in, numbers_in

LONGEST = 1000
FEWEST_ROWS = 2
MOST_ROWS = 200
MOST_DAYS = 60


class RestNotConfirmed(Refusal):
    """Silence is never consent: nothing is said about the rest."""

    code = "rest_not_confirmed"
    message = _("Please tick that nothing was found about everybody else.")


class PersonMissing(Refusal):
    """Words without a name."""

    code = "exception_without_person"
    message = _("Please choose for each finding whom it is about, each person once.")


@dataclass(frozen=True)
class Excepted:
    """One line of the exceptions, as typed."""

    place: int
    person: str
    text: str


def rows_typed(post: QueryDict, people: int) -> list[Excepted]:
    """Read the lines of the exceptions; one more empty one where it was asked for."""
    places = sorted(numbers_in(name[7:] for name in post if name.startswith("person-")))
    rows = [
        Excepted(place, post.get(f"person-{place}", ""), post.get(f"text-{place}", "")[:LONGEST])
        for place in places[:MOST_ROWS]
    ]
    wanted = max(FEWEST_ROWS, len(rows) + ("more" in post))
    return rows + [Excepted(place, "", "") for place in range(len(rows), min(wanted, max(people, 1)))]


def reply_typed(post: QueryDict, open_items: Collection[int]) -> Reply:
    """Read a reply: no finding about anybody except the following.

    Args:
        post: What was sent.
        open_items: Keys of the lines that are still open.

    Raises:
        RestNotConfirmed: the sentence about everybody else was not ticked.
        PersonMissing: a finding names nobody, or somebody twice.
    """
    rows = [row for row in rows_typed(post, len(open_items)) if row.person or row.text.strip()]
    if not post.get("rest"):
        raise RestNotConfirmed
    said = {number_in(row.person): row.text for row in rows}
    if None in said or len(said) != len(rows):
        raise PersonMissing
    return Reply(said, set(numbers_in(post.getlist("left_out"))) - set(said))


class SendForm(forms.Form):
    """What is asked, and how long the departments have."""

    asks = forms.CharField(label=_("What is asked"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    working_days = forms.IntegerField(label=_("Working days for the reply"), min_value=1, max_value=MOST_DAYS)


class ExtendForm(forms.Form):
    """How much longer, and why."""

    working_days = forms.IntegerField(label=_("Working days more"), min_value=1, max_value=MOST_DAYS, initial=5)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class WaitForm(forms.Form):
    """Whom the department asked to wait for, until when, and what was said."""

    person = forms.TypedChoiceField(label=_("Person"), coerce=int)
    review_on = forms.DateField(
        label=_("Asked again on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    words = forms.CharField(label=_("Who said what on the telephone"), max_length=400)

    def __init__(self, *args, items: Sequence[LetterItem], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(item.pk, item.case.subject_name) for item in items]


class WhyForm(forms.Form):
    """A reason for the office."""

    reason = forms.CharField(label=_("Reason for the office"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


def departments_chosen(post: QueryDict, offered: Collection[Department]) -> set[int]:
    """Read which departments were ticked."""
    ticked = set(post.getlist("department"))
    return {one.pk for one in offered if str(one.pk) in ticked}
