"""Deciding: one act, one decision, exactly once."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import localdate, localtime

from approvals.actions.acting import Acting, acting_on, stream_of
from approvals.actions.seating import had_a_part_in_the_refusal
from approvals.actions.speaking import Answer, Voice, demand_reasons, speak, voices_on
from approvals.concerned import concerned_in
from approvals.enums import CaseState, Outcome, Rule, SeatState, Verb
from approvals.errors import (
    AnswerNotOffered,
    CaseClosed,
    CorrectionsMissing,
    DecidedByMeeting,
    FourEyes,
    NotEntitled,
    OtherPeople,
    OwnCase,
    ReasonMissing,
    ReturnNotAllowed,
    SeatClaimed,
    SeatTaken,
    TooManyReturns,
)
from approvals.models import Case, Decision, Recusal, Seat, Stage
from approvals.rules.conflicts import may_sit
from audit import log
from audit.errors import Refusal
from organizations.models import Account, OrganizationGrant, RoleAssignment

if TYPE_CHECKING:
    from approvals.nodes import StageNode


def decide(*, seat_pk: int, answer: Answer, by: Account, at: datetime, key: str) -> Decision:
    """Say something on a seat; the stage closes when its rule is met.

    Args:
        seat_pk: Key of the seat.
        answer: What is said.
        by, at: Who says it, and when.
        key: Idempotency key drawn with the form; a second click with the same key changes nothing.

    Returns:
        The decision, the first one when the key is known.

    Raises:
        SeatTaken, SeatClaimed, NotEntitled, OwnCase, FourEyes, OtherPeople: somebody else has to decide, or has.
        CaseClosed: the case was withdrawn in the meantime.
        ReasonMissing, PersonReasonMissing, CorrectionsMissing, ReturnNotAllowed, TooManyReturns, AnswerNotOffered:
            the answer is incomplete or not possible here.
    """
    with acting_on(stages__seats=seat_pk, by=by, at=at) as act:
        seat = _load(seat_pk, act, key=key)
        if seat.known is not None:  # before the guards: a double click is no late comer
            return _known(seat, by)
        voices = voices_on(seat)
        _check_seat(act, seat, voices)
        _check_answer(act, seat.stage, answer)
        return speak(act, seat, answer, key=key, voices=voices)


def claim(*, seat_pk: int, by: Account, at: datetime) -> None:
    """Take an item that several could decide, so that the others see who is on it.

    Raises:
        SeatTaken, SeatClaimed, NotEntitled: as in ``decide``.
    """
    with acting_on(stages__seats=seat_pk, by=by, at=at) as act:
        seat = _load(seat_pk, act)
        _check_seat(act, seat, voices_on(seat))
        Seat.objects.filter(pk=seat.pk).update(claimed_by=by, claimed_at=at)
        act.log("seat.claimed", stage=seat.stage, facts={"place": seat.place, "visit": seat.stage.visit})


def release(*, seat_pk: int, by: Account, at: datetime) -> None:
    """Give a claimed item back to all who may decide it.

    Raises:
        NotEntitled: somebody else claimed it, or it is no longer open.
    """
    with acting_on(stages__seats=seat_pk, by=by, at=at) as act:
        claimed = Seat.objects.filter(pk=seat_pk, claimed_by=by, state=SeatState.OPEN)
        freed = claimed.update(claimed_by=None, claimed_at=None)
        if not freed:
            raise NotEntitled
        seat = _load(seat_pk, act)
        act.log("seat.released", stage=seat.stage, facts={"place": seat.place, "visit": seat.stage.visit})


def entitled(seat: Seat, account: Account, *, at: datetime) -> bool:
    """Say whether an account may speak on a seat now: by name, or by a role and a grant that both hold today; never
    whoever stepped back from the case."""
    if not seat.roles:
        return seat.holder_id == account.pk
    if seat.holder_id not in (None, account.pk):
        return False
    return Seat.objects.filter(pk=seat.pk).filter(held_by(account, at)).exists()


def held_by(account: Account, at: datetime) -> Exists:
    """Ask of a seat whether an account holds one of its roles at its organization, by a grant as well."""
    granted = OrganizationGrant.objects.filter(user=account, content_object=OuterRef("organization"))
    stepped_back = Recusal.objects.filter(case=OuterRef(OuterRef("stage__case")), account=account.pk, recused=True)
    named = Concat(Value('"'), F("role"), Value('"'))  # as it stands in the list of roles, which is JSON
    return Exists(
        RoleAssignment.objects.valid_on(localdate(at))
        .filter(Exists(granted), ~Exists(stepped_back), account=account, organization=OuterRef("organization"))
        .annotate(asked=Cast(OuterRef("roles"), TextField()))
        .filter(asked__contains=named)
    )


def _load(seat_pk: int, act: Acting, *, key: str = "") -> Seat:
    known = Decision.objects.filter(key=key).values("pk")[:1]
    seats = Seat.objects.select_related("stage__task", "stage__organization", "claimed_by")
    seats = seats.annotate(known=Subquery(known), held=held_by(act.by, act.at), **log.end_of(stream_of(act.case)))
    seat = seats.get(pk=seat_pk)
    act.log_end = (seat.log_seq, seat.log_hash) if seat.log_seq else None
    seat.stage.case = act.case
    seat.stage.task.process = act.case.process
    return seat


def _known(seat: Seat, by: Account) -> Decision:
    known = Decision.objects.get(pk=seat.known)
    if (known.seat_id, known.by_id) != (seat.pk, by.pk):  # a key is drawn for one form of one person
        raise NotEntitled
    return known


def _check_seat(act: Acting, seat: Seat, voices: list[Voice]) -> None:
    named = seat.holder_id == act.by.pk
    if not (named if not seat.roles else seat.held and (named or seat.holder_id is None)):
        raise NotEntitled
    if seat.state != SeatState.OPEN:
        raise _too_late(act, seat)
    # A claim lapses with the role of whoever made it, so that nothing is held up by somebody who has left.
    if seat.claimed_by_id not in (None, act.by.pk) and entitled(seat, seat.claimed_by, at=act.at):
        raise SeatClaimed(who=seat.claimed_by.name, when=_moment(seat.claimed_at, act.at))
    if not seat.roles:
        return
    # Whoever takes over the seat of a colleague still has one voice; in turn, each role speaks for itself.
    one_voice = seat.stage.rule in (Rule.ALL, Rule.QUORUM)
    if one_voice and any(voice.by == act.by.pk for voice in voices if voice.stage == seat.stage_id):
        raise FourEyes(step=seat.stage.step_title)
    if act.by.pk in had_a_part_in_the_refusal(act.case):
        raise OtherPeople
    conflict = may_sit(
        account=act.by.pk,
        concerned=concerned_in(act.case, seat.stage.step),
        spoken_elsewhere={voice.by for voice in voices if voice.stage != seat.stage_id},
    )
    if conflict == "own_case":
        raise OwnCase
    if conflict:
        nodes = [act.case.process.flow_class.instance.node(step) for step in seat.stage.apart_from]
        raise FourEyes(step="、".join(str(node.task_title) for node in nodes))


def _too_late(act: Acting, seat: Seat) -> Refusal:
    settled = seat.stage.outcome not in ("", Outcome.WITHDRAWN)
    of = {"seat": seat} if seat.state == SeatState.SPOKEN else {"seat__stage": seat.stage_id}
    spoken = Decision.objects.filter(**of).order_by("-pk").first()
    if spoken is not None and (settled or spoken.seat_id == seat.pk):
        return SeatTaken(who=spoken.by_name, when=_moment(spoken.at, act.at))
    return CaseClosed(number=act.case.number) if act.case.state != CaseState.OPEN else NotEntitled()


def _moment(then: datetime, now: datetime) -> str:
    same_day = localdate(then) == localdate(now)
    return localtime(then).strftime("%H:%M" if same_day else "%Y-%m-%d %H:%M")


def _check_answer(act: Acting, stage: Stage, answer: Answer) -> None:
    node = stage.task.flow_task
    if stage.rule == Rule.MEETING and answer.verb != Verb.RETURN:
        raise DecidedByMeeting
    # A department answers its letter; nobody else answers for it.
    if answer.verb not in node.verbs or (stage.rule, answer.verb) == (Rule.LETTERS, Verb.ANSWER):
        raise AnswerNotOffered
    demand_reasons(answer)
    if answer.verb == Verb.RETURN:
        check_return(act.case, node, answer)
    node.flow_class.check_decision(
        case=act.case, step=stage.step, verb=answer.verb, reason=answer.reason.strip(), at=act.at
    )


def check_return(case: Case, node: "StageNode", answer: Answer) -> None:
    """Refuse a return that leads nowhere or does not say what has to be put right.

    Args:
        case: The case.
        node: The step it is returned from.
        answer: The return.

    Raises:
        ReturnNotAllowed, ReasonMissing, CorrectionsMissing, TooManyReturns: as they say.
    """
    offered = {step.name: step for step in node.way_back(case)}
    if not offered or (answer.goes_to and answer.goes_to not in offered):
        raise ReturnNotAllowed
    target = offered[answer.goes_to or next(iter(offered))]
    listed = any(text.strip() for _, text in answer.corrections)
    if not target.of_person:
        if not (listed or answer.reason.strip()):  # an office or a branch may be told either way
            raise ReasonMissing
        return
    if not listed:
        raise CorrectionsMissing
    allowed = case.policy.parameters.get("returns_allowed")
    earlier = Stage.objects.filter(case=case, goes_to=target.name).count()
    if allowed is not None and earlier >= allowed:
        raise TooManyReturns(count=earlier)
