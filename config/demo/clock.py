"""Moments of the stories, counted back in working days from the moment the demo is set up."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from organizations.calendar import is_workday

DAY = timedelta(days=1)
MORNING = 8 * 60 + 40
OFFICE_MINUTES = 8 * 60


class Clock:
    """Gives the moments at which things happened.

    Attributes:
        now: The moment the demo is set up, timezone-aware.
    """

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = timezone.localdate(now)
        self._days = [self.today]

    def ago(self, working_days: int, *, minute: int) -> datetime:
        """Give a moment some working days ago.

        Args:
            working_days: 0 is today, and then the moment lies before now.
            minute: Minute of the office day, 0 to 479; on the same day a larger one is later.

        Returns:
            The moment, timezone-aware, never after ``now``.
        """
        if working_days == 0:
            return self.now - timedelta(seconds=2 * (OFFICE_MINUTES - minute % OFFICE_MINUTES))
        while len(self._days) <= working_days:
            day = self._days[-1] - DAY
            while not is_workday(day):
                day -= DAY
            self._days.append(day)
        minutes = MORNING + minute % OFFICE_MINUTES
        at = datetime.combine(self._days[working_days], time(minutes // 60, minutes % 60))
        return at.replace(tzinfo=timezone.get_current_timezone())

    def ahead(self, working_days: int, *, hour: int) -> datetime:
        """Give an hour of a coming working day.

        Args:
            working_days: 1 is the next working day.
            hour: Hour of the day, 0 to 23.
        """
        day = self.today
        for _ in range(working_days):
            day += DAY
            while not is_workday(day):
                day += DAY
        return datetime.combine(day, time(hour)).replace(tzinfo=timezone.get_current_timezone())
