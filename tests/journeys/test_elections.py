"""Elections by HTTP alone: every row and exception of an election, from the request to the ledger."""

import re

import pytest
from django.utils import timezone

from approvals.models import Case
from organizations.models import Account, Post
from tests import factories as make
from tests.appointment_review.test_elections import unsound
from tests.elections import identity_number, vetted
from tests.journeys import visitor
from tests.journeys.pages import Page
from tests.journeys.visitor import Visitor, climb, decide
from tests.shared.test_documents import docx_text
from workflows.appointment_review.models import OfficialDocument

pytestmark = pytest.mark.usefixtures("election_policies")
REASON = "本届支部任期将满，按期组织换届选举，健全支部班子。"
SECRETARY, DEPUTY = ("secretary", "赵晓岚"), ("deputy", "顾怀远")
UP = ("gao", "lin", "zhou")
COUNT = {"entitled": "6", "present": "6", "issued": "6", "returned": "6", "valid": "6", "counters": "何苗、马启文"}


class Office:
    """The people of the office and the branch, each at a browser of their own."""

    def __init__(self) -> None:
        self.people: dict[str, Visitor] = {}

    def __getitem__(self, login: str) -> Visitor:
        """Let somebody sign in once."""
        if login not in self.people:
            self.people[login] = Visitor(login)
        return self.people[login]


@pytest.fixture
def office(cast) -> Office:
    return Office()


def open_election(office: Office, cast, kind: str = "election", **typed: str) -> tuple[str, str]:
    """Open an election; answer with the numbers of the matter and of its path."""
    seats = {"deputies": "1", "planned_on": "2026-12-20", "reason": REASON} | typed
    place = f"{cast.branch.name} {cast.branch.code}"
    return visitor.open_matter(office["lin"], kind, organization=place, **seats)


def at_branch(office: Office, matter: str, then: str, *, status: int = 200, **typed: str) -> Page:
    """Do the step of the branch."""
    page = office["chen"].open(f"/matters/{matter}/election/")
    form = next(one for one in page.forms if "then" in one.buttons and set(typed) <= one.names)
    return office["chen"].send(page, form, then=then, status=status, **typed)


def name(office: Office, cast, matter: str, title: str, person: str, number: str = "") -> tuple[Visitor, str]:
    """Put somebody on the list who comes in with the printed code; answer with the person and the case."""
    page = at_branch(office, matter, "name", title=title, name=person, identity_number=number or identity_number())
    code = re.findall(r"<b>([A-Z0-9]{5} [A-Z0-9]{5})</b>", page.html)[0]
    case = Case.objects.get(matter__number=matter, subject__name=person)
    return come_in(code, case.account), case.number


def come_in(code: str, account: Account) -> Visitor:
    """Enter the code of the sheet and choose a password."""
    who = Visitor("")
    page = who.open("/invite/")
    page = who.send(page, page.form(field="code"), code=code)
    who.send(page, page.form(field="password"), password="nine-bends-over-bridge", again="nine-bends-over-bridge")
    who.login, who.password = account.username, "nine-bends-over-bridge"
    return who


def vet(office: Office, who: Visitor, case: str) -> None:
    """Let the candidate hand in and everybody agree up to the authority, all on the pages."""
    visitor.apply(who, case)
    decide(office["lin"], case, "agree")
    decide(office["lin"], case, "agree")
    climb(case, *(office[login] for login in UP))


def to_nomination(office: Office, cast, **typed: str) -> tuple[str, str]:
    matter, own = open_election(office, cast, **typed)
    at_branch(office, matter, "ask", voters="6")
    climb(own, *(office[login] for login in UP))
    return matter, own


def to_second_request(office: Office, cast, *people: tuple[str, str], **typed: str) -> tuple[str, str, dict]:
    matter, own = to_nomination(office, cast, **typed)
    came = {person: name(office, cast, matter, title, person) for title, person in people}
    at_branch(office, matter, "close")
    for _who, case in came.values():
        found = Case.objects.get(number=case)
        vetted(found, found.account, cast, at=timezone.now())
    return matter, own, came


def to_election(office: Office, cast, *people: tuple[str, str], **typed: str) -> tuple[str, str, dict]:
    matter, own, came = to_second_request(office, cast, *people, **typed)
    at_branch(office, matter, "ask_again")
    climb(own, *(office[login] for login in UP))
    return matter, own, came


