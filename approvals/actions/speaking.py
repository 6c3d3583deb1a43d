"""Writing down what was said on a seat, and what follows; meetings, letters and matters speak here for others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.timezone import localdate

from approvals.actions.acting import Acting
from approvals.actions.cases import sealed_for
from approvals.actions.inbox import held_by_name, row_for
from approvals.actions.seating import by_name, entitled_on
from approvals.actions.stages import close_stage
from approvals.enums import Outcome, Rule, SeatState, Verb
from approvals.errors import NotEntitled, PersonReasonMissing, ReasonMissing, ReviewDayMissing
from approvals.models import Correction, Decision, InboxRow, Seat, Stage
from approvals.rules.outcome import Heard, outcome_of
from organizations.models import Account


@dataclass(frozen=True)
class Answer:
    """What somebody says on a seat.

    Attributes:
        verb: One of ``Verb``.
        reason: The opinion, for the office.
        reason_for_person: The reason written for the person concerned.
        corrections: Pairs of target and text: what to put right after a return.
        goes_to: Name of the step a return leads to; empty for the first one offered.
        review_on: Day before which a deferred step is not taken up again.
        facts: Plain values that belong to it, such as the count of a vote; they are part of the log.
    """

    verb: str
    reason: str = ""
    reason_for_person: str = ""
    corrections: Sequence[tuple[str, str]] = ()
    goes_to: str = ""
    review_on: date | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def speak(
    act: Acting,
    seat: Seat,
    answer: Answer,
    *,
    key: str,
    voices: list["Voice"] | None = None,
    on_behalf_of: str = "",
    entered_by: Account | None = None,
) -> Decision:
    """Write a decision down and let the stage go on when its rule is met; the caller has checked who may.

    Args:
        act: The act on the seat's case.
        seat: The seat, with stage, task and process loaded.
        answer: What is said.
        key: Idempotency key.
        voices: What was said beside it, as ``voices_on`` gives; read here when None.
        on_behalf_of: For whom it is said, such as a meeting or a department; empty for the speaker's own post.
        entered_by: Who typed it in, where that is another person.

    Returns:
        The decision.

    Raises:
        NotEntitled: the seat was spoken on already.
    """
    voices = voices_on(seat) if voices is None else voices
    decision = _write(act, seat, answer, key, on_behalf_of, entered_by)
    _go_on(act, seat, answer, voices)
    return decision


def settle(
    act: Acting, step: str, answer: Answer, *, key: str, on_behalf_of: str = "", entered_by: Account | None = None
) -> Decision:
    """Settle the open stage of a step that waits for what happens elsewhere, such as an election or a meeting.

    Args:
        act: The act on the case.
        step: Name of the step.
        answer, key, on_behalf_of, entered_by: As for ``speak``.

    Returns:
        The decision.

    Raises:
        NotEntitled: the case does not wait at this step.
        ReasonMissing, PersonReasonMissing, ReviewDayMissing: the answer is incomplete.
    """
    demand_reasons(answer)
    seats = Seat.objects.select_related("stage__task", "stage__organization").order_by("pk")
    seat = seats.filter(stage__case=act.case, stage__step=step, stage__outcome="").first()
    if seat is None:
        raise NotEntitled
    seat.stage.case, seat.stage.task.process = act.case, act.case.process
    return speak(act, seat, answer, key=key, on_behalf_of=on_behalf_of, entered_by=entered_by)


def let_go(act: Acting, step: str, outcome: str) -> None:
    """Let a case go on that only waited; nobody decided anything, so no decision is written.

    Args:
        act: The act on the case.
        step: Name of the step it waits at.
        outcome: The arrow it leaves by.

    Raises:
        NotEntitled: the case does not wait at this step.
    """
    stages = Stage.objects.select_related("task", "organization").filter(case=act.case, step=step, outcome="")
    stage = stages.filter(rule=Rule.WAIT).first()
    if stage is None:
        raise NotEntitled
    stage.case, stage.task.process = act.case, act.case.process
    close_stage(act=act, stage=stage, outcome=outcome)


def demand_reasons(answer: Answer) -> None:
    """Refuse an answer that cannot stand without a reason or a day.

    Raises:
        ReasonMissing, PersonReasonMissing, ReviewDayMissing: as they say.
    """
    if answer.verb in (Verb.REFUSE, Verb.DEFER, Verb.WAIVE, Verb.CHANGE) and not answer.reason.strip():
        raise ReasonMissing
    if answer.verb == Verb.REFUSE and not answer.reason_for_person.strip():
        raise PersonReasonMissing
    if answer.verb == Verb.DEFER and answer.review_on is None:
        raise ReviewDayMissing


@dataclass(frozen=True)
class Voice:
    """What was said on one seat, here or in a stage kept apart from this one."""

    seat: int
    stage: int
    verb: str
    by: int | None


def voices_on(seat: Seat) -> list[Voice]:
    """Read once what was said in this stage and in those it is kept apart from; nothing where neither matters."""
    stage = seat.stage
    if stage.rule == Rule.ANY and not stage.apart_from:
        return []
    here_or_apart = Q(stage=stage) | Q(stage__case=stage.case_id, stage__step__in=stage.apart_from)
    seats = Seat.objects.filter(here_or_apart).order_by("stage", "place")
    read = seats.values_list("pk", "stage", "decisions__verb", "decisions__by", "holder", "roles")
    return [
        Voice(pk, of, verb or "", by or (holder if of != stage.pk and by_name(roles) else None))
        for pk, of, verb, by, holder, roles in read
    ]


def _write(
    act: Acting, seat: Seat, answer: Answer, key: str, on_behalf_of: str, entered_by: Account | None
) -> Decision:
    speakable = [SeatState.WAITING] if seat.stage.rule == Rule.WAIT else [SeatState.OPEN]
    moved = Seat.objects.filter(pk=seat.pk, state__in=speakable).update(state=SeatState.SPOKEN, spoken_at=act.at)
    if not moved:
        raise NotEntitled
    post = seat.stage.organization_name if seat.roles else ""
    decision = Decision.objects.create(
        seat=seat,
        verb=answer.verb,
        by=act.by,
        by_name=act.by.name,
        by_post=post,
        on_behalf_of=on_behalf_of,
        entered_by=entered_by,
        facts=dict(answer.facts),
        at=act.at,
        reason=answer.reason.strip(),
        reason_for_person=answer.reason_for_person.strip(),
        key=key,
    )
    act.sender = f"{act.by.name} · {post}" if post else act.by.name
    of_person = seat.holder_id == act.by.pk and not held_by_name(seat, seat.stage)
    if answer.verb == Verb.HAND_IN and of_person:
        act.tell("reassurance_received", to=act.by, key=f"handed_in:{seat.pk}", link=f"/my/{act.case.number}/")
    corrections = [(target, text.strip()) for target, text in answer.corrections if text.strip()]
    if answer.verb == Verb.RETURN:
        Correction.objects.bulk_create(
            Correction(stage=seat.stage, place=place, target=target, text=text)
            for place, (target, text) in enumerate(corrections, start=1)
        )
    act.log(
        f"seat.{answer.verb}",
        stage=seat.stage,
        facts={
            "visit": seat.stage.visit,
            "place": seat.place,
            "organization_name": seat.stage.organization_name,
            "corrections": len(corrections) if answer.verb == Verb.RETURN else 0,
            **({"on_behalf_of": on_behalf_of} if on_behalf_of else {}),
            **({"entered_by": entered_by.pk} if entered_by else {}),
            **({"review_on": str(answer.review_on)} if answer.review_on else {}),
            **({"facts": dict(answer.facts)} if answer.facts else {}),
        },
        sealed=sealed_for(
            act.case,
            {
                "reason": decision.reason,
                "reason_for_person": decision.reason_for_person,
                "corrections": "\n".join(text for _, text in corrections) if answer.verb == Verb.RETURN else "",
            },
        ),
    )
    return decision


def _go_on(act: Acting, seat: Seat, answer: Answer, voices: list[Voice]) -> None:
    stage = seat.stage
    said = [answer.verb]  # under "any one decides" there is but one seat
    if stage.rule != Rule.ANY:
        here = [voice for voice in voices if voice.stage == stage.pk]
        said = [answer.verb if voice.seat == seat.pk else voice.verb for voice in here]
    outcome = outcome_of(stage.rule, stage.needed, [Heard(verb) for verb in said])
    if outcome:
        goes_to = ""
        if outcome == Outcome.RETURNED:
            goes_to = answer.goes_to or stage.task.flow_task.way_back(act.case)[0].name
        close_stage(act=act, stage=stage, outcome=outcome, goes_to=goes_to, review_on=answer.review_on)
        return
    InboxRow.objects.filter(Q(seat=seat) | Q(seat__stage=stage, account=act.by)).delete()
    if stage.rule == Rule.SEQUENCE:
        _open_next_in_turn(act, stage)


def _open_next_in_turn(act: Acting, stage: Stage) -> None:
    waiting = stage.seats.filter(state=SeatState.WAITING).select_related("organization").order_by("place").first()
    Seat.objects.filter(pk=waiting.pk).update(state=SeatState.OPEN, opened_at=act.at)
    red = stage.task.flow_task.flow_class.red_findings(act.case, stage.step)
    rows = [
        row_for(waiting, stage=stage, case=act.case, account_id=account, role=held, red=red, sender=act.sender)
        for account, held in entitled_on(waiting, stage=stage, case=act.case, on=localdate(act.at)).items()
    ]
    InboxRow.objects.bulk_create(rows)
    act.log("seat.opened", stage=stage, facts={"visit": stage.visit, "place": waiting.place})
    act.tell("seat_opened", to=[row.account_id for row in rows], key=f"seat:{waiting.pk}", link="/inbox/")
