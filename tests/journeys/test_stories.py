"""Whole stories by HTTP, from the first click to the last letter."""

import io
from datetime import date

import pytest
import time_machine
from django.core.cache import cache
from docx import Document
from pypdf import PdfReader
from stdnum.cn.ric import calc_check_digit

from approvals.models import Case
from organizations.identity import sealed_identity
from organizations.models import Account, Obligation, Person, Post
from tests import factories as make
from tests.appointment_review.test_matters import NUMBER
from tests.factories import NOW
from tests.journeys.steps import REASON, Story, fresh, told, whole


HEAD = "44990119850309022"  # of a county that never was
SHEN = HEAD + calc_check_digit(HEAD + "0")


@pytest.fixture
def story(cast, policy):
    """Begin a story on Monday at ten; the ledger knows the number of Shen's card."""
    cache.clear()
    Person.objects.filter(pk=cast.shen_person.pk).update(**sealed_identity(SHEN))
    cast.shen_person.refresh_from_db()
    with time_machine.travel(NOW, tick=False) as clock:
        yield Story(clock)


def docx_text(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def proposed(story: Story, cast, *, by=None, organization=None) -> Case:
    """Propose Shen, whom the ledger knows."""
    number = SHEN
    case, code = story.propose(by or cast.lin, organization or cast.branch, "沈若溪", number)
    assert code == ""
    return case


def refused_at_the_county(story: Story, cast) -> Case:
    case = proposed(story, cast)
    story.apply(cast.shen, case)
    story.climb(case, cast.lin, cast.lin, cast.gao)
    story.decide(cast.lin, case, "refuse")
    return case


def test_general_branch_county_without_power_and_the_authority_above(cast, story):
    case, code = story.propose(cast.lin, cast.branch, "赵晓岚", NUMBER)
    zhao = story.come_in(code)
    assert zhao.person.name == "赵晓岚"
    Account.objects.filter(pk=zhao.pk).update(email="zhao@example.com")
    assert "赵晓岚" in story.browser(zhao).get("/my/").content.decode()
    story.fill_in(zhao, case, basics={"born_on": "1980年5月1日"})
    story.upload(zhao, case)
    story.hand_in(zhao, case)
    story.climb(case, cast.lin, cast.lin, cast.gao, cast.lin)
    assert fresh(case).step_organization == cast.province
    story.climb(case, cast.zhou)
    assert (fresh(case).state, fresh(case).step) == ("done", "")
    files = story.downloads(zhao, case, "docx", "pdf", "print")
    assert "赵晓岚" in docx_text(files["docx"])
    assert "赵晓岚" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(files["pdf"])).pages)
    post = Post.objects.get(person=zhao.person, ended_on=None)
    assert (post.organization, post.title, post.started_on) == (cast.branch, "secretary", date(2027, 1, 4))
    assert sorted(Obligation.objects.filter(person=zhao.person).values_list("kind", flat=True)) == ["induction", "talk"]
    assert told(zhao)[-1] == "decision_issued"
    assert len(story.letters_to(Account.objects.get(pk=zhao.pk))) >= 1
    history = story.browser(cast.jian).get(f"/cases/{case.number}/?whole=1&group=all").content.decode()
    assert "周正" in history
    assert whole(case)


def test_a_branch_right_under_the_province_has_one_level(cast, story):
    case = proposed(story, cast, by=cast.han, organization=cast.province_branch)
    story.name_helper(cast.shen, cast.he)
    story.fill_in(cast.he, case, pledge={name: "" for name in ("truth", "no_bar", "consent")})
    story.upload(cast.he, case)
    story.save(cast.shen, case, "pledge", {name: "on" for name in ("truth", "no_bar", "consent")})
    story.hand_in(cast.shen, case)
    story.climb(case, cast.han, cast.han, cast.qian)
    assert fresh(case).state == "done"
    assert "沈若溪" in docx_text(story.downloads(cast.shen, case, "docx")["docx"])
    assert [stage.organization for stage in case.stages.filter(step="party_levels")] == [cast.province]
    assert whole(case)


def test_returned_twice_then_accepted(cast, story):
    case = proposed(story, cast)
    story.apply(cast.shen, case)
    story.return_it(cast.lin, case, ("form:basics", "请写明籍贯到县区。"), ("form:resume", "请核对起止年月。"))
    assert "请写明籍贯到县区。" in story.browser(cast.shen).get(f"/my/{case.number}/").content.decode()
    story.put_right(cast.shen, case, "basics", {"native_place": "南岭省海珠湾区晨光街道"})
    story.return_it(cast.lin, case, ("form:posts", "请写明现任职务全称。"))
    story.put_right(cast.shen, case, "posts", {"current_post": "海珠湾晨光社工服务中心常务副主任"})
    story.climb(case, cast.lin, cast.lin, cast.gao, cast.lin, cast.zhou)
    assert fresh(case).state == "done"
    assert list(case.form_versions.values_list("version", flat=True)) == [1, 2, 3]
    assert told(cast.shen).count("case_returned") == 2
    assert whole(case)


