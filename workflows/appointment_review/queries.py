"""Everything that reads data of this flow."""

from django.db.models import Value
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from approvals.enums import MatterKind
from approvals.letter_queries import spoken_findings
from approvals.models import Case, Policy
from organizations.enums import COMMITTEE_KINDS
from organizations.models import Department, PartyOrganization
from workflows.appointment_review.candidate_queries import files_key, handed_in
from workflows.appointment_review.election_models import ElectionNominee
from workflows.appointment_review.enums import FindingLevel, NomineeStanding, Origin, Track
from workflows.appointment_review.models import Finding


def departments_for(organization: PartyOrganization) -> list[Department]:
    """List the departments that a body asks about a person: those of its own level (docs/letters.md).

    Empty where the ledger names none; the office then says why the case goes on without.
    """
    return list(Department.objects.filter(level=organization.level))


def current_findings(case: Case):
    """Give the findings on the version handed in last, the hindering ones first."""
    found = Finding.objects.filter(case=files_key(case))
    return found.filter(form__in=handed_in(case).values("pk")[:1]) | found.filter(form=None)


def finding_levels(case: Case) -> list[str]:
    """Give the levels of the current findings and of what departments found; read once for a case as it was loaded."""
    if "finding_levels" not in case.__dict__:
        found = current_findings(case).order_by().values_list("level", flat=True)
        by_letter = spoken_findings(case).order_by().values_list(Value(FindingLevel.REASON.value), flat=True)
        case.finding_levels = list(found.union(by_letter, all=True))
    return case.finding_levels


def red_findings(case: Case) -> int:
    """Count the current findings that hinder or ask for a reason."""
    return sum(level != FindingLevel.NOTE for level in finding_levels(case))


def years_of_term(policy: Policy, organization: PartyOrganization) -> int:
    """Say how many years a term has under a policy, by the kind of the organization."""
    kind = "committee" if organization.kind in COMMITTEE_KINDS else "branch"
    return policy.parameters[f"term_{kind}_years"]


def subject_sentence(case: Case) -> str:
    """Say which person is to take or leave which post, as the end of a question."""
    proposal, until = case.proposal, case.proposal.until_on
    facts = {
        "name": case.subject_name,
        "organization": case.organization.name,
        "title": proposal.get_title_display(),
        "until": until and date_format(until, pgettext("format of a day with year", "j M Y")),
    }
    if case.track == Track.REMOVAL:
        return _("{name} leaves the post of {title} of {organization}").format(**facts)
    if case.track == Track.ACTING:
        return _("{name} acts as {title} of {organization} until {until}").format(**facts)
    if case.track == Track.EXTENSION:
        return _("the term of {name} as {title} of {organization} is extended until {until}").format(**facts)
    return _("{name} becomes {title} of {organization}").format(**facts)


def awaits_leave(case: Case) -> bool:
    """Say whether a case still needs leave to stand: not when voters wrote the name in, nor after it was decided."""
    if case.pk is None or case.track != Track.ELECTION:
        return True
    named = ElectionNominee.objects.filter(case=case.pk)
    return not named.exclude(origin=Origin.NOMINATED, standing=NomineeStanding.PENDING).exists()


def election_sentence(case: Case) -> str:
    """Say which branch elects, and whether at the end of a term or in its middle."""
    if case.track == MatterKind.BY_ELECTION:
        return _("By-election in {organization}").format(organization=case.subject_name)
    return _("Election of {organization}").format(organization=case.subject_name)
