"""What happens between the Party levels and the document, as verbs on the pages: letters, visit, meeting, notice."""

import re
from datetime import date

from django.core.management import call_command

from approvals.models import Case
from audit.verify import verify_log
from organizations.enums import Channel, Level, Role
from tests import factories as make
from tests.appointment_review.investigating import PARTS_WRITTEN, team_of
from tests.approvals.rebuilt import differences
from tests.cast import Cast
from tests.journeys.pages import Page
from tests.journeys.visitor import Visitor, paper

MEMBERS = ["程书记，书记", "周正，委员", "闻人岳，委员", "顾清和，委员", "宋以宁，委员", "许静川，委员", "钟望舒，委员"]
COUNTED = {
    "issued": "30", "returned": "29", "valid": "28", "excellent": "15", "competent": "10", "basically_competent": "2",
    "not_competent": "1", "opinions_issued": "10", "opinions_returned": "9",
}  # fmt: skip


class Office:
    """Everybody who works in these stories, each at a browser of their own."""

    def __init__(self) -> None:
        self.people: dict[str, Visitor] = {}

    def __getitem__(self, login: str) -> Visitor:
        """Let somebody sign in once."""
        if login not in self.people:
            self.people[login] = Visitor(login)
        return self.people[login]


def province_at_work(cast: Cast) -> Office:
    """Give the province a secretary, a second clerk, three who investigate, a police with accounts, a court without."""
    team_of(cast)
    police = make.department("南岭省公安厅", level=Level.PROVINCE)
    make.department("南岭省高级人民法院", level=Level.PROVINCE, channel=Channel.PAPER)
    for login, shown, role, place in (
        ("cheng", "程书记", Role.COMMITTEE_SECRETARY, cast.province),
        ("hezhou", "贺云舟", Role.ORGANIZER, cast.province),
        ("luo", "骆一鸣", Role.DEPARTMENT_OFFICER, police),
    ):
        make.reviewer(shown, role, place, username=login)
    return Office()


def sound(*matters: str) -> None:
    """Hold tables, inboxes and the log of every path of the matters against each other."""
    cases = list(Case.objects.filter(matter__number__in=matters))
    assert cases
    assert [found for case in cases for found in differences(case)] == []
    call_command("check_inbox", "--json")
    report = verify_log()
    assert (report.faults, report.troubles) == ((), ())


def step(number: str) -> str:
    """Say where a case stands, or how it ended."""
    case = Case.objects.get(number=number)
    return case.step or case.state


# Letters


def send_letters(office: Office, *cases: str, days: str = "10") -> dict[str, str]:
    """Ask every department about the people of these cases, or about all who wait; addresses by department."""
    page = office["han"].open("/letters/new/")
    waiting = page.parts(r'(<input type="checkbox" name="case".*?)</label>')
    keys = re.findall(r'name="case" value="(\d+)"', page.html)
    wanted = {case.subject_name for case in Case.objects.filter(number__in=cases)}
    chosen = [key for key, words in zip(keys, waiting, strict=True) if not cases or words.split()[0] in wanted]
    departments = re.findall(r'name="department" value="(\d+)"', page.html)
    typed = {"case": chosen, "department": departments, "working_days": days}
    page = office["han"].send(page, page.form(field="asks"), **typed)
    page = office["han"].send(page, page.form(field="seen"), case=chosen, department=departments)
    rows = page.parts(r'<h3 class="entry-title">(.*?)</h3>'), page.links_to(r"^/letters/[A-Za-z0-9_-]{16,}/$")
    return dict(reversed(list(zip(*rows, strict=True))))  # the latest stands first


def answer(who: Visitor, letter: str, end: str = "/answer/", *, status: int = 200, **found: str) -> Page:
    """Say of everybody in a letter that nothing was found, except of those named."""
    page = who.open(letter)
    while f"person-{len(found) - 1}" not in page.form(end).names and found:
        page = who.send(page, page.form(end), more="1")
    keys = {name: key for key, name in re.findall(r'<option value="(\d+)"[^>]*>([^<]+)</option>', page.html)}
    typed: dict[str, object] = {"rest": "1"}
    for place, (name, words) in enumerate(found.items()):
        typed |= {f"person-{place}": keys[name], f"text-{place}": words}
    if end == "/enter/":
        typed["scan"] = paper("盖章回函.pdf")
    return who.send(page, page.form(end), status=status, **typed)


