"""The findings of the automatic check as rows of ``components/findings.html``, and what differs between versions."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.letter_queries import LetterFinding
from workflows.appointment_review.candidate_queries import changes_between
from workflows.appointment_review.enums import FindingLevel
from workflows.appointment_review.form_fields import section_named
from workflows.appointment_review.models import Finding, FormVersion
from workflows.appointment_review.rules.findings import CHECKS
from workflows.appointment_review.words import SECTIONS, finding_source, finding_words, label_of, value_words

LEVELS = {FindingLevel.BLOCKING: "blocking", FindingLevel.REASON: "reasoned", FindingLevel.NOTE: "advisory"}
ORDER = list(LEVELS)
# What each check looked at, for the line of those that found nothing.
PASSED = {
    "not_full_member": gettext_lazy("Full member of the Party"),
    "on_probation": gettext_lazy("Not on probation within the Party"),
    "rights_deprived": gettext_lazy("In possession of political rights"),
    "sentenced": gettext_lazy("No sentence for an intentional crime"),
    "under_investigation": gettext_lazy("Not under investigation"),
    "joined_too_young": gettext_lazy("Joined at 18 or later"),
    "full_too_early": gettext_lazy("Full member a year after joining or later"),
    "membership_short": gettext_lazy("Years of membership"),
    "too_old": gettext_lazy("Age"),
    "appraised_incompetent": gettext_lazy("Appraisals of the last three years"),
    "disciplined": gettext_lazy("Discipline"),
    "many_posts": gettext_lazy("Number of concurrent posts"),
    "branch_differs": gettext_lazy("Branch that keeps the membership"),
    "not_in_management": gettext_lazy("Management or key staff"),
    "relative_in_unit": gettext_lazy("Relatives in the organization"),
    "credit_report_old": gettext_lazy("Age of the credit report"),
    "gap_explained": gettext_lazy("Continuous résumé"),
}


def finding_rows(findings: Sequence[Finding]) -> list[dict[str, object]]:
    """Make the rows of the findings, the hindering ones first.

    Args:
        findings: The findings on the version handed in last.
    """
    ordered = sorted(findings, key=lambda one: (ORDER.index(one.level), one.pk))
    return [
        {
            "level": LEVELS[one.level],
            "text": finding_words(one.code, one.facts),
            "source": finding_source(one.code),
            "url": f"?show=form#{one.points_to}" if one.points_to else "",
            "place": _("See “{place}”").format(place=SECTIONS.get(one.points_to.partition(".")[0], "")),
        }
        for one in ordered
    ]


def letter_rows(findings: Sequence[LetterFinding]) -> list[dict[str, object]]:
    """Make rows of what departments said: a finding asks for a reason, a missing answer is a note.

    Args:
        findings: As ``letter_findings`` gives them.
    """
    silent = _("{department} did not answer; the chair went on without.")
    gone = _("the words were destroyed when their time of keeping ended")
    return [
        {
            "level": "advisory" if one.silent else "reasoned",
            "text": silent.format(department=one.department)
            if one.silent
            else _("{department}: {text}").format(department=one.department, text=one.text or gone),
            "source": _("letter {number}").format(number=one.letter),
            "url": "",
        }
        for one in findings
    ]


def passed_checks(findings: Sequence[Finding]) -> list[str]:
    """Name what the check looked at without finding anything."""
    found = {one.code for one in findings}
    return [str(PASSED[code]) for code in CHECKS if code not in found]


def differences(earlier: FormVersion, later: FormVersion) -> list[tuple[str, str, str, str]]:
    """Tell what changed from one version to a later one: part, field, before, after.

    Args:
        earlier, later: Versions of one case, with ``case.subject`` loaded.
    """
    rows = []
    for change in changes_between(earlier, later):
        section = section_named(change.section, today=later.saved_at.date())
        fields = {field.name: field for field in (*section.fields, *section.row)} if section else {}
        field = fields.get(change.field)
        values = (change.before, change.after)
        before, after = (value_words(field, value) if field and value else value for value in values)
        label = label_of(change.field, section=change.section) if field else _("Entry")
        rows.append((str(SECTIONS[change.section]), label, str(before), str(after)))
    return rows
