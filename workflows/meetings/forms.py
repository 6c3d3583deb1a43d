"""What the office types for a meeting."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from approvals.actions.meeting_results import Resolved
from approvals.actions.meetings import Belongs
from approvals.enums import ItemResult
from approvals.models import MeetingMember
from approvals.rules.meetings import Count, unanimous
from organizations.models import PartyOrganization
from organizations.typed import number_in

MOST_MEMBERS = 60
MOST_PEOPLE = 999
LONGEST = 2000
EARLIEST, LATEST = date(2020, 1, 1), date(2100, 1, 1)


class PlanForm(forms.Form):
    """When and where a committee meets, and who belongs to it."""

    organization = forms.ModelChoiceField(label=_("Committee"), queryset=PartyOrganization.objects.none())
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        required=False,
        help_text=_("Left empty, the meetings of the year are counted on."),
    )
    held_on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), initial=None
    )
    held_from = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("Place"), max_length=120)
    members = forms.CharField(
        label=_("Members"),
        max_length=6000,
        help_text=_("One a line: name, then a comma and the post. Members need no account."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    chair = forms.CharField(label=_("Led by"), max_length=60, help_text=_("The name of one of the members."))

    def __init__(self, *args: object, places: object, known: list[MeetingMember], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.known = {one.name: one.account_id for one in known}
        self.fields["organization"].queryset = places

    def clean_held_on(self) -> date:
        """Take a day of our time only."""
        day = self.cleaned_data["held_on"]
        if not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Please check the year."))
        return day

    def clean_members(self) -> list[tuple[str, str]]:
        """Read one person a line."""
        rows = []
        for line in self.cleaned_data["members"].splitlines():
            name, _comma, post = re.sub(r"[，、\t]", ",", line).strip().partition(",")
            if name.strip():
                rows.append((name.strip()[:60], post.strip()[:80]))
        if len(rows) > MOST_MEMBERS:
            raise forms.ValidationError(_("These are more members than a meeting can have here."))
        if len({name for name, _post in rows}) < len(rows):
            raise forms.ValidationError(_("A name stands twice. Add something that tells the two apart."))
        return rows

    def clean(self) -> dict[str, object]:
        """Find the chair among the members."""
        data = super().clean()
        names = [name for name, _post in data.get("members", [])]
        if names and data.get("chair", "").strip() not in names:
            self.add_error("chair", _("Whoever leads the meeting has to be one of its members."))
        return data

    def planned(self) -> dict[str, object]:
        """Give what was typed as arguments of ``plan``."""
        data = self.cleaned_data
        chair = data["chair"].strip()
        members = [Belongs(name, post, name == chair, self.known.get(name)) for name, post in data["members"]]
        return {
            "organization": data["organization"],
            "title": data["title"].strip(),
            "held_at": make_aware(datetime.combine(data["held_on"], data["held_from"])),
            "place": data["place"],
            "members": members,
        }


def listed(members: list[MeetingMember]) -> str:
    """Write members as the form reads them."""
    return "\n".join("，".join(filter(None, (one.name, one.post))) for one in members)


def opening_time() -> time:
    """Suggest when a meeting begins."""
    return time(15, 0)


def resolved_in(data: Mapping[str, str], *, present: int, before: str, suffix: str = "") -> Resolved:
    """Read what was typed about an item.

    Args:
        data: The form.
        present: People in the room who may vote on it.
        before: The result it has already, empty where it has none.
        suffix: What the names of the fields end in, where several items stand on one page.

    Returns:
        The result; where nobody touched the count and another result was chosen, an undisputed one.
    """
    result = data.get(f"result{suffix}", "")
    typed = Count(*(number(data.get(f"{name}{suffix}", "")) for name in ("agree", "against", "abstain")))
    untouched = data.get(f"proposed{suffix}", "") == f"{typed.agree}-{typed.against}-{typed.abstain}"
    if untouched and result not in (ItemResult.AGREE, before):
        typed = unanimous(result, present)
    words = {name: data.get(f"{name}{suffix}", "")[:LONGEST] for name in ("reason", "reason_for_person")}
    review_on = day_of(data.get(f"review_on{suffix}", "")) if result == ItemResult.DEFER else None
    returns_to = data.get(f"returns_to{suffix}", "")[:60] if result == ItemResult.RETURN else ""
    return Resolved(result, typed, review_on=review_on, returns_to=returns_to, **words)


def number(text: str) -> int:
    """Read a number of people; what is none is nobody."""
    typed = number_in(text.strip())
    return typed if typed is not None and typed <= MOST_PEOPLE else 0


def day_of(text: str) -> date | None:
    """Read a day as date inputs send it."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
