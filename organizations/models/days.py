"""Which days are worked."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.models.party import PartyOrganization


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


class Closure(models.Model):
    """Days on which the office of one organization is closed, such as a move; time limits there leave them out."""

    organization = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="closures")
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=200)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("closed days of an office")
        ordering = ["-first_on", "-id"]
        constraints = [
            models.CheckConstraint(name="closure_first_before_last", condition=Q(first_on__lte=F("last_on"))),
            models.UniqueConstraint(
                fields=["organization", "first_on"], condition=Q(taken_back_at=None), name="closure_begins_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.first_on} – {self.last_on}"
