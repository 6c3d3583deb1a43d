"""Whole cases by HTTP alone, from the opening of the matter to the history the auditor reads."""

from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override
from stdnum.cn.ric import calc_check_digit

from approvals.models import Case
from audit.verify import verify_log
from notifications.delivery import deliver_due
from notifications.digests import bundle_due
from notifications.enums import State
from notifications.messages import DIGEST
from notifications.models import Notice, Outbox
from notifications.rules.routing import Rhythm, next_digest
from notifications.wishes import local
from notifications.working_days import is_workday
from organizations.identity import sealed_identity
from organizations.models import Account, Obligation, PartyOrganization, Person, Post
from tests import factories as make
from tests.approvals.rebuilt import differences
from tests.journeys import visitor
from tests.journeys.visitor import Visitor, climb, decide
from tests.shared.test_documents import docx_text, pdf_text
from workflows.shared.paper_codes import shown
from workflows.shared.paper_models import Paper

INVITED, ASKED, RECEIVED = "您的账号已经开通", "您有 1 项工作待办", "您提交的材料已收到"
ACCEPTED = "您的材料已受理"
TO_DO, ISSUED, HEARD, WITHDRAWN = "您有 1 件待办", "批复已印发", "您可以说明情况", "有一件事项已撤回"
TO_CORRECT, ANSWERED = "您有 1 件事项需要补正", "您的事项已有答复"
HANDED_IN = [("shen", ASKED), ("shen", RECEIVED)]
CHECKED = [("lin", TO_DO), ("shen", ACCEPTED), ("lin", TO_DO)]
CLIMBED = [("gao", TO_DO), ("lin", TO_DO), ("zhou", TO_DO), ("qian", TO_DO)]
OPENED, SENT = "林秋发起沈若溪的选派任命。", "沈若溪提交：提交材料。"
CHECK = ["林秋在“形式审查”同意。", "林秋在“资格初审”同意。"]
ENDED = ["结果已记入台账。", "个案办结：已办结。"]
CLIMB = [f"{name}在“逐级审批”同意。" for name in ("高远", "林秋", "周正")]
HEAD = "44990119850309012"  # a county that never was
NUMBER = HEAD + calc_check_digit(HEAD + "0")

WHOLE_STORY = """\
林秋发起赵晓岚的选派任命。
林秋提出拟任职务和任期。
进入“提交材料”。
赵晓岚上传了身份证正反面，第 1 稿。
赵晓岚上传了近期照片，第 1 稿。
赵晓岚上传了党员身份（组织关系）证明，第 1 稿。
赵晓岚上传了学历、职称证书，第 1 稿。
赵晓岚上传了个人现实表现或履职情况，第 1 稿。
赵晓岚上传了承诺书，第 1 稿。
赵晓岚上传了所在单位推荐意见（盖章），第 1 稿。
赵晓岚上传了支部会议记录，第 1 稿。
赵晓岚确认了审批表第 1 稿。
第 1 稿已对照任职条件核对。
赵晓岚提交：提交材料。
“提交材料”结束：已提交。
进入“形式审查”。
林秋在“形式审查”同意。
“形式审查”结束：同意。
进入“资格初审”。
林秋在“资格初审”同意。
“资格初审”结束：同意。
进入“逐级审批”。
高远在“逐级审批”同意。
“逐级审批”结束：同意。
进入“逐级审批”。
林秋在“逐级审批”同意。
“逐级审批”结束：同意。
进入“逐级审批”。
周正在“逐级审批”同意。
“逐级审批”结束：同意。
任职批复已印发：{number}。
“出具批复”已完成。
结果已记入台账。
“记入台账”已完成。
赵晓岚应办：集体谈话，12月23日前。
赵晓岚应办：岗前轮训，5月25日前。
“登记谈话与轮训”已完成。
个案办结：已办结。
赵晓岚打印了印发文件，编码 {code}。
赵晓岚下载了文书：{number}。
林秋下载了文书：{number}。
林秋查看了审批表第 1 稿。
林秋查看了审批表第 1 稿。
林秋查看了审批表第 1 稿。
高远查看了审批表第 1 稿。
林秋查看了审批表第 1 稿。
周正查看了审批表第 1 稿。
已通知赵晓岚：您有 1 项工作待办。
已通知赵晓岚：您提交的材料已收到。
已通知林秋：您有 1 件待办。
已通知赵晓岚：您的材料已受理。
已通知林秋：您有 1 件待办。
已通知高远：您有 1 件待办。
已通知林秋：您有 1 件待办。
已通知周正：您有 1 件待办。
已通知钱一帆：您有 1 件待办。
已通知赵晓岚：批复已印发。"""


