"""Elections on the default policies, with every step they have, by the pages alone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from approvals.models import Case
from organizations.models import Post
from tests.cases import full_policy_document
from tests.elections import identity_number, publish_for_elections, vetted
from tests.journeys import rooms, visitor
from tests.journeys.rooms import sound, step
from tests.journeys.test_elections import COUNT, DEPUTY, SECRETARY, UP, at_branch, name, to_nomination, vet, votes
from tests.journeys.visitor import climb, decide

pytestmark = pytest.mark.usefixtures("now")

THREE = (SECRETARY, DEPUTY, ("deputy", "秦望"))


@pytest.fixture
def office(cast):
    publish_for_elections(cast.an, full_policy_document())
    return rooms.province_at_work(cast)


def looked_into(office, now, *cases: str) -> None:
    """Ask the departments, visit and hold a meeting about all these people together, within two days."""
    letters = rooms.send_letters(office)
    rooms.answer(office["luo"], letters["南岭省公安厅"])
    rooms.answer_on_paper(office["han"], office["hezhou"], letters["南岭省高级人民法院"])
    rooms.set_up_team(office, *cases, day=localdate())
    for case in cases:
        rooms.visit(office, case, day=localdate())
    now.shift(timedelta(days=1))
    rooms.pass_meeting(office, *cases, day=localdate())


def up(office, own: str) -> None:
    """Let every Party level agree to a request or a report."""
    climb(own, *(office[login] for login in UP))


def named(office, cast, matter: str, *people: tuple[str, ...], by_pages: int = 0) -> dict:
    """Put people on the list, close it, and let all of them hand in and climb; some of them with every field typed."""
    came = {person: name(office, cast, matter, title, person, *rest) for title, person, *rest in people}
    at_branch(office, matter, "close")
    for place, (who, case) in enumerate(came.values()):
        if place < by_pages:
            vet(office, who, case)
        else:
            found = Case.objects.get(number=case)
            vetted(found, found.account, cast, at=timezone.now())
    return came


def cleared(office, now, *cases: str) -> None:
    """Put up a notice for these people and clear them after its days."""
    rooms.put_up(office, *cases)
    now.shift(timedelta(days=8))
    for case in cases:
        rooms.after_notice(office, case)


def steps(came: dict) -> dict[str, str]:
    return {person: step(case) for person, (_who, case) in came.items()}


def test_a_re_election_in_which_one_may_not_stand_one_is_objected_to_and_one_notice_changes(cast, office, now):
    matter, own = to_nomination(office, cast, deputies="2")
    came = named(office, cast, matter, *THREE, by_pages=1)
    cases = {person: case for person, (_who, case) in came.items()}
    looked_into(office, now, *cases.values())
    assert (steps(came), step(own)) == (dict.fromkeys(cases, "standing"), "second_request")
    at_branch(office, matter, "ask_again")
    climb(own, office["gao"], office["lin"])
    line = Case.objects.get(number=cases["秦望"]).nominations.get().pk
    refused = {f"not-{line}": "on", f"why-{line}": "党龄存疑。", f"told-{line}": "入党时间需要进一步核实。"}
    decide(office["zhou"], own, "agree", **refused)
    assert steps(came) == {"赵晓岚": "publication", "顾怀远": "publication", "秦望": "reply"}
    visitor.reply(came["秦望"][0], cases["秦望"], "请再核实一次，我的入党时间有档案为证。")
    decide(office["zhou"], cases["秦望"], "agree")

    # On the notice: the facts of one change, an objection against the other is upheld.
    notice = rooms.put_up(office, cases["赵晓岚"], cases["顾怀远"])
    code = rooms.object_to(notice, "顾怀远", "顾怀远在外单位兼职取酬未报告。")
    rooms.after_notice(office, cases["赵晓岚"], "change", reason="学历栏应为研究生。")
    assert step(cases["赵晓岚"]) == "publication"
    rooms.put_up(office, cases["赵晓岚"])
    rooms.settle_objection(office, "顾怀远", "influences")
    assert "已经核实" in rooms.outcome(code)
    now.shift(timedelta(days=14))
    rooms.after_notice(office, cases["顾怀远"], status=422)
    rooms.after_notice(office, cases["顾怀远"], "refuse", reason_for_person="任职条件有待进一步核实。")
    rooms.after_notice(office, cases["赵晓岚"])
    visitor.reply(came["顾怀远"][0], cases["顾怀远"], "兼职已经按规定报告，请核实。")
    office["cheng"].open("/inbox/")
    decide(office["cheng"], cases["顾怀远"], "agree")
    assert steps(came) == {"赵晓岚": "ballot", "顾怀远": "rejected", "秦望": "rejected"}

    # Too few are left: others are named, while the one who may stand already waits for them.
    assert step(own) == "nomination"
    others = named(office, cast, matter, ("deputy", "唐以珩"), ("deputy", "凌霜"))
    looked_into(office, now, *(case for _who, case in others.values()))
    assert (step(own), step(cases["赵晓岚"])) == ("second_request", "ballot")
    at_branch(office, matter, "ask_again")
    up(office, own)
    assert step(cases["赵晓岚"]) == "ballot"
    cleared(office, now, *(case for _who, case in others.values()))
    assert step(own) == "election"
    at_branch(office, matter, "count", **COUNT, held_on=f"{localdate()}", **votes(matter))
    at_branch(office, matter, "report")
    up(office, own)
    assert (step(own), steps(others), step(cases["赵晓岚"])) == ("done", dict.fromkeys(others, "done"), "done")
    held = Post.objects.filter(organization=cast.branch, ended_on=None).order_by("title", "pk")
    assert sorted((post.person.name, post.title, post.source) for post in held) == [
        ("凌霜", "deputy", "elected"), ("唐以珩", "deputy", "elected"), ("赵晓岚", "secretary", "elected"),
    ]  # fmt: skip
    who, case = came["赵晓岚"]
    assert "同意" in who.open(f"/my/{case}/").text
    for person in ("顾怀远", "秦望"):
        text = came[person][0].open(f"/my/{cases[person]}/").text
        assert ("决定：不同意" in text, "兼职取酬" in text) == (True, False)
    told = " ".join(visitor.history(office["jian"], own, "all"))
    assert "第 1 次计票" in told
    sound(matter)


def test_a_by_election_that_fails_first_and_then_elects_somebody_nobody_vetted(cast, office, now):
    matter, own = to_nomination(office, cast, kind="by_election", deputies="0")
    came = named(office, cast, matter, SECRETARY)
    person, case = came["赵晓岚"]
    looked_into(office, now, case)
    at_branch(office, matter, "ask_again")
    up(office, own)
    cleared(office, now, case)
    few = COUNT | {"present": "4", "issued": "4", "returned": "4", "valid": "4", "held_on": f"{localdate()}"}
    assert "未达到法定人数" in at_branch(office, matter, "count", **few, **votes(matter, 赵晓岚=(4, 0, 0))).text
    assert (step(own), step(case)) == ("election", "ballot")
    now.shift(timedelta(days=7))
    written = {"in-title-0": "secretary", "in-name-0": "秦望", "in-number-0": identity_number(), "in-yes-0": "4"}
    written["held_on"] = f"{localdate()}"
    at_branch(office, matter, "count", **COUNT, **votes(matter, 赵晓岚=(2, 4, 0)), **written)
    assert (step(own), step(case)) == ("late_vetting", "not_elected")
    assert "未当选" in person.open(f"/my/{case}/").text
    late = Case.objects.get(matter__number=matter, subject__name="秦望")
    vetted(late, late.account, cast, at=timezone.now())
    looked_into(office, now, late.number)
    assert not Post.objects.filter(person=late.subject).exists()
    cleared(office, now, late.number)
    assert (step(own), step(late.number)) == ("report", "ballot")
    at_branch(office, matter, "report")
    up(office, own)
    assert (step(own), step(late.number)) == ("done", "done")
    post = Post.objects.get(organization=cast.branch, ended_on=None)
    assert (post.person.name, post.title, post.source) == ("秦望", "secretary", "elected")
    assert "秦望" in office["lin"].open(f"/organizations/{cast.branch.code}/").text
    told = " ".join(visitor.history(office["jian"], own, "all"))
    assert ("第 1 次计票" in told, "第 2 次计票" in told) == (True, True)
    sound(matter)
