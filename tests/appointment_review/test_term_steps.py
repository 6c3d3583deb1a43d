"""The term board says what is under way, to those who may see it."""

from tests.cases import new_case
from workflows.appointment_review.term_steps import steps_of


def test_the_board_names_who_is_being_reviewed_and_leads_to_the_matter(cast, policy):
    case = new_case(cast)
    step = steps_of([cast.branch.pk, cast.city_branch.pk], cast.lin)
    assert {place: (told.words, told.url) for place, told in step.items()} == {
        cast.branch.pk: ("正在考察沈若溪", f"/matters/{case.matter.number}/")
    }


def test_who_may_not_see_the_case_is_told_nothing(cast, policy):
    new_case(cast)
    assert steps_of([cast.branch.pk], cast.mei) == {}
