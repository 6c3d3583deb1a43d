"""Opening, withdrawing and closing cases and their matters."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from approvals.actions.acting import Acting, acting_on
from approvals.actions.copying import copy_for_information
from approvals.enums import CaseState, MatterKind, Phase
from approvals.errors import CaseClosed, CaseRunning
from approvals.models import Case, Matter
from approvals.queries import levels_for, policy_in_force
from audit import log
from organizations.identity import seal_for
from organizations.models import Account, PartyOrganization, Person

if TYPE_CHECKING:
    from approvals.case_flow import CaseFlow


MESSAGES = {
    CaseState.DONE: "decision_issued",
    CaseState.REJECTED: "case_refused",
    CaseState.WITHDRAWN: "case_withdrawn",
    CaseState.NOT_ELECTED: "not_elected",
}


@transaction.atomic
def open_matter(
    *, kind: MatterKind, number: str, title: str, organization: PartyOrganization, by: Account, at: datetime
) -> Matter:
    """Open a matter: what a body asks about an organization.

    Args:
        kind: What is asked.
        number: Its unique number.
        title: One line for lists.
        organization: The organization concerned.
        by, at: Who opens it, and when.

    Returns:
        The open matter.
    """
    matter = Matter.objects.create(
        kind=kind, number=number, title=title, organization=organization, opened_by=by, opened_at=at
    )
    facts = {"kind": kind, "organization": organization.code, "organization_name": organization.name}
    opened = log.Draft(verb="matter.opened", at=at, actor_id=by.pk, actor_name=by.name, subject=number, facts=facts)
    log.append(f"matter:{number}", [opened], locked=True)
    return matter


def open_case(
    *,
    flow: "type[CaseFlow]",
    matter: Matter,
    number: str,
    track: str,
    subject: Person | None,
    by: Account,
    at: datetime,
    origin: Case | None = None,
    prepare=None,
) -> Case:
    """Open a person's path inside a matter, or the matter's own, and bring it to its first step.

    Args:
        flow: The flow it follows.
        matter: What it belongs to.
        number: Its unique number.
        track: Which steps of the flow it takes.
        subject: The person concerned; None for the matter's own path.
        by, at: Who opens it, and when.
        origin: The case that this one reviews or renews.
        prepare: Called with the act before the first step opens, to write the flow's own rows beside the case.

    Returns:
        The open case.

    Raises:
        CaseRunning: the person already has a running case, or the organization a running matter of this kind.
        NoPolicy, NoAuthority: nobody could decide it.
    """
    on = localdate(at)
    levels_for(matter.organization, on=on)

    def make_act(process) -> Acting:
        case = Case.objects.create(
            process=process,
            matter=matter,
            flow=flow.name,
            track=track,
            number=number,
            subject=subject,
            subject_name=subject.name if subject else matter.organization.name,
            subject_search=subject.search_key if subject else "",
            organization=matter.organization,
            policy=policy_in_force(flow.name, matter.organization, on=on),
            origin=origin,
            phase=Phase.SUBMIT,
            phase_since=at,
            opened_by=by,
            opened_at=at,
        )
        act = Acting(case=case, by=by, at=at, sender=by.name)
        facts = {"track": track, "matter": matter.number, "organization": matter.organization.code}
        act.log("case.opened", facts={**facts, "origin": origin.number if origin else "", "policy": case.policy_id})
        if prepare:
            prepare(act)
        return act

    try:
        with transaction.atomic():
            return flow.instance.start.begin(make_act)
    except IntegrityError:
        whose = {"subject": subject} if subject else {"subject": None, "organization": matter.organization}
        running = Case.objects.filter(flow=flow.name, state=CaseState.OPEN, **whose).first()
        if running is None:
            raise
        raise CaseRunning(name=running.subject_name, number=running.number) from None


def withdraw_case(*, case_pk: int, by: Account, at: datetime, reason: str) -> Case:
    """Withdraw a running case; what was handed in is kept as withdrawn, nobody is blamed.

    Args:
        case_pk: Key of the case.
        by, at: Who withdraws it, and when; the caller has checked that they may.
        reason: Why, for the record.

    Returns:
        The closed case.

    Raises:
        CaseClosed: it is already over.

    Source: docs/regulations.md, exceptions: withdrawal before the decision.
    """
    with acting_on(case_pk, by=by, at=at) as act:
        if act.case.state != CaseState.OPEN:
            raise CaseClosed(number=act.case.number)
        process = act.case.process
        process.flow_class.instance.cancel(process)
        act.log("case.withdrawn", sealed=sealed_for(act.case, {"reason": reason}))
        close_case(act, CaseState.WITHDRAWN)
    return act.case


def close_case(act: Acting, state: str, *, step: tuple[str, str] = ("", "")) -> None:
    """Close a case; the matter closes with its last case.

    Args:
        act: The act.
        state: How it stands from now on.
        step: Name and title of the end it reached; empty when it ended elsewhere.
    """
    act.change(state=state, closed_at=act.at, phase=Phase.CLOSED, phase_since=act.at, step="", step_organization=None)
    act.log("case.closed", step=step, facts={"state": state})
    account = act.case.account
    if account is not None:
        act.tell(MESSAGES[state], to=account, key=f"closed:{act.case.number}", link=f"/my/{act.case.number}/")
    copy_for_information(act, step=step, key=f"copy:closed:{act.case.number}")
    others = Case.objects.filter(matter=act.case.matter_id, state=CaseState.OPEN).exclude(pk=act.case.pk)
    if not others.exists():
        Matter.objects.filter(pk=act.case.matter_id, state=CaseState.OPEN).update(state=state, closed_at=act.at)


def sealed_for(case: Case, values: dict[str, str]) -> dict[str, str]:
    """Seal personal values under the key of the case's person; empty ones are left out."""
    return seal_for(case.subject, {name: value for name, value in values.items() if value})
