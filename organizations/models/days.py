"""Which days are worked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarYear(models.Model):
    """One year of a region; without the official notice its days are provisional."""

    year = models.PositiveSmallIntegerField(_("year"))
    region = models.CharField(_("region"), max_length=6, blank=True)
    official = models.BooleanField(_("official"), default=False)
    source = models.CharField(_("source"), max_length=200, blank=True)
    set_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "region"], name="calendar_year_once")]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that differs from the plain week: a holiday, or a weekend that is worked."""

    day = models.DateField(_("day"))
    region = models.CharField(_("region"), max_length=6, blank=True)
    is_workday = models.BooleanField(_("worked"))
    name = models.CharField(_("name"), max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "region"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.day}: {self.is_workday}"