def votes(matter: str, **by_name: tuple[int, int, int]) -> dict[str, str]:
    """Type the votes of everybody on the ballot; five to one unless said otherwise."""
    typed = {}
    for case in Case.objects.filter(matter__number=matter, step="ballot"):
        line = case.nominations.get()
        said = by_name.get(case.subject_name, (5, 1, 0))
        typed |= {f"{part}-{line.pk}": str(n) for part, n in zip(("yes", "no", "abstain"), said, strict=True)}
    return typed


def step(own: str) -> str:
    case = Case.objects.get(number=own)
    return case.step or case.state


def test_a_whole_election_from_the_term_to_the_ledger(office, cast):
    matter, own = to_nomination(office, cast)
    came = {person: name(office, cast, matter, title, person) for title, person in (SECRETARY, DEPUTY)}
    at_branch(office, matter, "close")
    vet(office, *came["赵晓岚"])
    second = Case.objects.get(number=came["顾怀远"][1])
    vetted(second, second.account, cast, at=timezone.now())
    at_branch(office, matter, "ask_again")
    climb(own, *(office[login] for login in UP))
    page = at_branch(office, matter, "check", **COUNT, **votes(matter))
    assert "当选：赵晓岚、顾怀远。" in page.text or "当选：顾怀远、赵晓岚。" in page.text
    at_branch(office, matter, "count", **COUNT, **votes(matter))
    assert step(own) == "report"
    report = docx_text(office["chen"].file(f"/matters/{matter}/election/report/?form=docx"))
    assert "赵晓岚" in report
    at_branch(office, matter, "report")
    climb(own, *(office[login] for login in UP))
    assert step(own) == "done"
    held = Post.objects.filter(organization=cast.branch, ended_on=None).order_by("pk")
    assert [(post.person.name, post.title, post.source) for post in held] == [
        ("赵晓岚", "secretary", "elected"), ("顾怀远", "deputy", "elected"),
    ]  # fmt: skip
    for document in OfficialDocument.objects.filter(case__number=own):
        assert document.number in docx_text(office["lin"].file(f"/documents/{document.token}/docx/"))
        assert "有效" in Visitor("").open(f"/check/{document.token}/").text
    case = Case.objects.get(number=own)
    assert unsound(case) == []
    story = visitor.history(office["jian"], own, group="all")
    assert "members" not in " ".join(story)
    assert any("第 1 次计票" in line for line in story), story
    for person, number in came.values():
        assert "同意" in person.open(f"/my/{number}/").text
    assert "赵晓岚" in office["lin"].open(f"/matters/{matter}/").text


def test_a_winner_who_was_never_vetted_waits_until_the_vetting_is_done(office, cast):
    matter, own, came = to_election(office, cast, SECRETARY, deputies="0")
    written = {"in-title-0": "secretary", "in-name-0": "秦望", "in-number-0": identity_number(), "in-yes-0": "4"}
    at_branch(office, matter, "count", **COUNT, **votes(matter, 赵晓岚=(2, 4, 0)), **written)
    assert step(own) == "late_vetting"
    person, number = came["赵晓岚"]
    assert "未当选" in person.open(f"/my/{number}/").text
    late = Case.objects.get(matter__number=matter, subject__name="秦望")
    assert not Post.objects.filter(person=late.subject).exists()
    vetted(late, late.account, cast, at=timezone.now())
    assert step(own) == "report"
    at_branch(office, matter, "report")
    climb(own, *(office[login] for login in UP))
    assert Post.objects.get(person=late.subject).title == "secretary"


def test_an_election_that_fails_is_held_again_with_the_same_people(office, cast):
    matter, own, _came = to_election(office, cast, SECRETARY, deputies="0")
    few = COUNT | {"present": "4", "issued": "4", "returned": "4", "valid": "4"}
    page = at_branch(office, matter, "count", **few, **votes(matter, 赵晓岚=(4, 0, 0)))
    assert "未达到法定人数" in page.text
    assert step(own) == "election"
    wrong = COUNT | {"present": "7"}
    assert "到会" in at_branch(office, matter, "count", status=422, **wrong, **votes(matter)).text
    at_branch(office, matter, "count", **COUNT, **votes(matter))
    assert step(own) == "report"


