"""What people type: words and filters of the inbox, answers on a seat."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.actions.decisions import Answer
from approvals.enums import Verb
from approvals.inbox import Wanted


class InboxFilter(forms.Form):
    """Words and filters of the inbox; anything unreadable narrows nothing."""

    q = forms.CharField(label=_("Name, organization or number"), required=False, max_length=80)
    track = forms.CharField(label=_("Flow"), required=False, max_length=24)
    step = forms.CharField(label=_("Step"), required=False, max_length=40)
    organization = forms.CharField(label=_("Organization"), required=False, max_length=60)

    def wanted(self) -> Wanted:
        """Give what was asked for."""
        self.is_valid()
        asked = self.cleaned_data
        return Wanted(asked.get("q", ""), asked.get("track", ""), asked.get("step", ""), asked.get("organization", ""))


# How many things to correct can be listed at once.
CORRECTIONS = 8


def typed_fields(data: Mapping[str, str]) -> dict[str, str]:
    """Gather what was typed on a page of deciding, for the draft.

    Args:
        data: The fields as sent.
    """
    names = ["reason", "reason_inside", "reason_for_person", "goes_to"]
    names += [f"{part}-{place}" for place in range(CORRECTIONS) for part in ("target", "text")]
    return {name: data[name] for name in names if name in data}


def answer_of(data: Mapping[str, str]) -> Answer:
    """Read an answer as it was sent; whether it may stand is asked by ``decide``.

    Args:
        data: The fields as sent.
    """
    verb = data.get("verb", "")
    pairs = [
        (data.get(f"target-{place}", "")[:60], data.get(f"text-{place}", "").strip()[:300])
        for place in range(CORRECTIONS)
    ]
    inside = data.get("reason_inside", "").strip() if verb == Verb.REFUSE else ""
    return Answer(
        verb=verb,
        reason=inside or data.get("reason", ""),
        reason_for_person=data.get("reason_for_person", "") if verb == Verb.REFUSE else "",
        corrections=[pair for pair in pairs if pair[1]] if verb == Verb.RETURN else (),
        goes_to=data.get("goes_to", "") if verb == Verb.RETURN else "",
    )
