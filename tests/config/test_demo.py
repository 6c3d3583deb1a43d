"""The demo: set up once from nothing, everybody gets in, a second start changes nothing."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from config.demo.clock import Clock
from config.demo.office_stories import CONTESTS, JOINT, OFFICE_STORIES
from config.demo.people import PEOPLE
from config.demo.stories import DEMO_CANDIDATE, STORIES

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KINDS = [
    "candidate", "organizer", "approver", "general_branch_secretary", "county_organizer", "committee_secretary",
    "discipline_officer", "department_officer", "liaison", "guide", "system_administrator", "security_administrator",
    "auditor",
]  # fmt: skip
# What waits in the office: a matter or somebody at every step.
OFFICE = {
    "elections": [
        "election", "first_approval", "first_request", "first_request", "report", "second_approval", "vetting",
    ],
    "people": [
        "ballot", "completeness", "confirmation", "deliberation", "eligibility", "investigation", "letters",
        "materials", "notice", "party_levels", "reply", "review", "standing",
    ],
    "letters": ["closed", "entered", "sent"],
    "meetings": ["confirmed", "confirmed", "planned"],
    "looked_into": 1,
    "objections": 1,
    "notices": 3,
    "elected": 1,
}  # fmt: skip
VISIT = """
import json, sys
import django
django.setup()
from django.conf import settings
from django.test import Client
settings.SECOND_FACTOR_REQUIRED = False
settings.ALLOWED_HOSTS = ["testserver"]
from django.apps import apps
answers = {}
for one in json.load(sys.stdin)["accounts"]:
    client = Client()
    client.post("/accounts/login/", {"login": one["login"], "password": one["password"]})
    first = client.get("/", follow=True)
    signed_in = "_auth_user_id" in client.session
    answers[one["role"]] = [first.status_code, signed_in, first.redirect_chain[-1][0] if first.redirect_chain else ""]
rows = {model._meta.label: model.objects.count() for name in ("approvals", "organizations", "workflows", "audit")
        for model in apps.get_app_config(name).get_models()}
from approvals.models import Letter, Meeting, Stage
from organizations.models import Post
from workflows.appointment_review.investigation_models import Investigation
from workflows.notices.models import Objection, PublicNotice
waiting = Stage.objects.filter(outcome="", case__state="open")
office = {
    "elections": sorted(waiting.filter(case__flow="election").values_list("step", flat=True)),
    "people": sorted(set(waiting.filter(case__flow="appointment_review").values_list("step", flat=True))),
    "letters": sorted(set(Letter.objects.values_list("state", flat=True))),
    "meetings": sorted(Meeting.objects.values_list("state", flat=True)),
    "looked_into": Investigation.objects.filter(stage__outcome="").count(),
    "objections": Objection.objects.count(),
    "notices": PublicNotice.objects.count(),
    "elected": Post.objects.filter(source="elected").exclude(document_number="").count(),
}
print(json.dumps({"answers": answers, "rows": rows, "office": office}))
"""


def run(*arguments: str, state: Path, given: str = "") -> dict:
    """Run a process of its own over a state folder and read the JSON it prints."""
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    environment |= {"STATE_DIR": str(state), "DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "ERROR"}
    done = subprocess.run(  # noqa: S603
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.mark.embedded
def test_the_demo_is_set_up_from_nothing_once_and_everybody_gets_in(tmp_path):
    told = run("manage.py", "demo", "--no-serve", "--json", state=tmp_path)
    assert [one["role"] for one in told["accounts"]] == KINDS
    assert all(sorted(one) == ["login", "organization", "password", "role"] for one in told["accounts"])
    assert all(one["login"] and one["organization"] for one in told["accounts"])

    first = run("-c", VISIT, state=tmp_path, given=json.dumps(told))
    assert {role: answer[:2] for role, answer in first["answers"].items()} == {kind: [200, True] for kind in KINDS}
    assert first["rows"]["approvals.Case"] >= 60
    assert first["office"] == OFFICE

    assert run("manage.py", "demo", "--no-serve", "--json", state=tmp_path) == told
    again = run("-c", VISIT, state=tmp_path, given=json.dumps(told))
    kept = {name: count for name, count in first["rows"].items() if not name.startswith("audit.")}
    assert {name: again["rows"][name] for name in kept} == kept


@pytest.mark.django_db
def test_moments_of_a_story_never_lie_in_the_future_and_fall_on_working_days():
    clock = Clock(NOW)
    moments = [clock.ago(days, minute=minute) for days in (9, 1, 0) for minute in (0, 479)]
    assert moments == sorted(moments)
    assert all(moment <= NOW for moment in moments)
    assert [moment.date().isoformat() for moment in moments[:4]] == [
        "2026-11-11",
        "2026-11-11",
        "2026-11-23",
        "2026-11-23",
    ]


def test_every_story_has_its_own_person_and_the_candidate_who_signs_in_has_something_to_correct():
    people = [story.who for story in STORIES + OFFICE_STORIES if story.who is not None]
    assert sorted(people) == sorted(set(people))
    assert max(people) < len(PEOPLE)
    assert [story.beats()[-1][1] for story in STORIES if story.who == DEMO_CANDIDATE] == ["return"]


def test_a_diary_is_written_in_the_order_of_time():
    for story in (*STORIES, *OFFICE_STORIES, *CONTESTS):
        days = [day for day, _act in story.beats()]
        assert days == sorted(days, reverse=True)
        assert story.beats()[0][1] == "open"


def test_the_office_acts_about_people_of_the_stories_only():
    told = {story.who for story in OFFICE_STORIES}
    named = {who for contest in CONTESTS for people in contest.people.values() for who in people}
    assert {who for joint in JOINT for who in joint.who} | named <= told
