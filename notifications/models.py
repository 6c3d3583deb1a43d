"""What is told, to whom, and how far it got. The database is the truth, Redis only a bell (docs/notifications.md)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notifications.enums import INCIDENTS, WAITING, Channel, State
from notifications.reasons import reason_of, subject_of
from notifications.rules.routing import CHOOSABLE, Way


class Notice(models.Model):
    """One notice in the system, written in the acting transaction, ready to read (消息)."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    key = models.CharField(max_length=160)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    body = models.TextField(blank=True)
    link = models.CharField(max_length=200, blank=True)
    thread = models.CharField(max_length=60, blank=True)
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Notice to somebody")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_page"),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["thread", "-id"], condition=~Q(thread=""), name="notice_thread"),
        ]

    def __str__(self) -> str:
        return self.title


class Outbox(models.Model):
    """One message on its way out of the system; its address is the recipient's of the moment it is sent."""

    key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    kind = models.CharField(max_length=60)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    robot = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    urgent = models.BooleanField(default=False)
    # A reminder that counts against what somebody gets in a week.
    budgeted = models.BooleanField(default=False)
    digest = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="bundled")
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_owner = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=60, blank=True)
    provider_id = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    resent_at = models.DateTimeField(null=True, blank=True)
    resent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Message on its way")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="outbox_lease_has_end",
                condition=Q(state=State.LEASED, lease_until__isnull=False) | ~Q(state=State.LEASED),
            ),
            models.CheckConstraint(
                name="outbox_to_a_person_or_a_robot",
                condition=Q(recipient=None, channel=Channel.ROBOT) & ~Q(robot="")
                | Q(recipient__isnull=False, robot="") & ~Q(channel=Channel.ROBOT),
            ),
            models.CheckConstraint(
                name="outbox_sent_has_moment",
                condition=Q(state=State.SENT, sent_at__isnull=False) | (~Q(state=State.SENT) & Q(sent_at=None)),
            ),
            models.CheckConstraint(
                name="outbox_bundled_has_digest",
                condition=Q(state=State.BUNDLED, digest__isnull=False) | (~Q(state=State.BUNDLED) & Q(digest=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["not_before", "id"], condition=Q(state__in=WAITING), name="outbox_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state=State.LEASED), name="outbox_leased"),
            models.Index(fields=["lease_owner"], condition=Q(state=State.LEASED), name="outbox_owner"),
            models.Index(fields=["-id"], condition=Q(state__in=INCIDENTS), name="outbox_incidents"),
            models.Index(fields=["recipient", "not_before"], condition=Q(state=State.HELD), name="outbox_held"),
            models.Index(fields=["recipient", "created_at"], condition=Q(budgeted=True), name="outbox_budgeted"),
            models.Index(fields=["recipient", "created_at"], condition=Q(kind="digest"), name="outbox_digests"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.kind} {self.state}"

    @property
    def subject(self) -> str:
        """What it is about, in the reader's language."""
        return subject_of(self.kind)

    @property
    def to_name(self) -> str:
        """Name whom it goes to: a person, or a robot by the name the settings give it."""
        return self.recipient.name if self.recipient else self.robot

    @property
    def reason(self) -> str:
        """Why it did not arrive, in the reader's language."""
        return reason_of(self.last_error, channel=self.channel, state=self.state, attempts=self.attempts)


class Preference(models.Model):
    """How somebody wants to be told (通知方式); who has no row is told by the defaults of ``notifications.rules``."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="telling")
    waiting = models.CharField(max_length=8, default=Way.DIGEST.value)
    own = models.CharField(max_length=8, default=Way.DIGEST.value)
    below = models.CharField(max_length=8, default=Way.DIGEST.value)
    information = models.CharField(max_length=8, default=Way.DIGEST.value)
    system = models.CharField(max_length=8, default=Way.DIGEST.value)
    # Times of day as text, so that one statement finds everybody of one rhythm on both databases.
    digest_at = models.CharField(max_length=8, default="08:30")
    quiet_from = models.CharField(max_length=8, default="21:00")
    quiet_until = models.CharField(max_length=8, default="08:00")
    on_days_off = models.BooleanField(default=False)
    urgent_by_sms = models.BooleanField(default=True)
    # Hash of the number that was confirmed: another number is not.
    confirmed_phone = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("How somebody is told")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name=f"preference_{group.value}_way", condition=Q(**{f"{group.value}__in": [way.value for way in Way]})
            )
            for group in CHOOSABLE
        ]

    def __str__(self) -> str:
        return str(self.account_id)


class Reminder(models.Model):
    """That somebody was reminded of one due moment of one thing, once."""

    subject_kind = models.CharField(max_length=24)
    subject_id = models.PositiveBigIntegerField()
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    thread = models.CharField(max_length=60, blank=True)
    link = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Reminder of a due day")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "recipient", "kind", "due_at"], name="reminder_once"
            )
        ]
        indexes = [models.Index(fields=["created_at"], name="reminder_written")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_kind}:{self.subject_id}"


class Bucket(models.Model):
    """How many tokens are left of what may be done only so often."""

    name = models.CharField(max_length=60, primary_key=True)
    tokens = models.FloatField()
    filled_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("Token bucket")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class Feed(models.Model):
    """The secret address of somebody's calendar; only its hash is kept."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="feed")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Calendar feed")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.account_id)


class WorkerBeat(models.Model):
    """When a part of the background work was last seen; also whose turn it is."""

    name = models.CharField(max_length=40, primary_key=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Sign of life")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
