"""Identity numbers are shown for a reason only, and no letter or notice carries what was written in a case."""

import pytest
from django.core import mail
from django.urls import reverse

from notifications.delivery import deliver_due
from notifications.digests import bundle_due
from notifications.models import Notice
from tests.security.canaries import NUMBERS, all_numbers, seed, squeezed, words
from tests.security.probing import taken_back
from tests.security.searching import mail_words, words_of
from tests.security.world import HERE, MORNING, THERE

pytestmark = pytest.mark.django_db
ASKERS = [
    "anonymous",
    "candidate",
    "candidate_other",
    "helper",
    "organizer",
    "organizer_elsewhere",
    "approver",
    "approver_elsewhere",
    "general_branch_secretary",
    "liaison",
    "discipline_officer",
    "department_officer",
    "system_administrator",
    "security_administrator",
    "auditor",
    "heard_here",
    "heard_there",
]
REVEALED = {
    HERE: {"organizer", "discipline_officer"},
    THERE: {"organizer_elsewhere", "discipline_officer"},
}


@pytest.fixture(scope="module")
def told(world):
    """Let every canary be written into the world."""
    seed(world)
    return world


def test_an_identity_number_is_shown_for_a_reason_to_those_entitled_only(told):
    for name in (HERE, THERE):
        address = reverse("organizations:reveal_identity", kwargs={"pk": told.side(name).holder.pk})
        for form, entitled in (({"reason": "核对任职登记"}, REVEALED[name]), ({"reason": ""}, set())):
            shown = set()
            for who in ASKERS:
                with taken_back():
                    text = squeezed(words_of(told.clients[who].post(address, form).content))
                shown |= {who} if NUMBERS[name] in text else set()
            assert shown == entitled


def test_no_letter_and_no_notice_carries_one(told):
    with taken_back():
        mail.outbox.clear()
        bundle_due(MORNING)
        deliver_due(at=MORNING)
        notices = [squeezed(f"{one.title} {one.body} {one.link}") for one in Notice.objects.all()]
        letters = [squeezed(mail_words(letter)) for letter in mail.outbox]
    private = [*words(HERE).values(), *words(THERE).values(), *all_numbers()]
    assert [text for text in letters + notices if any(one in text for one in private)] == []
    assert any("待办" in text for text in letters)
    assert any("待办" in text for text in notices)
