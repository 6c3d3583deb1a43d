"""Reminding of terms and of what is owed after an appointment; a backlog is no flood."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from notifications.models import Notice, Outbox, Reminder
from notifications.reminding import remind_of
from organizations.enums import ObligationKind, Role
from organizations.models import Obligation, PartyOrganization, Post
from tests import factories as make

HERE = ZoneInfo("Asia/Shanghai")
pytestmark = pytest.mark.django_db


def on(month: int, day: int, hour: int = 9, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=HERE)


def told(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient__name", flat=True))


@pytest.fixture
def term(cast):
    """Give a term that ends on the last day of June, entered long ago, with a liaison officer beside it."""
    Post.objects.all().delete()
    secretary = make.person("祝东篱")
    make.account("祝东篱", username="zhudl", person=secretary)
    place = make.organization("海珠湾棋院党支部", under=cast.county)
    liaison = make.account("温岚", username="wenl")
    make.assign(liaison, Role.LIAISON, place)
    return make.post(secretary, place, due_on=date(2026, 6, 30), recorded_at=on(1, 1, year=2025))


def test_a_term_is_told_four_times_before_its_end_and_a_sweep_that_slept_tells_the_last_only(term):
    days = [(1, 1), (1, 2), (3, 1), (5, 1), (5, 31), (6, 1)]
    found = [remind_of("organization", on(*day)) for day in days]
    assert found == [2, 0, 0, 2, 2, 0]
    assert told("term_due") == sorted(["祝东篱", "温岚"] * 3)
    due = Reminder.objects.order_by("due_at").values_list("due_at", flat=True).distinct()
    assert list(due) == [on(1, 1, 8), on(5, 1, 8), on(5, 31, 8)]


def test_after_the_end_every_thirty_days_and_the_organizer_above(term):
    assert remind_of("organization", on(6, 30)) == 2  # the reminder of the 31st of May, made up for
    assert remind_of("organization", on(7, 1)) == 2
    assert remind_of("organization", on(7, 2)) == 0
    assert remind_of("organization", on(7, 30)) == 1
    assert told("term_late_below") == ["林秋"]
    assert remind_of("organization", on(7, 31)) == 2
    assert told("term_overdue") == sorted(["祝东篱", "温岚"] * 2)


def test_a_ledger_full_of_expired_terms_sends_nothing(term):
    Post.objects.update(recorded_at=on(11, 23, 10))
    assert [remind_of("organization", on(11, 23, hour)) for hour in (11, 23)] == [0, 0]
    assert not Notice.objects.exists()
    assert not Outbox.objects.exists()


def test_terms_that_were_over_before_the_go_live_day_are_a_list_and_no_letters(term):
    PartyOrganization.objects.filter(pk=term.organization_id).update(go_live_on=date(2026, 7, 1))
    assert remind_of("organization", on(9, 1)) == 0
    PartyOrganization.objects.filter(pk=term.organization_id).update(go_live_on=date(2026, 6, 1))
    assert remind_of("organization", on(9, 1)) == 3


def test_a_branch_without_a_go_live_day_waits_for_the_one_of_its_nearest_superior(term, cast):
    PartyOrganization.objects.filter(pk=cast.county.pk).update(go_live_on=date(2026, 7, 1))
    PartyOrganization.objects.filter(pk=cast.province.pk).update(go_live_on=date(2026, 1, 1))
    assert remind_of("organization", on(9, 1)) == 0
    PartyOrganization.objects.filter(pk=term.organization_id).update(go_live_on=date(2026, 6, 1))
    assert remind_of("organization", on(9, 1)) == 3


def test_the_day_of_a_superior_that_is_over_holds_nothing_back(term, cast):
    PartyOrganization.objects.filter(pk=cast.county.pk).update(go_live_on=date(2026, 1, 1))
    PartyOrganization.objects.filter(pk=cast.province.pk).update(go_live_on=date(2027, 1, 1))
    assert remind_of("organization", on(9, 1)) == 3


def test_who_was_renewed_meanwhile_is_left_alone(term):
    Post.objects.update(ended_on=date(2026, 5, 1), end="term_over")
    assert remind_of("organization", on(5, 31)) == 0


def test_what_is_owed_is_told_to_who_owes_it_and_a_talk_to_who_holds_it(term):
    for kind in (ObligationKind.TALK, ObligationKind.INDUCTION):
        Obligation.objects.create(
            person=term.person, organization=term.organization, kind=kind, opened_on=date(2026, 2, 1),
            due_on=date(2026, 3, 10),
        )  # fmt: skip
    assert remind_of("obligation", on(3, 2)) == 0
    assert remind_of("obligation", on(3, 3)) == 3
    assert (told("obligation_due"), told("talk_owed")) == (["祝东篱", "祝东篱"], ["林秋"])
    Obligation.objects.filter(kind=ObligationKind.TALK).update(done_on=date(2026, 3, 5))
    assert remind_of("obligation", on(3, 10)) == 1
    assert remind_of("obligation", on(3, 11)) == 1
    assert told("obligation_overdue") == ["祝东篱"]
    assert remind_of("obligation", on(3, 11)) == 0
