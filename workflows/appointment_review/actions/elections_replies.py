"""What the committee above does in an election: three replies, with what follows for the people."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from approvals.actions.acting import Acting, acting_on, lock_case
from approvals.actions.decisions import decide
from approvals.actions.speaking import Answer, settle
from approvals.enums import CaseState, MatterKind, Verb
from approvals.errors import PersonReasonMissing, ReasonMissing
from approvals.models import Case, Decision, Seat, Stage
from organizations.actions.posts import end_post, record_post
from organizations.enums import PostEnd, PostSource, Title
from organizations.models import Account, Post
from workflows.appointment_review.actions.elections_naming import said_before
from workflows.appointment_review.actions.outcome import due_of_term
from workflows.appointment_review.election_errors import ElectionElsewhere, LeaveStands, NobodyMayStand
from workflows.appointment_review.election_models import ElectionNominee, ElectionPlan
from workflows.appointment_review.election_queries import in_the_running, last_result, nominees_of, winners_of
from workflows.appointment_review.enums import DocumentKind, NomineeStanding
from workflows.appointment_review.models import OfficialDocument
from workflows.appointment_review.rules.elections import MEMBER, OFFICERS
from workflows.shared.numbers import next_number

REPLY_TO = {
    DocumentKind.ELECTION_LEAVE: "first_approval",
    DocumentKind.ELECTION_PEOPLE: "second_approval",
    DocumentKind.ELECTION_RESULT: "confirmation",
}
# Where a person's path waits while request 2 is decided; on the ballot waits whoever got leave in an earlier round.
WAIT_FOR_IT = ("standing", "ballot")


def can_be_refused(case: Case) -> bool:
    """Say whether request 2 may still be refused for somebody: whoever has leave and is on notice waits for its end."""
    return case.step in WAIT_FOR_IT


@dataclass(frozen=True)
class NotThisOne:
    """Why one of several may not stand.

    Attributes:
        reason: For the office.
        reason_for_person: For the person, who is heard before it stands.
    """

    reason: str
    reason_for_person: str


@transaction.atomic
def decide_candidates(
    *, seat_pk: int, answer: Answer, refused: Mapping[int, NotThisOne], by: Account, at: datetime, key: str
) -> Decision:
    """Decide on request 2, person by person: those not refused may stand.

    Args:
        seat_pk: Key of the seat at the second approval.
        answer: What is said about the request as a whole.
        refused: By key of the nominee, who may not stand and why; read only where the request is agreed to.
        by, at: Who decides, and when.
        key: Idempotency key drawn with the form.

    Returns:
        The decision on the request; the first one when the key is known.

    Raises:
        NobodyMayStand: everybody is refused.
        LeaveStands: somebody refused got leave in an earlier round and is not back at the ballot yet.
        ReasonMissing, PersonReasonMissing: a refusal lacks one.
        Refusal: as ``approvals.actions.decisions.decide`` says.
    """
    own = lock_case(stages__seats=seat_pk)
    known = said_before(key, by)
    if known:
        return known
    seat = Seat.objects.select_related("stage").get(pk=seat_pk)
    if seat.stage.step != REPLY_TO[DocumentKind.ELECTION_PEOPLE]:
        raise ElectionElsewhere
    if answer.verb == Verb.AGREE and seat.stage.decides and refused:
        standing = [one for one in nominees_of(ElectionPlan.objects.get(case=own)) if in_the_running(one)]
        chosen = [one for one in standing if one.pk in refused]
        if len(chosen) == len(standing):
            raise NobodyMayStand
        _refuse(chosen, refused, of=f"{own.matter.number} {seat.stage.step_title}", by=by, at=at, key=key)
    return decide(seat_pk=seat_pk, answer=answer, by=by, at=at, key=key)


def issue_first_reply(act: Acting) -> None:
    """Issue the reply that allows the election.

    Args:
        act: The act in which the authority agreed.
    """
    _issue(act, DocumentKind.ELECTION_LEAVE, ())


def let_stand(act: Acting) -> None:
    """Issue the reply to request 2; whoever was not refused may stand.

    Args:
        act: The act in which the authority agreed.
    """
    named = nominees_of(ElectionPlan.objects.get(case=act.case))
    agreed = [one for one in named if one.standing == NomineeStanding.PENDING and in_the_running(one)]
    stays = [one for one in named if one.standing == NomineeStanding.AGREED and in_the_running(one)]
    document = _issue(act, DocumentKind.ELECTION_PEOPLE, [*stays, *agreed])
    ElectionNominee.objects.filter(pk__in=[one.pk for one in agreed]).update(standing=NomineeStanding.AGREED)
    _settle_all(act, agreed, "standing", Answer(Verb.AGREE), of=document.number)


def refuse_all(act: Acting) -> None:
    """Tell everybody nominated that nobody stands, because request 2 was refused as a whole; each is heard.

    Args:
        act: The act in which the request was refused.
    """
    named = nominees_of(ElectionPlan.objects.get(case=act.case))
    ElectionNominee.objects.filter(pk__in=[one.pk for one in named]).update(standing=NomineeStanding.REFUSED)
    running = [one for one in named if in_the_running(one)]
    for step in WAIT_FOR_IT:
        _settle_all(act, running, step, _refusal_in(act), of=act.case.matter.number)


def confirm_result(act: Acting) -> None:
    """Issue the reply to the report; secretary and deputies take office, each with an approval, members are filed.

    Args:
        act: The act in which the authority agreed.
    """
    winners = winners_of(ElectionPlan.objects.get(case=act.case))
    document = _issue(act, DocumentKind.ELECTION_RESULT, winners)
    _settle_all(act, winners, "ballot", Answer(Verb.AGREE), of=document.number)
    _file_members(act, winners, document)


def refuse_winners(act: Acting) -> None:
    """Tell the people elected that the result is not approved; each is heard.

    Args:
        act: The act in which the report was refused.
    """
    winners = winners_of(ElectionPlan.objects.get(case=act.case))
    _settle_all(act, winners, "ballot", _refusal_in(act), of=act.case.matter.number)


def _file_members(act: Acting, winners: Collection[ElectionNominee], document: OfficialDocument) -> None:
    """Record the members of the committee; they need no approval. At the end of a term the old committee ends too."""
    case, today = act.case, localdate(act.at)
    if case.matter.kind == MatterKind.ELECTION:
        _end_old_posts(act, winners)
    officers = {one.person_id for one in winners if one.title in OFFICERS}
    members = [one for one in winners if one.title == MEMBER and one.person_id not in officers]
    for one in members:
        record_post(
            person=one.person,
            organization=case.organization,
            title=MEMBER,
            source=PostSource.ELECTED,
            started_on=today,
            due_on=due_of_term(case, today),
            document_number=document.number,
            case_number=case.number,
            by=act.by,
            at=act.at,
        )
    act.log("members.filed", facts={"organization": case.organization.code, "members": len(members)})


def _end_old_posts(act: Acting, winners: Collection[ElectionNominee]) -> None:
    """End the posts of deputies and members of the term before; those just taken bear the number of this matter."""
    of_this = [one.case.number for one in winners if one.case]
    old = Post.objects.filter(
        organization=act.case.organization, title__in=[Title.DEPUTY, Title.MEMBER], ended_on=None
    ).exclude(case_number__in=of_this)
    for post in old.select_related("person", "organization").order_by("pk"):
        on = max(localdate(act.at), post.started_on)
        end_post(post=post, end=PostEnd.TERM_OVER, on=on, by=act.by, at=act.at, case_number=act.case.number)


def _refuse(
    chosen: Collection[ElectionNominee],
    why: Mapping[int, NotThisOne],
    *,
    of: str,
    by: Account,
    at: datetime,
    key: str,
) -> None:
    for one in sorted(chosen, key=lambda one: (one.case_id or 0, one.pk)):
        words = why[one.pk]
        if not words.reason.strip():
            raise ReasonMissing
        if not words.reason_for_person.strip():
            raise PersonReasonMissing
        ElectionNominee.objects.filter(pk=one.pk).update(standing=NomineeStanding.REFUSED)
        if one.case is not None:
            said = Answer(Verb.REFUSE, words.reason, words.reason_for_person)
            with acting_on(one.case_id, by=by, at=at) as act:
                if not can_be_refused(act.case):
                    raise LeaveStands(name=one.person.name)
                settle(act, act.case.step, said, key=f"{key}:{one.pk}"[-64:], on_behalf_of=of)


def _settle_all(act: Acting, people: Collection[ElectionNominee], step: str, answer: Answer, *, of: str) -> None:
    """Settle the cases of several people, in the order of their keys; whoever is past the step already is left."""
    visit = Stage.objects.filter(case=act.case).count()
    for one in sorted((each for each in people if each.case), key=lambda each: each.case_id):
        if one.case.state != CaseState.OPEN or one.case.step != step:
            continue
        with acting_on(one.case_id, by=act.by, at=act.at) as theirs:
            settle(theirs, step, answer, key=f"together:{act.case.pk}:{visit}:{one.case_id}", on_behalf_of=of)


def _refusal_in(act: Acting) -> Answer:
    said = Decision.objects.filter(seat__stage__case=act.case, verb=Verb.REFUSE).order_by("-pk").first()
    return Answer(Verb.REFUSE, said.reason, said.reason_for_person)


def _issue(act: Acting, kind: DocumentKind, people: Collection[ElectionNominee]) -> OfficialDocument:
    case, today = act.case, localdate(act.at)
    stage = Stage.objects.filter(case=case, step=REPLY_TO[kind], decides=True).select_related("organization").last()
    issuer, plan, result = stage.organization, case.election, None
    if kind == DocumentKind.ELECTION_RESULT:
        result = last_result(plan)
    document = OfficialDocument.objects.create(
        case=case,
        kind=kind,
        number=next_number("approval", issuer.letterhead or issuer.code, today.year),
        issuer=issuer,
        issued_on=today,
        facts={
            "name": "",
            "organization": case.organization.name,
            "issuer": issuer.name,
            "matter_kind": case.matter.kind,
            "seats": plan.seats,
            "planned_on": str(plan.planned_on),
            "held_on": str(result.held_on) if result else "",
            "people": [[one.title, one.person.name] for one in people],
        },
        token=secrets.token_urlsafe(16),
        issued_by=act.by,
        issued_at=act.at,
    )
    act.log("document.issued", facts={"kind": kind, "number": document.number, "issuer": issuer.code})
    return document
