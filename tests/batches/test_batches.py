"""Many at once: each an act of its own, nothing twice, nothing past the guards."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from approvals.actions import decisions
from approvals.actions.decisions import claim
from approvals.errors import NotEntitled
from approvals.inbox import Wanted, counts_of
from approvals.models import Decision, InboxRow, Seat
from audit.models import Entry
from tests import factories as make
from tests.cases import fresh, new_case, open_seat, policy, say  # noqa: F401
from tests.factories import NOW
from workflows.appointment_review.models import Finding
from workflows.batches import actions, rules
from workflows.batches.actions import NothingChosen, NotTogether, go_on, start_batch
from workflows.batches.models import BatchItem, BatchRun
from workflows.batches.queries import looked_over
from workflows.batches.rules import Item, hindrance

pytestmark = pytest.mark.usefixtures("policy")
FLOW = "appointment_review"


def handed_in(cast, count: int) -> list:
    cases = []
    for number in range(count):
        person = make.person(f"鲁某{number}")
        make.account(person.name, username=f"lu{number}", person=person)
        case = new_case(cast, person=person)
        say(case, person.account, "hand_in")
        cases.append(fresh(case))
    return cases


def started(by, step="completeness", *, key="k1", but=()) -> BatchRun:
    looked = looked_over(by, flow=FLOW, step=step, at=NOW)
    seats = {one.row.seat_id for one in looked} - set(but)
    return start_batch(flow=FLOW, step=step, seats=seats, by=by, at=NOW, key=key)


def run_through(run, by) -> int:
    rounds = 0
    while go_on(run=run, by=by, at=NOW):
        rounds += 1
    return rounds + 1


@pytest.mark.parametrize(
    ("item", "word"),
    [
        (Item(), ""),
        (Item(own=True, claimed=True), rules.OWN),
        (Item(claimed=True), rules.CLAIMED),
        (Item(running=True), rules.RUNNING),
        (Item(spoken_apart=True), rules.FOUR_EYES),
        (Item(review=True), rules.REVIEW),
        (Item(meeting=True), rules.MEETING),
        (Item(levels=["note"]), rules.FINDINGS),
    ],
)
def test_what_asks_for_a_word_of_its_own_does_not_go(item, word):
    assert hindrance(item) == word


def test_forty_are_accepted_and_three_stay_behind(cast):
    cases = handed_in(cast, 43)
    colleague = make.reviewer("方敏", "organizer", cast.county, username="fang")
    for case in cases[:3]:
        claim(seat_pk=open_seat(case).pk, by=colleague, at=NOW)
    looked = looked_over(cast.lin, flow=FLOW, step="completeness", at=NOW)
    assert sorted(one.hindered for one in looked) == [""] * 40 + [rules.CLAIMED] * 3
    run = started(cast.lin)
    assert Decision.objects.filter(verb="agree").count() == 0
    assert run_through(run, cast.lin) == 8
    assert {fresh(case).step for case in cases[3:]} == {"eligibility"}
    assert {fresh(case).step for case in cases[:3]} == {"completeness"}
    assert Decision.objects.filter(verb="agree", by=cast.lin, facts__batch=run.pk).count() == 40
    assert Entry.objects.filter(verb="seat.agree", actor_name="林秋").values("stream").distinct().count() == 40
    assert set(BatchItem.objects.values_list("state", flat=True)) == {"done"}
    run.refresh_from_db()
    assert run.finished_at == NOW


def test_a_double_start_is_one_batch(cast):
    handed_in(cast, 2)
    first, second = started(cast.lin), started(cast.lin)
    assert first == second
    assert BatchItem.objects.count() == 2
    with pytest.raises(NotEntitled):
        started(cast.mei)
    with pytest.raises(NothingChosen):  # from a second window: all of them run already
        started(cast.lin, key="k2")


def test_going_on_twice_at_once_decides_each_once(cast):
    handed_in(cast, 2)
    run = started(cast.lin)
    stale = list(run.items.all())
    run_through(run, cast.lin)
    for item in stale:  # the other window still holds them as waiting
        actions._answer(item, by=cast.lin, at=NOW)
    assert Decision.objects.filter(verb="agree").count() == 2
    assert list(run.items.values_list("state", flat=True)) == ["done", "done"]


def test_a_batch_broken_off_between_decision_and_item_goes_on(cast, monkeypatch):
    cases = handed_in(cast, 3)
    run = started(cast.lin)
    real, calls = decisions.decide, []

    def breaks_off(**facts):
        made = real(**facts)
        calls.append(made)
        if len(calls) == 2:
            raise ConnectionError
        return made

    monkeypatch.setattr(actions, "decide", breaks_off)
    with pytest.raises(ConnectionError):
        go_on(run=run, by=cast.lin, at=NOW)
    assert list(run.items.values_list("state", flat=True)) == ["done", "waiting", "waiting"]
    monkeypatch.setattr(actions, "decide", real)
    assert go_on(run=run, by=cast.lin, at=NOW) == 0
    assert list(run.items.values_list("state", flat=True)) == ["done"] * 3
    assert Decision.objects.filter(verb="agree").count() == 3
    assert {fresh(case).step for case in cases} == {"eligibility"}


def test_an_item_somebody_else_decided_meanwhile_says_who(cast):
    cases = handed_in(cast, 2)
    colleague = make.reviewer("方敏", "organizer", cast.county, username="fang")
    run = started(cast.lin)
    say(cases[0], colleague, "agree")
    run_through(run, cast.lin)
    first = run.items.get(case=cases[0])
    assert (first.state, "方敏" in first.refused) == ("refused", True)
    assert run.items.exclude(pk=first.pk).get().state == "done"


def test_a_role_that_ends_meanwhile_ends_the_batch_row_by_row(cast):
    handed_in(cast, 2)
    run = started(cast.lin)
    cast.lin.assignments.update(until_on=NOW.date())
    run_through(run, cast.lin)
    assert set(run.items.values_list("state", flat=True)) == {"refused"}
    assert Decision.objects.filter(verb="agree").count() == 0


@pytest.mark.parametrize("level", ["blocking", "reason", "note"])
def test_findings_keep_a_case_out_of_an_eligibility_batch(cast, level):
    cases = handed_in(cast, 2)
    for case in cases:
        say(case, cast.lin, "agree")
    Finding.objects.create(case=cases[0], code="membership_short", level=level, found_at=NOW)
    looked = looked_over(cast.lin, flow=FLOW, step="eligibility", at=NOW)
    assert sorted(one.hindered for one in looked) == ["", rules.FINDINGS]
    run = started(cast.lin, "eligibility")
    run_through(run, cast.lin)
    assert [fresh(case).step for case in cases] == ["eligibility", "party_levels"]


def test_a_finding_made_after_the_list_still_stops_the_act(cast):
    case = handed_in(cast, 1)[0]
    say(case, cast.lin, "agree")
    run = started(cast.lin, "eligibility")
    Finding.objects.create(case=case, code="criminal_record", level="blocking", found_at=NOW)
    run_through(run, cast.lin)
    assert (run.items.get().state, fresh(case).step) == ("refused", "eligibility")


def test_only_steps_named_by_the_flow_go_together(cast):
    for step in ("party_levels", "materials", "nothing", "start"):
        with pytest.raises(NotTogether):
            start_batch(flow=FLOW, step=step, seats={1}, by=cast.lin, at=NOW, key="k")
    with pytest.raises(NotTogether):
        start_batch(flow="unknown", step="completeness", seats={1}, by=cast.lin, at=NOW, key="k")


def test_seats_of_others_are_left_out_whoever_names_them(cast):
    cases = handed_in(cast, 1)
    seat = Seat.objects.get(stage__case=cases[0], state="open")
    with pytest.raises(NothingChosen):
        start_batch(flow=FLOW, step="completeness", seats={seat.pk}, by=cast.mei, at=NOW, key="k")


def test_equal_rows_are_one_row_of_the_inbox_and_the_count_stays_true(cast, client):
    handed_in(cast, 6)
    client.force_login(cast.lin)
    page = client.get("/inbox/").content.decode()
    assert page.count('class="entry entry-4"') == 1
    assert f"/batches/{FLOW}/completeness/" in page
    assert counts_of(cast.lin, wanted=Wanted(), at=NOW).todo == InboxRow.objects.filter(account=cast.lin).count() == 6


def test_few_rows_stand_by_themselves(cast, client):
    handed_in(cast, 4)
    client.force_login(cast.lin)
    assert client.get("/inbox/").content.decode().count('class="entry entry-4"') == 4


def test_the_pages_start_a_batch_and_go_on_without_scripts(cast, client):
    handed_in(cast, 7)
    client.force_login(cast.lin)
    address = f"/batches/{FLOW}/completeness/"
    page = client.get(address)
    seats = [one.row.seat_id for one in page.context["goes"]]
    answer = client.post(address, {"key": "k", "seat": seats[:6]})
    run = BatchRun.objects.get()
    assert answer.url == f"/batches/{run.pk}/"
    assert "hx-post" in client.get(answer.url).content.decode()
    for _ in range(2):
        client.post(f"/batches/{run.pk}/go-on")
    page = client.get(answer.url).content.decode()
    assert "hx-post" not in page
    assert run.items.filter(state="done").count() == 6
    assert client.post(address, {"key": "k2"}).status_code == 422
    client.force_login(cast.mei)
    assert client.get(answer.url).status_code == 404
    assert client.post(f"/batches/{run.pk}/go-on").status_code == 404


def test_a_batch_is_closed_to_whoever_sees_none_of_its_cases_any_more(cast, client):
    handed_in(cast, 2)
    run = started(cast.lin)
    client.force_login(cast.lin)
    assert client.get(f"/batches/{run.pk}/").status_code == 200
    cast.lin.assignments.update(until_on=localdate())
    assert client.get(f"/batches/{run.pk}/").status_code == 404
    assert client.post(f"/batches/{run.pk}/go-on").status_code == 404
    assert not BatchRun.objects.visible_to(cast.lin, on=localdate()).exists()


def test_a_batch_nobody_goes_on_with_lets_its_items_go_after_an_hour(cast):
    handed_in(cast, 2)
    left = started(cast.lin)
    later = NOW + timedelta(minutes=61)
    for moment, hindered in ((NOW + timedelta(minutes=59), rules.RUNNING), (later, "")):
        looked = looked_over(cast.lin, flow=FLOW, step="completeness", at=moment)
        assert {one.hindered for one in looked} == {hindered}
    seats = set(left.items.values_list("seat", flat=True))
    again = start_batch(flow=FLOW, step="completeness", seats=seats, by=cast.lin, at=later, key="again")
    run_through(again, cast.lin)
    run_through(left, cast.lin)
    assert Decision.objects.filter(verb="agree").count() == 2
