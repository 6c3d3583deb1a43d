"""The main journey in Chromium: the candidate on a phone, everybody else at a desk.

Every page passed is held against axe and against its width. With ``KEEP_SCREENSHOTS`` set the pictures of
``docs/images/journey-*.png`` are taken anew.
"""

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image
from playwright.sync_api import sync_playwright

from approvals.models import Case
from tests import factories as make
from tests.appointment_review.candidate import REQUIRED, RESUME, fill_in, hand_over_files
from tests.approvals.rebuilt import differences
from tests.cases import new_case, publish
from tests.journeys.visitor import paper, photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# A page that was opened at a place in it may still be on its way there: it rests after some frames at the top.
TO_THE_TOP = """async () => {
    for (let still = 0; still < 5; still = window.scrollY ? 0 : still + 1) {
        window.scrollTo({top: 0, behavior: "instant"});
        await new Promise(requestAnimationFrame);
    }
}"""
AXE = (Path(settings.BASE_DIR) / "tests/vendor/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
IMAGES = Path(settings.BASE_DIR) / "docs/images"
PHONE, DESK = (375, 812), (1280, 800)
GAP = [RESUME[0], RESUME[1] | {"end": "2020年12月"}, RESUME[2]]
CONFIRMED = ("truth", "no_bar", "consent")


@pytest.fixture
def story(cast, live_server):
    """Let Shen fill in most of her form, before the browser starts: beside a running browser no query is allowed."""
    publish(by=cast.an)
    at = timezone.now() - timedelta(days=1)
    case = new_case(cast, at=at)
    fill_in(case, cast.shen, at=at, resume={"rows": GAP}, basics={"phone": ""}, pledge=dict.fromkeys(CONFIRMED, ""))
    here = tuple(kind for kind in REQUIRED if kind not in ("photo", "diploma"))
    hand_over_files(case, cast.shen, at=at, kinds=here)
    return case


class Desk:
    """Somebody at a browser of their own, who looks at every page."""

    def __init__(self, browser, server: str, login: str, size: tuple[int, int] = DESK) -> None:
        """Sign in."""
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
        self.page, self.server, self.width = context.new_page(), server, size[0]
        self.go("/accounts/login/")
        self.page.fill("#id_login", login)
        self.page.fill("#id_password", make.PASSWORD)
        self.press("button:has-text('登录')")

    def go(self, address: str) -> None:
        """Open a page and look at it."""
        self.page.goto(self.server + address)
        self.look()

    def press(self, selector: str) -> None:
        """Press the first visible one, wait for the page it leads to, and look at that."""
        with self.page.expect_navigation():
            self.page.locator(f"{selector} >> visible=true").first.click()
        self.look()

    def look(self) -> None:
        """Hold the page against axe and its width, from its top: what is scrolled half under a bar counts as small."""
        there = self.page.evaluate("window.scrollY")
        self.page.evaluate(TO_THE_TOP)
        assert self.page.locator("h1").count() == 1
        self.page.evaluate(AXE)
        found = self.page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == [], self.page.url
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width, self.page.url
        self.page.evaluate("top => window.scrollTo({top, behavior: 'instant'})", there)

    def text(self, selector: str) -> str:
        """Read what stands somewhere."""
        return self.page.locator(selector).first.inner_text()

    def keep(self, name: str) -> None:
        """Keep a picture of what is in sight, when asked for; few colors are enough."""
        if os.environ.get("KEEP_SCREENSHOTS"):
            picture = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
            picture.quantize(96).save(IMAGES / f"journey-{name}.png", optimize=True)

    def upload(self, kind: str, file) -> None:
        """Upload one material where its line stands."""
        sent = {"name": file.name, "mimeType": file.content_type, "buffer": file.read()}
        self.page.set_input_files(f"#file-{kind}", sent)
        self.press(f"#material-{kind} form:has(#file-{kind}) button")

    def confirm(self) -> None:
        """Tick what only the candidate confirms, and go on to the materials."""
        for name in CONFIRMED:
            self.page.check(f"#id_{name}")
        self.press("button[name=then][value=next]")

    def take_up(self) -> None:
        """Open the first row of the inbox."""
        self.go("/inbox/")
        self.press("a.entry-go")


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
    shen.confirm()
    shen.upload("photo", photo())
    shen.upload("diploma", paper("毕业证书.pdf"))
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
    shen.upload("photo", photo("新照片.jpg", "#445566"))
    shen.go(f"/my/{number}/")
    shen.press(".todo-go button")
    shen.go(f"/my/{number}/form/pledge/")
    shen.confirm()
    shen.press("a[href$='/hand-in/']")
    shen.press(".bar form button")


def send_back_at_the_desk(lin: Desk) -> None:
    """Open the dialog of returning, name what is wrong, return."""
    lin.take_up()
    lin.page.locator("button[data-dialog=return] >> visible=true").first.click()
    lin.page.select_option("#id_target-0", "material:photo")
    lin.page.fill("#id_text-0", "照片不清楚，请重新拍摄。")
    lin.look()
    lin.keep("4-return")
    lin.press("dialog#return button[value=return]")


def test_a_secretary_is_confirmed_from_the_first_tick_to_the_last_level(cast, story, live_server, chromium):
    number, letterhead = story.number, cast.province.code
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        shen = Desk(browser, live_server.url, "shen", PHONE)
        fill_in_on_the_phone(shen, number)
        lin = Desk(browser, live_server.url, "lin")
        send_back_at_the_desk(lin)
        put_right_on_the_phone(shen, number)
        lin.take_up()
        for step in ("形式审查", "资格初审"):
            assert step in lin.page.title() + lin.text("main")
            lin.press("button[value=agree]")
        gao = Desk(browser, live_server.url, "gao")
        gao.take_up()
        gao.press("button[value=agree]")
        lin.take_up()
        lin.press("button[value=agree]")
        zhou = Desk(browser, live_server.url, "zhou")
        zhou.go("/inbox/")
        zhou.keep("6-inbox")
        zhou.take_up()
        zhou.keep("7-decision")
        zhou.page.keyboard.press("a")
        with zhou.page.expect_navigation():
            zhou.page.keyboard.press("Enter")
        zhou.look()
        shen.go(f"/my/{number}/")
        shen.press("a[href^='/documents/']")
        jian = Desk(browser, live_server.url, "jian")
        jian.go(f"/cases/{number}/")
        jian.keep("8-history")
        told = jian.page.locator(".story-act p:first-child").all_inner_texts()
        browser.close()
    assert told[::-1] == [
        "林秋发起沈若溪的选派任命。",
        "沈若溪提交：提交材料。",
        "林秋在“形式审查”退回。",
        "沈若溪提交：提交材料。",
        "林秋在“形式审查”同意。",
        "林秋在“资格初审”同意。",
        "高远在“逐级审批”同意。",
        "林秋在“逐级审批”同意。",
        "周正在“逐级审批”同意。",
        f"任职批复已印发：{letterhead}〔{story.opened_at.year}〕1号。",
        "结果已记入台账。",
        "个案办结：已办结。",
    ]
    case = Case.objects.get(pk=story.pk)
    assert (case.state, differences(case)) == ("done", [])
