"""The days off and the worked weekends of a year, as the library `holidays` has them."""

from datetime import date, timedelta
from functools import lru_cache

import holidays

# The last year whose State Council notice the library carries; later years have no worked weekends in it.
LAST_OFFICIAL_YEAR = 2026


@lru_cache(maxsize=64)
def special_days(year: int) -> dict[date, tuple[bool, str]]:
    """List the days of a year that differ from the plain week, and weekend days that are part of a holiday.

    Args:
        year: From 2007.

    Returns:
        Worked or not, and the name of the holiday, by day.

    Source: Measures on Holidays for Festivals and Memorial Days; the yearly notice of the State Council Office.
    """
    china = holidays.China(years=[year], language="zh_CN")
    days = {day: (False, str(name)) for day, name in china.items() if day.year == year}
    day = date(year, 1, 1)
    while day.year == year:
        if day.weekday() >= 5 and china.is_working_day(day):
            days[day] = (True, "")
        day += timedelta(days=1)
    return dict(sorted(days.items()))


def is_official(year: int) -> bool:
    """Say whether the days of a year come from an official notice and not only from the law."""
    return year <= LAST_OFFICIAL_YEAR
