"""The department answers while a clerk confirms what was typed in: one of them counts, the other is told."""

import threading

import pytest
from django.db import connection

from approvals.actions.letter_replies import Reply, answer_letter, confirm_reply, enter_reply
from approvals.letter_errors import LetterClosed
from approvals.models import Decision, LetterItem
from tests import factories as make
from tests.cast import build_cast
from tests.letters import asked_cases, departments, in_force, officer_of, sent

RACES = 8
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts) -> list[str]:
    """Let several acts fall at the same moment; give what came of each."""
    gate, came = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int) -> None:
        try:
            gate.wait()
            acts[place]()
            came[place] = "done"
        except LetterClosed:
            came[place] = "told"
        except Exception as error:  # whatever it is, it is what the test looks for
            came[place] = repr(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def test_the_department_answers_while_a_clerk_confirms():
    cast = build_cast()
    in_force(cast)
    (police,) = departments("南岭省公安厅")
    deng, clerk = officer_of(police), make.reviewer("贺云舟", "organizer", cast.province)
    for number in range(RACES):
        cases = asked_cases(cast, 2)
        (letter,) = sent(cast, cases, key=f"send-{number}")
        pk = letter.pk
        enter_reply(letter_pk=pk, reply=Reply(), by=cast.han, at=make.NOW, key="e")
        found = Reply({letter.items.first().pk: "有情况说明"})
        came = at_once(
            lambda pk=pk, found=found: answer_letter(letter_pk=pk, reply=found, by=deng, at=make.NOW, key="a"),
            lambda pk=pk: confirm_reply(letter_pk=pk, by=clerk, at=make.NOW, key="c"),
        )
        assert sorted(came) == ["done", "told"], came
        answers = {item.answer for item in LetterItem.objects.filter(letter=pk)}
        assert answers == ({"finding", "no_finding"} if came[0] == "done" else {"no_finding"})
        by = set(Decision.objects.filter(seat__letter_item__letter=pk).values_list("by__name", flat=True))
        assert by == ({"邓平川"} if came[0] == "done" else {"贺云舟"})


def test_two_letters_about_the_same_people_are_answered_at_once():
    cast = build_cast()
    in_force(cast)
    police, court = departments("南岭省公安厅", "南岭省高级人民法院")
    deng, judge = officer_of(police), officer_of(court, "方法官")
    for number in range(RACES):
        cases = asked_cases(cast, 3)
        one, other = (letter.pk for letter in sent(cast, cases, key=f"send-{number}"))
        came = at_once(
            lambda pk=one: answer_letter(letter_pk=pk, reply=Reply(), by=deng, at=make.NOW, key="a"),
            lambda pk=other: answer_letter(letter_pk=pk, reply=Reply(), by=judge, at=make.NOW, key="a"),
        )
        assert came == ["done", "done"]
        for case in cases:
            case.refresh_from_db()
            assert case.state == "done"
