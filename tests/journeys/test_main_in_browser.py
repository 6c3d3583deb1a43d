"""The main journey in Chromium: the candidate on a phone, everybody else at a desk.

Every page passed is held against axe and against its width. With ``KEEP_SCREENSHOTS`` set the pictures of
``docs/images/journey-*.png`` are taken anew.
"""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from approvals.models import Case
from organizations.identity import sealed_identity
from organizations.models import Person, Post
from tests import factories as make
from tests.appointment_review.candidate import REQUIRED, RESUME, fill_in, hand_over_files
from tests.cases import full_policy_document, publish
from tests.elections import identity_number
from tests.journeys import rooms, visitor
from tests.journeys.desk import PHONE, Desk
from tests.journeys.visitor import paper, photo
from workflows.notices import limits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GAP = [RESUME[0], RESUME[1] | {"end": "2020年12月"}, RESUME[2]]
CONFIRMED = ("truth", "no_bar", "consent")
VISIT, MEETING = date(2026, 11, 25), date(2026, 11, 30)
NUMBER = identity_number()


class Offices(rooms.Office):
    """Everybody at a desk of their own, who sits down when first needed."""

    def __init__(self, browser, server: str) -> None:
        super().__init__()
        self.browser, self.server = browser, server

    def __getitem__(self, login: str) -> Desk:
        """Let somebody sign in once."""
        if login not in self.people:
            self.people[login] = Desk(self.browser, self.server, login)
        return self.people[login]


@pytest.fixture
def now():
    """Hold the clock in hand."""
    limits.forget()
    with time_machine.travel(make.NOW) as moment:
        yield moment


@pytest.fixture
def province(now, cast, live_server):
    """Put the default policy in force and people at their desks."""
    publish(full_policy_document(), by=cast.an)
    rooms.province_at_work(cast)
    Person.objects.filter(pk=cast.shen_person.pk).update(**sealed_identity(NUMBER))
    return cast


def most_of_the_form(cast, number: str) -> None:
    """Fill in what the candidate filled in on other days: all but a telephone, a gap, two materials, the pledge."""
    case, at = Case.objects.get(number=number), timezone.now()
    fill_in(case, cast.shen, at=at, resume={"rows": GAP}, basics={"phone": ""}, pledge=dict.fromkeys(CONFIRMED, ""))
    here = tuple(kind for kind in REQUIRED if kind not in ("photo", "diploma"))
    hand_over_files(case, cast.shen, at=at, kinds=here)


def confirm(shen: Desk) -> None:
    """Tick what only the candidate confirms, and go on to the materials."""
    for name in CONFIRMED:
        shen.page.check(f"#id_{name}")
    shen.press("button[name=then][value=next]")


def upload(shen: Desk, kind: str, file) -> None:
    """Upload one material where its line stands."""
    sent = {"name": file.name, "mimeType": file.content_type, "buffer": file.read()}
    shen.page.set_input_files(f"#file-{kind}", sent)
    shen.press(f"#material-{kind} form:has(#file-{kind}) button")


def take_up(who: Desk) -> None:
    """Open the first row of the inbox."""
    who.go("/inbox/")
    who.press("a.entry-go")


def fill_in_on_the_phone(shen: Desk, number: str) -> None:
    """Fill what is missing, close the gap, upload, confirm, hand in."""
    shen.press(f".case-go a[href*='/my/{number}/form/']")
    assert "还差" in shen.text("#missing-title")
    shen.keep("1-form")
    shen.go(f"/my/{number}/form/basics/")
    shen.page.fill("#id_phone", "138 0000 0001")
    shen.press("button[name=then][value=next]")
    shen.go(f"/my/{number}/form/resume/")
    shen.page.locator(".gap").scroll_into_view_if_needed()
    shen.keep("2-gap")
    shen.press("button[value^='fill:']")
    filled = shen.page.url.partition("#id_")[2].removesuffix("-unit")
    shen.page.fill(f"#id_{filled}-unit", "在家照顾父亲")
    shen.page.fill(f"#id_{filled}-post", "无")
    shen.press("button[name=then][value=next]")
    shen.go(f"/my/{number}/form/pledge/")
    confirm(shen)
    upload(shen, "photo", photo())
    upload(shen, "diploma", paper("毕业证书.pdf"))
    shen.keep("3-materials")
    shen.press("a[href$='/hand-in/']")
    shen.press(".bar form button")
    assert number in shen.page.url