def answer_on_paper(clerk: Visitor, second: Visitor, letter: str, **found: str) -> None:
    """Type in a stamped reply from its scan; somebody else compares and confirms."""
    answer(clerk, letter, "/enter/", **found)
    assert "要由本机关另一人核对" in clerk.open(letter).text or "/confirm/" not in clerk.open(letter).html
    page = second.open(letter)
    second.send(page, page.form("/confirm/"))


# Investigation


def at_visit(who: Visitor, case: str, end: str = "", *, part: str = "", field: str = "", status: int = 200, **typed):
    """Do one thing on the pages of an investigation."""
    page = who.open(f"/matters/case/{case}/investigation/{part}")
    return who.send(page, page.form(end, field=field), status=status, **typed)


def set_up_team(office: Office, *cases: str, members: tuple[str, ...] = ("tao", "bai"), day: date) -> None:
    """Name the team and its days, and publish the notice of the investigation."""
    han = office["han"]
    page = han.open("/matters/investigations/")
    typed = {
        "members": list(members), "head": members[0], "from_on": f"{day}", "until_on": f"{day}", "people": "4",
        "contact": "韩启明 020-55500100",
    }  # fmt: skip
    han.send(page, page.form(field="from_on"), case=list(cases), **typed)
    for case in cases:
        at_visit(han, case, "/announce")
    for login in members:
        for case in cases:
            at_visit(office[login], case, "/declare", answer="free")


def talk(who: Visitor, case: str, talkee: str, day: date) -> None:
    """Write down a talk with somebody."""
    page = who.open(f"/matters/case/{case}/investigation/talks/new/")
    typed = {
        "kind": "typed", "talkee": talkee, "relation": "colleague", "held_on": f"{day}", "place": "会议室",
        "present": page.parts(r'name="present" value="(\d+)"'), "text": "工作认真负责。", "confirmed": "on",
    }  # fmt: skip
    who.send(page, page.form(field="talkee"), **typed)


def visit(office: Office, case: str, *, members: tuple[str, str] = ("tao", "bai"), day: date) -> None:
    """Talk, count, write the report and sign it."""
    one, other = (office[login] for login in members)
    talk(one, case, "何苗", day)
    talk(other, case, "高远", day)
    at_visit(one, case, part="tally/", field="issued", held_on=f"{day}", **COUNTED)
    at_visit(other, case, "/tally/confirm")
    at_visit(one, case, part="report/edit/", field="weaknesses", **PARTS_WRITTEN, conclusion="fit")
    for who in (one, other):
        at_visit(who, case, "/sign")


# Meeting


def call_meeting(office: Office, *cases: str, day: date) -> str:
    """Plan a meeting, put these cases on its agenda, note that all came; its address."""
    han = office["han"]
    page = han.open("/meetings/new/")
    typed = {"held_on": f"{day}", "place": "501 室", "members": "\n".join(MEMBERS), "chair": "程书记"}
    page = han.send(page, page.form(field="members"), **typed)
    rows = page.parts(r'(<input type="checkbox" id="stage-.*?</span></span>)')
    keys = re.findall(r'name="stage" value="(\d+)"', page.html)
    chosen = [key for key, words in zip(keys, rows, strict=True) if any(case in words for case in cases)]
    assert len(chosen) == len(cases), page.text
    page = han.send(page, page.form(field="stage"), stage=chosen, act="add")
    present = re.findall(r'name="present" value="(\d+)"', page.html)
    han.send(page, page.form("/attendance/"), present=present)
    return page.address


def item_page(office: Office, meeting: str, case: str) -> Page:
    """Open the table at one item."""
    page = office["han"].open(f"{meeting}desk/")
    name = Case.objects.get(number=case).subject_name
    rows = page.parts(r'(<a class="agenda-row agenda-link".*?</a>)'), page.links_to(r"\?item=\d+$")
    page = office["han"].open(next(link for words, link in zip(*rows, strict=True) if name in words))
    assert case in page.parts(r'desk-where">(.*?)</p>')[0]
    return page


