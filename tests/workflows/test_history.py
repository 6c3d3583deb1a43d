"""The histories: who finds which case, what is told of it, and that reading costs the same however long the list."""

import ast
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from pypdf import PdfReader

from approvals.actions.cases import withdraw_case
from approvals.actions.upkeep import close_due_stages
from approvals.models import Stage
from audit.models import Entry
from config.icons import SHAPES
from organizations.actions.people import reveal_identity
from tests import factories as make
from tests.audit_triggers import changeable_log
from tests.cases import case_at, say
from workflows.history.sentences import SENTENCES

ROOMS = ("approvals", "workflows")


@pytest.fixture(autouse=True)
def today(time_machine_at):
    return time_machine_at


@pytest.fixture
def time_machine_at():
    import time_machine

    with time_machine.travel(make.NOW + timedelta(hours=2), tick=False):
        yield


def page(client, who, name="case_history", *args, **asked):
    client.force_login(who)
    return client.get(reverse(f"workflows:{name}", args=args), asked)


def test_the_auditor_finds_a_case_by_number_name_and_organization(cast, policy, client):
    case = case_at(cast, "county")
    for words in (case.number, "若溪", "晨光社工", f"沈 {case.number}"):
        assert case.number in page(client, cast.jian, "cases", q=words).content.decode()
    assert case.number not in page(client, cast.jian, "cases", q="别人").content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "open"}, True),
        ({"state": "done"}, False),
        ({"step": "party_levels"}, True),
        ({"step": "materials"}, False),
        ({"track": "assignment"}, True),
        ({"track": "removal"}, False),
        ({"late": "1"}, False),
        ({"state": "nonsense"}, True),
    ],
)
def test_filters_keep_what_they_name(cast, policy, client, asked, found):
    case = case_at(cast, "county")
    assert (case.number in page(client, cast.jian, "cases", **asked).content.decode()) is found


def test_late_cases_are_found_by_their_open_step(cast, policy, client):
    case = case_at(cast, "county")
    Stage.objects.filter(case=case, outcome="").update(due_at=make.NOW - timedelta(days=3))
    assert case.number in page(client, cast.jian, "cases", late="1").content.decode()


ACTS = ("case_check", "case_export", "case_dossier")
PAGES = ["case_history", "case_chart"]


@pytest.mark.parametrize("who", ["lin", "zhou", "wu", "shen", "he", "an", "xu", "chen"])
def test_nobody_else_reads_histories(cast, policy, client, who):
    case = case_at(cast, "county")
    account = getattr(cast, who)
    answers = [
        page(client, account, "cases").status_code,
        *(page(client, account, n, case.number).status_code for n in PAGES),
    ]
    answers += [client.post(reverse(f"workflows:{n}", args=[case.number])).status_code for n in ACTS]
    assert answers == [403] * 6


def test_an_auditor_elsewhere_and_an_auditor_in_his_own_case_find_nothing(cast, policy, client):
    case = case_at(cast, "county")
    elsewhere = make.reviewer("季平", "auditor", cast.city)
    own = make.account("沈若溪", person=None)
    make.assign(own, "auditor", cast.province)
    type(own).objects.filter(pk=cast.shen.pk).update(person=None)
    type(own).objects.filter(pk=own.pk).update(person=cast.shen_person)
    for who in (elsewhere, type(own).objects.get(pk=own.pk)):
        assert case.number not in page(client, who, "cases").content.decode()
        assert [page(client, who, name, case.number).status_code for name in PAGES] == [404, 404]
        posts = [client.post(reverse(f"workflows:{n}", args=[case.number])) for n in ACTS]
        assert [answer.status_code for answer in posts] == [404, 404, 404]


def test_a_case_is_told_in_sentences(cast, policy, client):
    case = case_at(cast, "completeness")
    say(case, cast.lin, "return", corrections=[("photo", "照片不清楚")])
    told = page(client, cast.jian, "case_history", case.number).content.decode()
    for words in ("沈若溪", "林秋", "<b>退回</b>", "照片不清楚", "记录完整，没有改动", "时间用在哪里"):
        assert words in told
    assert "stage.opened" not in told
    assert "seat.return" not in told


def test_opinions_are_read_and_a_reply_and_a_withdrawal_stay_sealed(cast, policy, client):
    case = case_at(cast, "completeness")
    say(case, cast.lin, "refuse", reason="内部意见甲", reason_for_person="写给本人乙")
    withdraw_case(case_pk=case.pk, by=cast.shen, at=make.NOW, reason="不公开的撤回理由")
    told = page(client, cast.jian, "case_history", case.number, group="all", whole="1").content.decode()
    assert "内部意见甲" in told
    assert "写给本人乙" in told
    assert "不公开的撤回理由" not in told
    assert "群众基础好" not in told


