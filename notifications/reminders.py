"""When to try again: pure arithmetic, no clock, no database."""

FIRST_PAUSE_SECONDS = 30
LONGEST_PAUSE_SECONDS = 3600
# With the pauses above about seven hours: a provider's bad day, not a week of silence.
MOST_ATTEMPTS = 16


def pause_seconds(attempts: int, *, luck: float) -> float:
    """Say how long to wait before the next attempt; it doubles each time, up to an hour.

    Args:
        attempts: Attempts made so far, at least 1.
        luck: A number in [0, 1) drawn by the caller, which spreads those who failed together.

    Returns:
        Seconds, between half and all of the doubled pause.
    """
    whole = min(FIRST_PAUSE_SECONDS * 2 ** (attempts - 1), LONGEST_PAUSE_SECONDS)
    return whole * (0.5 + luck / 2)


def is_worth_another(attempts: int) -> bool:
    """Say whether to try again after so many attempts."""
    return attempts < MOST_ATTEMPTS
