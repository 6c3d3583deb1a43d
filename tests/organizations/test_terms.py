"""The term board: whose term ends when, which posts are vacant, who may do what about it."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from audit.models import Entry
from notifications.models import Notice, Reminder
from organizations import term_board
from organizations.actions import extend_term
from organizations.actions.shared import NotYourDuty, PersonalNumberInText
from organizations.enums import ObligationKind, OrganizationKind, PostSource, Role
from organizations.models import Obligation, PartyOrganization, Post
from organizations.rules.terms import term_state
from organizations.term_actions import (
    NobodyToRemind,
    NoPostToExplain,
    NotLiveYet,
    RemindedEnough,
    explain_overdue,
    remind_of_term,
    remind_of_terms,
)
from tests import factories as make

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("facts", "kind", "days", "soon", "long"),
    [
        ({"due_on": date(2026, 5, 31)}, "overdue", 176, False, False),
        ({"due_on": date(2026, 11, 22)}, "overdue", 1, False, False),
        ({"due_on": date(2026, 11, 23)}, "due", 0, True, False),
        ({"due_on": date(2026, 12, 6)}, "due", 13, True, False),
        ({"due_on": date(2026, 12, 23)}, "due", 30, True, False),
        ({"due_on": date(2026, 12, 24)}, "due", 31, False, False),
        ({"due_on": None}, "open", None, False, False),
        ({"has_secretary": False, "vacant_since": date(2026, 9, 12)}, "vacant", 72, False, False),
        ({"has_secretary": False, "vacant_since": date(2026, 8, 25)}, "vacant", 90, False, False),
        ({"has_secretary": False, "vacant_since": date(2026, 8, 24)}, "vacant", 91, False, True),
        ({"has_secretary": False}, "vacant", None, False, False),
    ],
)
def test_a_term_stands_on_a_day_as_its_end_says(facts, kind, days, soon, long):
    state = term_state(**{"has_secretary": True, "due_on": None, "vacant_since": None, "on": TODAY, **facts})
    assert (state.kind, state.days, state.soon, state.long) == (kind, days, soon, long)


@pytest.fixture
def terms(cast):
    """Give branches under the county whose terms end on all kinds of days, and one elsewhere."""
    for offset, name in (
        (-45, "慢跑"),
        (-1, "剪纸"),
        (0, "茶艺"),
        (30, "观鸟"),
        (31, "园艺"),
        (60, "阅读"),
        (120, "护理"),
        (180, "棋院"),
        (181, "舞蹈"),
    ):
        place = make.organization(f"海珠湾{name}协会党支部", under=cast.county)
        make.post(make.person(), place, due_on=TODAY + timedelta(days=offset))
    make.organization("海珠湾空缺协会党支部", under=cast.county)
    Post.objects.filter(organization=cast.city_branch).update(due_on=TODAY - timedelta(days=9))
    for organization in (cast.county, cast.general_branch, cast.branch, cast.province, cast.province_branch, cast.city):
        make.post(make.person(), organization, due_on=date(2029, 1, 1))
    return cast


def names(account, which: str, **facts) -> list[str]:
    rows = term_board.board(account, on=TODAY, **facts)
    chosen = term_board.in_order(rows.filter(term_board.choices(on=TODAY)[which]))
    return [row.name.removeprefix("海珠湾").removesuffix("协会党支部") for row in chosen]


def test_counters_are_inclusive_and_the_most_urgent_come_first(terms):
    counts = term_board.counters(term_board.board(terms.lin, on=TODAY), on=TODAY)
    assert counts == {
        "first": 5, "overdue": 2, "30": 2, "60": 4, "120": 5, "180": 6, "vacant": 1, "extended": 0, "all": 13,
    }  # fmt: skip
    assert names(terms.lin, "first") == ["慢跑", "剪纸", "空缺", "茶艺", "观鸟"]
    assert names(terms.lin, "180")[-1] == "棋院"


def test_everybody_sees_the_terms_of_the_own_subtree_only(terms):
    assert names(terms.mei, "overdue") == ["云州市象棋"]
    assert names(terms.wu, "vacant") == []
    assert "云州市象棋" in names(terms.han, "overdue")
    assert names(terms.he, "all") == names(terms.shen, "all") == []
    assert names(terms.han, "overdue", under=terms.county) == ["慢跑", "剪纸"]
    assert names(terms.lin, "all", words="慢跑") == ["慢跑"]


def test_somebody_acting_leaves_the_post_vacant_and_is_named(terms):
    place = make.organization("海珠湾疗愈协会党支部", under=terms.county)
    make.post(make.person("高远"), place, started_on=date(2020, 1, 1), ended_on=date(2026, 9, 12), end="removed")
    make.post(
        make.person("祝东篱"), place, source=PostSource.ACTING, started_on=date(2026, 9, 20), due_on=date(2026, 12, 11)
    )
    row = term_board.in_order(term_board.board(terms.lin, on=TODAY)).get(pk=place.pk)
    assert (row.rank, row.post_id, row.vacant_since) == (term_board.VACANT, None, date(2026, 9, 12))
    assert (row.acting_name, row.acting_until) == ("祝东篱", date(2026, 12, 11))


def test_an_approved_extension_is_counted_and_not_overdue(terms, at):
    place = make.organization("海珠湾延期协会党支部", under=terms.county)
    post = make.post(make.person(), place, due_on=date(2026, 10, 1))
    extend_term(
        post=post, until_on=date(2027, 3, 1), reason="换届延期", document_number="南社批〔2026〕9号", by=None, at=at,
        approved_on=date(2026, 9, 20),
    )  # fmt: skip
    assert names(terms.lin, "extended") == ["延期"]
    assert "延期" not in names(terms.lin, "overdue")


def test_organs_groups_and_closed_branches_have_no_term(terms):
    make.organization("组织部门", under=terms.county, kind=OrganizationKind.SOCIAL_WORK_DEPARTMENT)
    make.organization("第一党小组", under=terms.branch, kind=OrganizationKind.PARTY_GROUP)
    make.organization("撤销协会党支部", under=terms.county, valid_until=date(2026, 11, 23))
    assert names(terms.lin, "vacant") == ["空缺"]


def test_the_list_goes_on_behind_the_last_row_that_was_shown(terms):
    rows = term_board.in_order(term_board.board(terms.lin, on=TODAY))
    everything, passed, mark = [row.pk for row in rows], [], ""
    while part := list(term_board.after(rows, mark)[:4]):
        passed += [row.pk for row in part]
        mark = term_board.mark_of(part[-1])
    assert passed == everything
    assert term_board.after(rows, "0.soon.1").count() == len(everything)


def test_renewals_of_the_year_and_debts_are_counted(terms):
    place = make.organization("海珠湾换届协会党支部", under=terms.county)
    make.post(make.person(), place, started_on=date(2023, 5, 1), ended_on=date(2026, 5, 1), end="term_over")
    renewed = make.post(make.person(), place, started_on=date(2026, 5, 1), due_on=date(2029, 5, 1))
    for kind, due_on in ((ObligationKind.TALK, date(2026, 11, 1)), (ObligationKind.INDUCTION, date(2027, 3, 1))):
        Obligation.objects.create(
            person=renewed.person, organization=place, kind=kind, opened_on=date(2026, 5, 2), due_on=due_on
        )
    rows = term_board.board(terms.lin, on=TODAY)
    assert term_board.renewed_this_year(rows, on=TODAY) == {"done": 1, "due": 6}
    assert term_board.owed(terms.lin, on=TODAY) == {
        "talk": {"number": 1, "late": 1},
        "induction": {"number": 1, "late": 0},
    }
    assert term_board.owed(terms.mei, on=TODAY)["talk"]["number"] == 0


def overdue(terms):
    return term_board.board(terms.lin, on=TODAY).get(name="海珠湾慢跑协会党支部")


def test_an_organizer_says_why_a_term_is_overdue_and_it_is_kept(terms, at):
    explain_overdue(organization=overdue(terms), reason=" 主要负责人变更 ", by=terms.lin, at=at)
    row = term_board.in_order(term_board.board(terms.lin, on=TODAY)).get(pk=overdue(terms).pk)
    assert row.overdue_reason == "主要负责人变更"
    entry = Entry.objects.get(verb="term.explained")
    assert (entry.stream, entry.actor_name, "主要负责人变更" in entry.body) == ("ledger", "林秋", True)


def test_others_do_not_explain_and_numbers_stay_out(terms, at):
    for other in (terms.feng, terms.mei, terms.wu, terms.xu, terms.jian):
        with pytest.raises(NotYourDuty):
            explain_overdue(organization=overdue(terms), reason="x", by=other, at=at)
    with pytest.raises(PersonalNumberInText):
        explain_overdue(organization=overdue(terms), reason="找13800138000", by=terms.lin, at=at)
    vacant = term_board.board(terms.lin, on=TODAY).get(name="海珠湾空缺协会党支部")
    with pytest.raises(NoPostToExplain):
        explain_overdue(organization=vacant, reason="x", by=terms.lin, at=at)


def test_a_reminder_reaches_the_branch_twice_a_week_at_most(terms, at):
    place = overdue(terms)
    with pytest.raises(NobodyToRemind):
        remind_of_term(organization=place, by=terms.lin, at=at)
    leader = make.account(person=Post.objects.get(organization=place).person)
    make.assign(terms.chen, Role.LIAISON, place)
    assert remind_of_term(organization=place, by=terms.lin, at=at) == 2
    assert remind_of_term(organization=place, by=terms.lin, at=at + timedelta(days=1)) == 2
    for later in (timedelta(days=1, minutes=1), timedelta(days=2)):
        with pytest.raises(RemindedEnough):
            remind_of_term(organization=place, by=terms.lin, at=at + later)
    assert remind_of_term(organization=place, by=terms.lin, at=at + timedelta(days=9)) == 2
    assert Notice.objects.filter(recipient=leader).count() == 3
    assert term_board.last_reminders([place.pk]) == {place.pk: at + timedelta(days=9)}
    with pytest.raises(NotYourDuty):
        remind_of_term(organization=place, by=terms.wu, at=at)


def test_reminding_many_leaves_out_those_not_yet_live(terms, at):
    rows = list(term_board.board(terms.lin, on=TODAY).filter(rank=term_board.OVERDUE))
    for row in rows:
        make.account(person=Post.objects.get(organization=row).person)
    PartyOrganization.objects.filter(pk=rows[0].pk).update(go_live_on=date(2027, 1, 1))
    assert remind_of_terms(organizations=rows, by=terms.lin, at=at) == 1
    assert Reminder.objects.count() == 1
    with pytest.raises(NotYourDuty):
        remind_of_terms(organizations=rows, by=terms.mei, at=at)


def test_a_go_live_day_above_holds_reminders_back_and_an_own_day_wins(terms, at, clock, client):
    place = overdue(terms)
    make.account(person=Post.objects.get(organization=place).person)
    PartyOrganization.objects.filter(pk=terms.county.pk).update(go_live_on=date(2027, 1, 1))
    with pytest.raises(NotLiveYet, match="2027"):
        remind_of_term(organization=place, by=terms.lin, at=at)
    assert remind_of_terms(organizations=[place], by=terms.lin, at=at) == 0
    client.force_login(terms.lin)
    assert "本组织上线前就已逾期" in client.get("/terms/?which=overdue").content.decode()
    PartyOrganization.objects.filter(pk=place.pk).update(go_live_on=date(2026, 1, 1))
    assert remind_of_terms(organizations=[place], by=terms.lin, at=at) == 1


@pytest.fixture
def clock(time_machine, at):
    time_machine.move_to(at, tick=False)


def test_the_board_shows_reasons_people_and_days(terms, clock, client):
    explain_overdue(organization=overdue(terms), reason="主要负责人变更", by=terms.lin, at=make.NOW)
    client.force_login(terms.lin)
    page = client.get("/terms/").content.decode()
    for words in ("逾期 45 天", "主要负责人变更", "没有填写原因", "2026年10月9日", "书记空缺", "还有 30 天", "发提醒"):
        assert words in page
    assert "象棋" not in page
    client.force_login(terms.han)
    assert "象棋" in client.get("/terms/").content.decode()


def test_the_board_asks_as_much_for_one_row_as_for_many(terms, clock, client):
    client.force_login(terms.lin)

    def asked() -> int:
        client.get("/terms/?which=all")
        with CaptureQueriesContext(connection) as queries:
            client.get("/terms/?which=all")
        return len(queries)

    few = asked()
    for number in range(30):
        place = make.organization(f"海珠湾第{number}协会党支部", under=terms.county)
        make.post(make.person(), place, due_on=TODAY + timedelta(days=number))
    assert asked() == few


def test_the_board_is_closed_to_those_without_a_role(terms, client):
    assert client.get("/terms/").status_code == 302
    for account, status in ((terms.shen, 403), (terms.xu, 403), (terms.an, 403), (terms.lin, 200), (terms.jian, 200)):
        client.force_login(account)
        assert client.get("/terms/").status_code == status


def test_the_export_holds_what_is_shown_and_nothing_that_runs(terms, clock, client):
    explain_overdue(organization=overdue(terms), reason="=1+1", by=terms.lin, at=make.NOW)
    client.force_login(terms.lin)
    response = client.get("/terms/export/?which=overdue")
    sheet = load_workbook(BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [(row[1], row[6]) for row in rows[1:]] == [("海珠湾慢跑协会党支部", 45), ("海珠湾剪纸协会党支部", 1)]
    assert rows[1][9] == "'=1+1"
    assert [cell.value for line in sheet.iter_rows() for cell in line if cell.data_type == "f"] == []
    entry = Entry.objects.get(stream="exports")
    assert (entry.verb, entry.actor_name, '"rows":2' in entry.body) == ("terms.exported", "林秋", True)


def test_reasons_and_reminders_are_sent_from_the_board(terms, clock, client):
    place = overdue(terms)
    make.account(person=Post.objects.get(organization=place).person)
    client.force_login(terms.lin)
    assert client.post(f"/terms/{place.pk}/remind/?which=overdue").url == "/terms/?which=overdue"
    assert client.post(f"/terms/{place.pk}/reason/", {"reason": "人手不足"}).status_code == 302
    assert client.post("/terms/remind/?which=first").status_code == 302
    assert Post.objects.get(organization=place, ended_on=None).overdue_reason == "人手不足"
    assert Reminder.objects.count() == 1
    client.force_login(terms.mei)
    assert client.post(f"/terms/{place.pk}/remind/").status_code == 404
    assert client.post(f"/terms/{place.pk}/reason/", {"reason": "x"}).status_code == 404
    assert Reminder.objects.count() == 1
