"""What the scripts do: keys, tabs, saving while typing, sending once."""

import json

import pytest
from django.templatetags.static import static

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="zh-hans"><body data-csrf="token" data-keys="{keys}">
<a href="#next" data-next>下一件</a>
<nav data-tabs><a href="#one">一</a><a href="#two">二</a></nav>
<section id="one">第一份</section>
<section id="two"><p id="place">第二份</p></section><a id="finding" href="#place">看第二份</a>
<form id="opinion" method="post" action="/sent/" data-autosave="/draft/" data-words-saved="已保存 {{time}}"
  data-words-failed="没有保存：网络断了。您写的还在。"><input type="hidden" name="seat" value="7">
<textarea name="words" data-opinion></textarea><button data-key="a">同意</button></form>
<span data-saved="opinion" hidden><span data-saved-words></span></span>
<details data-menu><summary>其他</summary><button id="inside">转办</button></details>
<button data-dialog="sure">退回</button><dialog id="sure"><button data-close>先不退</button></dialog>
<button id="no" aria-disabled="true">同意</button>
{scripts}</body></html>"""


class Desk:
    """A page with the scripts, and what it sent."""

    def __init__(self, page, address: str):
        self.page, self.address = page, address
        self.sent: list[tuple[str, str]] = []
        self.saved = {"status": 200, "body": json.dumps({"saved_at": "10:32"})}
        page.route("**/draft/", self.draft)
        page.route("**/sent/", self.receive)

    def open(self, keys: str = "on") -> None:
        names = ("js/kaoping.js", "js/keys.js", "js/autosave.js")
        scripts = "".join(f'<script src="{static(name)}"></script>' for name in names)
        html = PAGE.format(keys=keys, scripts=scripts)
        self.page.route("**/desk/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        self.page.goto(f"{self.address}/desk/")

    def draft(self, route) -> None:
        assert route.request.headers["x-csrftoken"] == "token"
        self.sent.append(("draft", route.request.post_data or ""))
        route.fulfill(content_type="application/json", **self.saved)

    def receive(self, route) -> None:
        self.sent.append(("sent", route.request.post_data or ""))
        route.fulfill(status=204)

    def focused(self) -> str:
        return self.page.evaluate("document.activeElement.textContent")


@pytest.fixture
def desk(live_server, browser):
    return Desk(browser.new_page(), live_server.url)


def test_a_key_moves_to_the_button_and_does_not_press_it(desk):
    desk.open()
    desk.page.keyboard.press("a")
    assert desk.focused() == "同意"
    assert desk.sent == []
    desk.page.keyboard.press("j")
    assert desk.page.url.endswith("#next")


def test_keys_are_silent_while_somebody_writes_and_escape_leaves_the_opinion(desk):
    desk.open()
    desk.page.keyboard.press("o")
    desk.page.keyboard.type("aj")
    assert desk.page.input_value("textarea") == "aj"
    assert not desk.page.url.endswith("#next")
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("j")
    assert desk.page.url.endswith("#next")


def test_keys_are_silent_for_those_who_switched_them_off(desk):
    desk.open(keys="off")
    desk.page.keyboard.press("j")
    desk.page.keyboard.press("a")
    assert not desk.page.url.endswith("#next")
    assert desk.page.evaluate("document.activeElement === document.body")


def test_what_is_written_is_saved_when_the_field_is_left(desk):
    desk.open()
    desk.page.fill("textarea", "建议进入联审。")
    desk.page.locator("textarea").blur()
    desk.page.get_by_text("已保存 10:32").wait_for()
    [(kind, body)] = desk.sent
    assert kind == "draft"
    assert "建议进入联审。" in body
    assert 'name="seat"' in body


def test_a_failed_saving_is_said_and_the_words_stay(desk):
    desk.open()
    desk.saved = {"status": 503, "body": "{}"}
    desk.page.fill("textarea", "建议进入联审。")
    desk.page.locator("textarea").blur()
    desk.page.get_by_text("没有保存：网络断了。您写的还在。").wait_for()
    assert desk.page.input_value("textarea") == "建议进入联审。"


def test_a_double_click_sends_once(desk):
    desk.open()
    desk.page.locator("[data-key=a]").dblclick()
    desk.page.wait_for_timeout(300)
    assert [kind for kind, _ in desk.sent] == ["sent"]


def test_a_finding_opens_the_tab_it_points_into(desk):
    desk.open()
    assert not desk.page.locator("#two").is_visible()
    desk.page.click("#finding")
    assert desk.page.locator("#two").is_visible()
    assert not desk.page.locator("#one").is_visible()
    desk.page.focus("[role=tab][aria-selected=true]")
    desk.page.keyboard.press("ArrowLeft")
    assert desk.page.locator("#one").is_visible()


def test_menus_and_dialogs_close_with_escape(desk):
    desk.open()
    desk.page.click("summary")
    assert desk.page.locator("#inside").is_visible()
    desk.page.keyboard.press("Escape")
    assert not desk.page.locator("#inside").is_visible()
    desk.page.click("[data-dialog=sure]")
    assert desk.page.locator("#sure").is_visible()
    desk.page.click("[data-close]")
    assert not desk.page.locator("#sure").is_visible()
