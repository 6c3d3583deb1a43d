"""What a person does on the pages, as verbs over a web client: sign in, fill, upload, hand in, decide.

Nothing here looks into the database: numbers, keys and addresses are read from the pages, as a person would.
"""

import io
import re
from functools import cache
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from weasyprint import HTML

from tests import factories as make
from tests.appointment_review.candidate import FIELDS, REQUIRED, RESUME, SPOUSE
from tests.journeys.pages import Form, Page

REASON = "熟悉业务，群众基础好，经支部党员大会推荐，因工作需要选派任职。"


def photo(name: str = "照片.jpg", color: str = "#8899aa") -> SimpleUploadedFile:
    """Make a small picture as a phone sends it."""
    held = io.BytesIO()
    Image.new("RGB", (60, 80), color).save(held, "JPEG")
    return SimpleUploadedFile(name, held.getvalue(), "image/jpeg")


@cache
def _one_page() -> bytes:
    return HTML(string="<p>证明材料</p>").write_pdf()


def paper(name: str = "材料.pdf") -> SimpleUploadedFile:
    """Make a PDF of one page."""
    return SimpleUploadedFile(name, _one_page(), "application/pdf")


class Visitor:
    """Somebody at a browser without scripts; forms carry their tokens, as the server demands."""

    def __init__(self, login: str, password: str = make.PASSWORD) -> None:
        """Come in by the login page; without a login, stay outside."""
        self.client = Client(enforce_csrf_checks=True)
        self.login, self.password = login, password
        if login:
            self.sign_in()

    def sign_in(self) -> None:
        """Sign in with the password."""
        page = self.open("/accounts/login/")
        page = self.send(page, page.form(field="login"), login=self.login, password=self.password)
        assert "/accounts/login/" not in page.address, page.text

    def open(self, address: str, *, status: int = 200) -> Page:
        """Open a page; where the session ran out meanwhile, sign in again."""
        page = self._page(address, self.client.get(address))
        if self.login and page.address.startswith("/accounts/login/") and not address.startswith("/accounts/login/"):
            self.sign_in()
            page = self._page(address, self.client.get(address))
        assert page.status == status, f"{address}: {page.status} {page.text[:2000]}"
        return page

    def send(self, page: Page, form: Form, *, status: int = 200, **typed: object) -> Page:
        """Send a form of a page with what was typed; keywords name fields the page has, or a button."""
        unknown = set(typed) - form.names - form.buttons
        assert unknown == set(), f"no field {unknown} on {page.address}"
        address = urljoin(page.address, form.action)
        answer = self._page(address, self.client.post(address.partition("#")[0], form.values | typed))
        assert answer.status == status, f"{address}: {answer.status} {answer.text[:2000]}"
        return answer

    def file(self, address: str) -> bytes:
        """Download a file."""
        answer = self.client.get(address)
        assert answer.status_code == 200
        return b"".join(answer) if answer.streaming else answer.content

    def _page(self, address: str, answer) -> Page:
        while answer.status_code in (301, 302, 303):
            address = urljoin(address, answer["Location"])
            answer = self.client.get(address.partition("#")[0])
        html = answer.content.decode() if "html" in answer["Content-Type"] else ""
        return Page(address, answer.status_code, html)


# The office


def open_matter(who: Visitor, kind: str, *, address: str = "", **typed: str) -> tuple[str, str]:
    """Fill in a new matter, look at its way, open it; answer with the numbers of the matter and the case."""
    page = who.open(address or f"/matters/new/{kind}/")
    if not page.form(field="reason").values["reason"].strip():
        typed = {"reason": REASON} | typed
    page = who.send(page, page.form(field="reason"), **typed)
    page = who.send(page, page.form(field="seen"), seen="1")
    if not page.address.startswith("/matters/SX"):
        page = who.open(page.links_to(r"^/matters/SX")[0])
    return urlsplit(page.address).path.split("/")[2], re.findall(r"RK\d{4}-\d{5}", page.text)[0]


def propose(who: Visitor, place, name: str, number: str, **typed: str) -> tuple[str, str]:
    """Propose somebody as secretary of a branch."""
    typed = {"from_on": "2026-12-01", "until_on": "2029-12-01", "term_number": "3"} | typed
    return open_matter(
        who, "assignment", organization=f"{place.name} {place.code}", name=name, identity_number=number, **typed
    )


def withdraw_matter(who: Visitor, case: str, why: str) -> Page:
    """Withdraw a case for the office."""
    page = who.open(f"/matters/case/{case}/")
    page = who.open(page.links_to(r"/withdraw/$")[0])
    return who.send(page, page.form(field="reason"), reason=why)


# The candidate


def come_in_by_letter(letter: str, password: str) -> Visitor:
    """Follow the link of an invitation, enter its code and choose a password."""
    who = Visitor("")
    page = who.open(re.findall(r"https?://[^/]+(/invite/\S*)", letter)[0])
    code = re.findall(r"邀请码是 (\w+)", letter)[0]
    page = who.send(page, page.form(field="code"), code=code)
    page = who.send(page, page.form(field="password"), password=password, again=password)
    assert "/invite/" not in page.address, page.text
    return who


