"""A machine of random acts: whatever people, roles, trees and clocks do, the promises of the engine hold after each."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import chinese_calendar
import pytest
from django.db import transaction
from django.utils.timezone import get_default_timezone, localdate, localtime
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from approvals.actions.cases import withdraw_case
from approvals.actions.decisions import Answer, claim, decide, release
from approvals.actions.inbox import open_seats
from approvals.actions.upkeep import close_due_stages, mend_inbox
from approvals.models import Case, Decision, InboxRow, Seat, Stage
from audit.errors import Refusal
from audit.verify import verify_log
from organizations.actions.accounts import deactivate_account, open_account, reactivate_account
from organizations.actions.roles import grant_role, revoke_role
from organizations.grants import repair_drift
from organizations.models import Account, PartyOrganization, Person, RoleAssignment
from tests import factories as make
from tests.approvals.rebuilt import differences
from tests.approvals.test_decisions import deciding
from tests.cases import INTENT, publish
from tests.cast import Cast, build_cast
from workflows.appointment_review.actions.opening import ask_for_review, open_acting, open_assignment, open_removal

BEGIN = datetime(2026, 1, 20, 10, 0, tzinfo=get_default_timezone())
LAST_DAY = date(2026, 11, 20)  # the calendar of the oracle knows 2026
PEOPLE = ("lin", "gao", "han", "zhou", "qian", "feng", "shen", "ma", "he", "wu", "mei", "chen")
PLACES = ("general_branch", "county", "province", "city")
BRANCHES = ("branch", "province_branch", "city_branch")
ROLES = ("organizer", "approver", "general_branch_secretary", "committee_secretary")
VERBS = ("agree", "agree", "agree", "refuse", "return", "hand_in")
some = st.integers(0, 11)
PROPOSAL = replace(INTENT, from_on=LAST_DAY)
WORLD: dict[str, Cast] = {}


class Engine(RuleBasedStateMachine):
    """People of the cast act at random; each example starts from the same world and leaves nothing behind."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = transaction.atomic()
        self.inside.__enter__()
        self.cast, self.now, self.clicks, self.counted = WORLD["cast"], BEGIN, 0, set()
        self.last: tuple | None = None

    def teardown(self) -> None:
        """Hold the log against the tables, then forget the example."""
        try:
            for case in Case.objects.select_related("process", "organization"):
                assert differences(case) == []
            assert verify_log().holds
        finally:
            transaction.set_rollback(True)
            self.inside.__exit__(None, None, None)

    def account(self, number: int) -> Account:
        return Account.objects.get(username=PEOPLE[number % len(PEOPLE)])

    def place(self, names: tuple[str, ...], number: int) -> PartyOrganization:
        return PartyOrganization.objects.get(pk=getattr(self.cast, names[number % len(names)]).pk)

    def picked(self, rows, number: int):
        found = list(rows)
        return found[number % len(found)] if found else None

    def attempt(self, act) -> bool:
        """Do something in a transaction of its own; a refusal is an answer, anything else a failure."""
        try:
            with transaction.atomic():
                act()
        except Refusal:
            return False
        return True

    # What people do

    @rule(who=some, where=some, whom=some)
    def open(self, who, where, whom):
        person = self.picked(Person.objects.order_by("pk"), whom)
        place, by = self.place(BRANCHES, where), self.account(who)
        self.attempt(lambda: open_assignment(organization=place, person=person, intent=PROPOSAL, by=by, at=self.now))

    @rule(where=some, whom=some)
    def open_other(self, where, whom):
        post = self.picked(self.place(BRANCHES, where).posts.filter(ended_on=None).order_by("pk"), whom)
        if post and whom % 2:
            self.attempt(lambda: open_removal(post=post, reason=INTENT.reason, by=self.cast.han, at=self.now))
            return
        person, until = self.picked(Person.objects.order_by("pk"), whom), localdate(self.now) + timedelta(days=90)
        place = self.place(BRANCHES, where)
        self.attempt(
            lambda: open_acting(
                organization=place, person=person, until_on=until, reason=INTENT.reason, by=self.cast.han, at=self.now
            )
        )

    @precondition(lambda self: Case.objects.filter(state="open").exists())
    @rule(which=some, who=some, verb=st.sampled_from(VERBS), back=some)
    def speak(self, which, who, verb, back):
        self.say(which, self.account(who), verb, back)

    @rule(answers=st.lists(st.tuples(st.integers(0, 40), st.sampled_from(VERBS), some), min_size=1, max_size=4))
    def answer_items(self, answers):
        for which, verb, back in answers:
            self.answer(which, verb, back)

    def answer(self, which: int, verb: str, back: int) -> None:
        row = self.picked(InboxRow.objects.select_related("account", "seat__stage").order_by("pk"), which)
        if row is None:
            return
        if row.seat.roles == [] or verb == "hand_in":
            verb = "agree" if row.seat.roles else "hand_in"
        self.say_on(row.seat, row.account, verb, back)

    def say(self, which: int, by: Account, verb: str, back: int) -> None:
        seat = self.picked(Seat.objects.filter(state="open").select_related("stage").order_by("pk"), which)
        if seat:
            self.say_on(seat, by, verb, back)

    def say_on(self, seat: Seat, by: Account, verb: str, back: int) -> None:
        self.clicks += 1
        offered = {"completeness": ["materials"], "confirmation": [""], "eligibility": ["materials"]}
        steps = offered.get(seat.stage.step, ["materials", "eligibility"])
        goes_to = steps[back % len(steps)] if verb == "return" else ""
        answer = Answer(verb, "已研究。", "另有安排。", [("photo", "照片不清楚")], goes_to)
        may = self.may(seat, by)
        click = {"seat_pk": seat.pk, "answer": answer, "by": by, "at": self.now, "key": f"click-{self.clicks}"}
        if self.attempt(lambda: decide(**click)):
            assert may, f"{by} decided without being entitled"
            self.last = (click, Decision.objects.latest("pk").pk)

    @precondition(lambda self: self.last is not None)
    @rule()
    def click_again(self):
        click, first = self.last
        count = Decision.objects.count()
        assert decide(**click).pk == first
        assert Decision.objects.count() == count

    @rule(which=some, who=some)
    def claim(self, which, who):
        seat = self.picked(Seat.objects.filter(state="open").order_by("pk"), which)
        if seat:
            by = self.account(who)
            may = self.may(Seat.objects.select_related("stage").get(pk=seat.pk), by)
            assert may or not self.attempt(lambda: claim(seat_pk=seat.pk, by=by, at=self.now))

    @rule(which=some)
    def release(self, which):
        seat = self.picked(Seat.objects.exclude(claimed_by=None).select_related("claimed_by").order_by("pk"), which)
        if seat:
            self.attempt(lambda: release(seat_pk=seat.pk, by=seat.claimed_by, at=self.now))

    @rule(which=some)
    def withdraw(self, which):
        case = self.picked(Case.objects.order_by("pk"), which)
        if case and which % 3 == 0:
            self.attempt(lambda: withdraw_case(case_pk=case.pk, by=self.cast.lin, at=self.now, reason="撤回"))

    @rule(which=some)
    def ask_for_review(self, which):
        case = self.picked(Case.objects.filter(state="rejected").order_by("pk"), which)
        by = Account.objects.filter(person=case.subject_id).first() if case else None
        if by:
            self.attempt(lambda: ask_for_review(case_pk=case.pk, grounds="请再核对。", by=by, at=self.now))

    # What changes around them

    @rule(who=some, role=st.sampled_from(ROLES), where=some, days=st.sampled_from([None, 3, 20]))
    def grant(self, who, role, where, days):
        until = localdate(self.now) + timedelta(days=days) if days else None
        holder, place = self.account(who), self.place(PLACES, where)
        self.attempt(
            lambda: grant_role(
                account=holder, role=role, organization=place, by=None, at=self.now, reason="增补", until_on=until,
                from_on=localdate(self.now) + timedelta(days=2 if who % 4 == 0 else 0),
            )
        )  # fmt: skip

    @rule(which=st.integers(0, 30))
    def revoke(self, which):
        endless = RoleAssignment.objects.filter(until_on=None, organization__isnull=False)
        held = self.picked(endless.order_by("pk"), which)
        if held:
            self.attempt(lambda: revoke_role(assignment=held, by=None, at=self.now, reason="调离"))

    @rule(who=some)
    def switch_off_or_on(self, who):
        account = self.account(who)
        turn = deactivate_account if account.is_active else reactivate_account
        self.attempt(lambda: turn(account=account, by=None, at=self.now, reason="核查"))

    @precondition(lambda self: not Account.objects.filter(username="gunan").exists())
    @rule()
    def open_an_account(self):
        person = Person.objects.get(name="顾南")
        self.attempt(lambda: open_account(username="gunan", name="顾南", by=None, at=self.now, person=person))

    @rule(where=some, to=some)
    def move(self, where, to):
        place, superior = self.place(("branch", "general_branch"), where), self.place(PLACES, to)
        if superior.pk != place.pk and not superior.path.startswith(place.path):
            PartyOrganization.objects.move(place, superior, "last-child")

    @precondition(lambda self: localdate(self.now) < LAST_DAY - timedelta(days=50))
    @rule(days=st.sampled_from([1, 1, 3, 8, 25]))
    def time_passes(self, days):
        self.now += timedelta(days=days)
        close_due_stages(self.now)
        repair_drift(on=localdate(self.now))
        mend_inbox(open_seats(), at=self.now)

    # What always holds

    @invariant()
    def an_open_case_waits_at_one_open_stage(self):
        open_stages = Stage.objects.filter(outcome="").prefetch_related("seats")
        by_case = {stage.case_id: stage for stage in open_stages}
        assert len(by_case) == len(open_stages)
        for case in Case.objects.all():
            stage = by_case.get(case.pk)
            assert (case.state == "open") == (stage is not None)
            if stage is None:
                assert case.step == ""
                continue
            assert (case.step, case.step_organization_id) == (stage.step, stage.organization_id)
            assert any(seat.state == "open" for seat in stage.seats.all())
        assert not InboxRow.objects.exclude(case__state="open").exists()

    @invariant()
    def every_inbox_is_what_the_roles_say(self):
        drift = mend_inbox(open_seats(), at=self.now, repair=False)
        assert (drift.missing, drift.extra) == ([], [])

    @invariant()
    def nobody_sits_in_two_steps_kept_apart(self):
        spoken: dict[tuple[int, int], list[tuple[int, str]]] = {}
        for decision in Decision.objects.select_related("seat__stage").order_by("pk"):
            stage = decision.seat.stage
            earlier = spoken.setdefault((stage.case_id, decision.by_id), [])
            assert not [step for other, step in earlier if step in stage.apart_from and other != stage.pk]
            assert stage.rule == "sequence" or stage.pk not in [other for other, _ in earlier]
            earlier.append((stage.pk, stage.step))

    @invariant()
    def deadlines_are_those_of_the_official_calendar(self):
        for stage in Stage.objects.exclude(pk__in=self.counted):
            self.counted.add(stage.pk)
            expected = datetime.combine(due_day(localdate(stage.opened_at), WORLD["days"][stage.step]), time.max)
            assert localtime(stage.due_at).replace(tzinfo=None) == expected

    def may(self, seat: Seat, by: Account) -> bool:
        """Say by the bare tables who may speak: the person on the own seat, else a holder of the role today."""
        case, today = seat.stage.case, localdate(self.now)
        if not seat.roles:
            return by.person_id == case.subject_id
        held = RoleAssignment.objects.filter(
            account=by, organization=seat.organization_id, role__in=seat.roles, from_on__lte=today
        )
        holds = any(one.until_on is None or one.until_on > today for one in held)
        return holds and by.is_active and by.person_id != case.subject_id and seat.holder_id in (None, by.pk)


