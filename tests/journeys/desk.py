"""Somebody at a real browser: every screen is held against axe and its width, every form filled by typing and clicking.

A desk answers to the same words as a visitor by HTTP (``tests.journeys.visitor``), so both walk the same stories.
"""

import io
import os
import re
from pathlib import Path

from django.conf import settings
from PIL import Image

from tests import factories as make
from tests.browsers import faults_of, scrolled
from tests.journeys.pages import Form, Page

# A page that was opened at a place in it may still be on its way there: it rests after some frames at the top.
TO_THE_TOP = """async () => {
    for (let still = 0; still < 5; still = window.scrollY ? 0 : still + 1) {
        window.scrollTo({top: 0, behavior: "instant"});
        await new Promise(requestAnimationFrame);
    }
}"""
NAMED = "([form, name]) => [...form.elements].filter(one => one.name === name && one.type !== 'submit')"
BUTTON = """([form, name, value]) => [...form.elements].find(one => one.type === "submit"
    && (name ? one.name === name && one.value === value
              : one.getClientRects().length || !form.getClientRects().length))"""
# What a person opens first: the dialog or the menu around a field or a button.
DIALOG = "one => { const box = one.closest('dialog:not([open])'); return box ? box.id : ''; }"
OPEN_MENU = "one => { const box = one.closest('details:not([open])'); if (box) box.querySelector('summary').click(); }"
IMAGES = Path(settings.BASE_DIR) / "docs/images"
PHONE, DESK = (375, 812), (1280, 800)


class Desk:
    """Somebody at a browser of their own, who looks at every screen."""

    def __init__(self, browser, server: str, login: str, size: tuple[int, int] = DESK) -> None:
        """Sign in."""
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
        self.page, self.server, self.width, self.login = context.new_page(), server, size[0], login
        self.looked: set[str] = set()
        self.go("/accounts/login/")
        self.sign_in()

    def sign_in(self) -> None:
        """Type account and password on the page of signing in."""
        self.page.fill("#id_login", self.login)
        self.page.fill("#id_password", make.PASSWORD)
        self.press("button:has-text('登录')")

    def go(self, address: str) -> None:
        """Open a page and look at it."""
        self.page.goto(self.server + address)
        self.arrive()

    def press(self, selector: str) -> None:
        """Press the first visible one, wait for the page it leads to, and look at that."""
        with self.page.expect_navigation():
            self.page.locator(f"{selector} >> visible=true").first.click()
        self.arrive()

    def arrive(self) -> None:
        """Look at a screen when it is seen for the first time: the same place under the same heading is the same."""
        place = re.sub(r"[A-Z]{2}\d{4}-\d+|[\w-]{16,}|\d+", "…", self.page.url.removeprefix(self.server))
        screen = f"{place} {self.text('h1')}"
        if screen not in self.looked:
            self.looked.add(screen)
            self.look()

    def look(self) -> None:
        """Hold the page against axe and its width, from its top: what is scrolled half under a bar counts as small."""
        there = self.page.evaluate("window.scrollY")
        self.page.evaluate(TO_THE_TOP)
        assert self.page.locator("h1").count() == 1
        assert faults_of(self.page) == [], self.page.url
        assert scrolled(self.page) <= self.width, self.page.url
        self.page.evaluate("top => window.scrollTo({top, behavior: 'instant'})", there)

    def text(self, selector: str) -> str:
        """Read what stands somewhere."""
        return self.page.locator(selector).first.inner_text()

    def keep(self, name: str) -> None:
        """Keep a picture of what is in sight, when asked for; few colors are enough."""
        if os.environ.get("KEEP_SCREENSHOTS"):
            picture = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
            picture.quantize(96).save(IMAGES / f"journey-{name}.png", optimize=True)

    # The words of a visitor

    def open(self, address: str) -> Page:
        """Open a page; where the session ran out meanwhile, sign in again."""
        self.go(address.removeprefix(self.server))
        if "/accounts/login/" in self.page.url:
            self.sign_in()
            self.go(address.removeprefix(self.server))
        return self.seen()

    def seen(self) -> Page:
        """Give the page as it stands now."""
        return Page(self.page.url.removeprefix(self.server), 200, self.page.content())

    def send(self, page: Page, form: Form, **typed: object) -> Page:
        """Fill in a form of the page in sight and press its button."""
        place = next(place for place, one in enumerate(page.forms) if one is form)
        handle = self.page.evaluate_handle("place => document.forms[place]", place)
        pressed = next((name for name in typed if name in form.buttons and name not in form.names), "")
        for name, value in typed.items():
            if name != pressed:
                self._fill(handle, name, value)
        button = self.page.evaluate_handle(BUTTON, [handle, pressed, typed.get(pressed, "")]).as_element()
        assert button, f"no button {pressed} on {page.address}"
        self._reach(button)
        if handle.evaluate("form => form.hasAttribute('hx-post')"):
            with self.page.expect_response(lambda answer: answer.request.method == "POST"):
                button.click()
            self.page.wait_for_load_state("networkidle")
        else:
            with self.page.expect_navigation():
                button.click()
        self.arrive()
        return self.seen()

    def _reach(self, element) -> None:
        """Open what hides a field or a button."""
        if dialog := element.evaluate(DIALOG):
            self.page.locator(f"[data-dialog={dialog}] >> visible=true").first.click()
        element.evaluate(OPEN_MENU)

    def _fill(self, form, name: str, value) -> None:
        """Type, tick or choose what a field of a form shall hold."""
        fields = self.page.evaluate_handle(NAMED, [form, name]).get_properties().values()
        for field in (one.as_element() for one in fields):
            kind = field.evaluate("one => one.type")
            if kind in ("checkbox", "radio"):
                held = field.evaluate("one => one.value")
                chosen = held in value if isinstance(value, list) else kind == "checkbox" or held == value
                if chosen != field.is_checked() and (chosen or kind == "checkbox"):
                    self._reach(field)
                    field.set_checked(chosen, force=True)
            elif kind == "file":
                file = {"name": value.name, "mimeType": value.content_type, "buffer": value.read()}
                field.set_input_files(file)
            elif kind.startswith("select"):
                field.select_option(value)
            elif kind != "hidden":
                self._reach(field)
                field.fill(value)
