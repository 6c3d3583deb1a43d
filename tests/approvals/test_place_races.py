"""Several people change the same at one place at the same moment: one after the other, without a fault."""

from datetime import date

import pytest

from approvals.models import Case, Policy
from audit.errors import Refusal
from audit.models import Entry
from organizations.actions.closing import close_organization
from organizations.calendar_actions import ClosureUnfit, close_office
from organizations.models import Closure
from tests import factories as make
from tests.at_once import at_once
from tests.cases import INTENT, publish
from tests.cast import build_cast
from workflows.appointment_review.actions.opening import open_assignment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("at_a_place", [True, False])
def test_policies_published_at_once_have_numbers_of_their_own_and_one_holds(at_a_place):
    cast = build_cast()
    place = cast.county if at_a_place else None
    assert at_once(*[lambda: publish(organization=place, by=cast.an)] * 4) == [None] * 4
    published = Policy.objects.filter(organization=place).order_by("version")
    assert list(published.values_list("version", flat=True)) == [1, 2, 3, 4]
    assert published.get(valid_until=None).version == 4
    assert Entry.objects.filter(verb="policy.published").count() == 4


def test_a_branch_is_closed_or_a_case_is_opened_there_and_never_both():
    cast = build_cast()
    publish(by=cast.an)
    for number in range(12):
        branch = make.organization(f"第{number}读书会党支部", under=cast.county)
        person = make.person(f"何某{number}")

        def close(branch=branch) -> None:
            close_organization(organization=branch, on=make.TODAY, reason="注销登记", by=cast.xu, at=make.NOW)

        def begin(branch=branch, person=person) -> None:
            open_assignment(organization=branch, person=person, intent=INTENT, by=cast.lin, at=make.NOW)

        closing, opening = at_once(close, begin)
        assert [closing, opening].count(None) == 1, (closing, opening)
        assert isinstance(closing or opening, Refusal)
        begun = Case.objects.filter(organization=branch).exists()
        assert (branch.valid_until is None, begun) == (opening is None, opening is None)


def test_an_office_closed_twice_at_once_is_closed_once():
    cast = build_cast()

    def close() -> None:
        days = {"first_on": date(2026, 12, 7), "last_on": date(2026, 12, 9)}
        close_office(organization=cast.county, **days, reason="办公室搬迁", by=cast.xu, at=make.NOW)

    refused = [error for error in at_once(*[close] * 3) if error is not None]
    assert [type(error) for error in refused] == [ClosureUnfit, ClosureUnfit]
    assert Closure.objects.get().organization == cast.county
    assert Entry.objects.filter(verb="calendar.office_closed").count() == 1
