"""When a department does not answer: remind, extend, wait as agreed by telephone, or go on without."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils.timezone import localdate

from approvals.actions.cases import sealed_for
from approvals.actions.letter_replies import speak_on
from approvals.actions.letters import CHAIR, Work, demand_office, demand_open, on_letter, tell_department
from approvals.actions.putting_off import put_off
from approvals.actions.speaking import Answer
from approvals.enums import LetterAnswer, LetterState, Verb
from approvals.errors import ReasonMissing
from approvals.letter_errors import DayTooEarly, EntryWaits, NotLateYet, NotOnTheLetter
from approvals.models import Decision, Letter, LetterExtension, LetterItem
from approvals.rules.letters import is_late
from organizations.calendar import due_after, end_of_day
from organizations.models import Account
from organizations.typed import LONGEST_KEY


def remind_department(*, letter_pk: int, by: Account, at: datetime) -> Letter:
    """Remind a department of its letter, at most once a day; a letter on paper is only noted as reminded.

    Raises:
        NotEntitled, OwnCase, LetterClosed: as they say.
    """
    with on_letter(letter_pk, by=by, at=at) as work:
        letter = work.letter
        demand_office(letter.organization, by, at)
        demand_open(work)
        if letter.reminded_at and localdate(letter.reminded_at) == localdate(at):
            return letter
        letter.reminded_at = at
        letter.save(update_fields=["reminded_at"])
        work.note("letter.reminded", work.items)
        tell_department(letter, "letter_reminded", key=f"letter:{letter.number}:{localdate(at)}", at=at)
    return letter


def extend_letter(
    *, letter_pk: int, working_days: int, reason: str, by: Account, at: datetime, key: str
) -> LetterExtension:
    """Give a department more time, counted from its last day, or from today when that is over; the steps wait as long.

    Args:
        letter_pk: Key of the letter.
        working_days: Working days added, at least one.
        reason: Why, for the office.
        by, at: Who gives it, and when.
        key: Idempotency key.

    Returns:
        The extension, the first one when the key is known.

    Raises:
        NotEntitled, OwnCase, LetterClosed, ReasonMissing, DayTooEarly: as they say.
    """
    with on_letter(letter_pk, by=by, at=at) as work:
        letter, key = work.letter, f"{by.pk}:{key[:LONGEST_KEY]}"
        demand_office(letter.organization, by, at)
        known = LetterExtension.objects.filter(key=key, letter=letter).first()
        if known is not None:
            return known
        demand_open(work)
        if not reason.strip():
            raise ReasonMissing
        if working_days < 1:
            raise DayTooEarly
        earlier = letter.due_at
        letter.due_at, letter.counted = due_after(max(at, earlier), working_days)
        letter.save(update_fields=["due_at", "counted"])
        made = LetterExtension.objects.create(
            letter=letter, key=key, earlier_due_at=earlier, due_at=letter.due_at, reason=reason.strip(), by=by, at=at
        )
        work.note("letter.extended", work.items, reason=made.reason)
        for item in work.items:
            put_off(work.act(item), item.seat.stage, until=letter.due_at, counted=letter.counted)
        tell_department(letter, "letter_extended", key=f"letter:{letter.number}:until:{localdate(made.due_at)}", at=at)
    return made


def hold_person(*, letter_pk: int, item_pk: int, review_on: date, words: str, by: Account, at: datetime) -> LetterItem:
    """Note that a department asked by telephone to wait about one person until a day; seat and step wait (缓议).

    Args:
        letter_pk: Key of the letter.
        item_pk: Key of the person's line.
        review_on: Day on which the department is asked again, after today.
        words: Who said what on the telephone; sealed in the record.
        by, at: Who took the call, and when.

    Raises:
        NotEntitled, OwnCase, LetterClosed, EntryWaits, NotOnTheLetter, ReasonMissing, DayTooEarly: as they say.
    """
    with on_letter(letter_pk, by=by, at=at) as work:
        demand_office(work.letter.organization, by, at)
        item = next((one for one in work.items if one.pk == item_pk), None)
        if item is not None and (item.answer, item.review_on) == (LetterAnswer.WAIT, review_on):
            return item
        demand_open(work)
        _demand_nothing_entered(work)
        if item is None:
            raise NotOnTheLetter
        if not words.strip():
            raise ReasonMissing
        if review_on <= localdate(at):
            raise DayTooEarly
        item.answer, item.review_on, item.entered_by, item.entered_at = LetterAnswer.WAIT, review_on, by, at
        item.save(update_fields=["answer", "review_on", "entered_by", "entered_at"])
        act = work.act(item)
        facts = {"letter": work.letter.number, "department_name": work.letter.department.name}
        act.log(
            "letter.held",
            stage=item.seat.stage,
            facts=facts | {"review_on": str(review_on)},
            sealed=sealed_for(act.case, {"words": words.strip()}),
        )
        put_off(act, item.seat.stage, until=end_of_day(review_on), counted={})
    return item


def close_without_reply(
    *, letter_pk: int, reason: str, by: Account, at: datetime, key: str, item_pks: Collection[int] | None = None
) -> Letter:
    """Go on without the answers of a department that is late; for the chair, with a reason for the office.

    Args:
        letter_pk: Key of the letter.
        reason: Why the case may go on without; sealed in the record.
        by, at: The chair, and when.
        key: Idempotency key.
        item_pks: Keys of the people's lines; None for all that are late.

    Raises:
        NotEntitled, OwnCase, LetterClosed, EntryWaits, NotOnTheLetter, ReasonMissing, NotLateYet: as they say.
    """
    with on_letter(letter_pk, by=by, at=at) as work:
        letter, key = work.letter, f"{by.pk}:{key[:LONGEST_KEY]}"
        demand_office(letter.organization, by, at, CHAIR)
        if Decision.objects.filter(key__startswith=f"{key}:", seat__letter_item__letter=letter).exists():
            return letter
        demand_open(work)
        _demand_nothing_entered(work)
        if not reason.strip():
            raise ReasonMissing
        late = [item for item in work.items if _is_late(letter, item, at)]
        chosen = late if item_pks is None else [item for item in work.items if item.pk in set(item_pks)]
        if item_pks is not None and len(chosen) != len(set(item_pks)):
            raise NotOnTheLetter
        if not chosen or any(item not in late for item in chosen):
            raise NotLateYet
        for item in chosen:
            item.answer, item.review_on = LetterAnswer.WAIVED, None
            item.entered_by = item.confirmed_by = by
            item.entered_at = item.confirmed_at = at
        columns = ["answer", "review_on", "entered_by", "entered_at", "confirmed_by", "confirmed_at"]
        LetterItem.objects.bulk_update(chosen, columns)
        said = Answer(Verb.WAIVE, reason, facts={"letter": letter.number, "answer": LetterAnswer.WAIVED.value})
        speak_on(work, chosen, {item.pk: said for item in chosen}, key=key, typed_by=None)
    return letter


def _demand_nothing_entered(work: Work) -> None:
    if work.letter.state == LetterState.ENTERED:
        raise EntryWaits(who=work.letter.entered_by.name, number=work.letter.number)


def _is_late(letter: Letter, item: LetterItem, at: datetime) -> bool:
    return is_late(due_on=localdate(letter.due_at), review_on=item.review_on, today=localdate(at))
