"""Words that only some may read are seeded by the real verbs and searched in everything that leaves the system."""

import io
import logging
from types import SimpleNamespace

import pytest
import redis
import time_machine
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from stdnum.cn.ric import calc_check_digit

from approvals.actions.notes import comment
from approvals.models import Case, Seat
from audit.models import Entry
from notifications.delivery import deliver_due
from notifications.digests import bundle_due
from notifications.models import Notice
from organizations.identity import sealed_identity
from organizations.models import Person
from tests import factories as make
from tests.appointment_review.candidate import PAGE, fill_in, hand_over_files
from tests.cases import INTENT, open_seat, publish, say
from tests.cast import build_cast
from tests.factories import NOW
from tests.security.matrix import MATRIX
from tests.security.probing import names, taken_back
from tests.security.searching import mail_words, words_held, words_of
from tests.security.world import LATER, MORNING, signed_in
from workflows.appointment_review.actions.forms import add_row, hand_in, save_fields
from workflows.appointment_review.actions.opening import open_assignment
from workflows.appointment_review.actions.replies import hand_in_reply
from workflows.appointment_review.form_fields import CONSENT_TEXT
from workflows.appointment_review.models import Material, OfficialDocument

pytestmark = pytest.mark.django_db
HEAD = "44990119850309022"  # of a county that never was
CANARIES = {
    "identity number": HEAD + calc_check_digit(HEAD + "0"),
    "internal reason": "内部意见鹭七三九一",
    "reason for the person": "写给本人鹭七三九二",
    "remark": "内部批注鹭七三九三",
    "reply": "本人陈述鹭七三九四",
    "correction": "补正事项鹭七三九五",
    "telephone": "13912347396",
    "relative": "鹭七九七",
    "home": "南岭省鹭七三九八县",
    "other candidate": "唐鹭九九",
}
# Who may read which, written by hand: whoever handles the case reads what was handed in, and what was said in it at the
# own body and below; the person reads the own form and what was written for the person; liaison officers read what the
# person is told; the auditor reads opinions, and no materials, remarks or replies; nobody reads a number without giving
# a reason.
OFFICE = {"lin", "feng", "gao", "zhou", "qian", "shi", "han"}
MAY_READ = {
    "identity number": set(),
    "internal reason": OFFICE - {"gao"} | {"jian"},
    "reason for the person": OFFICE | {"chen", "shen", "jian"},
    "remark": OFFICE,
    "reply": OFFICE | {"shen"},
    "correction": OFFICE | {"chen", "shen", "jian"},
    "telephone": OFFICE | {"shen"},
    "relative": OFFICE | {"shen"},
    "home": OFFICE | {"shen"},
    "other candidate": {"zhou", "qian", "shi", "han", "wu", "mei", "jian", "xu"},
}
# May be read, but stands on no page any more once the case is over.
NO_LONGER_SHOWN = {("reply", "shen")}
READERS = [
    *("shen", "ma", "he", "lin", "feng", "gao", "chen", "han", "zhou", "qian"),
    *("shi", "wu", "mei", "deng", "xu", "an", "jian"),
]


