"""What happened in the demo province: for each story where it plays and who did what how many working days ago.

A line reads like a diary: ``"14 open, 9 hand_in"`` was opened fourteen working days ago and handed in five days later.
What each act does stands in ``acts.py``. Steps are five working days long, so what waits longer is overdue.
"""

from dataclasses import dataclass

ASSIGNMENT, REMOVAL, ACTING, EXTENSION = "assignment", "removal", "acting", "extension"
ELECTED = "election"  # the case of somebody who was put on the list of an election
DEMO_CANDIDATE = 14
OLDEST_CANDIDATE = 28


@dataclass(frozen=True)
class Story:
    """One case.

    Attributes:
        place: ``city``, ``county``, ``general`` or ``province``: to whom the branch reports.
        diary: Days and acts, in order.
        track: What is asked.
        oddity: What is unusual about the form, see ``filling.ODDITIES``.
        who: Position of the person in ``people.PEOPLE``; None for whoever holds the post.
        leads: Whether the person is to become secretary where a branch has none; the others become deputies.
    """

    place: str
    diary: str
    track: str = ASSIGNMENT
    oddity: str = ""
    who: int | None = None
    leads: bool = False

    def beats(self) -> list[tuple[int, str]]:
        """Give the diary as days ago and act."""
        entries = (entry.split() for entry in self.diary.split(","))
        return [(int(days), act) for days, act in entries]


STORIES = (
    # With the organizer of the city committee: two overdue, one due today, the others on time.
    Story("city", "14 open, 9 hand_in", who=0),
    Story("city", "15 open, 12 hand_in, 7 agree", oddity="young_member", who=1),
    Story("city", "10 open, 5 hand_in", who=2),
    Story("city", "9 open, 6 hand_in, 4 agree, 3 comment, 1 draft", oddity="disciplined", who=3),
    Story("city", "8 open, 3 hand_in", who=4),
    Story("city", "13 open, 10 hand_in, 6 return, 2 hand_in_again", who=5),
    Story("city", "6 open, 1 hand_in, 0 claim", who=6),
    Story("city", "9 open, 5 hand_in, 1 agree", who=OLDEST_CANDIDATE),
    # With its approver.
    Story("city", "20 open, 16 hand_in, 13 agree, 7 agree", who=7),
    Story("general", "22 open, 18 hand_in, 16 agree, 14 agree, 11 agree, 4 agree", who=8),
    Story("city", "12 open, 10 hand_in, 8 agree, 5 agree", oddity="young_member", who=9),
    Story("city", "3 open", track=EXTENSION),
    Story("city", "9 open, 6 reply", track=REMOVAL),
    Story("removed", "2 open, 1 agree", track=ACTING, who=10),
    # With the organizer of a county committee that checks and forwards.
    Story("general", "9 open, 4 hand_in", who=11),
    Story("county", "12 open, 8 hand_in, 7 agree", oddity="investigated", who=12, leads=True),
    Story("county", "14 open, 11 hand_in, 8 agree, 4 agree", oddity="outside", who=13, leads=True),
    Story("general", "17 open, 13 hand_in, 11 agree, 9 agree, 3 agree", who=15),
    # With the secretary of a general branch.
    Story("general", "15 open, 12 hand_in, 9 agree, 4 agree", who=16),
    Story("general", "18 open, 14 hand_in, 12 agree, 7 agree", who=17),
    # With the candidates.
    Story("city", "12 open, 8 hand_in, 3 return", who=DEMO_CANDIDATE, leads=True),
    Story("city", "2 open", who=18),
    Story("general", "4 open, 2 fill_half", who=19),
    Story("county", "7 open, 6 fill_half", who=20),
    Story("province", "3 open, 1 fill", who=21),
    Story("city", "16 open, 12 hand_in, 2 refuse", who=22),
    # Refused: confirmed or not, reviewed by other people.
    Story("city", "20 open, 14 hand_in, 9 agree, 5 refuse, 3 reply", oddity="appraised", who=23),
    Story("county", "34 open, 30 hand_in, 27 refuse, 24 reply, 20 agree", who=24),
    Story("city", "40 open, 36 hand_in, 33 agree, 30 refuse, 27 reply, 24 agree, 10 ask_for_review", who=25),
    # Over.
    Story("city", "19 open, 11 withdraw", who=26),
    Story("city", "45 open, 41 hand_in, 39 agree, 36 agree, 32 agree, 30 attach_scan", who=27),
    Story("general", "50 open, 46 hand_in, 44 agree, 42 agree, 40 agree, 37 agree, 33 agree", who=29, leads=True),
    Story("province", "38 open, 35 hand_in, 33 agree, 31 agree, 28 agree", who=30, leads=True),
    Story("county", "30 open, 27 agree, 26 agree", track=EXTENSION),
    Story("county", "46 open, 43 reply, 41 agree, 38 agree", track=REMOVAL),
    Story("removed", "36 open, 34 agree, 33 agree, 32 agree", track=ACTING, who=31),
    Story("city", "44 open, 42 reply, 39 agree", track=REMOVAL),
)
