"""What stands in an inbox, for whom, and how it is counted, searched and read page by page."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from approvals import inbox
from approvals.actions.inbox import inform
from approvals.models import InboxRow, Seat
from organizations.models import OrganizationGrant
from tests.cases import case_at, new_case
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.usefixtures("policy")


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False) as moment:
        yield moment


def copies(row, number, *, due_at=None):
    """Write further rows like one, each on a seat of its own."""
    seats = Seat.objects.bulk_create(
        Seat(
            stage=row.seat.stage,
            place=100 + place,
            roles=row.seat.roles,
            organization=row.seat.organization,
            opened_at=NOW,
        )
        for place in range(number)
    )
    fields = {name: getattr(row, name) for name in ("account", "case", "flow", "track", "step", "step_title")}
    fields |= {name: getattr(row, name) for name in ("case_number", "subject_name", "search_key", "organization_name")}
    fields |= {"why": row.why, "opened_at": NOW, "valid_from": row.valid_from, "due_at": due_at or row.due_at}
    return InboxRow.objects.bulk_create(InboxRow(seat=seat, **fields) for seat in seats)


def row_of(cast, account, step="completeness"):
    case = case_at(cast, step)
    return InboxRow.objects.select_related("seat__stage", "seat__organization").get(case=case, account=account)


def page(client, account, address="/inbox/"):
    client.force_login(account)
    return client.get(address)


def shown(answer):
    lines = [line for group in answer.context["groups"] for line in group.lines]
    return [row.pk for line in lines for row in (line.row, *line.others)]


def statements(client, address="/inbox/"):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    # The calendar is read once in half a minute by each process, whoever comes then.
    return [query["sql"] for query in seen if "organizations_calendar" not in query["sql"]]


def test_a_row_says_what_is_asked_why_it_is_mine_and_by_when(cast, client, now):
    case_at(cast, "completeness")
    text = page(client, cast.lin).content.decode()
    assert "沈若溪的材料是否齐全、可以受理？" in text
    assert "下级无人可以办理，由您作为上级党建组织员办理；本环节由您一人办理" in text
    assert "还有 5 个工作日" in text
    assert "11月30日（周一）" in text
    assert "1 件要您办理，没有逾期的。" in text


def test_groups_add_up_to_the_heading(cast, client, now):
    row = row_of(cast, cast.lin)
    copies(row, 2, due_at=NOW - timedelta(days=3))
    moved = InboxRow.objects.exclude(pk=row.pk)
    late, today = moved.order_by("pk")
    InboxRow.objects.filter(pk=today.pk).update(due_at=inbox.end_of_day(TODAY))
    answer = page(client, cast.lin)
    groups = {group.name: group.count for group in answer.context["groups"]}
    assert groups == {"overdue": 1, "today": 1, "later": 1}
    assert answer.context["counts"].todo == sum(groups.values()) == len(shown(answer))
    assert "1 件已逾期" in answer.content.decode()


@pytest.mark.parametrize("copied", [0, 2, 299])
def test_the_inbox_takes_the_same_few_statements_however_long_it_is(cast, client, now, copied):
    copies(row_of(cast, cast.lin), copied)
    client.force_login(cast.lin)
    client.get("/inbox/")
    asked = statements(client)
    assert len([sql for sql in asked if "approvals_inboxrow" in sql]) == 2
    assert len(asked) <= 6, "\n".join(sql[:150] for sql in asked)


def test_all_rows_are_reached_page_by_page_and_none_twice(cast, client, now):
    row = row_of(cast, cast.lin)
    copies(row, 120)
    InboxRow.objects.filter(pk__in=list(InboxRow.objects.order_by("-pk").values_list("pk", flat=True)[:10])).update(
        due_at=None
    )
    answer = page(client, cast.lin)
    seen = shown(answer)
    while answer.context["more"]:
        answer = client.get(f"/inbox/{answer.context['more']}", headers={"HX-Request": "true"})
        assert "<html" not in answer.content.decode()
        seen += shown(answer)
    assert len(seen) == len(set(seen)) == 121


def test_a_role_that_ended_shows_nothing_before_any_sweep(cast, client, now):
    row = row_of(cast, cast.lin)
    InboxRow.objects.filter(pk=row.pk).update(valid_until=TODAY)
    assert page(client, cast.lin).context["counts"].todo == 0
    assert inbox.inbox_count(cast.lin, TODAY) == 0
    assert inbox.inbox_count(cast.lin, TODAY - timedelta(days=1)) == 1


def test_a_role_that_has_not_begun_shows_nothing(cast, now):
    row = row_of(cast, cast.lin)
    InboxRow.objects.filter(pk=row.pk).update(valid_from=TODAY + timedelta(days=1))
    assert inbox.inbox_count(cast.lin, TODAY) == 0


def test_deleting_the_grant_hides_the_rows_at_the_next_request(cast, client, now):
    case_at(cast, "completeness")
    assert page(client, cast.lin).context["counts"].todo == 1
    OrganizationGrant.objects.filter(user=cast.lin).delete()
    assert client.get("/inbox/").context["counts"].todo == 0


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("沈若溪", 1),
        ("shenruoxi", 1),
        ("srx", 1),
        ("SRX", 1),
        ("晨光", 1),
        ("rk2026", 1),
        ("马启文", 0),
        ("沈 晨光", 1),
        ("沈 云州", 0),
    ],
)
def test_words_pinyin_initials_and_numbers_find_a_row(cast, client, now, words, found):
    type(cast.shen_person).objects.filter(pk=cast.shen_person.pk).update(search_key="沈若溪 shenruoxi srx")
    cast.shen_person.refresh_from_db()
    case_at(cast, "completeness")
    answer = page(client, cast.lin, f"/inbox/?q={words}")
    assert len(shown(answer)) == answer.context["counts"].shown == found
    assert answer.context["counts"].todo == 1


def test_filters_by_flow_step_and_organization(cast, client, now):
    case_at(cast, "completeness")
    for query, found in (
        ("track=assignment", 1), ("track=removal", 0), ("step=completeness", 1), ("step=eligibility", 0),
        ("organization=晨光", 1), ("organization=象棋", 0), ("after=nonsense", 1), ("after=~x", 1),
    ):  # fmt: skip
        assert len(shown(page(client, cast.lin, f"/inbox/?{query}"))) == found, query


def test_what_is_for_information_is_never_counted_as_a_task(cast, client, now):
    case = case_at(cast, "completeness")
    inform(case, [cast.han.pk], step="completeness", step_title="形式审查", sender="林秋", at=NOW)
    answer = page(client, cast.han)
    assert (answer.context["counts"].todo, answer.context["counts"].read) == (0, 1)
    row = InboxRow.objects.get(kind="read")
    assert client.get(f"/inbox/read/{row.pk}/").status_code == 302
    row.refresh_from_db()
    assert row.read_at == NOW
    assert client.get("/inbox/").context["counts"].read == 0
    assert "沈若溪" in client.get("/inbox/read/").content.decode()


def test_nobody_opens_what_was_laid_before_somebody_else(cast, client, now):
    case = case_at(cast, "completeness")
    inform(case, [cast.han.pk], step="completeness", step_title="形式审查", sender="林秋", at=NOW)
    assert page(client, cast.zhou, f"/inbox/read/{InboxRow.objects.get(kind='read').pk}/").status_code == 404


def test_what_was_done_and_what_was_started_stand_in_their_tabs(cast, client, now):
    case = case_at(cast, "eligibility")
    done = page(client, cast.lin, "/inbox/done/").content.decode()
    assert "沈若溪的材料是否齐全、可以受理？" in done
    assert "同意" in done
    assert case.number in client.get("/inbox/started/").content.decode()
    assert case.number not in page(client, cast.zhou, "/inbox/started/").content.decode()


def test_an_empty_inbox_says_so_and_shows_what_was_done_last(cast, client, now):
    case = case_at(cast, "general_branch")
    text = page(client, cast.lin).content.decode()
    assert "都办完了" in text
    assert "您最近办过的" in text
    assert case.subject_name in text


def test_of_two_approvers_each_is_told_that_one_is_enough(cast, client, now):
    case_at(cast, "province")
    for account in (cast.zhou, cast.qian):
        assert "；本环节 2 人，任 1 人办理即可" in page(client, account).content.decode()


def test_the_candidate_finds_a_link_to_the_own_case_not_a_seat(cast, client, now):
    case = new_case(cast)
    assert f"/my/{case.number}/" in page(client, cast.shen).content.decode()


def test_a_day_later_the_row_is_overdue_by_working_days(cast, client):
    with time_machine.travel(NOW, tick=False):
        case_at(cast, "completeness")
    with time_machine.travel(NOW + timedelta(days=9), tick=False):  # due Monday 30 November, now Wednesday 2 December
        text = page(client, cast.lin).content.decode()
    assert "逾期 2 个工作日" in text
    assert "1 件已逾期" in text
    assert date(2026, 12, 2).weekday() == 2


def test_what_was_begun_and_said_is_shown_as_long_as_the_cases_are(cast, client, now):
    case = case_at(cast, "county")
    tabs = ("/inbox/started/", "/inbox/done/")
    assert [case.subject_name in page(client, cast.lin, tab).content.decode() for tab in tabs] == [True, True]
    cast.lin.assignments.update(until_on=localdate())
    assert [case.subject_name in page(client, cast.lin, tab).content.decode() for tab in tabs] == [False, False]