def to_fill_in(who: Visitor, case: str) -> None:
    """Fill in every part of the form, one page after the other, and the rows of résumé and family."""
    for section, values in FIELDS.items():
        page = who.open(f"/my/{case}/form/{section}/")
        who.send(page, page.form(field="edition"), **values, then="next")
    for row in RESUME:
        fill_row(who, case, "resume", row)
    fill_row(who, case, "family", SPOUSE)


def fill_row(who: Visitor, case: str, section: str, values: dict[str, str]) -> None:
    """Add an entry to a list of the form and fill it in."""
    page = who.open(f"/my/{case}/form/{section}/")
    page = who.send(page, page.form(field="edition"), then="add")
    row = re.findall(r"id_(rows-\d+)-", page.address)[0]
    typed = {f"{row}-{name}": value for name, value in values.items()}
    who.send(page, page.form(field="edition"), **typed, then="stay")


def upload(who: Visitor, case: str, kind: str, file: SimpleUploadedFile) -> None:
    """Upload a file for one material."""
    page = who.open(f"/my/{case}/materials/")
    form = next(one for one in page.forms if one.values.get("kind") == kind)
    answer = who.client.post(page.address, form.values | {"file": file})
    assert answer.status_code == 302, answer.content.decode()


def confirm_and_hand_in(who: Visitor, case: str) -> Page:
    """Tick the three confirmations, which are asked for anew each time, and hand in on the page that shows it all."""
    page = who.open(f"/my/{case}/form/pledge/")
    page = who.send(page, page.form(field="edition"), truth="on", no_bar="on", consent="on", then="check")
    assert page.address.endswith("/hand-in/"), page.text
    return who.send(page, page.form(field="consent_text"))


def apply(who: Visitor, case: str) -> Page:
    """Do all that a candidate does: the form, the materials, and handing in."""
    to_fill_in(who, case)
    for kind in REQUIRED:
        upload(who, case, kind, photo() if kind in ("photo", "identity_card") else paper())
    return confirm_and_hand_in(who, case)


def put_right(who: Visitor, case: str) -> list[str]:
    """Mark everything on the list as put right; answer with what stood on it."""
    page = who.open(f"/my/{case}/")
    listed = page.parts(r'<div class="todo-words"><b>(.*?)</b>')
    for _each in listed:
        page = who.open(f"/my/{case}/")
        form = next(one for one in page.forms if "/corrections/" in one.action and one.values.get("done") == "1")
        who.send(page, form)
    return listed


def reply(who: Visitor, case: str, words: str) -> Page:
    """Say one's view before a refusal or a removal."""
    page = who.open(who.open(f"/my/{case}/").links_to(r"/reply/$")[0])
    return who.send(page, page.form(field="words"), words=words)


def ask_for_review(who: Visitor, case: str, grounds: str) -> str:
    """Ask that other people look again; answer with the number of the review."""
    page = who.open(who.open(f"/my/{case}/").links_to(r"/review/$")[0])
    page = who.send(page, page.form(field="words"), words=grounds)
    return urlsplit(page.address).path.split("/")[2]


def withdraw_self(who: Visitor, case: str, why: str) -> Page:
    """Withdraw as the candidate."""
    page = who.open(who.open(f"/my/{case}/").links_to(r"/withdraw/$")[0])
    return who.send(page, page.form(field="words"), words=why)


# The reviewers


def seat_of(who: Visitor, case: str) -> Page:
    """Find the case in one's inbox and open it."""
    links = who.open(f"/inbox/?q={case}").links_to(r"^/seats/\d+/$")
    assert len(links) == 1, f"{who.login} finds {links} for {case}"
    return who.open(links[0])


def decide(who: Visitor, case: str, verb: str, **typed: str) -> Page:
    """Say something on the page of a case."""
    page = seat_of(who, case)
    return who.send(page, page.form("/decide"), verb=verb, **typed)


def refuse(who: Visitor, case: str) -> Page:
    """Do not agree, with a reason for the person and one for the office."""
    told, inside = "近三年考核情况需要进一步核实。", "内部意见：暂不成熟。"
    return decide(who, case, "refuse", reason_for_person=told, reason_inside=inside)


def send_back(who: Visitor, case: str, *what: tuple[str, str]) -> Page:
    """Return the case to the candidate with a list."""
    listed = {f"target-{place}": target for place, (target, _words) in enumerate(what)}
    listed |= {f"text-{place}": words for place, (_target, words) in enumerate(what)}
    return decide(who, case, "return", goes_to="materials", **listed)


def climb(case: str, *people: Visitor) -> None:
    """Let each agree in turn."""
    for who in people:
        decide(who, case, "agree")


# Everybody


def history(who: Visitor, case: str, group: str = "") -> list[str]:
    """Read the sentences of the history of a case in the order of the acts."""
    page = who.open(f"/cases/{case}/?group={group}&whole=1")
    return page.parts(r'<li class="story-act">.*?<div><p>(.*?)</p>')[::-1]