@pytest.fixture(autouse=True)
def now(policy):
    cache.clear()
    with time_machine.travel(make.NOW, tick=False) as moment:
        yield moment


@pytest.fixture
def shen(cast):
    """Give Shen an identity number the office knows, and an address for letters; she comes in herself."""
    Person.objects.filter(pk=cast.shen_person.pk).update(**sealed_identity(NUMBER))
    Account.objects.filter(pk=cast.shen.pk).update(email="shen@example.com")
    return Visitor("shen")


def letters() -> list[tuple[str, str]]:
    """Send what is due until the next digests are out; say who was told what by letter, in order.

    All of them were also told in the system, and each letter that waited went in the one digest of its reader.
    """
    now = local(timezone.now())
    deliver_due(at=now)
    morning = next_digest(now, Rhythm(), is_workday)
    bundle_due(morning)
    deliver_due(at=morning)
    rows = list(Outbox.objects.exclude(kind=DIGEST).select_related("recipient").order_by("pk"))
    assert {row.state for row in rows} <= {State.SENT, State.BUNDLED}
    with override("zh-hans"):
        got = [(name_of(row), row.subject) for row in rows]
        singly = [(name_of(row), row.subject) for row in rows if row.state == State.SENT]
    waited = Counter(name_of(row) for row in rows if row.state == State.BUNDLED)
    digests = [(name, f"消息汇总：共 {n} 条") for name, n in waited.items()]
    posted = [(letter.to[0].rpartition("<")[2].rstrip(">").partition("@")[0], letter.subject) for letter in mail.outbox]
    assert sorted(posted) == sorted(singly + digests)
    told = Notice.objects.order_by("pk").values_list("recipient__email", "title")
    assert [(address.partition("@")[0], title) for address, title in told] == [one for one in got if one[1] != INVITED]
    return got


def name_of(row: Outbox) -> str:
    return row.recipient.email.partition("@")[0]


def closed(number: str) -> str:
    """Hold tables, inboxes and log of a case against each other; say how it stands."""
    case = Case.objects.get(number=number)
    assert differences(case) == []
    call_command("check_inbox", "--json")
    report = verify_log()
    assert (report.faults, report.troubles) == ((), ())
    return case.state


def held(place: PartyOrganization) -> list[tuple]:
    """List the posts of an organization as the ledger keeps them."""
    kept = Post.objects.filter(organization=place, title="secretary").order_by("pk")
    return list(kept.values_list("person__name", "source", "started_on", "due_on", "ended_on", "end"))


