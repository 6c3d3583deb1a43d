"""What happens without anybody acting."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.actions.inbox import open_seats
from approvals.actions.upkeep import close_due_stages, mend_inbox, unfilled_seats
from approvals.inbox import rows_of
from approvals.models import InboxRow, Stage
from audit.models import Entry
from audit.verify import verify_log
from notifications.models import Notice
from notifications.sweep import sweep
from organizations.actions.roles import grant_role, revoke_role
from organizations.models import RoleAssignment
from tests import factories as make
from tests.approvals.rebuilt import differences
from tests.approvals.test_decisions import deciding, end_roles, holders
from tests.cases import case_at, fresh, new_case, publish, say


def test_a_reply_that_never_comes_ends_by_itself_and_only_once(cast, policy):
    case = case_at(cast, "county")
    say(case, cast.lin, "refuse")
    stage = Stage.objects.get(case=case, step="reply")
    assert close_due_stages(stage.closes_at - timedelta(seconds=1)) == 0
    assert close_due_stages(stage.closes_at) == 1
    assert close_due_stages(stage.closes_at) == 0
    assert (fresh(case).step, holders(case)) == ("confirmation", ["冯立", "林秋"])


def test_who_is_given_a_role_finds_the_open_items_at_once_and_loses_them_with_it(cast, policy):
    case = case_at(cast, "province")
    given = grant_role(
        account=cast.he,
        role="approver",
        organization=cast.province,
        from_on=make.TODAY,
        by=cast.an,
        at=make.NOW,
        reason="增补审批人",
    )
    assert holders(case) == ["何苗", "周正", "钱一帆"]
    revoke_role(assignment=given, until_on=make.TODAY, by=cast.an, at=make.NOW, reason="调离")
    assert holders(case) == ["周正", "钱一帆"]


def test_a_seat_held_by_name_opens_to_others_when_the_holder_loses_the_role(cast):
    publish(deciding("all"), by=cast.an)
    case = case_at(cast, "province")
    make.assign(cast.he, "approver", cast.province)
    end_roles(cast.qian)
    mend_inbox(open_seats(), at=make.NOW)
    assert holders(case) == ["何苗", "周正"]


def test_the_checker_names_drift_and_mends_it(cast, policy, capsys):
    case = case_at(cast, "province")
    InboxRow.objects.get(case=case, account=cast.zhou).delete()
    with pytest.raises(SystemExit) as stopped:
        call_command("check_inbox", "--json")
    assert stopped.value.code == 1
    assert json.loads(capsys.readouterr().out) == {"missing": 1, "extra": 0, "outdated": 0, "repaired": False}
    call_command("check_inbox", "--repair")
    assert holders(case) == ["周正", "钱一帆"]
    capsys.readouterr()
    call_command("check_inbox", "--json")
    assert json.loads(capsys.readouterr().out) == {"missing": 0, "extra": 0, "outdated": 0, "repaired": False}


def test_a_role_that_is_renewed_keeps_its_items_in_the_inbox(cast, policy):
    case = case_at(cast, "province")
    ends, after = make.TODAY + timedelta(days=8), make.NOW + timedelta(days=8)
    role = RoleAssignment.objects.get(account=cast.zhou, organization=cast.province)
    revoke_role(assignment=role, until_on=ends, by=cast.an, at=make.NOW, reason="届满")
    place = {"organization": cast.province, "from_on": ends}
    grant_role(account=cast.zhou, role=role.role, **place, by=cast.an, at=make.NOW, reason="续任")
    drift = mend_inbox(open_seats(), at=after, repair=False)
    assert cast.zhou.pk in {account for _seat, account in drift.outdated}
    assert (drift.missing, drift.extra) == ([], [])
    assert not rows_of(cast.zhou, on=ends).filter(case=case).exists()
    mend_inbox(open_seats(), at=after)
    assert rows_of(cast.zhou, on=ends).filter(case=case).exists()
    assert mend_inbox(open_seats(), at=after, repair=False).outdated == []


def at_party_level(cast, name: str) -> Stage:
    """Bring somebody to the step that whoever checked before may not decide."""
    account = make.account(name, person=make.person(name))
    branch = make.organization(f"南岭省{name}读书会党支部", under=cast.province)
    case = new_case(cast, organization=branch, person=account.person, by=cast.han)
    for who, verb in ((account, "hand_in"), (cast.han, "agree"), (cast.han, "agree")):
        say(case, who, verb)
    return Stage.objects.get(case=case, outcome="")


def test_many_seats_under_four_eyes_are_checked_with_as_many_statements_as_one(cast, policy):
    make.assign(cast.han, "approver", cast.province)
    counts = []
    for name in ("苏秦", "顾怀远", "秦望"):
        stage = at_party_level(cast, name)
        assert stage.apart_from
        with CaptureQueriesContext(connection) as asked:
            drift = mend_inbox(open_seats(), at=make.NOW, repair=False)
        assert (drift.missing, drift.extra) == ([], [])
        assert "韩启明" not in holders(stage.case)
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]


def test_a_seat_whose_last_holder_goes_rises_to_the_superior(cast, policy):
    case = case_at(cast, "county")
    below = holders(case)
    for held in RoleAssignment.objects.filter(organization=cast.county, account__name__in=below):
        make.assign(cast.zhou, held.role, cast.province)
        revoke_role(assignment=held, until_on=make.TODAY, by=cast.an, at=make.NOW, reason="机构调整")
    assert "周正" in holders(case)
    row = InboxRow.objects.get(case=case, account=cast.zhou)
    assert (row.seat.organization, row.seat.origin, row.why["origin"]) == (cast.province, "fallback", "fallback")
    entry = Entry.objects.get(verb="seat.raised")
    assert (entry.subject, entry.facts["organization_name"]) == (case.number, cast.province.name)
    assert Notice.objects.filter(recipient=cast.zhou, kind="seat_opened", thread=case.number).exists()
    assert differences(fresh(case)) == []
    say(case, cast.zhou, "agree")


def test_a_seat_stays_while_a_colleague_is_left_and_where_nobody_above_has_the_role(cast, policy):
    case = case_at(cast, "province")
    end_roles(cast.zhou)
    mend_inbox(open_seats(), at=make.NOW)
    assert holders(case) == ["钱一帆"]
    end_roles(cast.qian)
    mend_inbox(open_seats(), at=make.NOW)
    assert not Entry.objects.filter(verb="seat.raised").exists()
    assert [seat.stage.case for seat in unfilled_seats()] == [case]


def test_the_administrators_see_the_seats_nobody_can_fill(cast, policy):
    case = case_at(cast, "completeness")
    assert list(unfilled_seats()) == []
    RoleAssignment.objects.filter(role="organizer").update(until_on=make.TODAY)
    mend_inbox(open_seats(), at=make.NOW)
    assert [seat.stage.case for seat in unfilled_seats()] == [case]


def test_the_sweep_closes_reminds_and_signs_in_one_pass_and_then_has_nothing_to_do(cast, policy):
    case = case_at(cast, "county")
    say(case, cast.lin, "refuse")
    at = Stage.objects.get(case=case, step="reply").closes_at
    first, second = sweep(at=at), sweep(at=at)
    assert (first["stages_closed"], first["day_begun"]) == (1, 1)
    assert (second["stages_closed"], second["seat_reminders"], second["day_begun"]) == (0, 0, 0)
    assert verify_log().holds
