"""The three places of a notice and the ways to object, to the end of each case, by the pages alone."""

import re
from datetime import timedelta

import pytest
import yaml
from django.utils.timezone import localdate

from audit.models import Entry
from organizations.models import Post
from tests import factories as make
from tests.cases import full_policy_document, publish
from tests.journeys import rooms, visitor
from tests.journeys.brought import matters, person, to_meeting
from tests.journeys.rooms import sound, step
from tests.journeys.visitor import Visitor, photo
from tests.shared.test_documents import docx_text

pytestmark = pytest.mark.usefixtures("now")

SAID = "鹭六零二：三年前在外单位领取报酬。"
NEUTRAL = ("鹭六零二", "异议", "反映")  # nothing of this on the pages of whoever is not the discipline officer


@pytest.fixture
def office(cast):
    publish(full_policy_document(), by=cast.an)
    return rooms.province_at_work(cast)


def by_letter(office, about: str, text: str, **said: str) -> str:
    """Let the discipline officer enter what came by letter; the code that is written back."""
    shi = office["shi"]
    page = shi.open("/objections/letter/")
    keys = {name: key for key, name in re.findall(r'<option value="(\d+)"[^>]*>([^<]+?) · ', page.html)}
    page = shi.send(page, page.form(field="about"), about=keys[about], text=text, **said)
    return page.parts(r'notice-code">(.*?)<')[0]


def with_account(who: Visitor, notice: str, about: str, text: str) -> str:
    """Object on the page, signed in and by name; the code."""
    page = who.open(notice)
    people = re.findall(r'name="about" value="(\d+)"[^>]*>\s*([^<]+)', page.html)
    (key,) = [key for key, name in people if name.strip() == about]
    page = who.send(page, page.form(field="about"), about=key, text=text, named="yes", contact="13900000000")
    return page.parts(r'notice-code">(.*?)<')[0]


def objection_about(office, name: str):
    """Open what was said about somebody."""
    page = office["shi"].open("/objections/")
    rows = page.parts(r'(<li class="entry">.*?</li>)')
    links = page.links_to(r"^/objections/[0-9a-f-]{36}/$")
    return office["shi"].open(next(link for link, row in zip(links, rows, strict=False) if name in row))


def find(office, name: str, finding: str, **typed: str) -> None:
    """Write a finding about what was taken up."""
    page = objection_about(office, name)
    words = {"grounds": "已核实。", "answer": f"已核实：{finding}。"} | typed
    office["shi"].send(page, page.form(field="grounds"), finding=finding, **words)


def take_up(office, name: str) -> None:
    page = objection_about(office, name)
    office["shi"].send(page, next(one for one in page.forms if one.values.get("act") == "accept"))


def test_objections_by_letter_and_by_account_and_one_that_suspends_the_case(cast, office, now):
    cases = to_meeting(cast, office, "汤问渠", "丁素秋", "阮长汀")
    rooms.pass_meeting(office, *cases.values(), day=localdate())
    notice = rooms.put_up(office, *cases.values())
    assert set(map(step, cases.values())) == {"notice"}
    letter = by_letter(office, "汤问渠", f"来信{SAID}", name="一名党员", contact="云州市某街")
    account = with_account(office["he"], notice, "丁素秋", SAID)
    assert "何苗" in objection_about(office, "丁素秋").text
    assert "来信" in objection_about(office, "汤问渠").text
    for name in ("汤问渠", "丁素秋"):
        take_up(office, name)
    later = localdate() + timedelta(days=30)
    find(office, "丁素秋", "suspends", review_on=f"{later}")
    find(office, "汤问渠", "no_influence")

    now.shift(timedelta(days=8))
    for name in ("汤问渠", "阮长汀"):
        rooms.after_notice(office, cases[name])
    rooms.after_notice(office, cases["丁素秋"], status=422)
    assert {name: step(case) for name, case in cases.items()} == {
        "汤问渠": "done", "丁素秋": "notice", "阮长汀": "done",
    }  # fmt: skip
    assert ("no_influence" in rooms.outcome(letter), "suspends" in rooms.outcome(account)) == (True, True)
    waiting = person(cases["丁素秋"])
    mine = waiting.open(f"/my/{cases['丁素秋']}/").text
    assert [word for word in NEUTRAL if word in mine] == []
    assert [word for word in NEUTRAL if word in office["han"].open(f"/matters/case/{cases['丁素秋']}/").text] == []

    now.move_to(make.NOW + timedelta(days=31))
    find(office, "丁素秋", "no_influence")
    rooms.after_notice(office, cases["丁素秋"])
    assert step(cases["丁素秋"]) == "done"
    assert "no_influence" in rooms.outcome(account)
    assert "同意" in waiting.open(f"/my/{cases['丁素秋']}/").text
    told = " ".join(visitor.history(office["jian"], cases["丁素秋"], "all"))
    assert ([word for word in NEUTRAL if word in told], "公示" in told) == ([], True)
    assert Post.objects.filter(person__name__in=cases, ended_on=None).count() == 3
    sound(*matters(*cases.values()))


def publish_by_page(office, document: dict, place) -> None:
    """Let the security administrator publish a policy for a body after looking at what it changes."""
    an = office["an"]
    page = an.open("/policies/new/")
    typed = {
        "flow": "appointment_review", "organization": place.code, "valid_from": f"{localdate()}",
        "text": yaml.safe_dump(document, allow_unicode=True),
    }  # fmt: skip
    page = an.send(page, page.form(field="text"), **typed)
    page = an.send(page, page.form(field="seen"), seen="1")
    assert "/policies/new/" not in page.address, page.text


def test_by_policy_a_notice_hangs_in_the_unit_with_a_photo_or_there_is_none(cast, office, now):
    document = full_policy_document()
    document["choices"]["notice_mode"] = "unit"
    publish_by_page(office, document, cast.province)
    (case,) = to_meeting(cast, office, "汤问渠").values()
    rooms.pass_meeting(office, case, day=localdate())
    han = office["han"]
    page = han.open(f"/matters/case/{case}/notice/")
    assert "公示栏" in page.text
    rooms.put_up(office, case)
    page = han.open(f"/matters/case/{case}/notice/")
    sheet = docx_text(han.file(f"{page.address}docx/"))
    assert "汤问渠" in sheet
    assert Entry.objects.get(stream="exports", verb="document.downloaded").actor_name == "韩启明"
    now.shift(timedelta(days=8))
    page = rooms.after_notice(office, case, status=422)
    assert "照片" in page.text
    page = han.open(f"/matters/case/{case}/notice/")
    chosen = page.parts(r'name="person" value="(\d+)"')
    form = page.form("/photo/")
    answer = han.client.post(form.action, form.values | {"person": chosen, "file": photo("公示栏.jpg")})
    assert answer.status_code == 302
    page = office["shi"].open(f"/matters/case/{case}/notice/end/")
    (seen,) = page.links_to(r"/photo/\d+/$")
    assert office["han"].file(seen)[:2] == b"\xff\xd8"
    rooms.after_notice(office, case)
    assert step(case) == "done"

    document["choices"]["notice_mode"] = "none"
    for one in document["steps"]:
        if one["step"] in ("publication", "notice"):
            one["tracks"] = []
    publish_by_page(office, document, cast.province)
    (other,) = to_meeting(cast, office, "丁素秋").values()
    rooms.pass_meeting(office, other, day=localdate())
    assert step(other) == "done"
    told = " ".join(visitor.history(office["jian"], other, "all"))
    assert ("公示" in told, "任职批复已印发" in told) == (False, True)
    assert "公示" not in person(other).open(f"/my/{other}/").text
    sound(*matters(case, other))