def test_request_2_is_refused_for_one_of_three_who_is_heard(office, cast):
    people = (SECRETARY, DEPUTY, ("deputy", "秦望"))
    matter, own, came = to_second_request(office, cast, *people, deputies="2")
    at_branch(office, matter, "ask_again")
    climb(own, office["gao"], office["lin"])
    line = Case.objects.get(number=came["秦望"][1]).nominations.get().pk
    page = visitor.seat_of(office["zhou"], own)
    form = page.form("/decide")
    page = office["zhou"].send(page, form, status=422, verb="agree", **{f"not-{line}": "on"})
    typed = {f"not-{line}": "on", f"why-{line}": "党龄存疑。", f"told-{line}": "入党时间需要进一步核实。"}
    office["zhou"].send(page, page.form("/decide"), verb="agree", **typed)
    assert step(came["秦望"][1]) == "reply"
    assert (step(came["赵晓岚"][1]), step(came["顾怀远"][1])) == ("ballot", "ballot")
    assert "入党时间需要进一步核实" in came["秦望"][0].open(f"/my/{came['秦望'][1]}/").text
    visitor.reply(came["秦望"][0], came["秦望"][1], "请再核实一次，我的入党时间有档案为证。")
    decide(office["zhou"], came["秦望"][1], "agree")
    assert (step(came["秦望"][1]), step(own)) == ("rejected", "nomination")


def test_request_1_is_returned_with_a_list_that_the_branch_reads(office, cast):
    matter, own = open_election(office, cast)
    at_branch(office, matter, "ask", voters="6")
    decide(office["gao"], own, "return", goes_to="first_request", **{"text-0": "请核对党员人数。"})
    assert step(own) == "first_request"
    text = office["chen"].open(f"/matters/{matter}/election/").text
    assert ("需补正" in text, "请核对党员人数" in text) == (True, True)
    at_branch(office, matter, "ask", voters="5")
    climb(own, *(office[login] for login in UP))
    assert step(own) == "nomination"


def test_a_by_election_fills_a_vacant_post(office, cast):
    matter, own = to_nomination(office, cast, kind="by_election", deputies="0")
    _who, case = name(office, cast, matter, *SECRETARY)
    at_branch(office, matter, "close")
    found = Case.objects.get(number=case)
    vetted(found, found.account, cast, at=timezone.now())
    assert step(own) == "second_request"
    assert "补选" in office["chen"].open(f"/matters/{matter}/election/").text


def test_twelve_branches_are_opened_together_from_the_term_board(office, cast):
    branches = [make.organization(f"海珠湾第{n}社工站党支部", under=cast.general_branch) for n in range(12)]
    for branch in branches:
        make.post(make.person("甘棠"), branch, due_on=make.TODAY)
    board = office["lin"].open("/terms/")
    assert board.html.count('form="together"') >= 12
    chosen = "&".join(f"organization={branch.code}" for branch in [*branches, cast.city_branch])
    page = office["lin"].open(f"/elections/together/?{chosen}")
    data = page.form(field="planned_on").values | {
        "organization": [branch.code for branch in branches], "name": "2026年集中换届", "request_by": "2026-12-10",
        "nominate_by": "2026-12-25", "planned_on": "2027-01-20", "reason": REASON,
    }  # fmt: skip
    assert office["lin"].client.post("/elections/together/", data).status_code == 302
    assert Case.objects.filter(flow="election", step="first_request").count() == 12
    letter = docx_text(office["lin"].file(f"/elections/reminder/{branches[0].code}/?form=docx"))
    assert branches[0].name in letter


def test_a_matter_is_withdrawn_with_its_people(office, cast):
    matter, own = to_nomination(office, cast, deputies="0")
    who, case = name(office, cast, matter, *SECRETARY)
    page = office["lin"].open(f"/matters/case/{own}/withdraw/")
    office["lin"].send(page, page.form(field="reason"), reason="推迟换届")
    assert (step(own), step(case)) == ("withdrawn", "withdrawn")
    assert "已撤回" in who.open(f"/my/{case}/").text


def test_a_result_that_is_not_approved_is_told_to_the_winner_who_is_heard(office, cast):
    matter, own, came = to_election(office, cast, SECRETARY, deputies="0")
    who, case = came["赵晓岚"]
    at_branch(office, matter, "count", **COUNT, **votes(matter))
    at_branch(office, matter, "report")
    climb(own, office["gao"], office["lin"])
    visitor.refuse(office["zhou"], own)
    assert (step(own), step(case)) == ("rejected", "reply")
    assert "近三年考核情况需要进一步核实" in who.open(f"/my/{case}/reply/").text
    visitor.reply(who, case, "请予核实。")
    decide(office["zhou"], case, "agree")
    assert (step(case), Post.objects.filter(organization=cast.branch).count()) == ("rejected", 0)
    assert "内部意见" not in who.open(f"/my/{case}/").text
    assert unsound(Case.objects.get(number=own)) == unsound(Case.objects.get(number=case)) == []
