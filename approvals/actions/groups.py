"""What group robots say each working day: how many items wait and how many are due, and nothing about anybody."""

from datetime import datetime, time

from django.utils.timezone import localdate, localtime

from approvals.enums import SeatState
from approvals.models import Seat
from notifications.channels.robots import Robot, robots
from notifications.enums import Channel
from notifications.models import Outbox
from notifications.outbox import say_in_group
from organizations.calendar import end_of_day, is_workday
from organizations.models import PartyOrganization

# Not on the hour: the makers ask robots to keep away from :00 and :30.
SPEAKS_AT = time(9, 7)


def tell_groups(at: datetime) -> int:
    """Let each robot say the counts of the day, once on each working day.

    Args:
        at: Moment of the sweep.

    Returns:
        How many robots were given something to say.
    """
    day = localdate(at)
    if localtime(at).time() < SPEAKS_AT or not is_workday(day):
        return 0
    key = f"counts:{day}"
    said = set(Outbox.objects.filter(channel=Channel.ROBOT, key__endswith=f":{key}").values_list("robot", flat=True))
    told = 0
    for robot in robots().values():
        counts = _counts(robot, at) if robot.name not in said else {}
        if counts.get("open"):
            say_in_group("counts_of_day", robot=robot.name, key=key, at=at, facts=counts, link="/inbox/")
            told += 1
    return told


def _counts(robot: Robot, at: datetime) -> dict[str, int]:
    seats = Seat.objects.filter(state=SeatState.OPEN, stage__outcome="")
    if robot.organization:
        place = PartyOrganization.objects.filter(code=robot.organization).first()
        seats = seats.filter(organization__path__startswith=place.path) if place else seats.none()
    due = seats.filter(stage__due_at__gt=at, stage__due_at__lte=end_of_day(localdate(at)))
    return {"open": seats.count(), "due": due.count()}
