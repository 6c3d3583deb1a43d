"""The door into the log: what it chains, and what it refuses."""

import hashlib
import json
import threading
from datetime import datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, connection, transaction

from audit.chain import GENESIS, canonical
from audit.log import Draft, append, append_all, record
from audit.models import Entry, Head
from audit.queries import entries_about, entries_of
from tests.audit.written import LIN

pytestmark = pytest.mark.django_db


def test_the_spelling_of_a_value_is_fixed():
    value = {
        "b": [1, None, True],
        "a": "e\u0301",
        "at": datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=8))),
    }
    assert canonical(value) == '{"a":"é","at":"2026-11-23T02:00:00.000000Z","b":[1,null,true]}'


def test_an_entry_is_hashed_over_every_column_and_the_one_before(at):
    append(
        "case:KP-1",
        [Draft(verb="a.done", at=at, actor_id=7, actor_name="林晓"), Draft(verb="b.done", at=at)],
        locked=True,
    )
    first, second = entries_of("case:KP-1")
    expected = (
        '{"actor_id":7,"actor_name":"林晓","at":"2026-11-23T02:00:00.000000Z",'
        '"body":"{\\"facts\\":{},\\"sealed\\":{}}","previous":"' + GENESIS + '","seq":1,"step":"","step_title":"",'
        '"stream":"case:KP-1","subject":"","verb":"a.done"}'
    )
    assert first.hash == hashlib.sha256(expected.encode()).hexdigest()
    assert (first.previous, second.previous, second.seq) == ("0" * 64, first.hash, 2)


def test_appending_to_a_case_asks_once_and_writes_once(at, django_assert_num_queries):
    append("case:KP-1", [Draft(verb="a.done", at=at)], locked=True)
    with django_assert_num_queries(2):
        append("case:KP-1", [Draft(verb="b.done", at=at), Draft(verb="c.done", at=at)], locked=True)
    assert [entry.seq for entry in entries_of("case:KP-1")] == [1, 2, 3]


def test_many_streams_are_appended_at_once_behind_their_own_ends(at):
    append("case:KP-1", [Draft(verb="a.done", at=at)], locked=True)
    assert append_all({name: [Draft(verb="b.done", at=at)] for name in ("case:KP-1", "case:KP-2", "matter:S-1")}) == 3
    begun = entries_of("case:KP-1")
    assert [(entry.seq, entry.previous) for entry in begun] == [(1, GENESIS), (2, begun[0].hash)]
    assert [entry.seq for entry in entries_of("matter:S-1")] == [1]


def test_a_stream_without_a_case_moves_its_head(at):
    for number in range(3):
        record("files", "file.read", by=LIN, at=at, subject="KP-1", facts={"n": number})
    last = entries_of("files").last()
    assert Head.objects.values_list("stream", "seq", "hash").get() == ("files", 3, last.hash)
    assert [entry.facts for entry in entries_of("files")] == [{"n": 0}, {"n": 1}, {"n": 2}]


def test_the_system_acts_without_a_name(at):
    assert (record("calendar", "day.set", by=None, at=at).actor_id, entries_of("calendar").get().actor_name) == (
        None,
        "",
    )


def test_everything_about_a_case_is_found_in_all_streams(at):
    append("case:KP-1", [Draft(verb="a.done", at=at, subject="KP-1")], locked=True)
    record("files", "file.read", by=LIN, at=at, subject="KP-1")
    record("files", "file.read", by=LIN, at=at, subject="KP-2")
    assert [entry.verb for entry in entries_about("KP-1")] == ["a.done", "file.read"]


@pytest.mark.parametrize(
    "facts",
    [
        {"number": "11010119900307803X"},
        {"deep": [{"text": "身份证 １1010119900307803ｘ"}]},
        {"phone": "13800138000"},
        {"phone": "+86 138-0013-8000"},
        {"13800138000": 1},
    ],
)
def test_a_personal_number_in_clear_is_refused(facts, at):
    with pytest.raises(ValueError, match="personal number"):
        record("files", "file.read", by=None, at=at, facts=facts)


@pytest.mark.parametrize(
    "text",
    [
        "110101199003078039",
        "110101199013078033",
        "KP-2026-000123",
        "a" * 20 + "13800138000" + "b" * 33,
        "1763900000000",
    ],
)
def test_numbers_that_are_not_personal_pass(text, at):
    assert record("files", "file.read", by=None, at=at, facts={"text": text}).facts == {"text": text}


def test_a_name_with_a_telephone_number_is_refused(at):
    with pytest.raises(ValueError, match="personal number"):
        append("case:KP-1", [Draft(verb="a.done", at=at, actor_name="林晓 13800138000")], locked=True)


@pytest.mark.parametrize(("stream", "locked"), [("case:KP-1", False), ("matter:S-1", False), ("files", True)])
def test_a_stream_is_written_under_its_own_lock_only(stream, locked, at):
    with pytest.raises(ValueError, match="wrong lock"):
        append(stream, [Draft(verb="a.done", at=at)], locked=locked)


def test_a_moment_without_a_time_zone_is_refused(at):
    with pytest.raises(ValueError, match="time zone"):
        record("files", "file.read", by=None, at=at.replace(tzinfo=None))


def test_what_json_cannot_spell_is_refused(at):
    for value in (object(), float("nan")):
        with pytest.raises((TypeError, ValueError)):
            record("files", "file.read", by=None, at=at, facts={"value": value})


@pytest.mark.django_db(transaction=True)
def test_the_log_is_only_written_inside_a_transaction(at):
    with pytest.raises(ValueError, match="transaction"):
        record("files", "file.read", by=None, at=at)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_no_entry(at):
    with pytest.raises(IntegrityError), transaction.atomic():  # noqa: PT012
        record("files", "file.read", by=LIN, at=at)
        raise IntegrityError
    assert (Entry.objects.count(), Head.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_moment_never_fork_a_stream(at):
    start = threading.Barrier(6)
    failed = []

    def write(writer: int) -> None:
        try:
            start.wait()
            for number in range(15):
                with transaction.atomic():
                    record("files", "file.read", by=None, at=at, facts={"writer": writer, "n": number})
        except BaseException as error:
            failed.append(error)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    written = list(entries_of("files"))
    assert failed == []
    assert [entry.seq for entry in written] == list(range(1, 91))
    assert [entry.previous for entry in written[1:]] == [entry.hash for entry in written[:-1]]
    assert sorted(json.dumps(entry.facts, sort_keys=True) for entry in written) == sorted(
        json.dumps({"n": number, "writer": writer}) for writer in range(6) for number in range(15)
    )
