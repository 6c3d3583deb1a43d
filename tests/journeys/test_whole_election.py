"""Elections on the default policies, with every step they have, by the pages alone."""

from datetime import date, timedelta

import pytest
import time_machine

from approvals.models import Case
from tests import factories as make
from tests.cases import full_policy_document
from tests.elections import publish_for_elections
from tests.journeys import rooms, visitor
from tests.journeys.rooms import step
from tests.journeys.test_elections import DEPUTY, SECRETARY, UP, at_branch, name, to_nomination
from tests.journeys.visitor import climb, decide
from workflows.notices import limits

VISIT, SITTING = date(2026, 11, 23), date(2026, 11, 24)
THREE = (SECRETARY, DEPUTY, ("deputy", "秦望"))


@pytest.fixture(autouse=True)
def now():
    limits.forget()
    with time_machine.travel(make.NOW, tick=False) as moment:
        yield moment


@pytest.fixture
def office(cast):
    publish_for_elections(cast.an, full_policy_document())
    return rooms.province_at_work(cast)


def looked_into(office, now, *cases: str, sitting: date = SITTING) -> None:
    """Ask the departments, visit and hold a meeting about all these people together."""
    letters = rooms.send_letters(office)
    rooms.answer(office["luo"], letters["南岭省公安厅"])
    rooms.answer_on_paper(office["han"], office["hezhou"], letters["南岭省高级人民法院"])
    rooms.set_up_team(office, *cases, day=now_day())
    for case in cases:
        rooms.visit(office, case, day=now_day())
    now.shift(timedelta(days=1))
    rooms.pass_meeting(office, *cases, day=now_day())


def now_day() -> date:
    from django.utils import timezone

    return timezone.localdate()


def hand_in(office, who, case: str) -> None:
    """Hand in, and let everybody up to the authority agree."""
    visitor.apply(who, case)
    climb(case, *(office[login] for login in ("lin", "lin", *UP)))


def up(office, own: str) -> None:
    """Let every Party level agree to a request or a report."""
    climb(own, *(office[login] for login in UP))


def named(office, cast, matter: str, *people: tuple[str, str]) -> dict:
    """Put people on the list, close it, and let all of them hand in and climb."""
    came = {person: name(office, cast, matter, title, person) for title, person in people}
    at_branch(office, matter, "close")
    for who, case in came.values():
        hand_in(office, who, case)
    return came


def test_a_re_election_with_three_candidates_of_whom_one_may_not_stand(cast, office, now):
    matter, own = to_nomination(office, cast, deputies="2")
    came = named(office, cast, matter, *THREE)
    cases = {person: case for person, (_who, case) in came.items()}
    looked_into(office, now, *cases.values())
    assert [step(case) for case in cases.values()] == ["standing"] * 3
    assert step(own) == "second_request"
    at_branch(office, matter, "ask_again")
    climb(own, office["gao"], office["lin"])
    line = Case.objects.get(number=cases["秦望"]).nominations.get().pk
    refused = {f"not-{line}": "on", f"why-{line}": "党龄存疑。", f"told-{line}": "入党时间需要进一步核实。"}
    decide(office["zhou"], own, "agree", **refused)
    assert {person: step(case) for person, case in cases.items()} == {
        "赵晓岚": "publication", "顾怀远": "publication", "秦望": "reply",
    }  # fmt: skip
    visitor.reply(came["秦望"][0], cases["秦望"], "请再核实一次，我的入党时间有档案为证。")
    decide(office["zhou"], cases["秦望"], "agree")
    assert step(cases["秦望"]) == "rejected"

    # On the notice: the facts of one change, an objection against the other is upheld.
    notice = rooms.put_up(office, cases["赵晓岚"], cases["顾怀远"])
    code = rooms.object_to(notice, "顾怀远", "顾怀远在外单位兼职取酬未报告。")
    rooms.after_notice(office, cases["赵晓岚"], "change", reason="学历栏应为研究生。")
    assert step(cases["赵晓岚"]) == "publication"
    rooms.put_up(office, cases["赵晓岚"])
    rooms.settle_objection(office, "顾怀远", "influences")
    assert "已经核实" in rooms.outcome(code)
    now.move_to(make.NOW + timedelta(days=14))
    rooms.after_notice(office, cases["顾怀远"], status=422)
    rooms.after_notice(office, cases["顾怀远"], "refuse", reason_for_person="任职条件有待进一步核实。")
    rooms.after_notice(office, cases["赵晓岚"])
    assert (step(cases["顾怀远"]), step(cases["赵晓岚"])) == ("reply", "ballot")
    visitor.reply(came["顾怀远"][0], cases["顾怀远"], "兼职已经按规定报告，请核实。")
    print(step(own), {p: step(c) for p, c in cases.items()})
    visitor.seat_of