def test_looks_are_counted_and_an_unmasked_number_weighs(cast, policy, client):
    case = case_at(cast, "county")
    make.post(cast.shen_person, cast.branch)
    number = reveal_identity(person=case.subject, by=cast.lin, at=make.NOW, reason="核对公安机关回函")
    told = page(client, cast.jian, "case_history", case.number).content.decode()
    assert "核对公安机关回函" in told
    assert number not in told
    assert "看名单" in told


def test_checking_and_exporting_are_themselves_entries(cast, policy, client):
    case = case_at(cast, "county")
    client.force_login(cast.jian)
    client.post(reverse("workflows:case_check", args=[case.number]))
    answer = client.post(reverse("workflows:case_export", args=[case.number]))
    lines = [json.loads(line) for line in answer.content.decode().splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    assert {line["stream"] for line in lines} == {f"case:{case.number}"}
    written = Entry.objects.filter(subject=case.number, stream__in=["audit", "exports"]).order_by("stream")
    assert [(entry.verb, entry.actor_name) for entry in written] == [
        ("case.checked", "简明"),
        ("case.exported", "简明"),
    ]


def test_the_dossier_on_paper_tells_the_whole_case_and_is_itself_an_entry(cast, policy, client):
    case = case_at(cast, "county")
    client.force_login(cast.jian)
    answer = client.post(reverse("workflows:case_dossier", args=[case.number]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    told = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).replace("\n", "")
    for words in (case.number, "沈若溪", "晨光社工", "逐级审批：海珠湾区社会组织党委", "记录完整", "简明"):
        assert words in told, words
    (written,) = Entry.objects.filter(subject=case.number, stream="exports")
    assert (written.verb, written.actor_name, written.facts["holds"]) == ("case.printed", "简明", True)


def test_the_dossier_of_a_changed_record_says_so(cast, policy, client):
    case = case_at(cast, "county")
    with changeable_log():
        Entry.objects.filter(stream=f"case:{case.number}", seq=3).update(actor_name="别人")
    client.force_login(cast.jian)
    answer = client.post(reverse("workflows:case_dossier", args=[case.number]))
    told = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).replace("\n", "")
    assert "第 3 条对不上" in told


def test_a_changed_entry_breaks_the_badge(cast, policy, client):
    case = case_at(cast, "county")
    with changeable_log():
        Entry.objects.filter(stream=f"case:{case.number}", seq=3).update(actor_name="别人")
    assert "第 3 条对不上" in page(client, cast.jian, "case_history", case.number).content.decode()


def test_the_chart_marks_where_the_case_stands_and_says_it_in_words(cast, policy, client):
    case = case_at(cast, "eligibility")
    told = page(client, cast.jian, "case_chart", case.number).content.decode()
    assert "chart-node is-started is-current" in told
    assert told.count('aria-current="step"') == 1
    assert "style=" not in told


def test_every_sentence_has_a_shape_that_can_be_drawn():
    assert {verb: told.icon for verb, told in SENTENCES.items() if told.icon not in SHAPES} == {}


def test_every_verb_of_these_rooms_has_a_sentence():
    found = set()
    for room in ROOMS:
        for path in Path(room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("log", "record", "Draft"):
                    texts = [
                        arg for arg in [*node.args, *(k.value for k in node.keywords)] if isinstance(arg, ast.Constant)
                    ]
                    found |= {text.value for text in texts if isinstance(text.value, str) and "." in text.value}
    found |= {f"seat.{verb}" for verb in ("agree", "refuse", "return", "hand_in")}
    assert len(found) > 20
    assert sorted(found - set(SENTENCES) - {"matter.opened", "policy.published", "objections.counted"}) == []


@pytest.mark.parametrize("step", ["materials", "completeness", "eligibility", "general_branch", "county", "province"])
def test_the_page_opens_at_every_step_and_at_the_end(cast, policy, client, step):
    case = case_at(cast, step)
    assert page(client, cast.jian, "case_history", case.number, group="all").status_code == 200
    if step == "province":
        say(case, cast.zhou, "agree")
    if step == "completeness":
        say(case, cast.lin, "refuse")
        close_due_stages(Stage.objects.get(case=case, step="reply").closes_at)
    assert page(client, cast.jian, "case_history", case.number, group="all").status_code == 200
    assert page(client, cast.jian, "case_chart", case.number).status_code == 200
