"""Answering a letter: by the department's own account, or from a stamped reply that two people of the office enter."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.timezone import localdate

from approvals.actions.acting import stream_of
from approvals.actions.acting_together import in_turn
from approvals.actions.cases import sealed_for
from approvals.actions.letters import Work, demand_office, demand_open, on_letter
from approvals.actions.speaking import Answer, Voice, speak
from approvals.enums import LetterAnswer, LetterState, Verb
from approvals.errors import NotEntitled, ReasonMissing
from approvals.letter_errors import EntryWaits, FindingMissing, NothingEntered, NotOnTheLetter, SecondPersonNeeded
from approvals.models import Decision, Letter, LetterItem, Seat
from approvals.rules.letters import answers_of
from audit.models import Entry
from notifications import outbox
from organizations.enums import Role
from organizations.identity import seal_for, unseal_for
from organizations.models import Account, RoleAssignment
from organizations.typed import LONGEST_KEY


@dataclass(frozen=True)
class Reply:
    """No finding about anybody except the following.

    Attributes:
        findings: What was found, by key of the person's line in the letter.
        left_out: Lines about which nothing is said yet.
    """

    findings: Mapping[int, str] = field(default_factory=dict)
    left_out: Collection[int] = ()


def answer_letter(*, letter_pk: int, reply: Reply, by: Account, at: datetime, key: str) -> Letter:
    """Answer a letter for a department; what the office typed in meanwhile gives way.

    Args:
        letter_pk: Key of the letter.
        reply: What is said about whom.
        by, at: The department's officer, and when.
        key: Idempotency key.

    Raises:
        NotEntitled, OwnCase, LetterClosed, NotOnTheLetter, FindingMissing: as they say.
    """
    with on_letter(letter_pk, by=by, at=at) as work:
        if not _answers_for(work.letter, by, at):
            raise NotEntitled
        key = f"{by.pk}:{key[:LONGEST_KEY]}"
        if _known(work.letter, key):
            return work.letter
        demand_open(work)
        said = _write_down(work, reply, by)
        _forget(work, [item for item in _pending(work) if item not in said])
        for item in said:
            item.confirmed_by, item.confirmed_at = by, at
        _speak(work, said, key=key, typed_by=None)
        _tell_sender(work.letter, at)
    return work.letter


def enter_reply(*, letter_pk: int, reply: Reply, by: Account, at: datetime, key: str) -> Letter:
    """Type in a stamped reply; it counts once somebody else has checked it.

    Args:
        letter_pk: Key of the letter.
        reply: What the paper says.
        by, at: Who types it in, and when.
        key: Idempotency key.

    Raises:
        NotEntitled, OwnCase, LetterClosed, EntryWaits, NotOnTheLetter, FindingMissing: as they say.
    """
    with on_letter(letter_pk, by=by, at=at) as work:
        letter = work.letter
        demand_office(letter.organization, by, at)
        if letter.entry_key == f"{by.pk}:{key[:LONGEST_KEY]}":
            return letter
        demand_open(work)
        if letter.state == LetterState.ENTERED:
            raise EntryWaits(who=letter.entered_by.name, number=letter.number)
        said = _write_down(work, reply, by)
        _save(said)
        letter.state, letter.entered_by, letter.entered_at = LetterState.ENTERED, by, at
        letter.entry_key = f"{by.pk}:{key[:LONGEST_KEY]}"
        letter.save(update_fields=["state", "entered_by", "entered_at", "entry_key"])
        work.note("letter.entered", said)
    return letter


def confirm_reply(*, letter_pk: int, by: Account, at: datetime, key: str) -> Letter:
    """Confirm that what was typed in is what the stamped reply says; from now on it counts.

    Args:
        letter_pk: Key of the letter.
        by, at: The second person, and when.
        key: Idempotency key.

    Raises:
        SecondPersonNeeded: the same person typed it in.
        NotEntitled, OwnCase, LetterClosed, NothingEntered: as they say.
    """
    with on_letter(letter_pk, by=by, at=at) as work:
        letter = work.letter
        demand_office(letter.organization, by, at)
        key = f"{by.pk}:{key[:LONGEST_KEY]}"
        if _known(letter, key):
            return letter
        demand_open(work)
        if letter.state != LetterState.ENTERED:
            raise NothingEntered(number=letter.number)
        if letter.entered_by_id == by.pk:
            raise SecondPersonNeeded
        said = _pending(work)
        for item in said:
            item.confirmed_by, item.confirmed_at = by, at
        _speak(work, said, key=key, typed_by=letter.entered_by)
    return letter


def discard_entry(*, letter_pk: int, reason: str, by: Account, at: datetime) -> Letter:
    """Throw away what was typed in, because it is not what the stamped reply says.

    Raises:
        ReasonMissing, NothingEntered, NotEntitled, OwnCase: as they say.
    """
    with on_letter(letter_pk, by=by, at=at) as work:
        letter = work.letter
        demand_office(letter.organization, by, at)
        if letter.state != LetterState.ENTERED:
            raise NothingEntered(number=letter.number)
        if not reason.strip():
            raise ReasonMissing
        wrong = _pending(work)
        _forget(work, wrong)
        _save(wrong)
        Letter.objects.filter(pk=letter.pk).update(state=LetterState.SENT, entered_by=None, entered_at=None)
        work.note("letter.entry_discarded", wrong, reason=reason.strip())
    return letter


def _answers_for(letter: Letter, by: Account, at: datetime) -> bool:
    held = RoleAssignment.objects.valid_on(localdate(at)).filter(account=by.pk, role=Role.DEPARTMENT_OFFICER)
    return held.filter(department=letter.department_id).exists()


def _known(letter: Letter, key: str) -> bool:
    return Decision.objects.filter(key__startswith=f"{key}:", seat__letter_item__letter=letter).exists()


def _pending(work: Work) -> list[LetterItem]:
    typed = (LetterAnswer.NO_FINDING, LetterAnswer.FINDING)
    return [item for item in work.items if item.answer in typed and item.confirmed_by_id is None]


def _write_down(work: Work, reply: Reply, by: Account) -> list[LetterItem]:
    items = {item.pk: item for item in work.items}
    try:
        answers = answers_of(items, findings=reply.findings, left_out=reply.left_out)
    except KeyError:
        raise NotOnTheLetter from None
    except ValueError:
        raise FindingMissing from None
    if not answers:
        raise NotOnTheLetter
    for pk, answer in answers.items():
        item, text = items[pk], reply.findings.get(pk, "").strip()
        item.answer, item.review_on = answer, None
        item.finding = seal_for(item.case.subject, {"finding": text}) if text else {}
        item.entered_by, item.entered_at = by, work.act(item).at
        item.confirmed_by = item.confirmed_at = None
    return [items[pk] for pk in answers]


def _forget(work: Work, items: Collection[LetterItem]) -> None:
    """Take back what was typed in; a wait agreed on by telephone before stands again, as the record has it."""
    held = _waits(work, items)
    for item in items:
        wait = held.get(work.act(item).case.number)
        item.finding, item.confirmed_by, item.confirmed_at = {}, None, None
        item.answer, item.review_on = ("", None) if wait is None else (LetterAnswer.WAIT, _review_day(wait))
        item.entered_by_id, item.entered_at = (None, None) if wait is None else (wait.actor_id, wait.at)


def _waits(work: Work, items: Collection[LetterItem]) -> dict[str, Entry]:
    """Find the last wait about each person that was agreed on for this letter, by number of the case."""
    streams = [stream_of(work.act(item).case) for item in items]
    entries = Entry.objects.filter(stream__in=streams, verb="letter.held").order_by("seq")
    return {entry.subject: entry for entry in entries if entry.facts["letter"] == work.letter.number}


def _review_day(wait: Entry) -> date:
    return date.fromisoformat(wait.facts["review_on"])


def _save(items: Collection[LetterItem]) -> None:
    columns = ["answer", "finding", "review_on", "entered_by", "entered_at", "confirmed_by", "confirmed_at"]
    LetterItem.objects.bulk_update(items, columns)


def _speak(work: Work, said: list[LetterItem], *, key: str, typed_by: Account | None) -> None:
    letter = work.letter
    _save(work.items)
    for item in said:
        text = unseal_for(item.case.subject, item.finding).get("finding", "")
        if text:
            sealed = sealed_for(item.case, {"finding": text})
            work.act(item).log("letter.finding", stage=item.seat.stage, facts={"letter": letter.number}, sealed=sealed)
    answers = {item.pk: Answer(Verb.ANSWER, facts={"letter": letter.number, "answer": item.answer}) for item in said}
    speak_on(work, said, answers, key=key, typed_by=typed_by)


def speak_on(
    work: Work, items: list[LetterItem], answers: Mapping[int, Answer], *, key: str, typed_by: Account | None
) -> None:
    """Speak on the seats of several people for the department, and close the letter with its last answer."""
    letter, voices = work.letter, _voices(items)
    for item in sorted(items, key=lambda one: one.case_id):
        act = work.act(item)
        with in_turn(act):
            speak(
                act,
                item.seat,
                answers[item.pk],
                key=f"{key}:{item.seat_id}",
                voices=voices[item.seat.stage_id],
                on_behalf_of=letter.department.name,
                entered_by=typed_by,
            )
    at = work.act(items[0]).at
    closed = len(items) == len(work.items)
    letter.state, letter.closed_at = (LetterState.CLOSED, at) if closed else (LetterState.SENT, None)
    letter.save(update_fields=["state", "closed_at"])


def _voices(items: Collection[LetterItem]) -> dict[int, list[Voice]]:
    found: dict[int, list[Voice]] = {item.seat.stage_id: [] for item in items}
    read = Seat.objects.filter(stage__in=found).order_by("stage", "place")
    for pk, stage, verb, by in read.values_list("pk", "stage", "decisions__verb", "decisions__by"):
        found[stage].append(Voice(pk, stage, verb or "", by))
    return found


def _tell_sender(letter: Letter, at: datetime) -> None:
    link = f"/letters/{letter.token}/"
    key = f"letter:{letter.number}:answered:{at.isoformat()}"
    outbox.enqueue("letter_answered", to=letter.made_by_id, key=key, at=at, link=link, thread=letter.number)
