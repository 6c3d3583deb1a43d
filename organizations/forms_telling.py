"""What people choose on the page "How I am told"."""

from datetime import time

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notifications.models import Preference
from notifications.rules.routing import CHOOSABLE, Rhythm, Way, is_quiet

WAYS = [
    (Way.DIGEST.value, _("in the digest")),
    (Way.SINGLY.value, _("singly")),
    (Way.NEVER.value, _("no letter")),
]
DIGEST_HOURS = ("07:30", "08:30", "10:00", "12:00", "14:30", "17:00")
NO_QUIET = "00:00-00:00"
QUIET_HOURS = ("21:00-08:00", "22:00-07:00", "20:00-08:30", "18:00-08:00")


class TellingForm(forms.Form):
    """How one wants to be told: a way for each group of kinds, the hours, the language."""

    waiting = forms.ChoiceField(choices=WAYS)
    own = forms.ChoiceField(choices=WAYS)
    below = forms.ChoiceField(choices=WAYS)
    information = forms.ChoiceField(choices=WAYS)
    system = forms.ChoiceField(choices=WAYS)
    digest_at = forms.ChoiceField(
        label=_("The digest comes at"),
        choices=[(hour, hour) for hour in DIGEST_HOURS],
        help_text=_("One letter a day, on working days; none when there is nothing new."),
    )
    quiet = forms.ChoiceField(
        label=_("Quiet hours"),
        choices=[
            *((span, span.replace("-", "–")) for span in QUIET_HOURS),
            (NO_QUIET, pgettext_lazy("quiet hours", "none")),
        ],
        help_text=_("Even what is urgent waits until they are over."),
    )
    on_days_off = forms.BooleanField(label=_("Also write to me on days off"), required=False)
    urgent_by_sms = forms.BooleanField(
        label=_("Urgent messages also as text messages"),
        required=False,
        help_text=_("What is due today, and what is long overdue below you: only how many, no name and no case."),
    )
    language = forms.ChoiceField(label=_("Language of letters and pages"), choices=settings.LANGUAGES)

    def clean(self) -> dict[str, object]:
        """Split the quiet hours, and refuse a digest that would lie in them."""
        found = super().clean()
        begin, _dash, end = str(found.pop("quiet", NO_QUIET)).partition("-")
        found |= {"quiet_from": begin, "quiet_until": end}
        hour = found.get("digest_at")
        rhythm = Rhythm(quiet_from=time.fromisoformat(begin), quiet_until=time.fromisoformat(end))
        if hour and is_quiet(time.fromisoformat(str(hour)), rhythm):
            self.add_error(
                "digest_at",
                _("At {hour} your quiet hours still last. Choose a later digest or shorter quiet hours.").format(
                    hour=hour
                ),
            )
        return found


class PhoneCodeForm(forms.Form):
    """The code that came to a telephone."""

    code = forms.CharField(
        label=_("Code from the text message"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


def chosen(preference: Preference | None, language: str) -> dict[str, object]:
    """Give what somebody chose before, as ``TellingForm`` shows it.

    Args:
        preference: The row, or None for the defaults.
        language: Code of the account's language.
    """
    row = preference or Preference()
    groups = {group.value: getattr(row, group.value) for group in CHOOSABLE}
    return groups | {
        "digest_at": row.digest_at,
        "quiet": f"{row.quiet_from}-{row.quiet_until}",
        "on_days_off": row.on_days_off,
        "urgent_by_sms": row.urgent_by_sms,
        "language": language,
    }
