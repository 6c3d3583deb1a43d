"""What the tests of the tracks share: a serving secretary, a case that climbs, one that was refused."""

from datetime import date, datetime, timedelta

from approvals.models import Case
from organizations.models import Post
from tests import factories as make
from tests.cases import case_at, fresh, say
from workflows.appointment_review.actions.opening import open_acting

REASON = "因工作需要，经研究提出。"


def days(count: int) -> datetime:
    return make.NOW + timedelta(days=count)


def serving(cast, *, due_on: date | None = date(2026, 12, 1)) -> Post:
    """Make Shen the serving secretary of her branch."""
    return make.post(cast.shen_person, cast.branch, due_on=due_on)


def climb(case: Case, cast, *, at: datetime = make.NOW) -> Case:
    for who in (cast.gao, cast.lin, cast.zhou):
        say(case, who, "agree", at=at)
    return fresh(case)


def refused_by_the_county(cast) -> Case:
    case = case_at(cast, "county")
    say(case, cast.lin, "refuse")
    say(case, cast.shen, "hand_in")
    say(case, cast.feng, "agree")
    return fresh(case)


def acting(cast, until_on: date, *, at: datetime = make.NOW) -> Case:
    return open_acting(
        organization=cast.branch, person=cast.shen_person, until_on=until_on, reason=REASON, by=cast.lin, at=at
    )
