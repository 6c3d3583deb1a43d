"""The history of a matter's own path: no person is in it, and its people's cases lead to it and back."""

from datetime import date, timedelta

import pytest
import time_machine
import yaml
from django.urls import reverse

from approvals.actions.cases import open_case, open_matter
from approvals.actions.policies import publish_policy
from tests import factories as make
from tests.cases import new_case
from workflows.appointment_review.matter_flow import ElectionFlow
from workflows.appointment_review.setup import DEFAULTS


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(make.NOW + timedelta(hours=2), tick=False):
        yield


@pytest.fixture
def own(cast, policy):
    """Open an election of the branch, without anybody in it."""
    document = yaml.safe_load(DEFAULTS[ElectionFlow].read_text(encoding="utf-8"))
    day = date(2026, 1, 1)
    publish_policy(document=document, flow=ElectionFlow, organization=None, valid_from=day, by=cast.an, at=make.NOW)
    title = "晨光社工党支部换届选举"
    facts = {"organization": cast.branch, "by": cast.lin, "at": make.NOW}
    matter = open_matter(kind="election", number="SX-2026-1", title=title, **facts)
    case = {"flow": ElectionFlow, "matter": matter, "number": "HJ-2026-1", "track": "election", "subject": None}
    return open_case(**case, by=cast.lin, at=make.NOW)


def page(client, who, name, case):
    client.force_login(who)
    return client.get(reverse(f"workflows:{name}", args=[case.number]), {"group": "all"} if "y" in name else {})


def test_the_path_of_a_matter_is_told_without_a_person(cast, own, client):
    told = page(client, cast.jian, "case_history", own).content.decode()
    for words in ("晨光社工党支部换届选举", "换届请示", "酝酿推荐", "记录完整，没有改动", "启动"):
        assert words in told
    assert "None" not in told
    assert "本人" not in told


def test_it_is_drawn_checked_exported_and_listed(cast, own, client):
    drawn = page(client, cast.jian, "case_chart", own).content.decode()
    assert drawn.count("is-current") == 1
    assert client.post(reverse("workflows:case_check", args=[own.number])).status_code == 302
    assert b"case:HJ-2026-1" in client.post(reverse("workflows:case_export", args=[own.number])).content
    listed = client.get(reverse("workflows:cases"), {"q": "晨光"}).content.decode()
    assert own.number in listed
    assert "晨光社工党支部换届选举" in listed


def test_a_persons_case_leads_to_its_matter_and_back(cast, own, client):
    person = new_case(cast)
    type(own).objects.filter(pk=person.pk).update(matter=own.matter)
    assert f"/cases/{own.number}/" in page(client, cast.jian, "case_history", person).content.decode()
    assert f"/cases/{person.number}/" in page(client, cast.jian, "case_history", own).content.decode()


def test_nobody_is_led_to_his_own_case(cast, own, client):
    person = new_case(cast)
    type(own).objects.filter(pk=person.pk).update(matter=own.matter)
    reader = make.account("沈若溪", person=None)
    make.assign(reader, "auditor", cast.province)
    type(reader).objects.filter(pk=cast.shen.pk).update(person=None)
    type(reader).objects.filter(pk=reader.pk).update(person=cast.shen_person)
    told = page(client, type(reader).objects.get(pk=reader.pk), "case_history", own)
    assert told.status_code == 200
    assert person.number not in told.content.decode()
