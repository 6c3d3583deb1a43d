"""Policies: read in words, checked line by line, published by the right people, never changed."""

from datetime import date, timedelta

import pytest
import yaml
from django.urls import reverse

from approvals import policy_text
from approvals.actions.policies import PolicyTooEarly, publish_policy
from approvals.errors import NotEntitled, PolicyInvalid
from approvals.models import Policy
from audit.models import Entry
from tests import factories as make
from tests.cases import DEFAULT_POLICY, policy_document, publish
from workflows.appointment_review.flow import AppointmentReviewFlow
from workflows.appointment_review.setup import ensure_default_policies

TEXT = DEFAULT_POLICY.read_text()
FLOW = AppointmentReviewFlow


def problems(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.where) for problem in policy_text.read(text, FLOW)[1]]


def test_the_default_policy_has_no_problem():
    assert problems(TEXT) == []


@pytest.mark.parametrize(
    ("before", "after", "line", "where"),
    [
        ("  - step: completeness\n", "  - step: completness\n", 21, "completness"),
        ("    roles: [approver]\n", "    roles: [aprover]\n", 45, "party_levels deciding: roles: aprover"),
        (
            "    place: first_level\n    roles: [organizer]\n    due_working_days: 5\n  - step: review",
            "    place: candidate\n    roles: [organizer]\n    due_working_days: 5\n  - step: review",
            22,
            "completeness: place",
        ),
        ("  returns_allowed: 2\n", "  returns_allowed: two\n", 5, "parameters: returns_allowed"),
        ("  acting_days: 183\n", "", 4, "parameters: acting_days"),
        ("    due_working_days: 20\n", "    due_working_days: -1\n", 28, "review: due_working_days"),
        (
            "  - step: reply\n    place: candidate\n",
            "  - step: reply\n    place: candidate\n    rule: quorum\n    needed: 1\n",
            78,
            "reply: rule",
        ),
    ],
)
def test_each_problem_is_named_with_its_line(before, after, line, where):
    assert before in TEXT
    assert (line, where) in problems(TEXT.replace(before, after, 1))


def test_a_vote_needs_an_arrow_for_its_no():
    text = TEXT.replace(
        "  - step: confirmation\n    place: refuser\n",
        "  - step: confirmation\n    place: refuser\n    rule: quorum\n    needed: 2\n",
    )
    assert [where for _, where in problems(text)] == ["confirmation: rule"]


@pytest.mark.parametrize(
    "text",
    [
        "a: [",
        "- 1\n- 2",
        "just words",
        "a: &x 1\nb: *x",
        "x" * 70_000,
        "steps: 5",
        "steps: [5]",
        "parameters: []\nsteps: {}",
    ],
)
def test_texts_that_are_no_policy_are_refused_without_an_error(text):
    assert problems(text) != []


def test_a_policy_comes_back_as_it_went_out(policy):
    assert yaml.safe_load(policy_text.write(policy)) == policy_document()


@pytest.mark.parametrize("who", ["lin", "zhou", "xu", "jian", "he", "shen"])
def test_only_security_administrators_publish(cast, policy, client, who):
    with pytest.raises(NotEntitled):
        publish(by=getattr(cast, who))
    client.force_login(getattr(cast, who))
    assert client.get(reverse("approvals:new_policy")).status_code == 403
    assert Policy.objects.count() == 1


def test_a_duty_below_the_root_publishes_there_and_not_for_all(cast, policy):
    below = make.reviewer("安平", "security_administrator", cast.city)
    assert publish(organization=cast.city_branch, by=below).organization == cast.city_branch
    for organization in (None, cast.branch, cast.province):
        with pytest.raises(NotEntitled):
            publish(organization=organization, by=below)


def test_a_version_cannot_begin_before_one_that_is_published(cast, policy):
    with pytest.raises(PolicyTooEarly):
        publish_policy(
            document=policy_document(),
            flow=FLOW,
            organization=None,
            valid_from=date(2025, 1, 1),
            by=cast.an,
            at=make.NOW,
        )
    assert Policy.objects.get().valid_until is None


def test_a_policy_the_graph_cannot_follow_is_not_published(cast):
    document = policy_document()
    document["steps"][0]["place"] = "authority"
    with pytest.raises(PolicyInvalid):
        publish(document, by=cast.an)


def test_publishing_on_the_page_is_checked_previewed_and_recorded(cast, policy, client):
    client.force_login(cast.an)
    address, day = reverse("approvals:new_policy"), date.today() + timedelta(days=30)
    asked = {
        "flow": FLOW.name,
        "organization": "",
        "valid_from": day.isoformat(),
        "text": TEXT.replace("step: reply", "step: replay"),
    }
    line = TEXT.splitlines().index("  - step: reply") + 1
    assert f"第 {line} 行" in client.post(address, asked).content.decode()
    asked["text"] = TEXT.replace("returns_allowed: 2", "returns_allowed: 3")
    preview = client.post(address, asked).content.decode()
    assert "<del>2</del>" in preview
    assert "<ins>3</ins>" in preview
    assert Policy.objects.count() == 1
    answer = client.post(address, asked | {"seen": "1"})
    made = Policy.objects.get(version=2)
    assert answer["Location"] == reverse("approvals:policy", args=[made.pk])
    assert (made.valid_from, made.published_by, Policy.objects.get(version=1).valid_until) == (day, cast.an, day)
    assert Entry.objects.filter(verb="policy.published").order_by("seq").last().actor_name == "安宁"


def test_days_that_are_over_and_organizations_out_of_sight_are_refused(cast, policy, client):
    client.force_login(make.reviewer("安平", "security_administrator", cast.city))
    asked = {"flow": FLOW.name, "valid_from": "2020-01-01", "text": TEXT, "seen": "1"}
    for organization in ("", cast.branch.code, "NOPE"):
        client.post(reverse("approvals:new_policy"), asked | {"organization": organization, "valid_from": "2099-01-01"})
    client.post(reverse("approvals:new_policy"), asked | {"organization": cast.city.code})
    assert Policy.objects.count() == 1


def test_reviewers_read_what_holds_for_them_and_no_others(cast, policy, client):
    for_city, for_county = publish(organization=cast.city, by=cast.an), publish(organization=cast.county, by=cast.an)
    client.force_login(cast.gao)
    answers = [
        client.get(reverse("approvals:policy", args=[each.pk])).status_code for each in (policy, for_county, for_city)
    ]
    assert answers == [200, 200, 404]
    assert client.get(reverse("approvals:policy_yaml", args=[for_city.pk])).status_code == 404
    client.force_login(cast.shen)
    assert client.get(reverse("approvals:policies")).status_code == 403


def test_two_versions_stand_beside_each_other(cast, policy, client):
    document = policy_document()
    document["steps"][1]["due_working_days"] = 9
    newer = publish(document, by=cast.an)
    client.force_login(cast.an)
    told = client.get(reverse("approvals:policy", args=[newer.pk]), {"beside": policy.pk}).content.decode()
    assert "<del>5</del>" in told
    assert "<ins>9</ins>" in told


def test_the_default_policy_is_published_once(db, at):
    first = ensure_default_policies(at)
    assert ensure_default_policies(at + timedelta(days=400)) == first
    assert [(one.flow, one.valid_from, one.published_by) for one in first] == [
        ("appointment_review", date(2025, 1, 1), None),
        ("election", date(2025, 1, 1), None),
    ]
