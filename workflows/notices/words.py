"""How the facts of a person read: labels for a page, one sentence for the board."""

from collections.abc import Mapping

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from workflows.notices.models import PublicNotice
from workflows.notices.rules import PERMITTED, missing

LABELS = {
    "name": gettext_lazy("Name"),
    "sex": gettext_lazy("Sex"),
    "birth_month": gettext_lazy("Born in"),
    "ethnicity": gettext_lazy("Ethnicity"),
    "native_place": gettext_lazy("Native place"),
    "political_status": gettext_lazy("Political status"),
    "education": gettext_lazy("Education"),
    "employer": gettext_lazy("Employer and present post"),
    "organization": gettext_lazy("Organization"),
    "post": gettext_lazy("Intended post"),
}
LANGUAGE = "zh-hans"  # a notice is put up in Chinese, whatever language its maker reads


def labelled(facts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pair each permitted fact with its label; the name stands above them."""
    return [(str(LABELS[name]), facts[name]) for name in PERMITTED if name != "name" and facts.get(name)]


def missing_words(facts: Mapping[str, str]) -> str:
    """Name what is not known, for the list before putting up."""
    return pgettext("between names", ", ").join(str(LABELS[name]) for name in missing(facts))


def person_sentence(facts: Mapping[str, str]) -> str:
    """Tell one person as notices do."""
    patterns = {
        "name": "{}",
        "sex": "{}",
        "birth_month": _("born in {month}").replace("{month}", "{}"),
        "ethnicity": "{}",
        "native_place": _("from {place}").replace("{place}", "{}"),
        "political_status": "{}",
        "education": "{}",
        "employer": _("now {post}").replace("{post}", "{}"),
    }
    parts = [pattern.format(facts[name]) for name, pattern in patterns.items() if facts.get(name)]
    intended = _("to become {post} of {organization}").format(
        post=facts.get("post", ""), organization=facts.get("organization", "")
    )
    return pgettext("between parts of a sentence", ", ").join([*parts, intended]) + pgettext("end of a sentence", ".")


def notice_paragraphs(notice: PublicNotice, people: list[Mapping[str, str]]) -> tuple[list[str], list[str]]:
    """Write a notice for the board, in Chinese: what stands before the people, and what stands after them."""
    with translation.override(LANGUAGE):
        days = {"first": _long(notice.published_at), "last": _long(notice.ends_at), "n": notice.working_days}
        head = _(
            "By the rules for the appointment of secretaries of Party organizations in social organizations, the "
            "following is put on public notice from {first} to {last}, {n} full working days."
        ).format(**days)
        foot = [
            _(
                "Whoever knows of something that stands against it may say so while the notice stands, by name or "
                "without a name, as truly and precisely as possible."
            ),
            _("Objections are taken at: {contact}. Whoever objects is protected.").format(contact=notice.contact),
        ]
        return [head, *(person_sentence(facts) for facts in people)], foot


def _long(moment) -> str:
    return date_format(localdate(moment), pgettext("format of a day with year", "j M Y"))