def step_out(office: Office, meeting: str, case: str, member: str) -> Page:
    """Note that a member of the committee leaves the room for one item."""
    page = item_page(office, meeting, case)
    key = next(
        key
        for name, key in re.findall(r"<span>([^<]+)<.*?name=\"member\" value=\"(\d+)\"", page.html, re.DOTALL)
        if name == member
    )
    form = next(one for one in page.forms if one.values.get("member") == key)
    return office["han"].send(page, form)


def resolve(office: Office, meeting: str, case: str, result: str = "agree", **typed: str) -> Page:
    """Enter what was resolved about one item."""
    page = item_page(office, meeting, case)
    return office["han"].send(page, page.form("/result/"), result=result, **typed)


def close_meeting(office: Office, meeting: str) -> None:
    """Hand the record to the chair, who confirms it."""
    page = office["han"].open(f"{meeting}desk/")
    office["han"].send(page, page.form("/over/"))
    page = office["cheng"].open(f"{meeting}confirm/")
    office["cheng"].send(page, page.form(field="act"), act="confirm")


def pass_meeting(office: Office, *cases: str, day: date) -> None:
    """Hold a meeting that agrees to all these cases."""
    meeting = call_meeting(office, *cases, day=day)
    for case in cases:
        resolve(office, meeting, case)
    close_meeting(office, meeting)


# Notice


def put_up(office: Office, *cases: str) -> str:
    """Put up one notice for these cases; the address of the unlisted page."""
    han = office["han"]
    page = han.open(f"/matters/case/{cases[0]}/notice/")
    keys = [str(pk) for pk in Case.objects.filter(number__in=cases).values_list("pk", flat=True)]
    page = han.send(page, page.form(field="contact"), case=keys)
    page = han.send(page, page.form(field="seen"), case=keys)
    return re.findall(r"(/announcements/[A-Za-z0-9_-]+/)", page.html)[0]


def object_to(notice: str, about: str, text: str) -> str:
    """Say something about somebody on the unlisted page, without a name; the code for the outcome."""
    anybody = Visitor("")
    page = anybody.open(notice)
    people = re.findall(r'name="about" value="(\d+)"[^>]*>\s*([^<]+)', page.html)
    (key,) = [key for key, name in people if name.strip() == about]
    page = anybody.send(page, page.form(field="about"), about=key, text=text, named="no")
    return page.parts(r'notice-code">(.*?)<')[0]


def outcome(code: str) -> str:
    """Ask for the outcome with a code."""
    anybody = Visitor("")
    page = anybody.open("/announcements/outcome/")
    return anybody.send(page, page.form(field="code"), code=code).text


def settle_objection(office: Office, about: str, finding: str = "") -> None:
    """Let the discipline officer take an objection up and find something, or dismiss it at once."""
    shi = office["shi"]
    rows = shi.open("/objections/").parts(r'(<li class="entry">.*?</li>)')
    links = shi.open("/objections/").links_to(r"^/objections/[0-9a-f-]{36}/$")
    link = next(link for link, words in zip(links, rows, strict=False) if about in words)
    page = shi.open(link)
    words = {"grounds": "已核实。", "answer": "您反映的问题已经核实，感谢监督。"}
    if finding:
        page = shi.send(page, next(one for one in page.forms if one.values.get("act") == "accept"))
        words["finding"] = finding
    shi.send(page, page.form(field="grounds"), **words)


def after_notice(office: Office, case: str, verb: str = "clear", *, status: int = 200, **typed: str) -> Page:
    """Say after a notice whether anything stands in the way."""
    shi = office["shi"]
    page = shi.open(f"/matters/case/{case}/notice/end/")
    field = {"clear": "", "change": "reason", "refuse": "reason_for_person"}[verb]
    wanted = ({field} if field else set()) | {"key", "csrfmiddlewaretoken"}
    form = next(one for one in page.forms if "verb" in one.buttons and one.names == wanted)
    return shi.send(page, form, status=status, verb=verb, **typed)
