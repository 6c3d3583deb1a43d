"""Lists of meetings, letters, notices, objections, stacks and batches ask as often for 300 rows as for one."""

import pytest

from approvals.models import Letter, LetterItem, Meeting, Seat
from tests import factories as make
from tests.cases import case_at, publish
from tests.letters import asked_cases, departments, in_force, sent
from tests.meetings import planned, publish_meetings, to_deliberation
from tests.notices.notices import on_notice
from tests.query_counts.copies import cases_like, copy_of
from tests.query_counts.test_lists import now, statements  # noqa: F401
from workflows.batches.models import BatchItem, BatchRun
from workflows.notices.models import NoticePerson, Objection
from workflows.papers.models import ScanStack

pytestmark = pytest.mark.usefixtures("now")


def asks_as_often(client, who, address: str, more) -> None:
    """Count what a list asks for 1, 3 and 300 rows."""
    client.force_login(who)
    counts = []
    for times in (1, 2, 297):
        more(times)
        counts.append(len(statements(client, address)))
    assert len(set(counts)) == 1, counts


def meetings_like(meeting: Meeting, times: int) -> None:
    for _ in range(times):
        number = Meeting.objects.count()
        copy_of(meeting, number=f"HY-{number}", title=f"第{number}次会议")


def letters_like(letter: Letter, item: LetterItem, times: int) -> None:
    """Copy a letter for further people who are asked about."""
    known = set(LetterItem.objects.values_list("seat", flat=True))
    cases_like(item.case, times)
    for seat in Seat.objects.filter(department=letter.department).exclude(pk__in=known).select_related("stage"):
        code = f"copy{seat.pk}"
        made = copy_of(letter, number=f"函-{seat.pk}", token=code, key=code)
        copy_of(item, letter_id=made.pk, case_id=seat.stage.case_id, seat_id=seat.pk)


def test_meetings(cast, client):
    publish_meetings(cast)
    to_deliberation(cast)
    meeting = planned(cast)
    asks_as_often(client, cast.han, "/meetings/", lambda times: meetings_like(meeting, times))


def test_what_waits_for_a_meeting(cast, client):
    publish_meetings(cast)
    case = to_deliberation(cast)
    number = planned(cast).number
    asks_as_often(client, cast.han, f"/meetings/{number}/", lambda times: cases_like(case, times))


@pytest.mark.parametrize("address", ["/letters/", "/letters/grid/"])
def test_letters(cast, client, address):
    in_force(cast)
    departments("南岭省公安厅")
    (letter,) = sent(cast, asked_cases(cast, 1))
    item = letter.items.select_related("case").get()
    asks_as_often(client, cast.han, address, lambda times: letters_like(letter, item, times))


def test_who_has_to_be_asked_about(cast, client):
    in_force(cast)
    departments("南岭省公安厅")
    (case,) = asked_cases(cast, 1)
    asks_as_often(client, cast.han, "/letters/new/", lambda times: cases_like(case, times))


def test_objections(cast, client):
    case = on_notice(cast)
    person = NoticePerson.objects.get(case=case)
    due = make.TODAY

    def more(times: int) -> None:
        first = Objection.objects.count()
        for number in range(first, first + times):
            Objection.objects.create(about=person, box="", code_digest=f"{number:064}", due_on=due)

    asks_as_often(client, cast.shi, "/objections/", more)


def test_stacks(cast, client):
    publish(by=cast.an)

    def more(times: int) -> None:
        for _ in range(times):
            ScanStack.objects.create(uploaded_by=cast.lin, uploaded_at=make.NOW)

    asks_as_often(client, cast.lin, "/papers/stacks/", more)


def test_the_items_of_a_batch(cast, client):
    publish(by=cast.an)
    case = case_at(cast, "completeness")
    run = BatchRun.objects.create(
        key="k", flow="appointment_review", step="completeness", started_by=cast.lin, started_at=make.NOW
    )

    def more(times: int) -> None:
        cases_like(case, times)
        known = set(BatchItem.objects.values_list("seat", flat=True))
        for seat in Seat.objects.filter(state="open").exclude(pk__in=known).select_related("stage"):
            BatchItem.objects.create(run=run, place=seat.pk, seat=seat, case_id=seat.stage.case_id, key=f"{seat.pk}")

    asks_as_often(client, cast.lin, f"/batches/{run.pk}/", more)