def due_day(opened: date, working_days: int) -> date:
    day = opened
    while working_days:
        day += timedelta(days=1)
        working_days -= chinese_calendar.is_workday(day)
    return day


@pytest.fixture
def world(db) -> None:
    """Make the cast, a person without an account, and policies with all four rules."""
    cast = build_cast()
    make.person("顾南")
    document = deciding("any")
    publish(document, by=cast.an)
    publish(deciding("all"), organization=cast.general_branch, by=cast.an)
    publish(deciding("quorum", share=0.5, roles=["approver", "organizer"]), organization=cast.city, by=cast.an)
    in_turn = deciding("sequence", roles=["organizer", "approver"], four_eyes_with=[])
    publish(in_turn, organization=cast.province_branch, by=cast.an)
    days = {step["step"]: step.get("due_working_days") for step in document["steps"]}
    WORLD.update(cast=cast, days=days)
    for number, (place, steps) in enumerate([("branch", 1), ("branch", 4), ("city_branch", 3), ("province_branch", 3)]):
        person = make.person(f"候选人{number}")
        make.account(person.name, person=person)
        where, by = PartyOrganization.objects.get(pk=getattr(cast, place).pk), cast.han
        case = open_assignment(organization=where, person=person, intent=PROPOSAL, by=by, at=BEGIN)
        for step in range(steps):
            row = InboxRow.objects.filter(case=case).select_related("account", "seat").order_by("pk").first()
            answer = Answer("agree" if row.seat.roles else "hand_in", "已研究。")
            decide(seat_pk=row.seat_id, answer=answer, by=row.account, at=BEGIN, key=f"before-{number}-{step}")


def run(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Engine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck), print_blob=False,
        ),
    )  # fmt: skip


def test_whatever_people_do_the_promises_of_the_engine_hold(world):
    run(examples=12, steps=30)


@pytest.mark.prove
@pytest.mark.timeout(3600)
def test_whatever_people_do_for_long_the_promises_of_the_engine_hold(world):
    run(examples=300, steps=80)