def put_right_on_the_phone(shen: Desk, number: str) -> None:
    """Read the list, exchange the photo, tick it off, confirm anew, hand in again."""
    shen.go("/my/")
    assert "照片不清楚" in shen.text(".todo")
    shen.keep("5-corrections")
    shen.press(".todo-go a")
    upload(shen, "photo", photo("新照片.jpg", "#445566"))
    shen.go(f"/my/{number}/")
    shen.press(".todo-go button")
    shen.go(f"/my/{number}/form/pledge/")
    confirm(shen)
    shen.press("a[href$='/hand-in/']")
    shen.press(".bar form button")


def send_back_at_the_desk(lin: Desk) -> None:
    """Open the dialog of returning, name what is wrong, return."""
    take_up(lin)
    lin.page.locator("button[data-dialog=return] >> visible=true").first.click()
    lin.page.select_option("#id_target-0", "material:photo")
    lin.page.fill("#id_text-0", "照片不清楚，请重新拍摄。")
    lin.look()
    lin.keep("4-return")
    lin.press("dialog#return button[value=return]")


def climb_at_the_desks(office: Offices) -> None:
    """Check, look, and agree level by level, the last one by keys."""
    lin, gao, zhou = office["lin"], office["gao"], office["zhou"]
    take_up(lin)
    for question in ("形式审查", "资格初审"):
        assert question in lin.page.title() + lin.text("main")
        lin.press("button[value=agree]")
    for who in (gao, lin):
        take_up(who)
        who.press("button[value=agree]")
    zhou.go("/inbox/")
    zhou.keep("6-inbox")
    take_up(zhou)
    zhou.keep("7-decision")
    zhou.page.keyboard.press("a")
    with zhou.page.expect_navigation():
        zhou.page.keyboard.press("Enter")
    zhou.look()


def through_the_rooms(office: Offices, number: str, now) -> None:
    """Ask the departments, investigate, meet, put up the notice and close it."""
    letters = rooms.send_letters(office)
    rooms.answer(office["luo"], letters["南岭省公安厅"])
    rooms.answer_on_paper(office["han"], office["hezhou"], letters["南岭省高级人民法院"])
    assert rooms.step(number) == "investigation"
    rooms.set_up_team(office, number, day=VISIT)
    now.move_to(make.NOW + timedelta(days=2))
    rooms.visit(office, number, day=VISIT)
    now.move_to(make.NOW + timedelta(days=6))
    rooms.pass_meeting(office, number, day=MEETING)
    assert rooms.step(number) == "publication"
    rooms.put_up(office, number)
    now.move_to(make.NOW + timedelta(days=20))
    rooms.after_notice(office, number)
    assert rooms.step(number) == "done"


def test_a_secretary_is_confirmed_through_every_room_of_the_default_policy(province, now, live_server, browser):
    cast, letterhead = province, province.province.code
    office = Offices(browser, live_server.url)
    lin = office["lin"]
    _matter, number = visitor.propose(lin, cast.branch, "沈若溪", NUMBER)
    most_of_the_form(cast, number)
    office.people["shen"] = shen = Desk(browser, live_server.url, "shen", PHONE)
    fill_in_on_the_phone(shen, number)
    send_back_at_the_desk(lin)
    put_right_on_the_phone(shen, number)
    climb_at_the_desks(office)
    through_the_rooms(office, number, now)
    shen.open(f"/my/{number}/")
    shen.press("a[href^='/documents/']")
    jian = office["jian"]
    jian.open(f"/cases/{number}/")
    jian.keep("8-history")
    told = visitor.history(jian, number)
    assert told[:9] == [
        "林秋发起沈若溪的选派任命。",
        "沈若溪提交：提交材料。",
        "林秋在“形式审查”退回。",
        "沈若溪提交：提交材料。",
        "林秋在“形式审查”同意。",
        "林秋在“资格初审”同意。",
        "高远在“逐级审批”同意。",
        "林秋在“逐级审批”同意。",
        "周正在“逐级审批”同意。",
    ]
    assert f"任职批复已印发：{letterhead}〔2026〕1号。" in told
    assert told[-1] == "个案办结：已办结。"
    assert Post.objects.get(person=cast.shen_person).title == "secretary"
    rooms.sound(Case.objects.get(number=number).matter.number)
