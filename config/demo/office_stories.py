"""What the office of the city committee did: whom it asked about, looked into, deliberated on and put on a notice.

Acts about several people at once (``JOINT``) and elections (``CONTESTS``) are written like the diaries of
``stories.py`` and told together with them in the order of time. Whatever leans on something else has a later day.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from config.demo.stories import ELECTED, Story

# Since this many working days the city committee has used the whole procedure for assignments, too.
WHOLE_SINCE = 27
# The meeting that is planned, and in how many working days it is held.
PLANNED, PLANNED_IN_DAYS = "next", 3
# Whom the organizer looks into himself.
OWN_TEAM = "own"

ASKED_EARLY = (36, 37, 38, 39, 40, 41)
ASKED_THEN = (34, 35)
ASKED_LATE = (32, 33)
ASKED_LAST = (42, 50)
STOOD = (44, 45, 46, 47)
RECENT = "26 open, 25 hand_in, 24 agree, 24 agree, 23 climb"

OFFICE_STORIES = (
    Story("city", "24 open, 23 hand_in, 22 agree, 21 agree, 20 climb", who=32),
    Story("city", "24 open, 22 hand_in, 21 agree, 20 agree, 19 climb", who=33),
    *(Story("city", RECENT, who=who) for who in ASKED_THEN + ASKED_EARLY),
    Story("city", "10 open, 8 hand_in, 7 agree, 5 agree, 3 climb", who=42),
    Story("city", "9 open, 8 hand_in, 7 agree, 5 agree, 1 climb", who=43),
    # Four who stood for election, and three who are being vetted side by side.
    *(Story("city", "53 open, 52 hand_in, 51 agree, 50 agree, 49 climb", track=ELECTED, who=who) for who in STOOD),
    Story("city", "14 open, 3 hand_in", track=ELECTED, who=48),
    Story("city", "14 open, 10 hand_in, 8 agree, 6 agree", track=ELECTED, who=49),
    Story("city", "14 open, 9 hand_in, 7 agree, 5 agree, 3 climb", track=ELECTED, who=50),
)


@dataclass(frozen=True)
class Joint:
    """One act of the office about several people.

    Attributes:
        days: How many working days ago.
        act: A key of ``joint.ACTS``.
        who: Whom it is about.
        name: Which letter, team, meeting or notice, where several acts belong together.
    """

    days: int
    act: str
    who: tuple[int, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Contest:
    """One election.

    Attributes:
        diary: Days and acts, in order.
        people: Who stands for which post.
    """

    diary: str
    people: Mapping[str, tuple[int, ...]]

    def beats(self) -> list[tuple[int, str]]:
        """Give the diary as days ago and act."""
        entries = (entry.split() for entry in self.diary.split(","))
        return [(int(days), act) for days, act in entries]


NAMED = "58 open, 57 request, 56 climb, 54 name, 54 close"
CHOSEN = f"{NAMED}, 33 ask, 31 climb"
CONTESTS = (
    # The first is held where the liaison who signs in works.
    Contest(f"{CHOSEN}, 3 count", {"secretary": (44,)}),
    Contest(f"{CHOSEN}, 18 count, 16 report, 13 climb", {"secretary": (45,)}),
    Contest(CHOSEN, {"secretary": (46,)}),
    Contest(f"{NAMED}, 3 ask", {"secretary": (47,)}),
    Contest("20 open, 18 request, 17 climb, 15 name, 15 close", {"secretary": (48,), "deputy": (49, 50)}),
)
# Elections of one bundle; the first of its branches has asked already.
BUNDLE_DAYS, BUNDLE_ASKED_DAYS, BUNDLE_SIZE = 6, 4, 3

JOINT = (
    # Those who stood for election.
    Joint(48, "send", STOOD, "election"),
    Joint(46, "answer_all", STOOD, "election"),
    Joint(44, "team", STOOD, "election"),
    Joint(42, "talks", STOOD),
    Joint(41, "tally", STOOD),
    Joint(40, "confirm_tally", STOOD),
    Joint(39, "sign", STOOD),
    Joint(38, "plan", name="first"),
    Joint(37, "agenda", STOOD, "first"),
    Joint(36, "hold", STOOD, "first"),
    Joint(35, "confirm", name="first"),
    Joint(30, "put_up", STOOD[:3], "election"),
    Joint(23, "take_down"),
    Joint(22, "clear", STOOD[:3]),
    # Those the committee assigns.
    Joint(22, "send", ASKED_EARLY, "early"),
    Joint(20, "answer_all", ASKED_EARLY, "early"),
    Joint(18, "team", ASKED_EARLY, "early"),
    Joint(17, "talks", ASKED_EARLY),
    Joint(16, "tally", ASKED_EARLY),
    Joint(16, "plan", name="second"),
    Joint(15, "confirm_tally", ASKED_EARLY),
    Joint(15, "sign", (38, 39, 40, 41)),
    Joint(14, "agenda", (38, 39, 40, 41), "second"),
    Joint(13, "hold", (38, 39, 41, 40), "second"),
    Joint(12, "confirm", name="second"),
    Joint(7, "put_up", (38, 41), "over"),
    Joint(1, "take_down"),
    Joint(0, "clear", (41,)),
    Joint(3, "put_up", (39,), "running"),
    Joint(2, "object", (39,)),
    Joint(13, "send", ASKED_THEN, "then"),
    Joint(11, "answer_all", ASKED_THEN, "then"),
    # One whom a colleague of the organizer looks into with the organizer.
    Joint(9, "team", (35,), OWN_TEAM),
    Joint(6, "talks", (35,)),
    Joint(4, "tally", (35,)),
    Joint(5, "sign", (36, 37)),
    Joint(3, "plan", name=PLANNED),
    Joint(2, "agenda", (36, 37, 40), PLANNED),
    # Letters on their way: one answered with a finding, one by paper, one overdue; and those sent last.
    Joint(17, "send", ASKED_LATE, "late"),
    Joint(12, "answer_finding", ASKED_LATE, "late"),
    Joint(10, "answer", ASKED_LATE, "late"),
    Joint(2, "enter_paper", ASKED_LATE, "late"),
    Joint(2, "send", ASKED_LAST, "last"),
    Joint(1, "answer", ASKED_LAST, "last"),
)
