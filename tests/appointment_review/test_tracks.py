"""The tracks besides the straight one: removal, acting, extension."""

from datetime import date, timedelta

import pytest

from approvals.actions.upkeep import close_due_stages
from approvals.models import Case, Stage
from organizations.actions.posts import NothingToExtend
from organizations.models import Post, TermExtension
from tests import factories as make
from tests.appointment_review.tracks import REASON, acting, climb, days, serving
from tests.approvals.rebuilt import differences
from tests.approvals.test_decisions import holders
from tests.cases import case_at, fresh, say
from workflows.appointment_review.actions.opening import (
    open_extension,
    open_removal,
)
from workflows.appointment_review.errors import (
    ActingNotExtended,
    ActingTooLong,
    ExtensionTooLong,
    NoSuchPost,
    PostAlreadyFilled,
    TermEndsTooEarly,
    TermOverBeforeDecision,
)
from workflows.appointment_review.models import OfficialDocument

# Removal


def test_whoever_is_removed_is_heard_first_and_leaves_the_post_vacant(cast, policy):
    post = serving(cast)
    case = open_removal(post=post, reason=REASON, by=cast.lin, at=make.NOW)
    assert (fresh(case).step, holders(case)) == ("hearing", ["沈若溪"])
    say(case, cast.shen, "hand_in")
    assert climb(case, cast).state == "done"
    post.refresh_from_db()
    assert (post.ended_on, post.end) == (make.TODAY, "removed")
    assert not Post.objects.filter(organization=cast.branch, ended_on=None).exists()
    assert OfficialDocument.objects.get(case=case).kind == "removal"
    assert cast.shen_person.obligations.count() == 0
    assert differences(fresh(case)) == []


def test_a_hearing_nobody_uses_ends_by_itself(cast, policy):
    case = open_removal(post=serving(cast), reason=REASON, by=cast.lin, at=make.NOW)
    hearing = Stage.objects.get(case=case, step="hearing")
    assert close_due_stages(hearing.closes_at) == 1
    assert fresh(case).step == "party_levels"
    assert holders(case) == ["高远"]


def test_a_removal_that_is_refused_leaves_the_post_as_it_was(cast, policy):
    post = serving(cast)
    case = open_removal(post=post, reason=REASON, by=cast.lin, at=make.NOW)
    say(case, cast.shen, "hand_in")
    say(case, cast.gao, "refuse")
    post.refresh_from_db()
    assert (fresh(case).state, post.ended_on) == ("rejected", None)


def test_a_post_that_was_ended_is_neither_ended_again_nor_extended(cast, policy):
    post = make.post(cast.shen_person, cast.branch, ended_on=date(2026, 1, 1), end="resigned", due_on=date(2026, 12, 1))
    with pytest.raises(NoSuchPost):
        open_removal(post=post, reason=REASON, by=cast.lin, at=make.NOW)
    with pytest.raises(NoSuchPost):
        open_extension(post=post, until_on=date(2027, 1, 1), reason=REASON, by=cast.lin, at=make.NOW)
    assert Case.objects.count() == 0


# Acting secretary


def test_an_acting_secretary_is_recorded_as_acting_and_leaves_when_a_secretary_comes(cast, policy):
    case = acting(cast, date(2027, 3, 1))
    say(case, cast.lin, "agree")
    assert climb(case, cast).state == "done"
    post = Post.objects.get(organization=cast.branch, ended_on=None)
    assert (post.source, post.started_on, post.due_on, post.is_first) == (
        "acting", make.TODAY, date(2027, 3, 1), False,
    )  # fmt: skip
    assert cast.shen_person.obligations.count() == 0
    case = case_at(cast, "province")
    say(case, cast.zhou, "agree")
    post.refresh_from_db()
    assert (post.ended_on, post.end) == (date(2026, 12, 1), "term_over")
    assert Post.objects.get(organization=cast.branch, ended_on=None).source == "assigned"


def test_acting_is_for_half_a_year_at_most(cast, policy):
    with pytest.raises(ActingTooLong) as refusal:
        acting(cast, date(2027, 5, 26))
    assert refusal.value.facts["latest"] == date(2027, 5, 25)
    assert acting(cast, date(2027, 5, 25)).state == "open"


def test_acting_is_neither_extended_nor_begun_anew_without_end(cast, policy):
    post = make.post(cast.ma_person, cast.branch, source="acting", due_on=date(2026, 12, 1))
    Post.objects.filter(pk=post.pk).update(started_on=date(2026, 8, 23))
    post.refresh_from_db()
    with pytest.raises(ActingNotExtended, match=cast.ma_person.name):
        extension(post, cast, date(2027, 3, 1))
    with pytest.raises(ActingTooLong) as refusal:  # half a year from the first day somebody acted
        acting(cast, date(2027, 3, 1))
    assert refusal.value.facts["latest"] == date(2027, 2, 22)
    assert acting(cast, date(2027, 2, 22)).state == "open"


def test_acting_ends_after_it_begins(cast, policy):
    with pytest.raises(TermEndsTooEarly):
        acting(cast, make.TODAY)


def test_nobody_acts_beside_a_secretary_unless_a_removal_is_under_way(cast, policy):
    post = make.post(cast.ma_person, cast.branch, due_on=date(2026, 12, 1))
    with pytest.raises(PostAlreadyFilled):
        acting(cast, date(2027, 3, 1))
    open_removal(post=post, reason=REASON, by=cast.lin, at=make.NOW)
    assert acting(cast, date(2027, 3, 1)).state == "open"


def test_a_term_that_ran_out_while_it_was_decided_is_not_recorded(cast, policy):
    case = acting(cast, make.TODAY + timedelta(days=5))
    say(case, cast.lin, "agree")
    for who in (cast.gao, cast.lin):
        say(case, who, "agree")
    with pytest.raises(TermOverBeforeDecision):
        say(case, cast.zhou, "agree", at=days(5))
    assert fresh(case).state == "open"
    assert differences(fresh(case)) == []


# Extension


def extension(post: Post, cast, until_on: date) -> Case:
    return open_extension(post=post, until_on=until_on, reason=REASON, by=cast.lin, at=make.NOW)


def test_an_extension_moves_the_end_of_the_term_and_keeps_the_old_one(cast, policy):
    post = serving(cast)
    case = extension(post, cast, date(2027, 6, 1))
    assert climb(case, cast).state == "done"
    kept = TermExtension.objects.get(post=post)
    post.refresh_from_db()
    assert (kept.was_due_on, kept.until_on, post.due_on) == (date(2026, 12, 1), date(2027, 6, 1), date(2027, 6, 1))
    assert (kept.case_number, kept.document_number) == (case.number, OfficialDocument.objects.get(case=case).number)


def test_a_term_is_extended_by_a_year_in_all_not_by_a_year_each_time(cast, policy):
    post = serving(cast)
    with pytest.raises(ExtensionTooLong):
        extension(post, cast, date(2027, 12, 2))
    climb(extension(post, cast, date(2027, 6, 1)), cast)
    post.refresh_from_db()
    with pytest.raises(ExtensionTooLong) as refusal:
        extension(post, cast, date(2028, 5, 1))
    assert refusal.value.facts["latest"] == date(2027, 12, 1)
    assert extension(post, cast, date(2027, 12, 1)).state == "open"


@pytest.mark.parametrize("due_on", [None, date(2026, 12, 1)])
def test_only_a_known_term_is_extended_and_to_a_later_day(cast, policy, due_on):
    with pytest.raises(NothingToExtend):
        extension(serving(cast, due_on=due_on), cast, date(2026, 12, 1))
