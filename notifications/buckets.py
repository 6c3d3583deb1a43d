"""How often something may be done: a token bucket in the database, the same for all workers."""

from datetime import datetime

from django.db.models import F

from notifications.models import Bucket


def take(name: str, *, a_minute: int, at_once: int, at: datetime) -> float:
    """Take one token.

    Args:
        name: Of the bucket.
        a_minute: Tokens that flow in.
        at_once: Tokens it holds.
        at: The moment, timezone-aware.

    Returns:
        0 when a token was there, else the seconds until the next one.
    """
    flow = a_minute / 60
    while True:
        Bucket.objects.bulk_create([Bucket(name=name, tokens=at_once, filled_at=at)], ignore_conflicts=True)
        bucket = Bucket.objects.get(name=name)
        seconds = max((at - bucket.filled_at).total_seconds(), 0)
        tokens = min(bucket.tokens + seconds * flow, at_once)
        if tokens < 1:
            return (1 - tokens) / flow
        ours = Bucket.objects.filter(name=name, version=bucket.version)
        if ours.update(tokens=tokens - 1, filled_at=max(at, bucket.filled_at), version=F("version") + 1):
            return 0
