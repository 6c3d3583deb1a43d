"""A branch that is founded, and seats that are only filed: elections without anybody before them, or without a vetting.

On the default policies and by the pages alone; only what a candidate hands in goes in by the verb behind the page.
"""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from approvals.models import Case
from organizations.models import PartyOrganization, Post
from tests import factories as make
from tests.cases import full_policy_document
from tests.elections import identity_number, publish_for_elections
from tests.journeys import rooms, visitor
from tests.journeys.brought import looked_into, up
from tests.journeys.rooms import sound, step
from tests.journeys.test_elections import REASON, at_branch
from tests.journeys.test_whole_election import cleared, named
from tests.organizations.ledgers import HEADINGS, standard_book
from tests.shared.test_documents import docx_text
from workflows.appointment_review.election_models import ElectionNominee

pytestmark = pytest.mark.usefixtures("now")

NEW, UNIT, CREDIT = "海珠湾青禾养老服务中心党支部", "海珠湾青禾养老服务中心", "52440300MJK6932012"
COUNTED = {
    "entitled": "8", "present": "8", "issued": "8", "returned": "8", "valid": "8", "counters": "何苗、马启文",
}  # fmt: skip


@pytest.fixture
def office(cast):
    publish_for_elections(cast.an, full_policy_document())
    return rooms.province_at_work(cast)


def import_branch(office, cast) -> None:
    """Let the administrator read in the ledger with the new unit and its branch."""
    rows = {
        "党组织": [["B90001", NEW, "党支部", cast.general_branch.code, "县", "440104", "否"]],
        "社会组织": [[CREDIT, UNIT, "民办非企业单位", "海珠湾区民政局", None, "B90001", date(2026, 9, 1), 40, 8, None]],
    }
    book = standard_book({name: (words.split(), rows.get(name, [])) for name, words in HEADINGS.items()})
    xu = office["xu"]
    page = xu.open("/import/")
    page = xu.send(page, page.form(field="file"), file=SimpleUploadedFile("台账.xlsx", book.getvalue()))
    page = xu.send(page, page.form("/write/"), rows="all")
    assert "已写入" in page.text


def let_speak(office, login: str, place: PartyOrganization) -> None:
    """Let the security administrator make somebody the liaison officer of the preparatory group."""
    an = office["an"]
    page = an.open(f"/grants/new/?account={login}")
    typed = {"account": login, "role": "liaison", "place": place.code, "reason": "筹备组推荐"}
    page = an.send(page, page.form(field="place"), **typed)
    an.send(page, page.form(field="seen"), seen="1")


def open_for(office, place: PartyOrganization, kind: str, **seats: str) -> tuple[str, str]:
    """Open an election at a branch."""
    typed = {"planned_on": "2026-12-20", "reason": REASON} | seats
    return visitor.open_matter(office["lin"], kind, organization=f"{place.name} {place.code}", **typed)


def standing(place: PartyOrganization) -> list[tuple[str, str, str]]:
    """List who holds what at a branch, as the ledger keeps it."""
    held = Post.objects.filter(organization=place, ended_on=None).order_by("title", "pk")
    return [(post.person.name, post.title, post.source) for post in held]


def test_a_branch_is_founded_and_elects_its_first_committee(cast, office, now):
    import_branch(office, cast)
    place = PartyOrganization.objects.get(name=NEW)
    let_speak(office, "chen", place)
    matter, own = open_for(office, place, "election", members="3")
    at_branch(office, matter, "ask", voters="8")
    up(cast, own)
    assert UNIT in office["lin"].open(f"/organizations/{place.code}/").text
    first = identity_number()
    at_branch(office, matter, "name", title="member", name="赵晓岚", identity_number=first)
    for person in ("顾怀远", "秦望", "唐以珩"):
        at_branch(office, matter, "name", title="member", name=person, identity_number=identity_number())
    came = named(office, cast, matter, ("secretary", "赵晓岚", first))
    (case,) = [number for _who, number in came.values()]
    assert (
        Case.objects.filter(matter__number=matter).exclude(subject=None).get().number == case
    )  # nobody else is vetted
    looked_into(cast, office, now, case)
    at_branch(office, matter, "ask_again")
    up(cast, own)
    cleared(office, now, case)
    day, typed = f"{localdate()}", {}
    for line in ElectionNominee.objects.filter(plan__case__number=own):
        # The new committee of three elects the secretary at its first meeting.
        said = (3, 0, 0) if line.case_id else (7, 1, 0) if line.person.name != "唐以珩" else (3, 5, 0)
        typed |= {f"{part}-{line.pk}": str(n) for part, n in zip(("yes", "no", "abstain"), said, strict=True)}
    at_branch(office, matter, "count", **COUNTED, committee_present="3", held_on=day, **typed)
    report = docx_text(office["chen"].file(f"/matters/{matter}/election/report/?form=docx"))
    assert all(person in report for person in ("赵晓岚", "顾怀远", "秦望"))
    at_branch(office, matter, "report")
    up(cast, own)
    assert (step(own), step(case)) == ("done", "done")
    assert standing(place) == [
        ("顾怀远", "member", "elected"), ("秦望", "member", "elected"), ("赵晓岚", "secretary", "elected"),
    ]  # fmt: skip
    page = office["lin"].open(f"/organizations/{place.code}/").text
    assert ("赵晓岚 书记" in page, "唐以珩" in page) == (True, False)
    assert "同意" in came["赵晓岚"][0].open(f"/my/{case}/").text
    sound(matter)


def test_members_of_a_committee_are_filed_without_a_vetting(cast, office, now):
    make.post(make.person("程望舒"), cast.branch, title="member")
    matter, own = open_for(office, cast.branch, "by_election", secretaries="0", members="1")
    at_branch(office, matter, "ask", voters="8")
    up(cast, own)
    page = at_branch(office, matter, "name", title="member", name="秦望", identity_number=identity_number())
    assert "至少要有 2 名候选人" in page.text
    at_branch(office, matter, "name", title="member", name="唐以珩", identity_number=identity_number())
    at_branch(office, matter, "close")
    assert (step(own), Case.objects.filter(matter__number=matter).count()) == ("second_request", 1)
    at_branch(office, matter, "ask_again")
    up(cast, own)
    assert step(own) == "election"  # nobody is on a notice, so nothing runs out
    lines = {line.person.name: line.pk for line in ElectionNominee.objects.filter(plan__case__number=own)}
    typed = {"held_on": f"{localdate()}"}
    for person, said in (("秦望", "610"), ("唐以珩", "260")):
        typed |= {f"{part}-{lines[person]}": n for part, n in zip(("yes", "no", "abstain"), said, strict=True)}
    at_branch(office, matter, "count", **COUNTED, **typed)
    at_branch(office, matter, "report")
    up(cast, own)
    assert (step(own), standing(cast.branch)) == (
        "done", [("程望舒", "member", "assigned"), ("秦望", "member", "elected")],
    )  # fmt: skip
    told = " ".join(visitor.history(office["jian"], own, "all"))
    assert "当选委员已备案" in told
    sound(matter)
