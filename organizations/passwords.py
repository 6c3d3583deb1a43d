"""What a password has to be: long, and not made of words everybody tries."""

import re
from functools import lru_cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.models import Account
from organizations.queries import roles_of
from organizations.role_rules import shortest_password

WORDS_FILE = Path(__file__).with_name("common_words.txt")
LEFT_AT_LEAST = 6


class RoleLengthValidator:
    """Asks for 12 characters, and for 15 of an administrator."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Refuse a password that is too short for the roles its owner holds today."""
        roles = roles_of(user, on=timezone.localdate()) if user and user.pk else set()
        least = shortest_password(roles)
        if len(password) < least:
            raise ValidationError(
                ngettext(
                    "At least %(least)d character is needed; a sentence you know by heart works well.",
                    "At least %(least)d characters are needed; a sentence you know by heart works well.",
                    least,
                ),
                code="password_too_short",
                params={"least": least},
            )

    def get_help_text(self) -> str:
        """Say what is asked for."""
        return _("At least 12 characters, 15 for administrators. A sentence you know by heart works well.")


class CommonWordsValidator:
    """Refuses passwords made of pinyin phrases, words of this work, years and runs of digits."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Refuse a password of which too little is left once the common parts are taken away."""
        own = {user.username.lower()} if user and user.username else set()
        if len(what_is_left(password, own)) < LEFT_AT_LEAST:
            raise ValidationError(
                _("This is put together from words or numbers that are tried first. Add something of your own."),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        """Say what is asked for."""
        return _("Not only names, years, pinyin phrases or the words of this work.")


def what_is_left(password: str, own: set[str] = frozenset()) -> str:
    """Take the common parts out of a password.

    Args:
        password: In clear.
        own: Further words to take out, such as the account's name.

    Returns:
        The characters that are neither a common word, nor part of a run or repetition, nor a date or telephone.
    """
    rest = password.lower()
    for word in sorted(common_words() | own, key=len, reverse=True):
        rest = rest.replace(word, " ")
    rest = re.sub(r"\d{4,}|(.)\1{2,}", " ", rest)
    return re.sub(r"[\s\W_]", "", rest)


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Read the list of common words, one per line."""
    return frozenset(WORDS_FILE.read_text(encoding="utf-8").split())
