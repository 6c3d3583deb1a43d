"""What departments, meetings, teams and citizens write about a person is searched in everything everybody may fetch."""

import io
import logging
from collections.abc import Iterator

import pytest
import redis
import time_machine
from django.core import mail
from django.urls import reverse

from approvals.models import Seat
from audit.models import Entry
from notifications.delivery import deliver_due
from notifications.models import Notice
from tests.security.canaries import gather, gathered
from tests.security.matrix import MATRIX
from tests.security.probing import Probe, address, names, taken_back
from tests.security.searching import mail_words, words_held, words_of
from tests.security.targets import TARGETS
from tests.security.world import HERE, LATER, THERE, World, build
from workflows.appointment_review.investigation_models import TalkRecord

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
AREAS = ("workflows:", "approvals:", "notifications:not", "search", "audit:")
READERS = [
    *("candidate", "investigated", "organizer", "organizer_elsewhere", "approver", "own_case", "liaison"),
    *("discipline_officer", "department_officer", "investigator", "auditor"),
]
MORE_READERS = [
    *("anonymous", "helper", "approver_elsewhere", "one_place_only", "former_investigator", "stepped_down", "expired"),
    *("system_administrator", "security_administrator"),
]
# Who may read which, written by hand from docs/letters.md, meetings.md, investigation.md, notices.md and papers.md.
# The province asks, investigates and puts up the notice here, the city there; the meeting is the committee's own. There
# the finding is typed in and not yet checked: it is the affair of the office alone.
MAY_READ = {
    HERE: {
        "finding": "approver one_place_only discipline_officer department_officer",
        "meeting reason": "organizer approver discipline_officer stepped_down",
        "meeting reason for the person": "organizer",
        "talk": "investigator",
        "report": "investigator",
        "grounds": "investigated approver",
        "objection": "discipline_officer",
        "scan": "organizer approver discipline_officer",
    },
    THERE: {
        "finding": "organizer_elsewhere approver approver_elsewhere",
        "meeting reason": "organizer_elsewhere approver approver_elsewhere discipline_officer",
        "meeting reason for the person": "organizer_elsewhere",
        "talk": "",
        "report": "",
        "grounds": "approver_elsewhere",
        "objection": "discipline_officer",
        "scan": "organizer_elsewhere approver approver_elsewhere discipline_officer",
    },
}


@pytest.fixture(scope="module")
def told(world) -> World:
    """Let every canary be written into the world."""
    gather(world)
    return world


def addresses(world: World) -> Iterator[str]:
    """List what can be fetched, with the seats of the people a department was asked about and the further papers."""
    for name, names_something in names():
        if not name.startswith(AREAS) or "GET" not in MATRIX[name]:
            continue
        for side in (HERE, THERE) if names_something else (HERE,):
            yield address(world, Probe(name, "GET", side))
    for side in (world.here, world.there):
        cases = [side.asked.letter.items.get().case, side.inquiry, side.deciding]
        for seat in Seat.objects.filter(stage__case__in=cases):
            yield reverse("workflows:seat", kwargs={"pk": seat.pk})
        for case in cases:
            yield reverse("workflows:case_history", kwargs={"number": case.number}) + "?group=all&whole=1"
        for form in ("docx", "pdf"):
            yield reverse("workflows:letter_file", kwargs=TARGETS["workflows:letter_file"](side) | {"form": form})
        number = side.inquiry.number
        for kind in ("preview", "tally", "report"):
            yield reverse("workflows:investigation_paper", kwargs={"number": number, "kind": kind})
        for talk in TalkRecord.objects.filter(investigation__case=side.inquiry):
            yield reverse("workflows:investigation_talk", kwargs={"number": number, "pk": talk.pk})


def read_by(world: World, who: str) -> dict[str, str]:
    """Fetch everything and give the words of each answer."""
    found = {}
    for path in addresses(world):
        with taken_back():
            answer = world.clients[who].get(path)
            found[path] = words_of(b"".join(answer) if answer.streaming else answer.content)
    return found


@pytest.mark.parametrize("who", [*READERS, *(pytest.param(who, marks=pytest.mark.prove) for who in MORE_READERS)])
def test_everybody_reads_what_is_for_them_and_nothing_else(told, who):
    answers = read_by(told, who)
    for side in (HERE, THERE):
        may = {canary for canary, readers in MAY_READ[side].items() if who in readers.split()}
        found = {
            canary: [at for at, text in answers.items() if word in text] for canary, word in gathered(side).items()
        }
        assert {canary: at for canary, at in found.items() if at and canary not in may} == {}
        assert (side, {canary for canary in may if not found[canary]}) == (side, set())


def test_no_letter_no_notice_and_no_entry_carries_one(told):
    private = [*gathered(HERE).values(), *gathered(THERE).values()]
    with taken_back():
        mail.outbox.clear()
        deliver_due(at=LATER)
        texts = [f"{one.title} {one.body} {one.link}" for one in Notice.objects.all()]
        texts += [mail_words(letter) for letter in mail.outbox]
    rows = [f"{entry.facts} {entry.sealed} {entry.subject} {entry.step_title}" for entry in Entry.objects.all()]
    assert (len(texts) > 10, any(told.here.inquiry.number in row for row in rows)) == (True, True)
    assert [text for text in texts + rows if any(word in text for word in private)] == []


@pytest.mark.valkey
@pytest.mark.django_db(transaction=True)
def test_redis_carries_none(redis_url):
    server = redis.from_url(redis_url)
    with time_machine.travel(LATER, tick=False):
        gather(build())
    server.set("control", "鹭可见".encode())
    held = words_held(server)
    assert any("鹭可见" in text for text in held)
    private = [*gathered(HERE).values(), *gathered(THERE).values()]
    assert [text for text in held if any(word in text for word in private)] == []


def test_no_log_carries_one(told):
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger().addHandler(handler)
    try:
        logging.getLogger("kaoping").warning("a control: %s", "鹭可见")
        read_by(told, "investigator")
        token = told.here.noticed.person.notice.token
        form = {"about": told.here.noticed.person.pk, "text": gathered(HERE)["objection"], "named": "no", "code": ""}
        with taken_back():
            told.clients["anonymous"].post(reverse("workflows:open_notice", kwargs={"token": token}), form)
    finally:
        logging.getLogger().removeHandler(handler)
    assert "鹭可见" in written.getvalue()
    assert [word for word in gathered(HERE).values() if word in written.getvalue()] == []
