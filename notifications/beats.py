"""Signs of life, and whose turn it is."""

from datetime import datetime, timedelta

from django.db.models import Q

from notifications.models import WorkerBeat

WORKER = "worker"
SWEEP = "sweep"
SWEPT = "swept"


def beat(name: str, *, at: datetime) -> None:
    """Leave a sign of life.

    Args:
        name: Which part lives.
        at: The moment, timezone-aware.
    """
    WorkerBeat.objects.bulk_create(
        [WorkerBeat(name=name, seen_at=at)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["seen_at"],
    )


def take_turn(name: str, *, at: datetime, seconds: float) -> bool:
    """Take a turn unless somebody took it a moment ago, so that two clocks that ring are harmless.

    Args:
        name: What is done in turns.
        at: The moment, timezone-aware.
        seconds: How far apart two turns are at least.

    Returns:
        Whether the turn is ours.
    """
    # A moment in the future is left by a clock that was set back; it must not block anybody.
    open_turn = Q(seen_at__lte=at - timedelta(seconds=seconds)) | Q(seen_at__gt=at)
    if WorkerBeat.objects.filter(open_turn, name=name).update(seen_at=at):
        return True
    if WorkerBeat.objects.filter(name=name).exists():
        return False
    WorkerBeat.objects.bulk_create([WorkerBeat(name=name, seen_at=at)], ignore_conflicts=True)
    return True
