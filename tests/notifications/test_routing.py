"""By which way and when somebody is told: a table written by hand, and what holds for every rhythm."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notifications.rules.routing import (
    CHOOSABLE,
    LONGEST_RUN_OFF,
    Group,
    Held,
    Message,
    Rhythm,
    Way,
    Why,
    Wish,
    awake,
    digest_due,
    is_quiet,
    last_digest,
    letter_route,
    next_digest,
    office_moment,
    routes,
    week_of,
)

ZONE = ZoneInfo("Asia/Shanghai")
# Friday 25 September to Sunday 11 October 2026: off 1 to 7 October, Saturday 10 October is worked.
OFF = {date(2026, 10, day) for day in range(1, 8)}


def is_workday(day: date) -> bool:
    return day not in OFF and (day.weekday() < 5 or day == date(2026, 10, 10))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


EARLY, LATE = Rhythm(), Rhythm(digest_at=time(17), on_days_off=True)
NIGHT_OWL = Rhythm(digest_at=time(12), quiet_from=time(2), quiet_until=time(10))
NO_QUIET = Rhythm(quiet_from=time(0), quiet_until=time(0))


@pytest.mark.parametrize(
    ("at", "rhythm", "awake_at", "office_at", "next_at", "last_at"),
    [
        # A plain Monday morning; the digest of the minute itself counts for both sides.
        ("09-28 10:00", EARLY, "09-28 10:00", "09-28 10:00", "09-29 08:30", "09-28 08:30"),
        ("09-28 08:30", EARLY, "09-28 08:30", "09-28 08:30", "09-28 08:30", "09-28 08:30"),
        ("09-28 08:29", EARLY, "09-28 08:29", "09-28 08:29", "09-28 08:30", "09-25 08:30"),
        # Quiet begins at its first minute and ends before its last.
        ("09-28 20:59", EARLY, "09-28 20:59", "09-28 20:59", "09-29 08:30", "09-28 08:30"),
        ("09-28 21:00", EARLY, "09-29 08:00", "09-29 08:00", "09-29 08:30", "09-28 08:30"),
        ("09-29 07:59", EARLY, "09-29 08:00", "09-29 08:00", "09-29 08:30", "09-28 08:30"),
        ("09-29 08:00", EARLY, "09-29 08:00", "09-29 08:00", "09-29 08:30", "09-28 08:30"),
        # The long holiday: from Wednesday evening to Thursday morning a week later.
        ("09-30 21:30", EARLY, "10-01 08:00", "10-08 08:00", "10-08 08:30", "09-30 08:30"),
        ("10-03 12:00", EARLY, "10-03 12:00", "10-08 08:00", "10-08 08:30", "09-30 08:30"),
        # A Saturday that is worked, and the Sunday after it.
        ("10-09 12:00", EARLY, "10-09 12:00", "10-09 12:00", "10-10 08:30", "10-09 08:30"),
        ("10-11 12:00", EARLY, "10-11 12:00", "10-12 08:00", "10-12 08:30", "10-10 08:30"),
        # Whoever wants days off as well is told on them.
        ("10-03 12:00", LATE, "10-03 12:00", "10-03 12:00", "10-03 17:00", "10-02 17:00"),
        # Quiet hours that do not cross midnight.
        ("09-28 01:59", NIGHT_OWL, "09-28 01:59", "09-28 01:59", "09-28 12:00", "09-25 12:00"),
        ("09-28 02:00", NIGHT_OWL, "09-28 10:00", "09-28 10:00", "09-28 12:00", "09-25 12:00"),
        ("09-28 03:00", NO_QUIET, "09-28 03:00", "09-28 03:00", "09-28 08:30", "09-25 08:30"),
    ],
)
def test_moments_of_a_rhythm(at, rhythm, awake_at, office_at, next_at, last_at):
    at = moment(at)
    assert awake(at, rhythm) == moment(awake_at)
    assert office_moment(at, rhythm, is_workday) == moment(office_at)
    assert next_digest(at, rhythm, is_workday) == moment(next_at)
    assert last_digest(at, rhythm, is_workday) == moment(last_at)


MONDAY, NIGHT, HOLIDAY = "09-28 10:00", "09-28 23:00", "10-03 12:00"
MIDNIGHT = moment("09-29 00:00")
REMINDER = {"group": Group.WAITING, "reminds": True}


@pytest.mark.parametrize(
    ("facts", "wanted", "at", "spent", "answer"),
    [
        # The digest is the default.
        ({"group": Group.WAITING}, {}, MONDAY, False, (Way.DIGEST, "09-29 08:30", Why.DAILY, Held.NOT)),
        ({"group": Group.WAITING}, {}, HOLIDAY, False, (Way.DIGEST, "10-08 08:30", Why.DAILY, Held.NOT)),
        # What somebody wants singly waits for the end of the quiet hours and of the days off.
        ({"group": Group.OWN}, {"own": "singly"}, MONDAY, False, (Way.SINGLY, MONDAY, Why.CHOSEN, Held.NOT)),
        (
            {"group": Group.OWN}, {"own": "singly"}, NIGHT, False,
            (Way.SINGLY, "09-29 08:00", Why.CHOSEN, Held.QUIET_HOURS),
        ),
        (
            {"group": Group.OWN}, {"own": "singly"}, HOLIDAY, False,
            (Way.SINGLY, "10-08 08:00", Why.CHOSEN, Held.DAY_OFF),
        ),
        ({"group": Group.OWN}, {"below": "singly"}, MONDAY, False, (Way.DIGEST, "09-29 08:30", Why.DAILY, Held.NOT)),
        ({"group": Group.SYSTEM}, {"system": "never"}, MONDAY, False, (Way.NEVER, None, Why.SWITCHED_OFF, Held.NOT)),
        # What is urgent leaves on any day, and not at night; switching the group off does not stop it.
        (
            {"group": Group.OWN, "urgent": True}, {"own": "never"}, HOLIDAY, False,
            (Way.SINGLY, HOLIDAY, Why.URGENT, Held.NOT),
        ),
        (
            {"group": Group.OWN, "urgent": True}, {}, NIGHT, False,
            (Way.SINGLY, "09-29 08:00", Why.URGENT, Held.QUIET_HOURS),
        ),
        # Unless it would be due before the night is over.
        (
            {"group": Group.OWN, "urgent": True, "useful_until": MIDNIGHT}, {}, NIGHT, False,
            (Way.SINGLY, NIGHT, Why.URGENT, Held.NOT),
        ),
        # Rights cannot be switched off.
        ({"group": Group.RIGHTS}, {"rights": "never"}, MONDAY, False, (Way.SINGLY, MONDAY, Why.RIGHT, Held.NOT)),
        (
            {"group": Group.RIGHTS}, {}, NIGHT, False,
            (Way.SINGLY, "09-29 08:00", Why.RIGHT, Held.QUIET_HOURS),
        ),
        # Whoever waits for a code gets it at night.
        ({"group": Group.ACCESS}, {}, NIGHT, False, (Way.SINGLY, NIGHT, Why.ASKED_FOR, Held.NOT)),
        # Reminders over the budget join the digest; what is no reminder does not count.
        (REMINDER, {"waiting": "singly"}, MONDAY, False, (Way.SINGLY, MONDAY, Why.CHOSEN, Held.NOT)),
        (REMINDER, {"waiting": "singly"}, MONDAY, True, (Way.DIGEST, "09-29 08:30", Why.BUDGET, Held.NOT)),
        ({"group": Group.WAITING}, {"waiting": "singly"}, MONDAY, True, (Way.SINGLY, MONDAY, Why.CHOSEN, Held.NOT)),
        ({**REMINDER, "urgent": True}, {}, MONDAY, True, (Way.SINGLY, MONDAY, Why.URGENT, Held.NOT)),
        # What is of use today only does not wait for tomorrow's digest, but for today's.
        (
            {"group": Group.WAITING, "useful_until": MIDNIGHT}, {}, MONDAY, False,
            (Way.SINGLY, MONDAY, Why.TOO_LATE, Held.NOT),
        ),
        (
            {"group": Group.WAITING, "useful_until": MIDNIGHT}, {}, "09-28 08:10", False,
            (Way.DIGEST, "09-28 08:30", Why.DAILY, Held.NOT),
        ),
    ],
)  # fmt: skip
def test_a_letter_leaves_by_the_table(facts, wanted, at, spent, answer):
    route = letter_route(Message(**facts), Wish(email=wanted), at=moment(at), is_workday=is_workday, is_spent=spent)
    way, when, why, held = answer
    assert (route.way, route.moment, route.why, route.held) == (way, moment(when) if when else None, why, held)


@pytest.mark.parametrize(
    ("facts", "reached", "by_sms", "at", "answer"),
    [
        ({}, {"email"}, True, MONDAY, [("inapp", "singly", "always"), ("email", "digest", "daily")]),
        ({}, set(), True, MONDAY, [("inapp", "singly", "always"), ("email", "never", "no_address")]),
        ({}, {"email", "sms"}, True, MONDAY, [("inapp", "singly", "always"), ("email", "digest", "daily")]),
        (
            {"urgent": True}, {"email", "sms"}, True, MONDAY,
            [("inapp", "singly", "always"), ("email", "singly", "urgent"), ("sms", "singly", "urgent")],
        ),
        (
            {"urgent": True}, {"email", "sms"}, False, MONDAY,
            [("inapp", "singly", "always"), ("email", "singly", "urgent"), ("sms", "never", "switched_off")],
        ),
        # An unconfirmed telephone gets nothing, and what stays in the house stays there.
        ({"urgent": True}, {"email"}, True, MONDAY, [("inapp", "singly", "always"), ("email", "singly", "urgent")]),
        ({"urgent": True, "channels": ("inapp",)}, {"email", "sms"}, True, MONDAY, [("inapp", "singly", "always")]),
        ({"channels": ("sms",)}, {"sms"}, True, MONDAY, [("sms", "never", "urgent_only")]),
        ({"channels": ("sms",), "urgent": True}, set(), True, MONDAY, [("sms", "never", "no_address")]),
        ({"channels": ("sms",), "group": Group.ACCESS}, {"sms"}, False, NIGHT, [("sms", "singly", "asked_for")]),
    ],
)  # fmt: skip
def test_each_channel_has_its_answer(facts, reached, by_sms, at, answer):
    message = Message(**{"group": Group.WAITING, **facts})
    found = routes(
        message, Wish(urgent_by_sms=by_sms), reachable=reached, at=moment(at), is_workday=is_workday, reminded=0
    )
    assert [(route.channel, str(route.way), str(route.why)) for route in found] == answer


def test_a_text_message_never_comes_at_night_nor_when_it_is_too_late():
    message = Message(Group.WAITING, urgent=True, useful_until=MIDNIGHT)
    _inapp, letter, text = routes(message, Wish(), reachable={"email", "sms"}, at=moment(NIGHT), is_workday=is_workday)
    assert (letter.moment, text.moment, text.why) == (moment(NIGHT), None, Why.NO_USE)
    message = Message(Group.WAITING, urgent=True)
    text = routes(message, Wish(), reachable={"email", "sms"}, at=moment(NIGHT), is_workday=is_workday)[-1]
    assert (text.moment, text.held) == (moment("09-29 08:00"), Held.QUIET_HOURS)


def test_the_third_reminder_of_a_week_is_over_the_budget():
    message, wish = Message(Group.WAITING, reminds=True), Wish(email={"waiting": "singly"})
    ways = [
        routes(message, wish, reachable={"email"}, at=moment(MONDAY), is_workday=is_workday, reminded=count)[1].way
        for count in range(4)
    ]
    assert ways == [Way.SINGLY, Way.SINGLY, Way.DIGEST, Way.DIGEST]
    assert week_of(moment("10-04 23:59")) == moment("09-28 00:00") == week_of(moment("09-28 00:00"))


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("09-28 08:29", None),
        ("09-28 08:30", "09-28 08:30"),
        ("09-28 20:59", "09-28 08:30"),
        ("09-28 21:00", None),
        ("09-29 08:00", None),
        ("10-01 09:00", None),
        ("10-08 09:00", "10-08 08:30"),
    ],
)
def test_a_digest_leaves_on_its_day_outside_the_quiet_hours(at, due):
    assert digest_due(moment(at), EARLY, is_workday) == (moment(due) if due else None)


def test_a_digest_inside_the_quiet_hours_moves_to_their_end():
    early = Rhythm(digest_at=time(7, 30))
    assert next_digest(moment("09-28 07:00"), early, is_workday) == moment("09-28 08:00")


# The first draw of a date takes long on a busy machine; that says nothing about the rule.
CALMLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
rhythms = st.builds(Rhythm, minutes, minutes, minutes, st.booleans())
moments = st.datetimes(datetime(2026, 9, 1), datetime(2026, 10, 31), timezones=st.just(ZONE))  # noqa: DTZ001
messages = st.builds(Message, st.sampled_from([*CHOOSABLE, Group.RIGHTS]), urgent=st.booleans(), reminds=st.booleans())
wishes = st.builds(
    Wish, rhythms, st.dictionaries(st.sampled_from(list(CHOOSABLE)), st.sampled_from([Way.DIGEST, Way.SINGLY]))
)


@CALMLY
@given(messages, wishes, moments, st.integers(0, 4))
def test_no_letter_at_night_and_none_is_lost(message, wish, at, reminded):
    found = routes(message, wish, reachable={"email", "sms"}, at=at, is_workday=is_workday, reminded=reminded)
    assert [route.channel for route in found][:2] == ["inapp", "email"]
    for route in found[1:]:
        assert route.moment is not None
        assert at <= route.moment <= at + timedelta(days=LONGEST_RUN_OFF)
        assert not is_quiet(route.moment.time(), wish.rhythm)


@CALMLY
@given(rhythms, moments)
def test_what_waits_leaves_with_the_digest_that_was_foretold(rhythm, at):
    foretold = next_digest(at, rhythm, is_workday)
    assert digest_due(foretold, rhythm, is_workday) == foretold
    assert last_digest(at, rhythm, is_workday) <= at <= foretold
    before = foretold - timedelta(microseconds=1)
    assert before < at or last_digest(before, rhythm, is_workday) < at


@CALMLY
@given(moments)
def test_a_calendar_without_working_days_holds_nothing_for_ever(at):
    assert next_digest(at, EARLY, lambda _day: False) <= at + timedelta(days=2)
    assert office_moment(at, EARLY, lambda _day: False) <= at + timedelta(days=3)


def test_moments_keep_their_zone():
    at = datetime(2026, 9, 28, 2, tzinfo=UTC)
    assert next_digest(at, EARLY, is_workday).tzinfo is UTC