def test_a_newcomer_is_invited_hands_in_and_is_confirmed_over_three_levels(cast):
    lin, gao, zhou, jian = (Visitor(name) for name in ("lin", "gao", "zhou", "jian"))
    matter, case = visitor.propose(lin, cast.branch, "赵晓岚", NUMBER, channel="email", email="zhao@example.com")
    deliver_due(at=timezone.now())
    zhao = visitor.come_in_by_letter(mail.outbox[0].body, "七只白鹭飞过荷花池塘边上")
    visitor.apply(zhao, case)
    climb(case, lin, lin, gao, lin, zhou)
    number = f"{cast.province.code}〔2026〕1号"
    document = zhao.open(zhao.open(f"/my/{case}/").links_to("^/documents/")[0])
    assert document.address == lin.open(lin.open(f"/matters/{matter}/").links_to("^/documents/")[0]).address
    (check,) = document.links_to("^/check/")
    assert f"这份文件确已制发 有效 编号{number} 类别任职批复" in Visitor("").open(check).text
    for text in (pdf_text(zhao.file(f"{document.address}pdf/")), docx_text(lin.file(f"{document.address}docx/"))):
        assert number in text
        assert "同意赵晓岚同志任海珠湾晨光社工服务中心党支部书记，任期自2026年12月1日至2029年12月1日" in text
        assert check.rstrip("/") in text
    place = lin.open(f"/organizations/{cast.branch.code}/").text
    assert "现任职务和角色 赵晓岚 书记 2026年12月1日 – 2029年12月1日" in place
    assert held(cast.branch) == [("赵晓岚", "assigned", date(2026, 12, 1), date(2029, 12, 1), None, "")]
    mine = zhao.open("/my/").text
    assert "集体谈话请在 2026年12月23日前完成" in mine
    assert "岗前轮训请在 2027年5月25日前完成" in mine
    assert list(Obligation.objects.order_by("pk").values_list("person__name", "kind", "due_on")) == [
        ("赵晓岚", "talk", date(2026, 12, 23)),
        ("赵晓岚", "induction", date(2027, 5, 25)),
    ]
    code = shown(Paper.objects.get().code)
    assert visitor.history(jian, case, "all") == WHOLE_STORY.format(number=number, code=code).splitlines()
    assert closed(case) == "done"
    assert letters() == [
        ("zhao", INVITED), ("zhao", ASKED), ("zhao", RECEIVED),
        ("lin", TO_DO), ("zhao", ACCEPTED), ("lin", TO_DO), *CLIMBED, ("zhao", ISSUED),
    ]  # fmt: skip


def test_a_branch_of_the_province_is_decided_by_the_province_alone_and_the_sealed_scan_is_kept(cast, shen):
    han, zhou, jian = Visitor("han"), Visitor("zhou"), Visitor("jian")
    matter, case = visitor.propose(han, cast.province_branch, "沈若溪", NUMBER)
    visitor.apply(shen, case)
    climb(case, han, han, zhou)
    page = han.open(han.open(f"/matters/{matter}/").links_to("^/documents/")[0])
    answer = han.client.post(f"{page.address}scan/", page.form("/scan/").values | {"file": visitor.photo("盖章件.jpg")})
    assert answer.status_code == 302
    page = han.open(page.address)
    (scan,) = page.links_to("^/files/")
    assert shen.file(scan)[:3] == b"\xff\xd8\xff"
    assert "/scan/" not in [form.action for form in page.forms]
    assert visitor.history(jian, case) == [
        "韩启明发起沈若溪的选派任命。", SENT, "韩启明在“形式审查”同意。", "韩启明在“资格初审”同意。",
        "周正在“逐级审批”同意。", f"任职批复已印发：{cast.province.code}〔2026〕1号。", *ENDED,
    ]  # fmt: skip
    assert closed(case) == "done"
    assert letters() == [
        *HANDED_IN, ("han", TO_DO), ("shen", ACCEPTED), ("han", TO_DO),
        ("zhou", TO_DO), ("qian", TO_DO), ("shen", ISSUED),
    ]  # fmt: skip


