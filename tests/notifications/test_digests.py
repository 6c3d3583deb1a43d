"""Letters that wait, and leave as one letter to each person."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import DateTimeField, F, Value
from django.test.utils import CaptureQueriesContext

from notifications.actions import mark_all_read
from notifications.delivery import deliver_due
from notifications.digests import bundle_due
from notifications.enums import State
from notifications.models import Notice, Outbox
from notifications.outbox import enqueue
from notifications.reminding import Rows, remind_due
from notifications.rules.routing import Way
from organizations.models import Account
from tests import factories as make
from tests.notifications.wishing import wants_all_at_once, wishes

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


# The story begins on Monday 23 November 2026 at 10:00; its digests leave at 8:30.
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (moment(f"11-{day} 08:30") for day in (23, 24, 25, 26))
FRIDAY, NEXT_MONDAY = moment("11-27 08:30"), moment("11-30 08:30")
LATER = timedelta(seconds=20)


@pytest.fixture
def su(db) -> Account:
    return make.account("苏晴", username="su", email="su@example.com")


@pytest.fixture
def emma(db) -> Account:
    return make.account("艾玛", username="emma", email="emma@example.com", language="en")


def tell(account, key, at, kind="seat_opened", **more):
    enqueue(kind, to=account, key=key, at=at, link="/inbox/", thread="考〔2026〕7号", **more)


def remind(kind, at, people=None, day=None):
    """Remind everybody of one thing each that bears the number of the account."""
    rows = (Account.objects.all() if people is None else people).order_by()
    due_at = Value(day or at, output_field=DateTimeField())
    rows = rows.values_list(F("pk"), F("pk"), due_at, Value("考〔2026〕7号"), Value("/inbox/"))
    return remind_due(rows, kind=kind, subject_kind="seat", at=at)


def states(account, **more):
    return list(Outbox.objects.filter(recipient=account, **more).order_by("pk").values_list("kind", "state"))


def text_of(letter):
    return letter.get_body(("plain",)).get_content()


def test_what_is_not_urgent_waits_and_leaves_as_one_letter(su, at, mailbox):
    tell(su, "seat:1", at)
    tell(su, "seat:2", at + timedelta(hours=2))
    tell(su, "copy:1", at + timedelta(hours=3), kind="copy_for_information")
    assert Notice.objects.filter(recipient=su).count() == 3
    assert states(su) == [("seat_opened", "held"), ("seat_opened", "held"), ("copy_for_information", "held")]
    for early in (at, moment("11-23 23:00"), moment("11-24 08:29")):
        assert bundle_due(early) == 0
    assert bundle_due(TUESDAY + LATER) == 1
    assert bundle_due(TUESDAY + 2 * LATER) == 0
    assert deliver_due(at=TUESDAY + LATER).sent == 1
    (letter,) = mailbox.letters
    assert letter["Subject"] == "消息汇总：共 3 条"
    text, html = text_of(letter), letter.get_body(("html",)).get_content()
    for words in ("待您办理的", "新到 2 件待办", "供您知悉的", "有 1 件待阅", "/telling/"):
        assert words in text
        assert words in html
    assert "考〔2026〕7号" not in text + html


def test_the_letters_in_it_remember_their_digest_and_its_answer(su, at, mailbox):
    tell(su, "seat:1", at)
    bundle_due(TUESDAY + LATER)
    deliver_due(at=TUESDAY + LATER)
    row = Outbox.objects.get(kind="seat_opened")
    assert (row.state, row.facts, row.digest.kind, row.digest.state) == ("bundled", {}, "digest", "sent")
    assert row.digest.key == f"email:{su.pk}:digest:{row.pk}"
    assert row.digest.provider_id == mailbox.ids()[0]


def test_a_digest_speaks_the_language_of_its_reader(emma, at, mailbox):
    tell(emma, "seat:1", at)
    tell(emma, "seat:2", at, kind="challenge_decided")
    tell(emma, "seat:3", at, kind="challenge_decided")
    bundle_due(TUESDAY)
    deliver_due(at=TUESDAY)
    assert mailbox.letters[0]["Subject"] == "Your digest: 3 in all"
    lines = [line for line in text_of(mailbox.letters[0]).splitlines() if line]
    assert lines[2:6] == [
        "What waits for you",
        "- 1 matter has come to you",
        "Your own matters",
        "- Your request was decided (2 times)",
    ]


def test_what_was_opened_in_the_system_is_left_out(su, emma, at):
    tell([su, emma], "seat:1", at)
    mark_all_read(account=su, at=at + timedelta(hours=1))
    tell(su, "seat:2", at + timedelta(hours=2))
    assert bundle_due(TUESDAY) == 2
    assert states(su) == [("seat_opened", "read"), ("seat_opened", "bundled"), ("digest", "new")]
    assert states(emma) == [("seat_opened", "bundled"), ("digest", "new")]
    tell(emma, "seat:3", WEDNESDAY - timedelta(hours=1))
    mark_all_read(account=emma, at=WEDNESDAY - timedelta(minutes=1))
    assert bundle_due(WEDNESDAY) == 0


def test_rights_and_urgent_letters_do_not_wait(su, at):
    tell(su, "a", at, kind="decision_issued")
    tell(su, "b", at, urgent=True)
    tell(su, "c", moment("11-23 22:00"), kind="right_of_reply")
    assert list(Outbox.objects.order_by("pk").values_list("state", "not_before")) == [
        ("new", at),
        ("new", at),
        ("new", moment("11-24 08:00")),
    ]


def test_what_nobody_wants_by_letter_stands_in_the_system_only(su, at):
    wishes(su, waiting=Way.NEVER, digest_at="12:00")
    tell(su, "seat:1", at)
    remind("seat_due", at)
    assert not Outbox.objects.exists()
    assert Notice.objects.count() == 2
    tell(su, "a", at, kind="case_returned")
    assert states(su) == [("case_returned", "new")]


def test_each_has_a_moment_of_the_own(su, emma, at):
    wishes(emma, digest_at="12:00", on_days_off=True)
    tell([su, emma], "seat:1", at)
    assert bundle_due(moment("11-23 12:00")) == 1
    assert states(emma)[-1] == ("digest", "new")
    assert bundle_due(TUESDAY) == 1
    assert states(su)[-1] == ("digest", "new")


def test_another_rhythm_holds_for_what_waits_already(su, at):
    tell(su, "seat:1", at)
    wishes(su, digest_at="12:00")
    assert bundle_due(moment("11-23 12:00")) == 1


def test_on_days_off_no_digest_comes_and_monday_brings_all(su):
    tell(su, "seat:1", FRIDAY + timedelta(hours=1))
    tell(su, "seat:2", moment("11-28 12:00"))
    for off in (moment("11-28 09:00"), moment("11-29 09:00"), NEXT_MONDAY - LATER):
        assert bundle_due(off) == 0
    assert bundle_due(NEXT_MONDAY) == 1
    assert Outbox.objects.filter(state=State.BUNDLED).count() == 2


def test_a_digest_that_was_missed_for_its_day_comes_with_the_next_one(su, at):
    tell(su, "seat:1", at)
    assert bundle_due(moment("11-24 22:00")) == 0
    assert bundle_due(moment("11-25 08:10")) == 0
    assert bundle_due(WEDNESDAY) == 1


def test_what_comes_while_a_digest_is_written_waits_for_its_own(su, at):
    tell(su, "seat:1", at)
    bundle_due(TUESDAY)
    # The act began before the digest and ended after it.
    tell(su, "seat:2", TUESDAY - timedelta(seconds=1))
    assert bundle_due(TUESDAY + LATER) == 1
    assert Outbox.objects.filter(kind="digest").count() == 2
    assert set(Outbox.objects.exclude(kind="digest").values_list("state", flat=True)) == {"bundled"}


def test_a_letter_that_may_not_leave_yet_is_not_in_the_digest(su, at):
    enqueue("seat_opened", to=su, key="seat:1", at=at, not_before=WEDNESDAY + timedelta(hours=1))
    assert bundle_due(TUESDAY) == bundle_due(WEDNESDAY) == 0
    assert bundle_due(THURSDAY) == 1


def test_only_two_digests_of_mere_reminders_leave_in_a_week(su):
    days = [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY]
    written = []
    for day in days:
        remind("seat_due", day - timedelta(minutes=20), day=day)
        written.append(bundle_due(day))
    assert written == [1, 1, 0, 0, 0]
    assert Notice.objects.count() == 5
    assert bundle_due(NEXT_MONDAY) == 1
    assert Outbox.objects.filter(state=State.BUNDLED, digest__created_at=NEXT_MONDAY).count() == 3


def test_held_reminders_join_a_digest_that_leaves_anyway(su):
    for day in (MONDAY, TUESDAY, WEDNESDAY):
        remind("seat_due", day - timedelta(minutes=20), day=day)
        bundle_due(day)
    tell(su, "seat:9", WEDNESDAY + timedelta(hours=2))
    assert bundle_due(THURSDAY) == 1
    digest = Outbox.objects.filter(kind="digest").latest("pk")
    assert sorted(digest.bundled.values_list("kind", flat=True)) == ["seat_due", "seat_opened"]
    # It was no mere reminder and is not counted.
    assert not digest.budgeted


@pytest.mark.parametrize("kind", ["seat_due_today", "late_below_long"])
def test_what_is_urgent_comes_singly_over_the_budget_and_whatever_was_chosen(su, emma, kind):
    wishes(emma, Way.NEVER)
    for day in (MONDAY, TUESDAY):
        remind("seat_due", day - timedelta(minutes=20), day=day)
        bundle_due(day)
    early = WEDNESDAY - timedelta(minutes=20)
    remind(kind, early)
    assert bundle_due(WEDNESDAY) == 0
    for one in (su, emma):
        (letter,) = Outbox.objects.filter(recipient=one, kind=kind)
        assert (letter.state, letter.not_before, letter.urgent, letter.budgeted) == ("new", early, True, False)
    # It uses up nothing of the week either.
    assert set(Outbox.objects.filter(budgeted=True).values_list("kind", flat=True)) == {"seat_due", "digest"}


def test_an_escalation_waits_for_the_end_of_the_quiet_hours_and_what_is_due_today_does_not(su):
    night = moment("11-25 22:00")
    remind("late_below_long", night)
    remind("seat_due_today", night)
    assert dict(Outbox.objects.values_list("kind", "not_before")) == {
        "late_below_long": moment("11-26 08:00"), "seat_due_today": night,
    }  # fmt: skip


def test_reminders_singly_stop_after_two_in_a_week_and_the_next_week_begins_anew(su):
    wishes(su, waiting=Way.SINGLY)
    for number in range(4):
        remind("seat_due", MONDAY + timedelta(hours=number + 1), day=MONDAY + timedelta(days=number))
    assert states(su) == [("seat_due", "new")] * 2 + [("seat_due", "held")] * 2
    tell(su, "letter:1", TUESDAY, kind="letter_reminded")
    tell(su, "seat:1", TUESDAY)
    assert states(su)[4:] == [("letter_reminded", "held"), ("seat_opened", "new")]
    remind("seat_due", NEXT_MONDAY + timedelta(hours=1))
    assert states(su)[-1] == ("seat_due", "new")


def test_many_reminders_of_one_sweep_are_counted_one_by_one(su, emma, at):
    wishes(su, waiting=Way.SINGLY)
    one = "SELECT id, {n}, {due}, '', '' FROM organizations_account"
    due = connection.ops.adapt_datetimefield_value(at)
    rows = Rows(" UNION ALL ".join(one.format(n=n, due="%s") for n in range(3)), [due] * 3)
    assert remind_due(rows, kind="seat_due", subject_kind="seat", at=at) == 6
    assert [state for _kind, state in states(su)] == ["new", "new", "held"]
    assert [state for _kind, state in states(emma)] == ["held", "held", "held"]


def test_one_sweep_serves_every_rhythm(at, mailbox):
    """Each person of a crowd lives by another rhythm; the letters of one statement differ accordingly."""
    night = moment("11-23 22:00")
    by_default = make.account("甲", username="a1", email="a1@example.com")
    eager = make.account("乙", username="a2", email="a2@example.com")
    quiet = make.account("丙", username="a3", email="a3@example.com")
    off = make.account("丁", username="a4", email="a4@example.com")
    wants_all_at_once(eager)
    wishes(quiet, waiting=Way.SINGLY, quiet_from="20:00", quiet_until="09:30")
    wishes(off, waiting=Way.NEVER)
    assert remind("seat_due", night) == 4
    found = Outbox.objects.order_by("recipient").values_list("recipient", "state", "not_before")
    assert list(found) == [
        (by_default.pk, "held", night),
        (eager.pk, "new", night),
        (quiet.pk, "new", moment("11-24 09:30")),
    ]


def test_a_thousand_digests_take_as_many_statements_as_one(su, at):
    def told(count):
        crowd = Account.objects.bulk_create(
            Account(username=f"he{count}-{n}", name="何苗", email=f"he{n}@example.com", password="!")
            for n in range(count)
        )
        enqueue("seat_opened", to=crowd, key="seat:1", at=at)
        enqueue("seat_overdue", to=crowd, key="seat:2", at=at)
        with CaptureQueriesContext(connection) as queries:
            assert bundle_due(TUESDAY) == count
        return len(queries)

    assert told(1) == told(300)
    assert Outbox.objects.filter(state=State.BUNDLED).count() == 602


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_write_each_digest_once(at):
    crowd = [make.account("何苗", username=f"he{n}", email=f"he{n}@example.com", password=None) for n in range(40)]
    for number in range(3):
        enqueue("seat_opened", to=crowd, key=f"seat:{number}", at=at)
    ready, written = Barrier(4), []

    def sweep():
        ready.wait()
        try:
            written.append(bundle_due(TUESDAY))
        finally:
            connection.close()

    threads = [Thread(target=sweep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(written) == 40
    assert Outbox.objects.filter(kind="digest").count() == 40
    assert Outbox.objects.filter(state=State.BUNDLED).count() == 120
    assert set(Outbox.objects.filter(kind="digest").values_list("bundled", flat=True).distinct()) == set(
        Outbox.objects.filter(state=State.BUNDLED).values_list("pk", flat=True)
    )


def test_a_digest_that_cannot_be_delivered_is_an_incident_and_can_be_sent_again(su, at, mailbox):
    mailbox.answers["su@example.com"] = "550 no such mailbox"
    tell(su, "seat:1", at)
    bundle_due(TUESDAY)
    assert deliver_due(at=TUESDAY).failed == 1
    assert states(su) == [("seat_opened", "bundled"), ("digest", "failed")]


def test_an_unknown_kind_stops_no_digest(su, at, mailbox):
    tell(su, "seat:1", at)
    Outbox.objects.update(kind="of_another_version")
    bundle_due(TUESDAY)
    assert deliver_due(at=TUESDAY).sent == 1
    assert "of_another_version" in text_of(mailbox.letters[0])
