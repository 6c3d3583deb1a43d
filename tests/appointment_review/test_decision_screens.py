"""The page of a seat: who opens it, what it says, what each answer does, and that nothing typed is lost."""

import json

import pytest
import time_machine
from django.urls import reverse

from approvals.models import Comment, Decision, Draft, InboxRow, Seat
from audit.models import Entry
from organizations.identity import seal_for
from organizations.models import OrganizationGrant
from tests import factories as make
from tests.cases import case_at, fresh, new_case, open_seat, policy_document, publish, say
from tests.factories import NOW, TODAY
from workflows.appointment_review.actions.opening import ask_for_review
from workflows.appointment_review.actions.replies import hand_in_reply
from workflows.appointment_review.form_fields import FORM_NAME, empty_document
from workflows.appointment_review.models import Finding, FormVersion

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(policy):
    with time_machine.travel(NOW, tick=False) as moment:
        yield moment


def address(case, verb=""):
    return f"/seats/{open_seat(case).pk}/{verb}"


def opened(client, account, case):
    client.force_login(account)
    return client.get(address(case))


def text_of(answer):
    return answer.content.decode()


def decide(client, account, case, verb, key="k1", **fields):
    client.force_login(account)
    return client.post(address(case, "decide"), {"verb": verb, "key": key, **fields})


def find(case, level, code="membership_short"):
    return Finding.objects.create(case=case, code=code, level=level, found_at=NOW, facts=FACTS.get(code, {}))


FACTS = {"membership_short": {"months": 11, "years": 1, "full_on": "2025-12-20"}}


def test_the_page_puts_one_question_and_says_why_when_and_who_is_next(cast, client):
    case = case_at(cast, "eligibility")
    text = text_of(opened(client, cast.lin, case))
    assert "沈若溪是否符合任职条件？" in text
    assert "第 1 件，共 1 件" in text
    assert "5 个工作日，自11月23日起" in text
    assert "海珠湾区志愿服务联合会党总支" in text  # where it goes next
    assert "材料" in text
    assert "同意" in text
    assert "退回补正" in text


def test_the_way_on_from_the_general_branch_is_the_county_and_from_there_the_authority(cast, client):
    case = case_at(cast, "general_branch")
    assert "海珠湾区社会组织党委" in text_of(opened(client, cast.gao, case))
    say(case, cast.gao, "agree")
    assert "南岭省社会组织综合党委，由" in text_of(opened(client, cast.lin, case))
    say(case, cast.lin, "agree")
    assert "不再交办：出具批复、记入台账、登记谈话与轮训，然后办结。" in text_of(opened(client, cast.zhou, case))


@pytest.mark.parametrize("stranger", ["wu", "mei", "deng", "he", "xu", "an", "jian", "ma"])
def test_for_everybody_else_the_page_does_not_exist(cast, client, stranger):
    case = case_at(cast, "eligibility")
    assert opened(client, getattr(cast, stranger), case).status_code == 404
    assert decide(client, getattr(cast, stranger), case, "agree").status_code == 404
    assert not Decision.objects.filter(seat__stage__step="eligibility").exists()


def test_the_person_concerned_never_sees_it(cast, client):
    case = case_at(cast, "eligibility")
    assert opened(client, cast.shen, case).status_code == 404


def test_who_may_see_the_case_reads_the_page_without_answers(cast, client):
    case = case_at(cast, "eligibility")
    text = text_of(opened(client, cast.zhou, case))
    assert "您可以查看，由别人办理。" in text
    assert 'id="decide"' not in text


def test_agreeing_opens_the_next_row_of_the_inbox(cast, client):
    case = case_at(cast, "completeness")
    answer = decide(client, cast.lin, case, "agree")
    following = InboxRow.objects.get(account=cast.lin)
    assert answer.status_code == 302
    assert answer["Location"] == f"/seats/{following.seat_id}/"
    assert fresh(case).step == "eligibility"
    assert "已同意：沈若溪。" in text_of(client.get(answer["Location"]))


def test_after_the_last_row_the_inbox_is_shown(cast, client):
    case = case_at(cast, "general_branch")
    assert decide(client, cast.gao, case, "agree")["Location"] == "/inbox/"


def test_a_double_click_counts_once(cast, client):
    case = case_at(cast, "general_branch")
    where = address(case, "decide")
    client.force_login(cast.gao)
    for _click in range(2):
        assert client.post(where, {"verb": "agree", "key": "same"}).status_code == 302
    assert Decision.objects.filter(by=cast.gao).count() == 1
    assert fresh(case).step_organization == cast.county


