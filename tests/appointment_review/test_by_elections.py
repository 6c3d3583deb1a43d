"""By-elections, and winners who were written in."""

import re
from dataclasses import replace
from datetime import date

import pytest

from approvals.enums import MatterKind
from organizations.actions.invitations import find_invitation
from organizations.models import Account
from tests import factories as make
from tests.cases import fresh, say
from tests.elections import (
    REASON,
    candidate,
    climb,
    counted,
    election_at,
    identity_number,
    key,
    new_election,
    vetted,
)
from tests.keys import key_on
from workflows.appointment_review.actions.elections_counting import report_result
from workflows.appointment_review.actions.elections_naming import (
    ask_for_candidates,
    ask_for_election,
    close_nomination,
    name_person,
)
from workflows.appointment_review.actions.elections_opening import (
    Seats,
)
from workflows.appointment_review.errors import PostAlreadyFilled

pytestmark = pytest.mark.usefixtures("election_policies")


def test_a_by_election_fills_one_post_and_leaves_the_others(cast):
    other = make.post(cast.ma_person, cast.branch, title="deputy")
    seats = Seats(date(2026, 12, 20), REASON, secretaries=1, voters=6)
    own = new_election(cast, kind=MatterKind.BY_ELECTION, seats=seats)
    ask_for_election(case_pk=own.pk, seats=seats, by=cast.chen, at=make.NOW, key=key())
    climb(own, cast)
    nominee, account = candidate("沈若溪")
    line, _issued = name_person(case_pk=own.pk, title="secretary", nominee=nominee, by=cast.chen, at=make.NOW)
    assert line.case.organization == cast.branch
    close_nomination(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    vetted(line.case, account, cast)
    assert fresh(own).step == "second_request"
    other.refresh_from_db()
    assert other.ended_on is None


def test_a_by_election_ends_nobodys_term(cast):
    post = make.post(cast.ma_person, cast.branch, due_on=date(2028, 1, 1))
    seats = Seats(date(2026, 12, 20), REASON, secretaries=0, members=1, voters=6)
    own = new_election(cast, kind=MatterKind.BY_ELECTION, seats=seats)
    more = replace(seats, secretaries=1, members=0)
    with pytest.raises(PostAlreadyFilled, match=cast.ma_person.name):
        ask_for_election(case_pk=own.pk, seats=more, by=cast.chen, at=make.NOW, key=key())
    post.delete()
    ask_for_election(case_pk=own.pk, seats=more, by=cast.chen, at=make.NOW, key=key())
    climb(own, cast)
    nominee, account = candidate("沈若溪")
    line, _issued = name_person(case_pk=own.pk, title="secretary", nominee=nominee, by=cast.chen, at=make.NOW)
    close_nomination(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    vetted(line.case, account, cast)
    ask_for_candidates(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    climb(own, cast)
    counted(own, cast)
    report_result(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    for who in (cast.gao, cast.lin):
        say(own, who, "agree")
    sitting = make.post(cast.ma_person, cast.branch, due_on=date(2028, 1, 1))  # appointed meanwhile
    with pytest.raises(PostAlreadyFilled):
        say(own, cast.zhou, "agree")
    sitting.refresh_from_db()
    assert (sitting.ended_on, fresh(own).step) == (None, "confirmation")


def test_a_winner_written_in_is_invited_on_the_page_of_the_count(cast, client):
    own, lines = election_at(cast, "election")
    pk, deputy = lines["沈若溪"].pk, lines["顾怀远"].pk
    client.force_login(cast.chen)
    page = f"/matters/{own.matter.number}/election/"
    key_of = key_on(client.get(page).content.decode())
    typed = {
        "then": "count", "key": key_of, "held_on": "2026-11-23", "entitled": "6", "present": "6", "issued": "6",
        "returned": "6", "valid": "6", "counters": "何苗、马启文", "in-title-0": "secretary", "in-name-0": "秦望",
        "in-number-0": identity_number(), "in-yes-0": "4",
    }  # fmt: skip
    for one, votes in ((pk, (1, 4, 1)), (deputy, (5, 1, 0))):
        typed |= {f"{part}-{one}": str(n) for part, n in zip(("yes", "no", "abstain"), votes, strict=True)}
    shown = client.post(page, typed)
    account = Account.objects.get(name="秦望")
    assert shown.status_code == 200
    assert account.username in shown.content.decode()
    code = re.search(r"<b>([^<]+)</b>", shown.content.decode().split("请记下并交给秦望")[1])[1]
    assert find_invitation(code, at=make.NOW).account == account
    assert code not in client.get(page).content.decode()
