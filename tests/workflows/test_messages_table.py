"""The table of all messages is true: each kind is told by code, to those whom real acts tell, and to nobody else."""

import ast
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings

from notifications.audience import To
from notifications.messages import KINDS
from notifications.models import Notice
from notifications.reminding import remind_of
from organizations.enums import Role
from organizations.reminding import opening_of
from tests import factories as make
from tests.cases import case_at, policy_document, publish, say
from tests.told_truth import RELATIONS, named_by
from workflows.telling.table import choices, rows_by_group

pytestmark = pytest.mark.django_db
ROOMS = ("workflows", "approvals", "organizations", "notifications")
# Where kinds are declared and worded by count; being named there is not being told.
NOT_TOLD_BY = {"notifications/messages.py", "notifications/digest_lines.py"}
# What the acts below have to tell.
TOLD_HERE = (
    "seat_opened", "seat_due", "seat_due_today", "seat_overdue", "late_below", "late_below_long", "case_returned",
    "case_accepted", "right_of_reply", "reassurance_received", "copy_for_information", "copied_due", "copied_overdue",
)  # fmt: skip


def words_in_code() -> Iterator[str]:
    """Give every text that stands in the code, but where kinds are registered."""
    for room in ROOMS:
        for path in (settings.BASE_DIR / room).rglob("*.py"):
            if str(path.relative_to(settings.BASE_DIR)) in NOT_TOLD_BY or "migrations" in path.parts:
                continue
            tree = ast.parse(path.read_text(encoding="utf-8"))
            declared = {
                id(call.args[0])
                for call in ast.walk(tree)
                if isinstance(call, ast.Call) and call.args and "register" in ast.unparse(call.func)
            }
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in declared:
                    yield node.value


def test_every_kind_says_whom_it_goes_to_and_every_relation_can_be_asked():
    assert [name for name, kind in KINDS.items() if not kind.told] == []
    assert set(RELATIONS) == set(To)
    assert {to for kind in KINDS.values() for to in kind.told} == set(To)


def test_every_kind_is_told_by_code():
    assert sorted(set(KINDS) - set(words_in_code()) - {"digest"}) == []


def really_told(kind: str) -> set[To]:
    """Say which of the declared relations the readers of a kind really had."""
    return {to for told in Notice.objects.filter(kind=kind).select_related("recipient") for to in named_by(told)}


@pytest.fixture
def acts(cast) -> None:
    """Let a case run its course with a return, reminders and those above; and another one be refused."""
    document = policy_document()
    document["choices"]["copies"] = "liaison_and_guides"
    publish(document, by=cast.an)
    make.roles([
        (make.account("向导", username="guide"), Role.GUIDE, cast.branch),
        (make.account("申上", username="up"), Role.COMMITTEE_SECRETARY, cast.province),
    ])  # fmt: skip
    case = case_at(cast, "completeness")
    say(case, cast.lin, "return", reason="请补", corrections=["照片"], goes_to="materials")
    stage = case.stages.get(outcome="")
    sweep_until_late(stage.due_at)
    say(case, cast.shen, "hand_in")
    sweep_until_late(case.stages.get(outcome="").due_at)
    for who, verb in (("lin", "agree"), ("lin", "agree"), ("gao", "agree"), ("lin", "agree"), ("zhou", "refuse")):
        say(case, getattr(cast, who), verb)


def sweep_until_late(due_at) -> None:
    """Sweep each day around a due moment, until those above are told."""
    for days in range(-4, 22):
        moment = opening_of(due_at.date()) + timedelta(days=days)
        for subject in ("seat", "copy", "stage"):
            remind_of(subject, moment)


def test_whom_the_table_names_is_whom_the_acts_tell(acts):
    assert {kind: really_told(kind) for kind in TOLD_HERE} == {kind: set(KINDS[kind].told) for kind in TOLD_HERE}


@pytest.mark.parametrize(("who", "status"), [("xu", 200), ("an", 200), ("jian", 200), ("lin", 403), ("shen", 403)])
def test_administrators_read_it(cast, client, who, status):
    client.force_login(getattr(cast, who))
    assert client.get("/messages/").status_code == status


def test_it_is_filtered_by_whom_messages_go_to(cast, client):
    client.force_login(cast.xu)
    page = client.get("/messages/?to=auditor").content.decode()
    assert "有人查看了" in page
    assert "您有 1 件待办" not in page
    assert "您有 1 件待办" in client.get("/messages/?to=nonsense").content.decode()


def test_it_says_of_what_is_urgent_and_of_nothing_else_that_a_text_message_comes(cast):
    rows = {row.subject: row for _name, rows in rows_by_group() for row in rows}
    for kind in KINDS.values():
        row = rows[str(kind.subject).replace("{n}", "…").replace("{code}", "…").replace("{minutes}", "…")]
        assert ("已确认的手机" in row.channels) == kind.urgent
        assert ("紧急" in row.usually) == kind.urgent
    assert {str(kind.subject) for kind in KINDS.values() if kind.urgent} == {
        "您有 1 件待办今日到期", "您所辖范围有 1 件事项长期逾期",
    }  # fmt: skip


def test_every_kind_stands_in_it_once():
    assert sum(len(rows) for _name, rows in rows_by_group()) == len(KINDS)
    for value, _label in choices():
        assert rows_by_group(to=value)
