"""Sentences of an election: what is wrong with a plan, a list or a count, and why it failed."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.enums import Title

PLAN: Mapping[str, object] = {
    "nobody_elected": gettext_lazy("Say how many are to be elected."),
    "one_secretary": gettext_lazy("A branch has one secretary."),
    "no_secretary": gettext_lazy("An election at the end of a term elects a secretary."),
    "too_few_members": gettext_lazy("With fewer than 3 members with the right to vote a joint branch is formed."),
    "too_many_members": gettext_lazy("With more than 50 members a general branch is formed."),
    "no_committee": gettext_lazy("With fewer than 7 members there is no committee; put 0 committee members."),
    "committee_size": gettext_lazy("With 7 or more members the committee has 3 to 5 members, 7 at most."),
    "more_seats_than_members": gettext_lazy("More people are to be elected than there are members."),
}
COUNT: Mapping[str, object] = {
    "more_present": gettext_lazy("More people were present than have the right to vote."),
    "more_issued": gettext_lazy("More ballots were issued than people were present."),
    "more_valid": gettext_lazy("More ballots are valid than came back."),
    "sum_of_votes": gettext_lazy("Somebody has more votes than there are valid ballots."),
    "votes_missing": gettext_lazy("Enter the votes of everybody on the list."),
    "counter_stands": gettext_lazy("Somebody who counted stands for election. Choose others to count."),
    "counters_missing": gettext_lazy("Name those who counted and watched the count."),
}
WHY_FAILED: Mapping[str, object] = {
    "no_quorum": gettext_lazy("Too few came: the quorum was not reached."),
    "more_ballots": gettext_lazy("More ballots came back than were issued, so the election is void."),
    "no_majority": gettext_lazy("Nobody has the votes of more than half of those present for a post."),
    "tie": gettext_lazy("Equal votes leave open who takes the last seat."),
}


def told(problems: Iterable[str], words: Mapping[str, object]) -> list[str]:
    """Put problems into sentences."""
    return [str(words[problem]) for problem in problems]


def nomination_told(problems: Iterable[tuple[str, str, int]]) -> list[str]:
    """Say how many have to stand for which post."""
    found = []
    for problem, title, needed in problems:
        facts = {"title": Title(title).label, "n": needed}
        if problem == "too_many":
            found.append(_("{title}: exactly {n} may stand.").format(**facts))
        elif title == Title.MEMBER:
            found.append(_("{title}: at least {n} have to stand, some more than there are seats.").format(**facts))
        else:
            found.append(_("{title}: {n} has to stand.").format(**facts))
    return found
