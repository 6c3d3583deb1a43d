"""Who may stand withdraws before the vote: the branch goes back, names somebody else, and everybody goes on together.

Letters, investigation and meeting are left out of this policy; ``test_whole_election.py`` walks them.
"""

import pytest
from django.utils.timezone import localdate

from organizations.models import Post
from tests.elections import publish_for_elections
from tests.journeys import rooms, visitor
from tests.journeys.brought import up
from tests.journeys.rooms import sound, step
from tests.journeys.test_elections import COUNT, DEPUTY, SECRETARY, at_branch, to_nomination, votes
from tests.journeys.test_whole_election import cleared, named, steps
from tests.journeys.visitor import climb, decide
from tests.notices.notices import notice_policy

pytestmark = pytest.mark.usefixtures("now")


@pytest.fixture
def office(cast):
    publish_for_elections(cast.an, notice_policy())
    return rooms.province_at_work(cast)


def test_somebody_who_may_stand_withdraws_before_the_vote_and_another_is_named(cast, office, now):
    matter, own = to_nomination(office, cast)
    came = named(office, cast, matter, SECRETARY, DEPUTY)
    cases = {person: case for person, (_who, case) in came.items()}
    at_branch(office, matter, "ask_again")
    up(cast, own)
    cleared(office, now, *cases.values())
    visitor.withdraw_self(came["顾怀远"][0], cases["顾怀远"], "工作调动，不再参加选举。")
    assert (step(own), steps(came)) == ("election", {"赵晓岚": "ballot", "顾怀远": "withdrawn"})
    page = office["chen"].open(f"/matters/{matter}/election/")
    assert "这一职务已没有候选人" in page.text
    assert "请" in at_branch(office, matter, "others", status=422, reason=" ").text
    at_branch(office, matter, "others", reason="候选人因工作调动退出，另行提名。")
    assert (step(own), step(cases["赵晓岚"])) == ("nomination", "ballot")
    other = named(office, cast, matter, ("deputy", "唐以珩"))
    (case,) = [number for _who, number in other.values()]
    assert step(own) == "second_request"
    at_branch(office, matter, "ask_again")
    climb(own, office["gao"], office["lin"])
    page = visitor.seat_of(office["zhou"], own)
    assert ("唐以珩" in page.text, step(cases["赵晓岚"])) == (True, "ballot")
    decide(office["zhou"], own, "agree")
    cleared(office, now, case)
    at_branch(office, matter, "count", **COUNT, held_on=f"{localdate()}", **votes(matter))
    at_branch(office, matter, "report")
    up(cast, own)
    assert (step(own), steps(came), step(case)) == ("done", {"赵晓岚": "done", "顾怀远": "withdrawn"}, "done")
    held = Post.objects.filter(organization=cast.branch, ended_on=None).order_by("title")
    assert [(post.person.name, post.title) for post in held] == [("唐以珩", "deputy"), ("赵晓岚", "secretary")]
    told = " ".join(visitor.history(office["jian"], own, "all"))
    assert "陈默在“选举”退回" in told
    sound(matter)