@pytest.fixture(scope="module")
def heard():
    """Listen to everything the system writes to its logs."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker, urls_are_known, heard):
    """Give the cast and cases in which every canary stands."""
    with django_db_blocker.unblock(), time_machine.travel(LATER, tick=False), transaction.atomic():
        yield seed()
        transaction.set_rollback(True)


def seed() -> SimpleNamespace:
    """Bring a case through every step at which somebody writes something."""
    cast = build_cast()
    publish(by=cast.an)
    known = {"phone": CANARIES["telephone"], **sealed_identity(CANARIES["identity number"])}
    Person.objects.filter(pk=cast.shen_person.pk).update(**known)
    cast.shen_person.refresh_from_db()
    done = opened(cast, cast.general_branch, cast.shen_person, cast.lin)
    for who, verb in (
        (cast.shen, "hand_in"),
        (cast.lin, "agree"),
        (cast.lin, "agree"),
        (cast.lin, "agree"),
        (cast.zhou, "agree"),
    ):
        say(done, who, verb)
    tang = make.person(CANARIES["other candidate"])
    make.account(tang.name, person=tang)
    opened(cast, cast.city_branch, tang, cast.mei)
    case = opened(cast, cast.branch, cast.shen_person, cast.lin)
    fill_in(case, cast.shen, basics={"phone": CANARIES["telephone"], "native_place": CANARIES["home"]})
    relative = {
        "relation": "sibling",
        "name": CANARIES["relative"],
        "birth": "1990年1月",
        "status": "masses",
        "unit": "无",
    }
    add_row(case_pk=case.pk, section="family", by=cast.shen, at=NOW, values=relative)
    hand_over_files(case, cast.shen)
    handed_in(case, cast.shen, "first")
    say(case, cast.lin, "return", corrections=[("form:basics", CANARIES["correction"])])
    ticks = {name: "on" for name in ("truth", "no_bar", "consent")}
    save_fields(case_pk=case.pk, section="pledge", values=ticks, page=PAGE, by=cast.shen, at=NOW)
    handed_in(case, cast.shen, "second")
    seat = open_seat(case)
    comment(case_pk=case.pk, stage_pk=seat.stage_id, text=CANARIES["remark"], by=cast.lin, at=NOW)
    for who in (cast.lin, cast.lin, cast.gao):
        say(case, who, "agree")
    reasons = {"reason": CANARIES["internal reason"], "reason_for_person": CANARIES["reason for the person"]}
    say(case, cast.lin, "refuse", **reasons)
    hand_in_reply(case_pk=case.pk, text=CANARIES["reply"], by=cast.shen, at=NOW, key="reply")
    say(case, cast.feng, "agree")
    clients = {name: signed_in(getattr(cast, name)) for name in READERS}
    return SimpleNamespace(
        cast=cast, case=Case.objects.select_related("matter").get(pk=case.pk), clients=clients, done=done,
        document=OfficialDocument.objects.get(case=done),
    )  # fmt: skip


def opened(cast, branch, person, by) -> Case:
    return open_assignment(organization=branch, person=person, intent=INTENT, by=by, at=NOW)


def handed_in(case, by, key) -> None:
    hand_in(case_pk=case.pk, by=by, at=NOW, key=key, consent_text=CONSENT_TEXT)


def addresses(seeded) -> list[tuple[str, str]]:
    """List everything that can be asked for: each page, each file, each export; with its method."""
    case, document = seeded.case, seeded.document
    found = [("GET", reverse(name)) for name, something in names() if "GET" in MATRIX[name] and not something]
    found += [("GET", f"/seats/{pk}/{ask}") for pk in seats_of(case) for ask in ("", "?show=form&compare=1")]
    found += [
        ("GET", f"/my/{case.number}/{part}") for part in ("", "sheet/", "materials/", "reply/", "hand-in/", "review/")
    ]
    found += [("GET", f"/files/{pk}/") for pk in Material.objects.filter(case=case).values_list("file", flat=True)[:2]]
    found += [("GET", f"/matters/{case.matter.number}/"), ("GET", f"/search/?q={seeded.cast.shen_person.name}")]
    for kind in ("correction", "acceptance", "refusal"):
        for form in ("print", "docx", "pdf"):
            found.append(("GET", f"/matters/case/{case.number}/notices/{kind}/?form={form}"))
    found += [("GET", f"/documents/{document.token}/{form}") for form in ("", "print/", "docx/", "pdf/")]
    found += [("GET", f"/cases/{case.number}/?group={group}&whole=1") for group in ("all", "weighty", "looks", "told")]
    found += [
        ("GET", f"/cases/{case.number}/chart/"),
        ("POST", f"/cases/{case.number}/export/"),
        ("POST", "/audit/exports/log/"),
    ]
    found += [("GET", f"/people/{seeded.cast.shen_person.pk}/"), ("GET", f"/organizations/{seeded.cast.branch.code}/")]
    return [*found, ("GET", "/terms/export/?which=all"), ("GET", f"/check/{document.token}/")]


def seats_of(case) -> list[int]:
    return list(Seat.objects.filter(stage__case=case).values_list("pk", flat=True))


def everything_for(seeded, client: Client) -> dict[str, str]:
    """Ask for everything and give the words of each answer."""
    answers = {}
    for method, address in addresses(seeded):
        with taken_back():
            answer = client.get(address) if method == "GET" else client.post(address)
            content = b"".join(answer) if answer.streaming else answer.content
            answers[address] = words_of(content)
    return answers


@pytest.mark.parametrize("who", READERS)
def test_everybody_reads_what_is_for_them_and_nothing_else(seeded, who):
    answers = everything_for(seeded, seeded.clients[who])
    read = {canary for canary, word in CANARIES.items() if any(word in text for text in answers.values())}
    where = {
        c: [address for address, text in answers.items() if CANARIES[c] in text][:4]
        for c in read
        if who not in MAY_READ[c]
    }
    assert where == {}
    missed = {canary for canary, readers in MAY_READ.items() if who in readers} - read
    assert {canary for canary in missed if (canary, who) not in NO_LONGER_SHOWN} == set()


def test_strangers_read_nothing(seeded):
    answers = everything_for(seeded, Client())
    assert [address for address, text in answers.items() if any(word in text for word in CANARIES.values())] == []
    assert seeded.document.number in answers[f"/check/{seeded.document.token}/"]


def test_the_search_finds_what_may_be_read_in_each_kind(seeded):
    def words(who: str, address: str, method: str = "get") -> str:
        with taken_back():
            answer = getattr(seeded.clients[who], method)(address)
            return words_of(b"".join(answer) if answer.streaming else answer.content)

    name, token = seeded.case.subject_name, seeded.document.token
    assert CANARIES["home"] in words("shen", f"/my/{seeded.case.number}/sheet/")
    assert name in words("shen", f"/documents/{token}/pdf/")
    assert name in words("shen", f"/documents/{token}/docx/")
    assert seeded.cast.ma.name in words("mei", "/terms/export/?which=all")
    assert seeded.case.number in words("jian", f"/cases/{seeded.case.number}/export/", "post")
    assert seeded.case.number in words("jian", "/audit/exports/log/", "post")
    number = seeded.clients["lin"].post(f"/people/{seeded.cast.shen_person.pk}/identity/", {"reason": "核对任职表"})
    assert CANARIES["identity number"] in words_of(number.content)


def test_no_letter_and_no_notice_carries_one(seeded):
    mail.outbox.clear()
    bundle_due(MORNING)
    deliver_due(at=MORNING)
    letters = [mail_words(letter) for letter in mail.outbox]
    notices = [f"{notice.title} {notice.body} {notice.link}" for notice in Notice.objects.all()]
    assert (len(letters) > 3, len(notices) > 5) == (True, True)
    assert [text for text in letters + notices if any(word in text for word in CANARIES.values())] == []
    assert any("待办" in text for text in letters)  # decoded, else the search would be worth nothing


def test_no_log_carries_one(seeded, heard):
    logging.getLogger("kaoping").warning("a control: %s", "鹭可见")
    everything_for(seeded, seeded.clients["lin"])
    seeded.clients["lin"].get("/nowhere/")
    assert "鹭可见" in heard.getvalue()
    assert "/nowhere/" in heard.getvalue()
    assert [canary for canary, word in CANARIES.items() if word in heard.getvalue()] == []


def test_the_record_holds_them_sealed_only(seeded):
    rows = [f"{entry.facts} {entry.sealed} {entry.subject} {entry.step_title}" for entry in Entry.objects.all()]
    assert any(seeded.case.number in row for row in rows)
    assert [canary for canary, word in CANARIES.items() if any(word in row for row in rows)] == []


@pytest.mark.valkey
@pytest.mark.django_db(transaction=True)
def test_redis_carries_none(redis_url):
    server = redis.from_url(redis_url)
    with time_machine.travel(LATER, tick=False):
        seed()
    server.set("control", "鹭可见".encode())
    held = words_held(server)
    assert any("鹭可见" in text for text in held)
    assert [text for text in held if any(word in text for word in CANARIES.values())] == []
