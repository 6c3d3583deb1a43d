"""Two people enter the same new person at once: one row, one entry, and neither reads an error."""

import pytest

from audit.models import Entry
from organizations.actions import register_person
from organizations.models import Person
from tests import factories as make
from tests.at_once import at_once

NUMBER = "110101199003078515"
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_new_person_entered_twice_at_once_is_one():
    def enter() -> None:
        register_person(name="高爱民", identity_number=NUMBER, by=None, at=make.NOW)

    assert at_once(*[enter] * 4) == [None] * 4
    assert Person.objects.filter(name="高爱民").count() == 1
    assert Entry.objects.filter(verb="person.registered").count() == 1
