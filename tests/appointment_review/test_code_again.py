"""A person who has not signed in yet gets another code from the office that opened the case."""

from datetime import timedelta

import pytest

from approvals.actions.cases import withdraw_case
from approvals.errors import CaseClosed, NotEntitled, OwnCase
from approvals.models import Recusal
from audit.models import Entry
from organizations.actions.invitations import (
    ActivatedAlready,
    InvitationSpent,
    activate_account,
    find_invitation,
)
from organizations.actions.shared import NotYourDuty
from organizations.models import Account
from tests import factories as make
from tests.approvals.rebuilt import differences
from tests.cases import fresh, new_case, open_seat
from tests.factories import NOW
from workflows.appointment_review.actions.nominating import invite_again

pytestmark = pytest.mark.usefixtures("policy")
PASSWORD = "七只白鹭飞过荷花池塘边上"


@pytest.fixture
def case(cast):
    """Propose somebody whose code got lost."""
    person = make.person("赵晓岚")
    make.account("赵晓岚", username="zhao", person=person, password=None, activated_at=None)
    return new_case(cast, person=person)


def code_from(who, case) -> str:
    return invite_again(case_pk=case.pk, by=who, at=NOW).code


def test_the_newest_code_lets_the_person_in_and_no_older_one(cast, case):
    first, second = code_from(cast.lin, case), code_from(cast.lin, case)
    with pytest.raises(InvitationSpent):
        find_invitation(first, at=NOW)
    account = activate_account(invitation=find_invitation(second, at=NOW), password=PASSWORD, at=NOW)
    assert account == case.subject.account
    with pytest.raises(ActivatedAlready):
        code_from(cast.lin, case)


def test_who_handed_it_out_stands_in_both_records(cast, case):
    code_from(cast.lin, case)
    entries = Entry.objects.filter(verb__in=["case.invited_again", "account.invited"])
    assert sorted(entries.values_list("verb", "actor_name")) == [
        ("account.invited", "林秋"),
        ("case.invited_again", "林秋"),
    ]
    assert differences(fresh(case)) == []


def test_somebody_who_was_to_fill_in_on_paper_gets_an_account(cast):
    case = new_case(cast, person=make.person("赵晓岚"))
    code = code_from(cast.lin, case)
    assert find_invitation(code, at=NOW).account == Account.objects.get(person=case.subject)


@pytest.mark.parametrize("who", ["gao", "chen", "wu", "an", "xu", "shen"])
def test_only_who_opens_matters_there_hands_one_out(cast, case, who):
    with pytest.raises(NotEntitled):
        code_from(getattr(cast, who), case)


def test_whoever_stepped_back_hands_none_out(cast, case):
    Recusal.objects.create(case=case, seat=open_seat(case), account=cast.lin, recused=True, at=NOW)
    with pytest.raises(OwnCase):
        code_from(cast.lin, case)


def test_a_case_that_is_over_needs_none(cast, case):
    withdraw_case(case_pk=case.pk, by=cast.lin, at=NOW, reason="支部撤回提名")
    with pytest.raises(CaseClosed):
        code_from(cast.lin, case)


def test_who_reviews_comes_in_by_those_who_let_in_for_that_role(cast, case):
    make.assign(case.subject.account, "liaison", cast.branch)
    assert find_invitation(code_from(cast.lin, case), at=NOW)
    with pytest.raises(NotYourDuty):
        code_from(cast.zhou, case)
    make.assign(case.subject.account, "approver", cast.city, from_on=make.TODAY + timedelta(days=30))
    assert find_invitation(code_from(cast.han, case), at=NOW)


def test_nobody_in_the_office_holds_the_code_of_an_administrator_in_hand(cast, case):
    make.assign(case.subject.account, "auditor", cast.county)
    with pytest.raises(NotYourDuty):
        code_from(cast.lin, case)


def test_the_page_offers_it_until_the_person_came_in(cast, case, client):
    client.force_login(cast.lin)
    matter, address = f"/matters/{case.matter.number}/", f"/matters/case/{case.number}/code"
    assert address in client.get(matter).content.decode()
    answer = client.post(address)
    account = find_invitation(answer.context["code"], at=NOW).account
    assert (account, answer.context["code"] in answer.content.decode()) == (case.subject.account, True)
    Account.objects.filter(pk=account.pk).update(activated_at=NOW)
    assert address not in client.get(matter).content.decode()
    answer = client.post(address, follow=True)
    assert "赵晓岚已经登录过，不用再邀请。" in answer.content.decode()
