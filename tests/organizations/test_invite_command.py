"""The first administrator, whom nobody inside can invite yet, gets in by a command."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from organizations.actions import find_invitation
from tests import factories as make


def test_the_printed_code_opens_the_account_it_was_made_for(cast, capsys):
    account = make.account("新任", username="13900000000", password=None, activated_at=None)
    call_command("invite", "13900000000")
    code = re.search(r"\b([0-9A-Z]{5} [0-9A-Z]{5})\b", capsys.readouterr().out).group(1)
    assert find_invitation(code, at=timezone.now()).account == account


def test_an_account_in_use_or_unknown_is_refused_in_words(cast):
    with pytest.raises(CommandError, match="nobody"):
        call_command("invite", "nobody")
    with pytest.raises(CommandError, match="林秋"):
        call_command("invite", "lin")