def test_materials_returned_twice_are_accepted_the_third_time(cast, shen, now):
    lin, gao, zhou, jian = (Visitor(name) for name in ("lin", "gao", "zhou", "jian"))
    _matter, case = visitor.propose(lin, cast.branch, "沈若溪", NUMBER)
    visitor.apply(shen, case)
    visitor.send_back(lin, case, ("form:resume", "请补写在校经历。"), ("material:photo", "照片不清楚。"))
    now.shift(timedelta(days=1))
    assert visitor.put_right(shen, case) == ["请补写在校经历。", "照片不清楚。"]
    visitor.upload(shen, case, "photo", visitor.photo("新照片.jpg", "#445566"))
    visitor.confirm_and_hand_in(shen, case)
    visitor.send_back(lin, case, ("material:photo", "照片仍不清楚。"))
    now.shift(timedelta(days=1))
    visitor.upload(shen, case, "photo", visitor.photo("再换.jpg", "#223344"))
    visitor.confirm_and_hand_in(shen, case)
    page = visitor.seat_of(lin, case)
    page = lin.send(
        page, page.form("/decide"), status=422, verb="return", **{"text-0": "还要改。", "goes_to": "materials"}
    )
    assert page.parts(r'<div class="error-summary".*?<p>(.*?)</p>') == [
        "材料已经退回 2 次，达到审批策略的上限。请受理或不予受理。"
    ]
    climb(case, lin, lin, gao, lin, zhou)
    assert visitor.history(jian, case) == [
        OPENED,
        *[SENT, "林秋在“形式审查”退回。"] * 2,
        SENT, *CHECK, *CLIMB,
        f"任职批复已印发：{cast.province.code}〔2026〕1号。", *ENDED,
    ]  # fmt: skip
    assert closed(case) == "done"
    assert letters() == [
        ("shen", ASKED), *[("shen", RECEIVED), ("lin", TO_DO), ("shen", TO_CORRECT)] * 2,
        ("shen", RECEIVED), *CHECKED, *CLIMBED, ("shen", ISSUED),
    ]  # fmt: skip


def refused(case: str, shen: Visitor) -> None:
    """Bring a handed-in case to a refusal by the county, to which Shen replies."""
    lin, gao = Visitor("lin"), Visitor("gao")
    climb(case, lin, lin, gao)
    visitor.refuse(lin, case)
    visitor.reply(shen, case, "近三年考核材料已由原单位补盖公章，请予核实。")


def test_a_refusal_stands_and_other_people_review_it(cast, shen, now):
    make.assign(cast.he, "organizer", cast.county)
    lin, feng, he, gao, zhou, jian = (Visitor(name) for name in ("lin", "feng", "he", "gao", "zhou", "jian"))
    _matter, case = visitor.propose(lin, cast.branch, "沈若溪", NUMBER)
    visitor.apply(shen, case)
    refused(case, shen)
    decide(feng, case, "agree")
    assert closed(case) == "rejected"
    told = shen.open(f"/my/{case}/").text
    assert (
        "11月23日决定：不同意。 原因（写给本人）近三年考核情况需要进一步核实。 您可以在 12月23日（周三）前申请复核。"
        in told
    )
    assert "内部意见" not in told
    now.shift(timedelta(days=3))
    review = visitor.ask_for_review(shen, case, "考核材料未被充分考虑。")
    climb(review, he, he, gao, he, zhou)
    assert visitor.history(jian, case) == [
        OPENED, SENT, *CHECK,
        "高远在“逐级审批”同意。", "林秋在“逐级审批”不同意。", "沈若溪提交：申辩。", "冯立在“申辩后决定”同意。",
        "个案办结：不同意。",
    ]  # fmt: skip
    assert visitor.history(jian, review) == [
        "沈若溪发起沈若溪的复核。", "何苗在“复核”同意。", "何苗在“资格初审”同意。", "高远在“逐级审批”同意。",
        "何苗在“逐级审批”同意。", "周正在“逐级审批”同意。", f"任职批复已印发：{cast.province.code}〔2026〕1号。",
        *ENDED,
    ]  # fmt: skip
    assert (closed(case), closed(review)) == ("rejected", "done")
    assert held(cast.branch) == [("沈若溪", "assigned", date(2026, 12, 1), date(2029, 12, 1), None, "")]
    both = [("lin", TO_DO), ("he", TO_DO)]
    assert letters() == [
        *HANDED_IN, *both, ("shen", ACCEPTED), *both, ("gao", TO_DO), *both,
        ("shen", HEARD), ("shen", RECEIVED), ("lin", TO_DO), ("feng", TO_DO), ("he", TO_DO), ("shen", ANSWERED),
        ("he", TO_DO), ("he", TO_DO), ("gao", TO_DO), ("he", TO_DO), ("zhou", TO_DO), ("qian", TO_DO), ("shen", ISSUED),
    ]  # fmt: skip


