"""The calendar to subscribe to: counts by day, behind a secret that can be ended."""

from datetime import date

import pytest
from django.urls import reverse

from approvals.inbox import due_days
from notifications import feeds
from notifications.models import Feed
from tests import factories as make
from tests.cases import case_at

pytestmark = pytest.mark.django_db
FEED = reverse("notifications:feed")


def test_it_counts_by_day_and_names_nobody(cast, policy):
    case = case_at(cast, "county")
    assert due_days(cast.lin, make.TODAY) == {date(2026, 11, 30): 1}
    text = feeds.calendar_of(cast.lin, on=make.TODAY, at=make.NOW)
    assert "SUMMARY:1 件待办到期\r\n" in text
    assert "DTSTART;VALUE=DATE:20261130\r\n" in text
    assert "DTSTAMP:20261123T020000Z\r\n" in text
    for personal in (case.subject_name, case.number, cast.lin.name, "inbox"):
        assert personal not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert feeds.calendar_of(cast.lin, on=make.TODAY, at=make.NOW) == text
    assert "VEVENT" not in feeds.calendar_of(cast.wu, on=make.TODAY, at=make.NOW)


def test_long_lines_are_folded_at_whole_signs():
    assert feeds._folded("考" * 50) == ["考" * 25, " " + "考" * 24, " 考"]


def test_one_makes_an_address_reads_it_without_signing_in_and_ends_it(cast, client):
    client.force_login(cast.lin)
    assert "您还没有日历地址" in client.get(FEED).content.decode()
    address = client.post(FEED).context["address"]
    path = address.removeprefix("http://localhost:8000")
    assert path.rpartition("/")[2].removesuffix(".ics") not in str(Feed.objects.values())
    assert address not in client.get(FEED).content.decode()
    client.logout()
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "no-store" in answer["Cache-Control"]
    client.force_login(cast.lin)
    again = client.post(FEED).context["address"].removeprefix("http://localhost:8000")
    assert (client.get(path).status_code, client.get(again).status_code) == (404, 200)
    client.post(reverse("notifications:end_feed"))
    assert client.get(again).status_code == 404


def test_who_was_deactivated_has_no_calendar(cast, client, at):
    token = feeds.make_feed(account=cast.lin, at=at)
    type(cast.lin).objects.filter(pk=cast.lin.pk).update(is_active=False, deactivated_at=at)
    assert client.get(reverse("notifications:calendar", args=[token])).status_code == 404
