"""Letters of a generated year: one a department about everybody who waits, answered by one sentence and exceptions."""

from datetime import timedelta

from django.utils.timezone import localdate

from approvals.actions.letter_delays import close_without_reply, extend_letter, hold_person, remind_department
from approvals.actions.letter_replies import Reply, answer_letter, confirm_reply, discard_entry, enter_reply
from approvals.enums import LetterAnswer, LetterState, SeatState
from approvals.models import Letter, LetterItem, Seat
from tests.year.clock import Year
from workflows.letters.actions.sending import send

ASKS = "违纪违法、失信、行政处罚等情况"
MOST_NAMES = 50
WORKING_DAYS = 10
PATIENCE = timedelta(days=14)


def work(year: Year) -> None:
    """Send what waits, answer what was sent."""
    _send(year)
    for letter in Letter.objects.exclude(state=LetterState.CLOSED).order_by("pk"):
        _go_on(year, letter)


def _send(year: Year) -> None:
    unasked = Seat.objects.filter(department__isnull=False, state=SeatState.OPEN, letter_item=None)
    waiting = list(unasked.order_by("stage__opened_at", "pk").values_list("stage__case", "stage__opened_at"))
    cases = list(dict.fromkeys(case for case, _since in waiting))[:MOST_NAMES]
    if not cases or (len(cases) < year.size.ask_at and waiting[0][1] + PATIENCE > year.at):
        return
    chosen = list(unasked.filter(stage__case__in=cases).values_list("pk", flat=True))
    made = send(
        seat_pks=chosen, asks=ASKS, working_days=WORKING_DAYS, by=year.province.recorder, at=year.at, key=year.key()
    )
    year.done["letters"] += len(made)
    year.done["people asked about"] += len(chosen)


def _go_on(year: Year, letter: Letter) -> None:
    late = localdate(letter.due_at) < localdate(year.at)
    if late and year.chance(60):
        _late(year, letter)
    elif year.chance(20):
        _reply(year, letter)


def _late(year: Year, letter: Letter) -> None:
    chair = {"letter_pk": letter.pk, "by": year.province.chair, "at": year.at}
    waits = letter.items.filter(answer=LetterAnswer.WAIT, review_on__gte=localdate(year.at))
    if letter.reminded_at is None:
        remind_department(letter_pk=letter.pk, by=year.province.recorder, at=year.at)
        year.done["letters reminded"] += 1
    elif letter.state == LetterState.ENTERED or waits.exists() or year.chance(60):
        _reply(year, letter)
    elif not letter.extensions.exists():
        extend_letter(**chair, working_days=5, reason="对方人手紧张", key=year.key())
        year.done["letters extended"] += 1
    else:
        close_without_reply(**chair, reason="逾期未复，已电话核实", key=year.key())
        year.done["letters waived"] += 1


def _reply(year: Year, letter: Letter) -> None:
    """Answer for everybody but whom the department asks to wait about, from its account or from a stamped scan."""
    office = {"letter_pk": letter.pk, "at": year.at}
    province = year.province
    if letter.state == LetterState.ENTERED:
        if year.rare(10):
            discard_entry(**office, reason="看错一行", by=province.second)
            year.done["entries thrown away"] += 1
            return
        confirm_reply(**office, by=province.second, key=year.key())
        year.done["letters answered on paper"] += 1
        return
    items = list(letter.items.filter(seat__state=SeatState.OPEN))
    held = [one for one in items if one.answer == LetterAnswer.WAIT and one.review_on > localdate(year.at)]
    free = [one for one in items if one not in held]
    if not free:
        return
    if year.rare(15) and len(free) > 1:
        held.append(_hold(year, letter, free.pop()))
    findings = {one.pk: "2024年曾受行政警告一次。" for one in free if year.rare(2)}
    reply = Reply(findings, [one.pk for one in held])
    year.done["findings"] += len(findings)
    place = province.departments.index(letter.department)
    if letter.channel == "account":
        answer_letter(**office, reply=reply, by=province.officers[place], key=year.key())
        year.done["letters answered by account"] += 1
    else:
        enter_reply(**office, reply=reply, by=province.recorder, key=year.key())


def _hold(year: Year, letter: Letter, item: LetterItem) -> LetterItem:
    until = localdate(year.at) + timedelta(days=20)
    words = "电话：仍在核查，请稍候。"
    year.done["telephone waits"] += 1
    return hold_person(
        letter_pk=letter.pk, item_pk=item.pk, review_on=until, words=words, by=year.province.recorder, at=year.at
    )