def test_refused_after_reply_and_reviewed_by_other_people(cast, story):
    case = refused_at_the_county(story, cast)
    page = story.browser(cast.shen).get(f"/my/{case.number}/").content.decode()
    assert "党龄不满一年。" in page
    assert "支部反映的情况需要核实。" not in page
    story.reply(cast.shen, case, "我于2007年转正，请核对组织关系档案。")
    story.decide(cast.feng, case, "agree")
    assert fresh(case).state == "rejected"
    story.later(days=1)
    story.browser(cast.shen).post(f"/my/{case.number}/review/", {"words": "档案当时没有查到，现已找到。"})
    review = Case.objects.get(origin=case, track="review")
    assert "/seats/" not in story.browser(cast.lin).get("/inbox/").content.decode()  # she refused it before
    story.climb(review, cast.feng, cast.lin, cast.gao, cast.lin, cast.zhou)
    assert fresh(review).state == "done"
    assert Post.objects.filter(person=cast.shen_person, case_number=review.number).exists()
    assert whole(case)
    assert whole(review)


def test_withdrawn_by_the_person(cast, story):
    case = proposed(story, cast)
    story.fill_in(cast.shen, case)
    story.later()
    client = story.browser(cast.shen)
    assert client.get(f"/my/{case.number}/withdraw/").status_code == 200
    client.post(f"/my/{case.number}/withdraw/", {"words": "家里老人需要照顾，先不参加。"})
    assert (fresh(case).state, fresh(case).matter.state) == ("withdrawn", "withdrawn")
    assert told(cast.shen)[-1] == "case_withdrawn"
    assert not Post.objects.filter(person=cast.shen_person).exists()
    assert whole(case)


def test_removed_after_a_hearing(cast, story):
    post = make.post(cast.shen_person, cast.branch, due_on=date(2027, 6, 1))
    story.open_matter(cast.lin, "removal", {"organization": cast.branch.code, "reason": REASON, "post": str(post.pk)})
    case = Case.objects.latest("pk")
    story.reply(cast.shen, case, "我服从组织安排，请考虑交接时间。")
    story.climb(case, cast.gao, cast.lin, cast.zhou)
    post.refresh_from_db()
    assert (fresh(case).state, post.end) == ("done", "removed")
    assert post.ended_on is not None
    story.downloads(cast.shen, case, "docx")
    assert whole(case)


def test_a_vacancy_is_bridged_by_an_acting_secretary(cast, story):
    number = SHEN
    fields = {"organization": cast.branch.code, "name": "沈若溪", "identity_number": number, "reason": REASON}
    story.open_matter(cast.lin, "acting", fields | {"until_on": "2027-03-01"})
    case = Case.objects.latest("pk")
    story.climb(case, cast.lin, cast.gao, cast.lin, cast.zhou)
    post = Post.objects.get(person=cast.shen_person)
    assert (post.source, post.due_on, post.ended_on) == ("acting", date(2027, 3, 1), None)
    assert "沈若溪" in docx_text(story.downloads(cast.lin, case, "docx")["docx"])
    assert whole(case)


def test_a_term_is_extended(cast, story):
    post = make.post(cast.shen_person, cast.branch, due_on=date(2026, 12, 1))
    fields = {"organization": cast.branch.code, "reason": REASON, "post": str(post.pk), "until_on": "2027-06-01"}
    story.open_matter(cast.lin, "extension", fields)
    case = Case.objects.latest("pk")
    story.climb(case, cast.gao, cast.lin, cast.zhou)
    post.refresh_from_db()
    assert (fresh(case).state, post.due_on) == ("done", date(2027, 6, 1))
    assert post.extensions.get().was_due_on == date(2026, 12, 1)
    assert whole(case)


def test_nominated_again_after_a_refusal(cast, story):
    case = refused_at_the_county(story, cast)
    story.reply(cast.shen, case, "我接受意见，将继续努力。")
    story.decide(cast.feng, case, "agree")
    story.later(days=40)
    page = story.browser(cast.lin).get(f"/matters/new/assignment/?origin={case.number}").content.decode()
    assert "沈若溪" in page
    number = SHEN
    again, _ = story.propose(cast.lin, cast.branch, "沈若溪", number, origin=case.number)
    assert again.origin == case
    story.apply(cast.shen, again)
    story.climb(again, cast.lin, cast.lin, cast.gao, cast.lin, cast.zhou)
    assert fresh(again).state == "done"
    assert whole(case)
    assert whole(again)
