"""Everything a candidate and a helper may read of a case, and who may read which file."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from approvals.enums import CaseState, Outcome, SeatState, Verb
from approvals.errors import NoAuthority
from approvals.models import Case, Correction, Decision, Seat, Stage
from approvals.queries import levels_for
from organizations.identity import identity_of, unseal_for
from organizations.models import Account, PartyOrganization, Person
from organizations.queries import candidates_helped_by, organization_scope
from organizations.rules.identity import IdentityFault, read_identity
from workflows.appointment_review.enums import VETTED, Track
from workflows.appointment_review.form_fields import FORM_NAME, empty_document
from workflows.appointment_review.models import FormVersion, Material, OfficialDocument
from workflows.appointment_review.rules.documents import Change, changes, next_version
from workflows.appointment_review.rules.form import Known, Problem, problems
from workflows.appointment_review.rules.materials import Wanted, wanted
from workflows.shared.models import StoredFile

FLOW = "appointment_review"
MATERIALS_STEP = "materials"
HEARD_STEPS = ("reply", "hearing")


def files_key(case: Case) -> int:
    """Give the key of the case whose form, materials and findings count: for a review those of the refused case."""
    return case.origin_id if case.track == Track.REVIEW and case.origin_id else case.pk


@dataclass(frozen=True)
class Form:
    """The form of a case as it stands.

    Attributes:
        version: The row it comes from; None while nothing was saved yet.
        document: Its content.
    """

    version: FormVersion | None
    document: dict[str, dict]

    @property
    def saved_at(self) -> datetime | None:
        """When the draft was saved last."""
        return self.version.saved_at if self.version and self.version.submitted_at is None else None


def cases_about(account: Account) -> QuerySet[Case]:
    """Give the cases of this flow that are about the account's person, the latest first."""
    about = Case.objects.about(account).filter(flow=FLOW)
    return about.select_related("subject", "organization", "step_organization", "proposal", "policy")


def cases_helped(account: Account) -> QuerySet[Case]:
    """Give the cases an account may fill in for somebody: only while the materials are with the candidate."""
    helped = candidates_helped_by(account).filter(person=OuterRef("subject"))
    waiting = Case.objects.filter(flow=FLOW, state=CaseState.OPEN, step=MATERIALS_STEP).filter(Exists(helped))
    return waiting.select_related("subject", "organization", "step_organization", "proposal", "policy")


def seat_of_candidate(case: Case) -> Seat | None:
    """Give the open seat of the person concerned, whatever it asks for; None while the case is elsewhere."""
    with_the_person = Q(stage__step=MATERIALS_STEP) | Q(stage__step__in=HEARD_STEPS)
    open_seats = Seat.objects.filter(with_the_person, stage__case=case, stage__outcome="", state=SeatState.OPEN)
    return open_seats.filter(holder__person=case.subject_id).select_related("stage").first()


def last_return(case: Case) -> Stage | None:
    """Give the stage that sent the case back to the candidate last, while it is being corrected."""
    if case.step != MATERIALS_STEP:
        return None
    back = Stage.objects.filter(case=case, outcome=Outcome.RETURNED, goes_to=MATERIALS_STEP)
    return back.order_by("-pk").prefetch_related("corrections").first()


def corrections_of(case: Case) -> list[Correction]:
    """List what the candidate is asked to put right now."""
    stage = last_return(case)
    return list(stage.corrections.all()) if stage else []


def current_form(case: Case, *, today: date) -> Form:
    """Give the draft, else what a new draft would start from: the last version, else what the ledger knows."""
    version = FormVersion.objects.filter(case=case).order_by("-version").first()
    if version is None:
        return Form(None, prefilled(case.subject, today=today))
    document = document_of(case.subject, version)
    return Form(version, document if version.submitted_at is None else next_version(document))


def document_of(person: Person, version: FormVersion) -> dict[str, dict]:
    """Open a version.

    Raises:
        audit.sealing.SealBroken: the person's key was destroyed when the retention ended.
    """
    return json.loads(unseal_for(person, {FORM_NAME: version.sealed})[FORM_NAME])


def prefilled(person: Person, *, today: date) -> dict[str, dict]:
    """Start a form with what the ledger knows of a person."""
    document = empty_document(today=today)
    known = known_of(person, today=today)
    born = person.born_on or known.born_on
    ethnicity = person.ethnicity.strip()
    document["basics"] |= {
        "name": person.name,
        "sex": person.sex or known.sex,
        "born_on": born.isoformat() if born else "",
        "ethnicity": ethnicity if not ethnicity or ethnicity.endswith("族") else f"{ethnicity}族",
        "phone": person.phone,
        "political_status": "full_member" if person.full_member_on else "",
    }
    document["membership"] |= {
        "joined_on": person.joined_on.isoformat() if person.joined_on else "",
        "full_member_on": person.full_member_on.isoformat() if person.full_member_on else "",
    }
    return document