def test_a_reply_that_convinces_leads_back_to_the_level_that_refused(cast, shen):
    lin, feng, zhou, jian = (Visitor(name) for name in ("lin", "feng", "zhou", "jian"))
    _matter, case = visitor.propose(lin, cast.branch, "沈若溪", NUMBER)
    visitor.apply(shen, case)
    refused(case, shen)
    decide(feng, case, "return", reason="材料已补盖公章。", **{"text-0": "请重新审议。"})
    climb(case, lin, zhou)
    assert visitor.history(jian, case) == [
        OPENED, SENT, *CHECK, "高远在“逐级审批”同意。", "林秋在“逐级审批”不同意。", "沈若溪提交：申辩。",
        "冯立在“申辩后决定”退回。", *CLIMB[1:], f"任职批复已印发：{cast.province.code}〔2026〕1号。", *ENDED,
    ]  # fmt: skip
    assert closed(case) == "done"
    assert letters() == [
        *HANDED_IN, *CHECKED, ("gao", TO_DO), ("lin", TO_DO), ("shen", HEARD), ("shen", RECEIVED),
        ("lin", TO_DO), ("feng", TO_DO), ("lin", TO_DO), ("zhou", TO_DO), ("qian", TO_DO), ("shen", ISSUED),
    ]  # fmt: skip


def test_the_candidate_withdraws(cast, shen):
    lin, jian = Visitor("lin"), Visitor("jian")
    _matter, case = visitor.propose(lin, cast.branch, "沈若溪", NUMBER)
    visitor.apply(shen, case)
    visitor.withdraw_self(shen, case, "家庭原因，暂不参加。")
    assert lin.open(f"/inbox/?q={case}").links_to(r"^/seats/") == []
    assert visitor.history(jian, case) == [
        OPENED, SENT, "沈若溪撤回了个案。", "个案办结：已撤回。",
    ]  # fmt: skip
    assert closed(case) == "withdrawn"
    assert letters() == [*HANDED_IN, ("lin", TO_DO), ("shen", WITHDRAWN)]


def test_the_office_withdraws_and_opens_anew(cast, shen):
    lin, jian = Visitor("lin"), Visitor("jian")
    _matter, case = visitor.propose(lin, cast.branch, "沈若溪", NUMBER)
    visitor.withdraw_matter(lin, case, "任期时间有误，另行提出。")
    _matter, again = visitor.propose(lin, cast.branch, "沈若溪", NUMBER)
    assert visitor.history(jian, case) == [OPENED, "林秋撤回了个案。", "个案办结：已撤回。"]
    assert visitor.history(jian, again) == [OPENED]
    assert (closed(case), closed(again)) == ("withdrawn", "open")
    assert letters() == [("shen", ASKED), ("shen", WITHDRAWN), ("shen", ASKED)]


