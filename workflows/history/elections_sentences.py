"""Sentences of elections."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from organizations.enums import Title
from workflows.history.saying import COURSE, DECISIONS, Told, fact, label, say

OF_ELECTIONS: Mapping[str, Told] = {
    "election.planned": Told(say(_("{who} put down what is elected, and when.")), COURSE, "accent", "document"),
    "election.counted": Told(
        say(_("{who} entered count {n} of the election."), n=fact("attempt")), DECISIONS, "accent", "document", True
    ),
    "nominee.named": Told(
        say(_("{who} put somebody on the list: {title}."), title=label(Title, "title")), DECISIONS, "accent", "person"
    ),
    "nominee.taken_off": Told(
        say(_("{who} took somebody off the list: {title}."), title=label(Title, "title")), DECISIONS, "grey", "remove"
    ),
}
