"""Copies for information: whom the policy names, when, and that nobody else and nobody twice gets one."""

from datetime import timedelta

import pytest

from approvals.actions.cases import withdraw_case
from approvals.audience import steps_ahead
from approvals.enums import RowKind
from approvals.models import InboxRow, Stage
from audit.models import Entry
from notifications.models import Notice
from notifications.reminding import remind_of
from organizations.enums import Role
from organizations.reminding import opening_of
from tests import factories as make
from tests.cases import case_at, policy_document, publish, say
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
COPY = "copy_for_information"


@pytest.fixture
def guide(cast):
    account = make.account("向导", username="guide", email="guide@example.com")
    make.roles([(account, Role.GUIDE, cast.branch)])
    elsewhere = make.account("别处", username="elsewhere")
    make.roles([(elsewhere, Role.GUIDE, cast.city_branch), (elsewhere, Role.LIAISON, cast.city_branch)])
    return account


def published(cast, copies: str):
    document = policy_document()
    document["choices"]["copies"] = copies
    return publish(document, by=cast.an)


def told(kind: str = COPY) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient__name", flat=True))


@pytest.mark.parametrize(
    ("copies", "names"),
    [("nobody", []), ("liaison", ["陈默"]), ("liaison_and_guides", ["向导", "陈默"])],
)
def test_the_policy_says_who_is_copied_when_something_is_asked(cast, guide, copies, names):
    published(cast, copies)
    case = case_at(cast, "materials")
    assert told() == names
    rows = InboxRow.objects.filter(case=case, kind=RowKind.READ)
    assert sorted(rows.values_list("account__name", flat=True)) == names
    entries = Entry.objects.filter(subject=case.number, verb="case.copied")
    assert [entry.facts["people"] for entry in entries] == ([len(names)] if names else [])


def test_no_other_step_copies_and_the_end_does(cast, guide):
    published(cast, "liaison_and_guides")
    case = case_at(cast, "province")
    assert told() == ["向导", "陈默"]
    say(case, cast.zhou, "agree")
    assert told() == ["向导", "向导", "陈默", "陈默"]


def test_a_withdrawn_case_and_a_return_are_copied_too_and_one_line_stands_for_one_case(cast, guide):
    published(cast, "liaison")
    case = case_at(cast, "completeness")
    say(case, cast.lin, "return", reason="请补", corrections=["照片"], goes_to="materials")
    assert told() == ["陈默", "陈默"]
    assert InboxRow.objects.filter(account=cast.chen, kind=RowKind.READ).count() == 1
    withdraw_case(case_pk=case.pk, by=cast.lin, at=NOW, reason="支部撤回")
    assert told() == ["陈默"] * 3
    assert InboxRow.objects.filter(account=cast.chen, kind=RowKind.READ).count() == 1


def test_nobody_is_copied_on_the_own_case(cast, guide):
    published(cast, "liaison")
    make.roles([(cast.shen, Role.LIAISON, cast.branch)])
    case_at(cast, "materials")
    assert told() == ["陈默"]


def test_the_copy_is_read_in_the_inbox_and_leads_to_the_case(cast, guide, client):
    published(cast, "liaison")
    case = case_at(cast, "province")
    say(case, cast.zhou, "agree")
    client.force_login(cast.chen)
    page = client.get("/inbox/read/").content.decode()
    assert "沈若溪" in page
    row = InboxRow.objects.get(account=cast.chen, kind=RowKind.READ)
    response = client.get(f"/inbox/read/{row.pk}/", follow=True)
    assert response.status_code == 200
    assert case.number in response.content.decode()


def test_the_history_tells_of_copies(cast, guide, client):
    published(cast, "liaison_and_guides")
    case = case_at(cast, "materials")
    client.force_login(cast.jian)
    page = client.get(f"/cases/{case.number}/?group=messages").content.decode()
    assert "抄送" in page


@pytest.mark.parametrize(("copies", "names"), [("nobody", []), ("liaison", ["陈默"])])
def test_reminders_of_the_person_are_copied_once_ahead_and_again_when_late(cast, guide, copies, names):
    published(cast, copies)
    case = case_at(cast, "materials")
    due = Stage.objects.get(case=case).due_at
    for hours in range(0, 24 * 20, 12):
        remind_of("copy", opening_of(TODAY) + timedelta(hours=hours + 1))
    days = sorted(Notice.objects.filter(kind="copied_due").values_list("recipient__name", flat=True))
    assert days == names
    late = Notice.objects.filter(kind="copied_overdue", created_at__gt=due)
    assert bool(late) == bool(names)
    own = Notice.objects.filter(kind__in=["copied_due", "copied_overdue"]).exclude(recipient__name="陈默")
    assert not own.exists()


def test_what_waits_at_an_office_is_not_copied(cast, guide):
    published(cast, "liaison")
    case_at(cast, "completeness")
    for days in range(20):
        remind_of("copy", opening_of(TODAY) + timedelta(days=days, hours=1))
    assert not Notice.objects.filter(kind__startswith="copied").exists()


def test_who_would_be_told_names_who_would_be_copied(cast, guide):
    published(cast, "liaison_and_guides")
    case = case_at(cast, "materials")
    step = steps_ahead(case, on=TODAY)[0]
    assert sorted(account.name for account in step.copied) == told()