def test_a_secretary_is_heard_and_removed_somebody_acts_and_a_new_one_is_assigned(cast, shen, now):
    make.post(cast.ma_person, cast.branch, due_on=date(2027, 12, 1))
    Account.objects.filter(pk=cast.ma.pk).update(email="ma@example.com")
    lin, gao, zhou, jian, ma = (Visitor(name) for name in ("lin", "gao", "zhou", "jian", "ma"))
    place = f"{cast.branch.name} {cast.branch.code}"
    _matter, removal = visitor.open_matter(lin, "removal", organization=place)
    visitor.reply(ma, removal, "服从组织安排。")
    climb(removal, gao, lin, zhou)
    _matter, acting = visitor.open_matter(
        lin, "acting", organization=place, name="沈若溪", identity_number=NUMBER, until_on="2027-03-01"
    )
    climb(acting, lin, gao, lin, zhou)
    now.shift(timedelta(days=2))
    _matter, case = visitor.propose(lin, cast.branch, "沈若溪", NUMBER)
    visitor.apply(shen, case)
    climb(case, lin, lin, gao, lin, zhou)
    paper = f"{cast.province.code}〔2026〕"
    assert visitor.history(jian, removal) == [
        "林秋发起马启文的免职。", "马启文提交：听取本人意见。", *CLIMB, f"免职批复已印发：{paper}1号。", *ENDED,
    ]  # fmt: skip
    assert visitor.history(jian, acting) == [
        "林秋发起沈若溪的临时负责人。", "林秋在“资格初审”同意。", *CLIMB,
        f"临时负责人批复已印发：{paper}2号。", *ENDED,
    ]  # fmt: skip
    assert visitor.history(jian, case) == [
        OPENED, SENT, *CHECK,
        *CLIMB, f"任职批复已印发：{paper}3号。", *ENDED,
    ]  # fmt: skip
    assert [closed(one) for one in (removal, acting, case)] == ["done"] * 3
    assert held(cast.branch) == [
        ("马启文", "assigned", date(2023, 12, 1), date(2027, 12, 1), date(2026, 11, 23), "removed"),
        ("沈若溪", "acting", date(2026, 11, 23), date(2027, 3, 1), date(2026, 12, 1), "term_over"),
        ("沈若溪", "assigned", date(2026, 12, 1), date(2029, 12, 1), None, ""),
    ]
    assert letters() == [
        ("ma", HEARD), ("ma", RECEIVED), *CLIMBED, ("ma", ISSUED),
        ("lin", TO_DO), *CLIMBED, ("shen", ISSUED),
        *HANDED_IN, *CHECKED, *CLIMBED, ("shen", ISSUED),
    ]  # fmt: skip


def test_a_term_is_extended(cast, shen):
    make.post(cast.shen_person, cast.branch, due_on=date(2026, 12, 1))
    lin, gao, zhou, jian = (Visitor(name) for name in ("lin", "gao", "zhou", "jian"))
    place = f"{cast.branch.name} {cast.branch.code}"
    _matter, case = visitor.open_matter(lin, "extension", organization=place, until_on="2027-06-01")
    climb(case, gao, lin, zhou)
    assert visitor.history(jian, case) == [
        "林秋发起沈若溪的延期换届。", *CLIMB,
        f"延期换届批复已印发：{cast.province.code}〔2026〕1号。", *ENDED,
    ]  # fmt: skip
    assert closed(case) == "done"
    assert held(cast.branch) == [("沈若溪", "assigned", date(2023, 12, 1), date(2027, 6, 1), None, "")]
    assert letters() == [*CLIMBED, ("shen", ISSUED)]


def test_after_a_refusal_the_person_is_proposed_again_with_what_was_written(cast, shen):
    lin, gao, feng, zhou, jian = (Visitor(name) for name in ("lin", "gao", "feng", "zhou", "jian"))
    matter, case = visitor.propose(lin, cast.branch, "沈若溪", NUMBER)
    visitor.apply(shen, case)
    visitor.refuse(lin, case)
    visitor.reply(shen, case, "请予复议。")
    decide(gao, case, "agree")
    (again,) = lin.open(f"/matters/{matter}/").links_to("origin=")
    anew, second = visitor.open_matter(lin, "assignment", address=again, identity_number=NUMBER)
    assert visitor.history(jian, case) == [
        OPENED, SENT, "林秋在“形式审查”不同意。", "沈若溪提交：申辩。",
        "高远在“申辩后决定”同意。", "个案办结：不同意。",
    ]  # fmt: skip
    assert visitor.history(jian, second) == [OPENED]
    assert (closed(case), closed(second)) == ("rejected", "open")
    page = lin.open(f"/matters/{anew}/")
    assert page.links_to(f"/matters/case/{case}/") == [f"/matters/case/{case}/"]
    assert visitor.REASON in page.text
    assert letters() == [
        *HANDED_IN, ("lin", TO_DO), ("shen", HEARD), ("shen", RECEIVED), ("gao", TO_DO), ("shen", ANSWERED),
        ("shen", ASKED),
    ]  # fmt: skip
