"""Matters: the list, one matter, opening each kind, withdrawing, documents, and the check page."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from stdnum.cn.ric import calc_check_digit

from approvals.models import Case
from audit.models import Entry
from organizations.identity import sealed_identity
from organizations.models import Account, Invitation, PartyOrganization, Person, RoleAssignment
from tests import factories as make
from tests.cases import case_at, fresh, new_case, say
from tests.factories import NOW
from workflows.appointment_review.models import OfficialDocument

HEAD = "44990119800501012"  # a county that never was
NUMBER = HEAD + calc_check_digit(HEAD + "0")
REASON = "熟悉业务，群众基础好，经支部大会推荐，因工作需要选派任职。"


@pytest.fixture(autouse=True)
def now(policy):
    cache.clear()
    with time_machine.travel(NOW, tick=False) as moment:
        yield moment


def got(client, account, address):
    client.force_login(account)
    return client.get(address)


def text_of(answer):
    return answer.content.decode()


def done_case(cast):
    case = case_at(cast, "province")
    say(case, cast.zhou, "agree")
    return fresh(case)


def proposal(cast, **changes):
    fields = {
        "organization": f"{cast.branch.name} {cast.branch.code}", "name": "赵晓岚",
        "identity_number": NUMBER, "title": "secretary", "source": "assigned",
        "from_on": "2026-12-01", "until_on": "", "reason": REASON, "channel": "sheet", "email": "", "term_number": "3",
    }  # fmt: skip
    return fields | changes


def post(client, account, kind, fields):
    client.force_login(account)
    return client.post(f"/matters/new/{kind}/", fields)


def test_the_list_says_who_has_a_matter_and_since_when(cast, client):
    case = case_at(cast, "eligibility")
    text = text_of(got(client, cast.lin, "/matters/"))
    assert case.matter.number in text
    assert "海珠湾区志愿服务联合会党总支 · 资格初审，11月23日起" in text


@pytest.mark.queries
@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_list_takes_the_same_statements_however_long_it_is(cast, client, number):
    for serial in range(number):
        person = make.person(f"李晓{'甲乙丙丁戊己庚辛壬癸'[serial % 10]}")
        new_case(cast, person=person, organization=make.organization(f"第{serial}党支部", under=cast.general_branch))
    got(client, cast.lin, "/matters/")
    with CaptureQueriesContext(connection) as seen:
        answer = client.get("/matters/")
    assert len(answer.context["lines"]) == number
    assert len([one for one in seen if "organizations_calendar" not in one["sql"]]) == 7


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=沈若溪", 1), ("q=晨光", 1), ("q=sx2026", 1), ("q=马启文", 0), ("kind=removal", 0), ("kind=assignment", 1),
     ("state=open", 1), ("state=done", 0), ("state=nonsense", 1)],
)  # fmt: skip
def test_the_list_is_searched_and_filtered(cast, client, query, found):
    new_case(cast)
    assert len(got(client, cast.lin, f"/matters/?{query}").context["lines"]) == found


@pytest.mark.parametrize("stranger", ["wu", "deng", "he", "xu", "an", "shen", "ma"])
def test_a_matter_does_not_exist_for_those_it_is_none_of_their_business(cast, client, stranger):
    case = new_case(cast)
    assert got(client, getattr(cast, stranger), f"/matters/{case.matter.number}/").status_code == 404
    assert case.matter.number not in text_of(got(client, getattr(cast, stranger), "/matters/"))


def test_before_opening_one_sees_whom_it_will_pass(cast, client):
    answer = post(client, cast.lin, "assignment", proposal(cast))
    text = text_of(answer)
    assert [station.step for station in answer.context["way"]][:3] == ["提交材料", "形式审查", "资格初审"]
    assert "南岭省社会组织综合党委 <b>（决定）</b>" in text
    assert not Case.objects.exists()


def test_opening_lets_a_new_person_in_with_a_code_shown_once(cast, client):
    answer = post(client, cast.lin, "assignment", proposal(cast, seen="1"))
    case = Case.objects.select_related("proposal").get()
    assert (case.subject_name, case.proposal.until_on, case.proposal.term_number) == ("赵晓岚", date(2029, 12, 1), 3)
    account = Account.objects.get(person=case.subject)
    invitation = Invitation.objects.get(account=account)
    assert answer.context["code"].replace(" ", "").isalnum()
    assert answer.context["code"] in text_of(answer)
    assert invitation.channel == "sheet"
    assert case.stages.get().seats.get().holder == account


def test_somebody_known_is_found_by_the_number_and_not_entered_twice(cast, client):
    number = NUMBER
    known = make.person("赵晓岚", number=number)
    make.account("赵晓岚", person=known, username="zhao")
    answer = post(client, cast.lin, "assignment", proposal(cast, identity_number=number, seen="1"))
    assert answer.status_code == 302
    assert Person.objects.filter(name="赵晓岚").count() == 1
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": "太短"}, "reason"), ({"identity_number": "123"}, "identity_number"), ({"name": "Bob"}, "name"),
        ({"organization": "没有的党支部"}, "organization"), ({"until_on": "2026-01-01"}, "until_on"),
        ({"channel": "email"}, "email"), ({"from_on": "x"}, "from_on"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_field_and_the_rest_is_kept(cast, client, changes, field):
    answer = post(client, cast.lin, "assignment", proposal(cast, seen="1") | changes)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert 'value="3"' in text_of(answer)
    assert not Case.objects.exists()
    assert not Person.objects.filter(name="赵晓岚").exists()


def test_an_organization_out_of_sight_cannot_be_chosen(cast, client):
    fields = proposal(cast, organization=f"{cast.city_branch.name} {cast.city_branch.code}", seen="1")
    assert "organization" in post(client, cast.lin, "assignment", fields).context["form"].errors
    assert cast.city_branch.name not in text_of(got(client, cast.lin, "/matters/new/places/?organization=象棋"))
    assert cast.branch.name in text_of(got(client, cast.lin, "/matters/new/places/?organization=晨光"))


@pytest.mark.parametrize("stranger", ["chen", "he", "shen", "an", "jian", "shi"])
def test_only_openers_reach_the_page(cast, client, stranger):
    assert got(client, getattr(cast, stranger), "/matters/new/assignment/").status_code == 403
    assert post(client, getattr(cast, stranger), "assignment", proposal(cast, seen="1")).status_code == 403


def test_a_term_that_is_left_open_runs_as_long_as_the_policy_says_and_none_runs_longer(cast, client):
    open_ended = proposal(cast, seen="1") | {"until_on": ""}
    PartyOrganization.objects.filter(pk=cast.branch.pk).update(kind="industry_committee")
    too_long = open_ended | {"until_on": "2031-12-02"}
    assert post(client, cast.lin, "assignment", too_long).context["form"].errors.keys() == {"until_on"}
    post(client, cast.lin, "assignment", open_ended)
    assert Case.objects.get().proposal.until_on == date(2031, 12, 1)


def test_the_person_is_told_an_office_although_nobody_has_approval_power_any_more(cast, policy, client):
    case = new_case(cast)
    PartyOrganization.objects.update(can_approve=False)
    client.force_login(cast.shen)
    for page in ("/my/", f"/my/{case.number}/", f"/my/{case.number}/hand-in/"):
        answer = client.get(page)
        assert (page, answer.status_code) == (page, 200)
    assert cast.general_branch.name in client.get(f"/my/{case.number}/").content.decode()


def test_a_removal_and_an_extension_start_from_the_post_that_is_held(cast, client):
    make.post(cast.shen_person, cast.branch, due_on=date(2026, 12, 1))
    place = f"{cast.branch.name} {cast.branch.code}"
    fields = {"organization": place, "reason": REASON, "seen": "1", "until_on": "2027-06-01"}
    assert post(client, cast.lin, "extension", fields | {"until_on": "2028-06-01"}).context["form"].errors.keys() == {
        "until_on"
    }
    assert post(client, cast.lin, "extension", fields).status_code == 302
    case = Case.objects.get()
    client.post(f"/matters/case/{case.number}/withdraw/", {"reason": "时间未定。"})
    assert post(client, cast.lin, "removal", fields).status_code == 302
    assert Case.objects.get(track="removal").subject == cast.shen_person


def test_an_acting_secretary_is_named_for_a_limited_time(cast, client):
    fields = proposal(cast, until_on="2027-12-01", seen="1")
    assert "until_on" in post(client, cast.lin, "acting", fields).context["form"].errors
    assert not Case.objects.exists()
    assert post(client, cast.lin, "acting", fields | {"until_on": "2027-03-01"}).status_code == 302
    assert Case.objects.get().track == "acting"


def test_withdrawing_needs_a_reason_and_an_opener(cast, client):
    case = new_case(cast)
    where = f"/matters/case/{case.number}/withdraw/"
    for stranger in (cast.chen, cast.wu):
        client.force_login(stranger)
        assert client.post(where, {"reason": "x"}).status_code == 404
    client.force_login(cast.lin)
    assert client.get(where).status_code == 200
    assert client.post(where, {"reason": ""}).status_code == 422
    assert client.post(where, {"reason": "本人另有安排。"}).status_code == 302
    assert fresh(case).state == "withdrawn"


def test_after_a_refusal_the_proposal_comes_back_filled_in(cast, client):
    Person.objects.filter(pk=cast.shen_person.pk).update(**sealed_identity(NUMBER))
    cast.shen_person.refresh_from_db()
    case = case_at(cast, "completeness")
    say(case, cast.lin, "refuse")
    say(case, cast.shen, "hand_in")
    say(case, cast.gao, "agree")
    assert fresh(case).state == "rejected"
    answer = got(client, cast.lin, f"/matters/new/assignment/?origin={case.number}")
    text = text_of(answer)
    assert "沈若溪" in text
    assert "因工作需要选派任职" in text
    fields = proposal(cast, name="沈若溪", origin=case.number, seen="1", reason=REASON)
    assert post(client, cast.lin, "assignment", fields).status_code == 302
    assert Case.objects.get(state="open").origin_id == case.pk
    assert "不予同意告知书" in text_of(got(client, cast.lin, f"/matters/{case.matter.number}/"))


def test_a_document_is_read_by_the_person_and_the_reviewers_and_downloads_are_in_the_log(cast, client):
    case = done_case(cast)
    document = OfficialDocument.objects.get(case=case)
    for account, status in ((cast.shen, 200), (cast.lin, 200), (cast.zhou, 200), (cast.wu, 404), (cast.ma, 404)):
        assert got(client, account, f"/documents/{document.token}/").status_code == status
        assert got(client, account, f"/documents/{document.token}/print/").status_code == status
    docx = got(client, cast.lin, f"/documents/{document.token}/docx/")
    assert docx.content[:2] == b"PK"
    assert Entry.objects.filter(stream="exports", verb="document.downloaded").count() == 4
    assert got(client, cast.lin, f"/documents/{document.token}/exe/").status_code == 404


def test_the_sealed_scan_is_attached_once_by_an_organizer(cast, client):
    case = done_case(cast)
    document = OfficialDocument.objects.get(case=case)
    where = f"/documents/{document.token}/scan/"
    client.force_login(cast.wu)
    assert client.post(where, {"file": SimpleUploadedFile("a.pdf", b"x")}).status_code == 404
    client.force_login(cast.gao)
    client.post(where, {"file": SimpleUploadedFile("a.png", picture())})  # sees the case, is no organizer
    client.force_login(cast.lin)
    client.post(where, {"file": SimpleUploadedFile("a.pdf", b"no pdf")})
    assert OfficialDocument.objects.get().scan is None
    client.post(where, {"file": SimpleUploadedFile("批复.png", picture())})
    kept = OfficialDocument.objects.get().scan
    assert kept.purpose == "sealed_scan"
    answer = client.post(where, {"file": SimpleUploadedFile("批复2.png", picture())}, follow=True)
    assert "不能替换" in text_of(answer)
    assert OfficialDocument.objects.get().scan == kept
    assert Entry.objects.filter(verb="document.scan_attached").count() == 1


def picture():
    content = BytesIO()
    Image.new("RGB", (60, 80), "#dddddd").save(content, "PNG")
    return content.getvalue()


def test_anybody_can_check_a_document_and_learns_no_more_than_it_says(cast, client):
    case = done_case(cast)
    document = OfficialDocument.objects.get(case=case)
    text = text_of(client.get(f"/check/{document.token}/"))
    assert document.number in text
    assert "有效" in text
    assert "1****************" not in text
    assert "因工作需要" not in text
    assert client.get("/check/nothing/").status_code == 404
    assert [client.get("/check/nothing/").status_code for _click in range(30)][-1] == 429


@pytest.mark.parametrize(("kind", "words"), [("acceptance", "受理通知书"), ("correction", "补正通知书")])
def test_notices_are_printed_from_the_case(cast, client, kind, words):
    case = case_at(cast, "completeness")
    where = f"/matters/case/{case.number}/notices/{kind}/"
    assert got(client, cast.lin, where).status_code == 404
    if kind == "correction":
        say(case, cast.lin, "return", corrections=[("form:resume", "请补齐经历。")], goes_to="materials")
    else:
        say(case, cast.lin, "agree")
    text = text_of(got(client, cast.lin, where))
    assert words in text
    assert "沈若溪" in text
    assert got(client, cast.wu, where).status_code == 404


def test_the_security_administrator_sees_empty_seats_but_no_person(cast, client):
    RoleAssignment.objects.filter(role__in=["organizer", "general_branch_secretary"]).delete()
    case = new_case(cast, by=cast.zhou)
    say(case, cast.shen, "hand_in")
    text = text_of(got(client, cast.an, "/unfilled/"))
    assert "党建组织员" in text
    assert "形式审查" in text
    assert "沈若溪" not in text
    assert case.number not in text
    assert got(client, cast.lin, "/unfilled/").status_code == 403