def known_of(person: Person, *, today: date) -> Known:
    """Read birthday and sex from the identity number; the system reads it for the person, nobody is shown it."""
    try:
        identity = read_identity(identity_of(person), on=today)
    except IdentityFault:
        return Known()
    return Known(identity.born_on, identity.sex)


def current_materials(case: Case) -> dict[str, Material]:
    """Give the current version of each material by kind."""
    rows = (
        Material.objects.filter(case=files_key(case), withdrawn_at=None)
        .select_related("file")
        .order_by("kind", "version")
    )
    return {material.kind: material for material in rows}


def wanted_of(case: Case, document: dict[str, dict], present: Iterable[str]) -> list[Wanted]:
    """List the materials a case asks for; only the assignment track asks for any."""
    return wanted(document, set(present)) if case.track in VETTED else []


def open_problems(case: Case, document: dict[str, dict], present: Iterable[str], *, today: date) -> list[Problem]:
    """List everything that stands in the way of handing in: the form first, then the materials."""
    found = problems(document, today=today, known=known_of(case.subject, today=today))
    missing = (one.kind for one in wanted_of(case, document, present) if one.missing)
    return found + [Problem("materials", kind, None, "material_missing") for kind in missing]


def handed_in(case: Case) -> QuerySet[FormVersion]:
    """Give the versions handed in that count for a case, the latest first."""
    return FormVersion.objects.filter(case=files_key(case)).exclude(submitted_at=None).order_by("-version")


def submitted_versions(case: Case) -> list[FormVersion]:
    """List the versions handed in, the latest first."""
    return list(handed_in(case))


def last_handed_in(case: Case) -> FormVersion | None:
    """Give the version that counts, None before any was handed in."""
    return handed_in(case).first()


def changes_between(a: FormVersion, b: FormVersion) -> list[Change]:
    """Tell what changed from one version of a case to a later one.

    Args:
        a, b: Versions of the same case, the earlier first; ``case`` and its ``subject`` loaded.
    """
    person = b.case.subject
    return changes(document_of(person, a), document_of(person, b), today=localdate(b.saved_at))


def refusal_told(case: Case) -> Decision | None:
    """Give the last refusal whose reason was written for the person, once the person may read it."""
    heard = case.step in HEARD_STEPS or case.step == "confirmation" or case.state == CaseState.REJECTED
    if not heard:
        return None
    refused = Decision.objects.filter(seat__stage__case=case, verb=Verb.REFUSE).exclude(reason_for_person="")
    return refused.order_by("-pk").first()


def office_of(case: Case, *, today: date) -> PartyOrganization:
    """Give the office that has the case, or gets it from the candidate, without saying at which step."""
    if case.step_organization_id and case.step not in (MATERIALS_STEP, *HEARD_STEPS):
        return case.step_organization
    turned = Stage.objects.filter(case=case, outcome__in=[Outcome.RETURNED, Outcome.REFUSED])
    last = turned.select_related("organization").order_by("-pk").first()
    if last:
        return last.organization
    try:
        return PartyOrganization.objects.get(code=levels_for(case.organization, on=today)[0].code)
    except NoAuthority:  # somebody took the approval power away meanwhile; the person still has whom to ask
        above = PartyOrganization.objects.filter(path__in=case.organization.superior_paths()).valid_on(today)
        return above.order_by("-depth").first() or case.organization


def case_of_file(pk: object) -> tuple[StoredFile, Case, bool] | None:
    """Find the case a file belongs to.

    Args:
        pk: Key of the file.

    Returns:
        The file, its case, and whether it is a material, else the sealed scan of a document; None when there is none.
    """
    material = Material.objects.filter(file=pk).select_related("file__person", "case").first()
    if material:
        return material.file, material.case, True
    document = OfficialDocument.objects.filter(scan=pk).select_related("scan__person", "case").first()
    return (document.scan, document.case, False) if document else None


def reviewers_see_files(account: Account, case: Case, *, on: date) -> bool:
    """Say whether a role that holds on the day, or a seat given by name, opens the files of a case; never one's own."""
    by_role = organization_scope(account, "see_files", on=on, through="organization")
    seen = Case.objects.filter(pk=case.pk).filter(by_role | Exists(added_by_name(account)))
    return seen.exclude(subject=account.person_id or 0).exists()


def added_by_name(account: Account) -> QuerySet[Seat]:
    """Give the open seats to which an account of the office was added by name: such as on an investigation team.

    They open the files of the very case, and of the refused one where it is a review, for as long as the step is open
    and nobody took the seat back. Whoever has not declared to be without conflict is not yet let in.
    """
    of_its_review = Q(stage__case__origin=OuterRef("pk"), stage__case__track=Track.REVIEW)
    theirs = Q(stage__case=OuterRef("pk")) | of_its_review
    open_seats = Seat.objects.filter(theirs, stage__outcome="", state=SeatState.OPEN)
    return open_seats.filter(holder=account.pk, roles=[], team_member__no_conflict_at__isnull=False)