def test_the_second_of_two_reads_who_was_faster_and_keeps_the_words(cast, client):
    case = case_at(cast, "province")
    where = address(case, "decide")
    say(case, cast.zhou, "agree")
    client.force_login(cast.qian)
    answer = client.post(where, {"verb": "agree", "key": "late", "reason": "同意，望尽快到岗。"})
    assert answer.status_code == 409
    assert "周正 10:00 已办理，这一件不用您再办。" in text_of(answer)
    assert "同意，望尽快到岗。" in text_of(answer)


def test_refusing_needs_both_reasons_and_keeps_what_was_typed(cast, client):
    case = case_at(cast, "eligibility")
    answer = decide(client, cast.lin, case, "refuse", reason="党龄不足，材料相互矛盾。")
    assert answer.status_code == 422
    assert "请写给本人看的原因" in text_of(answer)
    assert "党龄不足，材料相互矛盾。" in text_of(answer)
    assert decide(client, cast.lin, case, "refuse", reason_for_person="党龄不满一年。").status_code == 422
    done = decide(client, cast.lin, case, "refuse", reason="党龄不足", reason_for_person="党龄不满一年。")
    assert done.status_code == 302
    said = Decision.objects.get(verb="refuse")
    assert (said.reason, said.reason_for_person) == ("党龄不足", "党龄不满一年。")
    assert fresh(case).step == "reply"
    assert not Draft.objects.exists()


def test_returning_lists_what_to_correct_with_its_place(cast, client):
    case = case_at(cast, "completeness")
    assert decide(client, cast.lin, case, "return", goes_to="materials").status_code == 422
    fields = {
        "goes_to": "materials",
        "target-0": "form:resume",
        "text-0": "2014年7月后的经历请补齐。",
        "text-3": "请换清晰照片。",
    }
    assert decide(client, cast.lin, case, "return", **fields).status_code == 302
    stage = case.stages.get(outcome="returned")
    assert list(stage.corrections.values_list("target", "text")) == [
        ("form:resume", "2014年7月后的经历请补齐。"), ("", "请换清晰照片。"),
    ]  # fmt: skip
    assert fresh(case).step == "materials"


def test_a_return_goes_only_to_the_steps_offered(cast, client):
    case = case_at(cast, "eligibility")
    answer = decide(client, cast.lin, case, "return", goes_to="party_levels", **{"text-0": "请改。"})
    assert answer.status_code == 422
    assert "不能退回到那个环节" in text_of(answer)


def test_a_finding_that_excludes_agreeing_is_named_and_holds(cast, client):
    case = case_at(cast, "eligibility")
    find(case, "blocking", "on_probation")
    text = text_of(opened(client, cast.lin, case))
    assert 'aria-disabled="true"' in text
    assert "有不能同意的项" in text
    answer = decide(client, cast.lin, case, "agree", reason="仍然同意")
    assert answer.status_code == 422
    assert fresh(case).step == "eligibility"


def test_a_finding_that_asks_for_a_reason_gets_one(cast, client):
    case = case_at(cast, "eligibility")
    find(case, "reason")
    text = text_of(opened(client, cast.lin, case))
    assert "有须写理由的项" in text
    assert "11" in text
    assert decide(client, cast.lin, case, "agree").status_code == 422
    assert decide(client, cast.lin, case, "agree", reason="差一个月，支部一致推荐。").status_code == 302


def test_a_half_typed_opinion_comes_back(cast, client):
    case = case_at(cast, "eligibility")
    client.force_login(cast.lin)
    saved = client.post(
        address(case, "draft"), {"reason": "建议进入下一步", "field": "reason"}, headers={"X-Autosave": "1"}
    )
    assert saved.json() == {"saved_at": "10:00"}
    client.post(address(case, "draft"), {"text-0": "补照片", "field": "text-0"}, headers={"X-Autosave": "1"})
    client.logout()
    text = text_of(opened(client, cast.lin, case))
    assert "建议进入下一步" in text
    assert "补照片" in text
    assert "草稿已保存 10:00" in text


def test_nobody_keeps_a_draft_on_a_seat_of_others(cast, client):
    case = case_at(cast, "eligibility")
    client.force_login(cast.zhou)
    assert "error" in client.post(address(case, "draft"), {"reason": "x"}).json()
    client.force_login(cast.wu)
    assert client.post(address(case, "draft"), {"reason": "x"}).status_code == 404
    assert not Draft.objects.exists()


def test_four_eyes_are_told_before_and_after_the_click(cast, client):
    document = policy_document()
    for step in document["steps"]:
        if step["step"] == "eligibility":
            step["four_eyes_with"] = ["completeness"]
            step["roles"] = ["organizer", "approver"]
    publish(document, organization=cast.county, by=cast.an)
    case = case_at(cast, "eligibility")
    text = text_of(opened(client, cast.lin, case))
    assert "“形式审查”是您办理的，本环节须由第二人办理" in text
    assert 'id="decide"' not in text
    answer = decide(client, cast.lin, case, "agree")
    assert answer.status_code == 409
    assert fresh(case).step == "eligibility"
    assert decide(client, cast.feng, case, "agree", key="k2").status_code == 302


