"""Filling in the registration form and handing everything in."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from approvals.actions.acting import Acting, acting_on, lock_case
from approvals.actions.decisions import Answer, decide
from approvals.enums import CaseState, Verb
from approvals.errors import NotEntitled
from approvals.models import Case, Correction, Decision, Seat
from audit.errors import Refusal
from organizations.identity import seal_for
from organizations.models import Account
from organizations.queries import candidates_helped_by
from workflows.appointment_review.candidate_queries import (
    MATERIALS_STEP,
    Form,
    current_form,
    current_materials,
    last_return,
    open_problems,
    seat_of_candidate,
)
from workflows.appointment_review.errors import FormIncomplete, NotHandedIn
from workflows.appointment_review.form_fields import CONFIRMATIONS, CONSENT_TEXT, FORM_NAME
from workflows.appointment_review.models import Finding, FormVersion
from workflows.appointment_review.rules.documents import NoSuchField, Overtaken, Page, typed, with_row, without_row
from workflows.appointment_review.rules.findings import Intended, findings


class FormOvertaken(Refusal):
    """Another page was faster."""

    code = "form_overtaken"
    message = _(
        "This was changed on another page or phone in the meantime. Open the page again to see what stands there now."
    )


class OnlyTheCandidate(Refusal):
    """Somebody else would confirm."""

    code = "only_the_candidate"
    message = _("Only the person concerned can confirm and hand in. What you filled in is saved.")


def save_fields(
    *, case_pk: int, section: str, values: Mapping[str, str], page: Page, by: Account, at: datetime
) -> FormVersion:
    """Save what was typed into a part of the form; nothing is checked yet, nothing is lost.

    Args:
        case_pk: Key of the case.
        section: Name of the part.
        values: Texts by address, see ``rules.documents.typed``.
        page: From which state of the form they were typed.
        by, at: The candidate or a helper, and when.

    Returns:
        The draft.

    Raises:
        NotHandedIn: the case is not with the candidate.
        NotEntitled: ``by`` is neither the candidate nor a helper.
        OnlyTheCandidate: a helper ticked a confirmation.
        FormOvertaken: the same field was changed on another page, or its row is gone.
    """
    with transaction.atomic():
        case = _with_the_candidate(case_pk, by)
        if case.subject_id != by.person_id and set(values) & set(CONFIRMATIONS):
            raise OnlyTheCandidate
        today = localdate(at)
        return _change(case, by, at, lambda document: typed(document, values, section=section, page=page, today=today))


def add_row(*, case_pk: int, section: str, by: Account, at: datetime, values: Mapping[str, str] | None = None) -> int:
    """Add an empty row to a part of the form, or one that fills a gap of the résumé.

    Returns:
        The key of the row.

    Raises:
        NotHandedIn, NotEntitled, FormOvertaken: as in ``save_fields``.
    """
    made = []

    def change(document: dict) -> dict:
        new, key = with_row(document, section=section, today=localdate(at), values=values)
        made.append(key)
        return new

    with transaction.atomic():
        _change(_with_the_candidate(case_pk, by), by, at, change)
    return made[0]


def remove_row(*, case_pk: int, section: str, row: int, by: Account, at: datetime) -> None:
    """Take a row out of a part of the form.

    Raises:
        NotHandedIn, NotEntitled, FormOvertaken: as in ``save_fields``.
    """
    with transaction.atomic():
        _change(
            _with_the_candidate(case_pk, by), by, at, lambda document: without_row(document, section=section, row=row)
        )


def mark_corrected(*, correction_pk: int, case_pk: int, done: bool, by: Account, at: datetime) -> None:
    """Tick something off the list of what to correct, or take the tick back.

    Raises:
        NotHandedIn, NotEntitled: as in ``save_fields``; also for a list that is no longer the current one.
    """
    with transaction.atomic():
        stage = last_return(_with_the_candidate(case_pk, by))
        moved = Correction.objects.filter(pk=correction_pk, stage=stage).update(done_at=at if done else None)
        if stage is None or not moved:
            raise NotHandedIn


def hand_in(*, case_pk: int, by: Account, at: datetime, key: str, consent_text: str) -> Decision:
    """Hand in the form and the materials: they are frozen, checked against the rules, and the case goes on.

    Args:
        case_pk: Key of the case.
        by, at: The candidate, and when; a helper cannot confirm for somebody else.
        key: Idempotency key drawn with the page.
        consent_text: Version of the consent the candidate saw.

    Returns:
        The decision on the candidate's seat; the first one when the key is known.

    Raises:
        NotHandedIn: the case is not with the candidate.
        OnlyTheCandidate: ``by`` is not the candidate.
        FormIncomplete: something is missing; nothing was changed.

    Source: docs/regulations.md, materials and registration form; Personal Information Protection Law, art. 29.
    """
    with transaction.atomic():
        case = lock_case(case_pk)
        known = Decision.objects.filter(key=key, by=by).first()
        if known is not None:
            return known
        if by.person_id is None or case.subject_id != by.person_id:
            raise OnlyTheCandidate
        seat = _open_seat(case)
        form, materials = current_form(case, today=localdate(at)), current_materials(case)
        problems = open_problems(case, form.document, materials, today=localdate(at))
        if problems or consent_text != CONSENT_TEXT:
            raise FormIncomplete(count=max(len(problems), 1))
        with acting_on(case.pk, by=by, at=at) as act:
            version = _freeze(act, form, consent_text)
            facts = {"version": version.version, "materials": len(materials), "consent_text": consent_text}
            act.log("form.handed_in", stage=seat.stage, facts=facts)
            _store_findings(act, version, form.document)
        return decide(seat_pk=seat.pk, answer=Answer(verb=Verb.HAND_IN), by=by, at=at, key=key)


def _with_the_candidate(case_pk: int, by: Account) -> Case:
    case = lock_case(case_pk)
    mine = by.person_id is not None and case.subject_id == by.person_id
    if not mine and not candidates_helped_by(by).filter(person=case.subject_id).exists():
        raise NotEntitled
    _open_seat(case)
    return case


def _open_seat(case: Case) -> Seat:
    seat = seat_of_candidate(case) if case.state == CaseState.OPEN and case.step == MATERIALS_STEP else None
    if seat is None:
        raise NotHandedIn
    return seat


def _change(case: Case, by: Account, at: datetime, change: Callable[[dict], dict]) -> FormVersion:
    form = current_form(case, today=localdate(at))
    try:
        document = change(form.document)
    except (Overtaken, NoSuchField) as error:
        raise FormOvertaken from error
    return _write(case, form, document, by, at)


def _write(case: Case, form: Form, document: dict, by: Account, at: datetime) -> FormVersion:
    sealed = seal_for(case.subject, {FORM_NAME: json.dumps(document, ensure_ascii=False)})[FORM_NAME]
    draft = form.version if form.version and form.version.submitted_at is None else None
    if draft is None:
        number = form.version.version + 1 if form.version else 1
        return FormVersion.objects.create(case=case, version=number, sealed=sealed, saved_at=at, saved_by=by)
    draft.sealed, draft.saved_at, draft.saved_by = sealed, at, by
    FormVersion.objects.filter(pk=draft.pk, submitted_at=None).update(sealed=sealed, saved_at=at, saved_by=by)
    return draft


def _freeze(act: Acting, form: Form, consent_text: str) -> FormVersion:
    version = _write(act.case, form, form.document, act.by, act.at)
    frozen = {"submitted_at": act.at, "confirmed_by": act.by, "consent_text": consent_text}
    FormVersion.objects.filter(pk=version.pk, submitted_at=None).update(**frozen)
    return version


def _store_findings(act: Acting, version: FormVersion, document: dict) -> None:
    case, today = act.case, localdate(act.at)
    intended = Intended(
        on=max(case.proposal.from_on or today, today),
        branch=case.organization.name,
        units=tuple(case.organization.social_organizations.values_list("name", flat=True)),
    )
    years = case.policy.parameters.get("membership_years", 1)
    found = findings(document, intended=intended, membership_years=years, today=today)
    Finding.objects.bulk_create(
        Finding(
            case=case, form=version, code=one.code, level=one.level, facts=dict(one.facts), points_to=one.points_to,
            found_at=act.at,
        )
        for one in found
    )  # fmt: skip
    act.log("findings.made", facts={"version": version.version, "codes": [one.code for one in found]})
