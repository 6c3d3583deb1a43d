"""What people do in the stories, by HTTP: each step opens a page, reads its form and sends what it asks."""

import re
from datetime import datetime, timedelta
from itertools import count

from django.core import mail
from django.http import HttpResponse
from django.test import Client

from approvals.models import Case, Seat
from notifications.delivery import deliver_due
from notifications.models import Notice
from organizations.models import Account, Helper
from tests.appointment_review.candidate import FIELDS, REQUIRED, RESUME, SPOUSE, picture
from tests.approvals.rebuilt import differences
from tests.factories import NOW
from workflows.appointment_review.models import OfficialDocument

REASON = "熟悉业务，群众基础好，经支部大会推荐，因工作需要选派任职。"
SECTIONS = ("basics", "membership", "education", "posts", "resume", "record", "family", "pledge")
PASSWORD = "water under the old bridge"
_file = count(1)


class Story:
    """One story and its clock.

    Attributes:
        clock: Moves on by an hour with every step.
    """

    def __init__(self, clock) -> None:
        self.clock, self.at = clock, NOW
        self.browsers: dict[int, Client] = {}

    def browser(self, account: Account) -> Client:
        """Give somebody's browser, signed in."""
        if account.pk not in self.browsers:
            self.browsers[account.pk] = Client()
        client = self.browsers[account.pk]
        client.force_login(account)
        return client

    def later(self, **span: int) -> datetime:
        """Let time pass."""
        self.at += timedelta(**(span or {"hours": 1}))
        self.clock.move_to(self.at)
        return self.at

    # The office

    def propose(self, by: Account, organization, name: str, number: str, **more: str) -> tuple[Case, str]:
        """Propose a secretary; gives the case and the code of the printed sheet, if one was printed."""
        fields = {
            "organization": f"{organization.name} {organization.code}", "name": name, "identity_number": number,
            "title": "secretary", "source": "assigned", "from_on": "2027-01-04", "until_on": "", "reason": REASON,
            "channel": "sheet", "email": "", "term_number": "", **more,
        }  # fmt: skip
        page = self.open_matter(by, "assignment", fields)
        case = Case.objects.latest("pk")
        code = re.search(r"[2-9A-HJ-NP-Z]{5} [2-9A-HJ-NP-Z]{5}", page.content.decode())
        return case, code[0] if code else ""

    def open_matter(self, by: Account, kind: str, fields: dict[str, str]) -> HttpResponse:
        """Open a matter: fill in, look at its way, open."""
        self.later()
        client, where = self.browser(by), f"/matters/new/{kind}/"
        assert client.get(where).status_code == 200
        looked = client.post(where, fields)
        assert (looked.status_code, looked.context["form"].errors) == (200, {})
        opened = client.post(where, {**fields, "seen": "1"})
        assert opened.status_code in (200, 302), opened.context["form"].errors
        return opened

    def decide(self, by: Account, case: Case, verb: str, **fields: str) -> None:
        """Open the inbox, follow the row to the seat, and answer."""
        self.later()
        client = self.browser(by)
        seat = Seat.objects.filter(stage__case=case, state="open").latest("pk")
        assert f"/seats/{seat.pk}/" in client.get("/inbox/").content.decode()
        page = client.get(f"/seats/{seat.pk}/").content.decode()
        key = re.search(r'name="key" value="([^"]+)"', page)[1]
        if verb == "refuse":
            fields = {"reason_inside": "支部反映的情况需要核实。", "reason_for_person": "党龄不满一年。"} | fields
        answer = client.post(f"/seats/{seat.pk}/decide", {"verb": verb, "key": key, **fields})
        assert answer.status_code == 302, re.findall(r"notice-[^>]*>([^<]+)", answer.content.decode())

    def return_it(self, by: Account, case: Case, *corrections: tuple[str, str]) -> None:
        """Return a case with a list of what to put right."""
        listed = {}
        for place, (target, text) in enumerate(corrections):
            listed |= {f"target-{place}": target, f"text-{place}": text}
        self.decide(by, case, "return", goes_to="materials", **listed)

    def climb(self, case: Case, *deciders: Account) -> None:
        """Let one after the other agree."""
        for by in deciders:
            self.decide(by, case, "agree")

    # The person

    def come_in(self, code: str) -> Account:
        """Use the code of the sheet, choose a password, and sign in."""
        self.later()
        client = Client()
        assert client.post("/invite/", {"code": code})["Location"] == "/invite/password/"
        entered = client.post("/invite/password/", {"password": PASSWORD, "again": PASSWORD})
        assert entered.status_code == 302
        account = Account.objects.get(pk=client.session["_auth_user_id"])
        self.browsers[account.pk] = client
        return account

    def fill_in(self, by: Account, case: Case, **changes: dict[str, str]) -> None:
        """Fill in all parts of the form, one page after the other."""
        self.later()
        for section in SECTIONS:
            self.save(by, case, section, FIELDS.get(section, {}) | changes.get(section, {}))
        for row in RESUME:
            self.add_row(by, case, "resume", row)
        self.add_row(by, case, "family", SPOUSE)

    def save(self, by: Account, case: Case, section: str, values: dict[str, str], then: str = "next") -> HttpResponse:
        """Send one part of the form as its page holds it, with something changed."""
        client, where = self.browser(by), f"/my/{case.number}/form/{section}/"
        answer = client.post(where, fields_of(client.get(where).content.decode()) | values | {"then": then})
        assert answer.status_code == 302
        return answer

    def add_row(self, by: Account, case: Case, section: str, values: dict[str, str]) -> None:
        """Add a row to a part of the form and fill it in."""
        added = self.save(by, case, section, {}, then="add")
        row = re.search(r"id_rows-(\d+)-", added["Location"])[1]
        self.save(by, case, section, {f"rows-{row}-{name}": value for name, value in values.items()}, then="stay")

    def upload(self, by: Account, case: Case, *kinds: str) -> None:
        """Upload a small scan for each material."""
        for kind in kinds or REQUIRED:
            answer = self.browser(by).post(
                f"/my/{case.number}/materials/", {"kind": kind, "file": picture(f"{kind}-{next(_file)}.png")}
            )
            assert answer.status_code == 302

    def hand_in(self, by: Account, case: Case) -> None:
        """Look at everything once more and hand it in."""
        self.later()
        client, where = self.browser(by), f"/my/{case.number}/hand-in/"
        page = client.get(where).content.decode()
        sent = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("key", "consent_text")}
        assert client.post(where, sent)["Location"] == f"/my/{case.number}/"
        assert fresh(case).step != "materials"

    def apply(self, by: Account, case: Case) -> None:
        """Fill in, upload, hand in."""
        self.fill_in(by, case)
        self.upload(by, case)
        self.hand_in(by, case)

    def put_right(self, by: Account, case: Case, section: str, values: dict[str, str]) -> None:
        """Correct one part, tick the list off, confirm again, and hand in."""
        self.later()
        client = self.browser(by)
        self.save(by, case, section, values)
        page = client.get(f"/my/{case.number}/").content.decode()
        for pk in re.findall(rf"/my/{case.number}/corrections/(\d+)/", page):
            client.post(f"/my/{case.number}/corrections/{pk}/", {"done": "1"})
        self.save(by, case, "pledge", {name: "on" for name in ("truth", "no_bar", "consent")})
        self.hand_in(by, case)

    def reply(self, by: Account, case: Case, words: str) -> None:
        """Say one's view before a refusal or a removal stands."""
        self.later()
        client, where = self.browser(by), f"/my/{case.number}/reply/"
        key = re.search(r'name="key" value="([^"]+)"', client.get(where).content.decode())[1]
        client.post(f"{where}save", {"words": words[:5]})
        assert client.post(where, {"words": words, "key": key}).status_code == 302

    def name_helper(self, by: Account, helper: Account) -> None:
        """Let somebody fill in."""
        self.browser(by).post("/helpers/", {"login": helper.username})
        assert Helper.objects.filter(candidate=by, helper=helper, until_at=None).exists()

    # The end

    def downloads(self, by: Account, case: Case, *forms: str) -> dict[str, bytes]:
        """Download the issued document."""
        document = OfficialDocument.objects.get(case=case)
        assert document.number in self.browser(by).get(f"/documents/{document.token}/").content.decode()
        files = {}
        for form in forms:
            answer = self.browser(by).get(f"/documents/{document.token}/{form}/")
            assert answer.status_code == 200
            files[form] = answer.content
        assert document.number in Client().get(f"/check/{document.token}/").content.decode()
        return files

    def letters_to(self, account: Account) -> list[str]:
        """Let the worker send what is due and give the subjects of the mails somebody received."""
        deliver_due(at=self.at + timedelta(days=2))
        return [letter.subject for letter in mail.outbox if account.email in letter.to]


def fields_of(page: str) -> dict[str, str]:
    """Read what a browser would send back from the form of a page: inputs, ticks, choices, texts."""
    form = re.search(r'<form[^>]*id="part".*?</form>', page, re.DOTALL)[0]
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        kind = attributes.get("type", "text")
        if "name" in attributes and (kind not in ("checkbox", "radio") or re.search(r"\schecked\b", tag)):
            fields[attributes["name"]] = attributes.get("value", "on")
    for name, options in re.findall(r'<select[^>]*name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option[^>]*value="([^"]*)"[^>]*\sselected', options)
        fields[name] = chosen[1] if chosen else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        fields[name] = text.strip()
    return fields


def fresh(case: Case) -> Case:
    """Read a case again."""
    return Case.objects.select_related("subject", "organization", "matter").get(pk=case.pk)


def told(account: Account) -> list[str]:
    """List the kinds of notices somebody received, first to last."""
    return list(Notice.objects.filter(recipient=account).order_by("pk").values_list("kind", flat=True))


def whole(case: Case) -> bool:
    """Say whether the log alone tells the case as the tables do."""
    return differences(fresh(case)) == []
