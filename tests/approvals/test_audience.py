"""Who would be told: the same people as when the step really opens, with whoever is left out and why."""

from datetime import timedelta

import pytest

from approvals.audience import numbers_of, steps_ahead
from approvals.models import InboxRow, Recusal, Seat, Stage
from approvals.rules.reminding_days import Numbers, reminding_days
from notifications.models import Notice, Reminder
from notifications.reminding import remind_of
from organizations.calendar import is_workday
from organizations.enums import Role
from organizations.reminding import opening_of
from tests import factories as make
from tests.cases import case_at, full_policy_document, publish, say
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


def names(step) -> list[str]:
    return sorted(asked.account.name for asked in step.asked)


def ahead(case):
    return steps_ahead(type(case).objects.select_related("process", "subject__account", "organization", "policy").get(
        pk=case.pk
    ), on=TODAY)  # fmt: skip


@pytest.mark.parametrize(
    ("step", "by", "verb"),
    [("materials", "shen", "hand_in"), ("completeness", "lin", "agree"), ("eligibility", "lin", "agree"),
     ("general_branch", "gao", "agree"), ("county", "lin", "agree")],
)  # fmt: skip
def test_the_next_step_really_tells_whom_the_page_named(cast, policy, step, by, verb):
    case = case_at(cast, step)
    now, coming, *_rest = ahead(case)
    assert names(now) == sorted(InboxRow.objects.filter(case=case).values_list("account__name", flat=True))
    Notice.objects.all().delete()
    say(case, getattr(cast, by), verb)
    told = Notice.objects.exclude(recipient=cast.shen).values_list("recipient__name", flat=True)
    assert sorted(told) == names(coming)


def test_each_is_named_with_the_role_and_the_place(cast, policy):
    now = ahead(case_at(cast, "province"))[0]
    assert {(each.account.name, each.role, each.organization.name) for each in now.asked} == {
        ("周正", Role.APPROVER, "南岭省社会组织综合党委"), ("钱一帆", Role.APPROVER, "南岭省社会组织综合党委"),
    }  # fmt: skip


def test_who_is_left_out_and_why(cast, policy):
    case = case_at(cast, "county")
    stage = Stage.objects.filter(case=case, outcome="").get()
    Recusal.objects.create(case=case, seat=Seat.objects.get(stage=stage), account=cast.qian, recused=True, at=NOW)
    gone = make.account("鲁退", username="lu")
    make.roles([(gone, Role.APPROVER, cast.province), (cast.lin, Role.APPROVER, cast.province)])
    type(gone).objects.filter(pk=gone.pk).update(is_active=False, deactivated_at=NOW)
    make.roles([(cast.shen, Role.APPROVER, cast.province)])
    province = ahead(case)[1]
    assert names(province) == ["周正"]
    assert {(each.account.name, each.why) for each in province.left_out} == {
        ("钱一帆", "recused"), ("鲁退", "inactive"), ("林秋", "four_eyes"), ("沈若溪", "own_case"),
    }  # fmt: skip


def test_a_person_without_an_account_is_told_nothing_and_the_page_says_so(cast, policy):
    case = case_at(cast, "materials")
    Notice.objects.all().delete()  # told while there was one
    type(cast.shen).objects.filter(pk=cast.shen.pk).update(person=None)
    assert ahead(case)[0].asked  # the seat was given while there was one
    Seat.objects.filter(stage__case=case).update(holder=None)
    InboxRow.objects.filter(case=case).delete()
    assert (ahead(case)[0].asked, ahead(case)[0].nobody) == ([], "no_account")


def test_departments_get_letters_and_nobody_a_line_in_the_inbox(cast):
    publish(full_policy_document(), by=cast.an)
    case = case_at(cast, "province")
    letters = next(step for step in ahead(case) if step.station.node.name == "letters")
    assert (letters.nobody, letters.asked) == ("by_letter", [])


def test_a_closed_case_tells_nobody(cast, policy):
    case = case_at(cast, "province")
    say(case, cast.zhou, "agree")
    assert ahead(case) == []


@pytest.mark.parametrize("due_in", [1, 4, 11, 25])
def test_the_days_named_are_the_days_on_which_the_sweep_reminds(cast, policy, due_in):
    make.roles([(make.account("申上", username="up"), Role.COMMITTEE_SECRETARY, cast.province)])
    case = case_at(cast, "county")
    stage = Stage.objects.get(case=case, outcome="")
    due = TODAY + timedelta(days=due_in)
    while not is_workday(due):
        due += timedelta(days=1)
    moment = opening_of(due) + timedelta(hours=15, minutes=59)
    Stage.objects.filter(pk=stage.pk).update(due_at=moment)
    InboxRow.objects.filter(seat__stage=stage).update(due_at=moment)
    said = reminding_days(due, numbers_of(case), is_workday, opened=TODAY)
    kinds = {
        "soon": "seat_due", "today": "seat_due_today", "late": "seat_overdue", "superior": "late_below",
        "escalation": "late_below_long",
    }  # fmt: skip
    swept, day = [], TODAY
    while day <= max(day for _what, day in said):
        before = set(Reminder.objects.values_list("pk", flat=True))
        remind_of("seat", opening_of(day) + timedelta(hours=2))
        remind_of("stage", opening_of(day) + timedelta(hours=2))
        new = Reminder.objects.exclude(pk__in=before).values_list("kind", flat=True).distinct()
        swept += [(kind, day) for kind in new]
        day += timedelta(days=1)
    assert sorted(swept) == sorted((kinds[what], day) for what, day in said)


def test_zero_says_never():
    never = Numbers(before=0, again=0, superior=0, escalation=0)
    assert [what for what, _day in reminding_days(TODAY, never, lambda day: True)] == ["today"]


def test_those_above_are_the_ones_the_sweep_tells(cast, policy):
    secretary = make.account("申上", username="up")
    make.roles([(secretary, Role.COMMITTEE_SECRETARY, cast.province)])
    step = ahead(case_at(cast, "county"))[0]
    assert [each.name for each in step.organizers_above] == ["韩启明"]
    assert [each.name for each in step.secretaries_above] == ["申上"]