def test_taking_an_item_shows_the_others_who_is_on_it(cast, client):
    case = case_at(cast, "province")
    client.force_login(cast.zhou)
    assert client.post(address(case, "claim")).status_code == 302
    assert "周正 今天 10:00 已领办。" in text_of(opened(client, cast.qian, case))
    assert decide(client, cast.qian, case, "agree").status_code == 409
    assert client.post(address(case, "release")).status_code == 409
    client.force_login(cast.zhou)
    assert client.post(address(case, "release")).status_code == 302
    assert decide(client, cast.qian, case, "agree", key="k2").status_code == 302


def test_a_remark_is_read_by_reviewers_and_stands_sealed_in_the_log(cast, client):
    case = case_at(cast, "eligibility")
    client.force_login(cast.zhou)
    assert client.post(address(case, "comment"), {"text": " "}).status_code == 422
    assert client.post(address(case, "comment"), {"text": "请核对转正时间。"}).status_code == 302
    assert "请核对转正时间。" in text_of(opened(client, cast.lin, case))
    entry = Entry.objects.get(verb="case.commented")
    assert "请核对" not in str(entry.facts)
    assert Comment.objects.get().by == cast.zhou


def test_reading_the_form_is_in_the_log_once_a_page(cast, client):
    case = case_at(cast, "eligibility")
    opened(client, cast.lin, case)
    assert Entry.objects.filter(stream="files", verb="form.read").count() == 0  # nothing was handed in
    sealed_form(case, cast)
    answer = opened(client, cast.lin, case)
    assert "正在看第 1 稿" in text_of(answer)
    assert Entry.objects.filter(stream="files", verb="form.read", subject=case.number).count() == 1


def sealed_form(case, cast):
    document = json.dumps(empty_document(today=TODAY))
    return FormVersion.objects.create(
        case=case, version=1, sealed=seal_for(cast.shen_person, {FORM_NAME: document})[FORM_NAME], saved_at=NOW,
        saved_by=cast.shen, submitted_at=NOW, confirmed_by=cast.shen, consent_text="2026-11",
    )  # fmt: skip


def test_a_seat_that_was_decided_says_so(cast, client):
    case = case_at(cast, "eligibility")
    seat = Seat.objects.get(stage__case=case, stage__step="completeness")
    client.force_login(cast.lin)
    text = text_of(client.get(f"/seats/{seat.pk}/"))
    assert "林秋 今天 10:00 已同意，这一件不用您再办。" in text
    assert 'id="decide"' not in text


def test_a_seat_of_the_candidate_leads_reviewers_to_the_matter(cast, client):
    case = new_case(cast)
    client.force_login(cast.lin)
    assert client.get(address(case))["Location"] == reverse("workflows:matter", args=[case.matter.number])


def test_previous_and_next_lead_through_the_inbox(cast, client):
    first = case_at(cast, "completeness")
    person = make.person("李晓")
    li = make.account("李晓", person=person, username="li")
    second = new_case(cast, person=person, organization=cast.general_branch)
    say(second, li, "hand_in")
    text = text_of(opened(client, cast.lin, first))
    assert "第 1 件，共 2 件" in text
    assert f'href="{address(second)}" data-next' in text
    assert "data-previous" not in text
    text = text_of(opened(client, cast.lin, second))
    assert "第 2 件，共 2 件" in text
    assert f'href="{address(first)}" data-previous' in text
    assert "data-next" not in text


def test_a_lost_role_closes_the_page_at_the_next_request(cast, client):
    case = case_at(cast, "eligibility")
    assert opened(client, cast.lin, case).status_code == 200
    OrganizationGrant.objects.filter(user=cast.lin).delete()
    assert client.get(address(case)).status_code == 404


def test_whoever_decides_after_a_reply_reads_it(cast, client):
    case = case_at(cast, "county")
    say(case, cast.lin, "refuse")
    hand_in_reply(case_pk=case.pk, text="考核材料已补盖公章。", by=cast.shen, at=NOW, key="reply")
    assert "考核材料已补盖公章。" in text_of(opened(client, cast.feng, case))
    say(case, cast.feng, "agree")
    review = ask_for_review(case_pk=case.pk, grounds="原件当时未查到。", by=cast.shen, at=NOW)
    seen = {name: text_of(opened(client, getattr(cast, name), review)) for name in ("feng", "chen")}
    assert ["原件当时未查到。" in text for text in seen.values()] == [True, False]  # the liaison officer reads no files
