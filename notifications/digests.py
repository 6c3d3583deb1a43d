"""The digest: letters that are not urgent wait for it, and leave as one letter to each person.

A held letter waits until a digest moment of its reader has come since it may leave (``notifications.rules.routing``).
The moments are not stored: another rhythm or another calendar holds from the next sweep on. Each person's digest is a
message of its own in the outbox; the letters in it point to it, so its provider's answer is theirs.
"""

from collections import Counter
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import CharField, Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Length, Substr

from notifications import bell
from notifications.channels import Part
from notifications.digest_lines import line_of
from notifications.enums import Channel, State
from notifications.messages import DIGEST, KINDS
from notifications.models import Notice, Outbox, WorkerBeat
from notifications.routing_words import group_name
from notifications.rules.routing import Group, digest_due
from notifications.wishes import RHYTHM, local, reminder_letters, rhythm_of
from notifications.working_days import is_workday

DIGESTS = "digests"
LINK = "/notices/"

_WRITE = """
INSERT INTO {outbox} (key, channel, kind, recipient_id, robot, facts, link, urgent, budgeted, state, not_before,
  attempts, lease_owner, version, last_error, provider_id, created_at)
SELECT 'email:' || recipient_id || ':digest:' || first, %s, %s, recipient_id, '', '{{}}', %s, %s, others = 0, %s, %s,
  0, '', 0, '', '', %s
FROM ({rows}) AS due WHERE true
"""


def bundle_due(at: datetime) -> int:
    """Let the digests leave whose moment has come; a handful of statements, however many people there are.

    Args:
        at: Moment of the sweep, timezone-aware.

    Returns:
        How many digests are new.
    """
    due = _due(at)
    if due is None:
        return 0
    with transaction.atomic():
        if not _is_our_turn(at):
            return 0
        held = Outbox.objects.filter(due, state=State.HELD)
        held.filter(_was_read()).update(state=State.READ, facts={})
        written = _write(held, at)
        if written:
            made = Outbox.objects.filter(recipient=OuterRef("recipient"), kind=DIGEST, created_at=at, state=State.NEW)
            newest = made.order_by().values("recipient").annotate(pk_=Max("pk")).values("pk_")
            held.filter(Exists(made)).update(state=State.BUNDLED, facts={}, digest_id=Subquery(newest))
            transaction.on_commit(bell.ring)
    return written


def parts_of(digest: Outbox) -> tuple[Part, ...]:
    """Say what a digest holds, in the language of the moment, without a name and without a number of a case.

    Args:
        digest: A message of the kind ``digest``.

    Returns:
        Its groups in the order of ``Group``, with their lines.
    """
    kinds = Counter(digest.bundled.order_by().values_list("kind", flat=True))
    found = []
    for group in Group:
        own = [kind for kind in kinds if (KINDS[kind].group if kind in KINDS else Group.INFORMATION) == group]
        if own:
            lines = tuple(line_of(kind, kinds[kind]) for kind in sorted(own, key=_place))
            found.append(Part(group_name(group), lines))
    return tuple(found)


def _place(kind: str) -> int:
    """Order the lines of a digest as the kinds were registered."""
    return list(KINDS).index(kind) if kind in KINDS else len(KINDS)


def _due(at: datetime) -> Q | None:
    """Say which held letters have seen a digest moment, in one statement; None when none has."""
    columns = [f"recipient__telling__{column}" for column in RHYTHM]
    held = Outbox.objects.filter(state=State.HELD).order_by()
    moment, found = local(at), None
    for *values, first in held.values_list(*columns).annotate(first=Min("not_before")):
        last = digest_due(moment, rhythm_of(*values), is_workday)
        if last is not None and first <= last:
            own = Q(not_before__lte=last, **dict(zip(columns, values, strict=True)))
            found = own if found is None else found | own
    return found


def _is_our_turn(at: datetime) -> bool:
    """Let one sweep at a time write digests: the others leave it to the one that holds the row."""
    WorkerBeat.objects.bulk_create([WorkerBeat(name=DIGESTS, seen_at=at)], ignore_conflicts=True)
    row = WorkerBeat.objects.filter(name=DIGESTS)
    if connection.features.has_select_for_update_skip_locked:
        row = row.select_for_update(skip_locked=True)
    return row.first() is not None


def _was_read() -> Exists:
    """Ask of a held letter whether its notice was opened in the system."""
    key = Substr(OuterRef("key"), Length(Cast(OuterRef("recipient"), CharField())) + len("email::") + 1)
    return Exists(Notice.objects.filter(recipient=OuterRef("recipient"), key=key, read_at__isnull=False))


def _write(held: QuerySet[Outbox], at: datetime) -> int:
    """Write one digest for each person, except where there is nothing but reminders and the week's are used up."""
    letters = reminder_letters(at).filter(recipient=OuterRef("recipient")).values("recipient")
    spent = Coalesce(Subquery(letters.annotate(n=Count("pk")).values("n")), 0)
    people = (
        held.order_by()
        .values("recipient")
        .annotate(first=Min("pk"), others=Count("pk", filter=Q(budgeted=False)), spent=spent)
    )
    people = people.filter(Q(others__gt=0) | Q(spent__lt=settings.REMINDERS_A_WEEK))
    sql, values = (
        people.values_list("recipient_id", "first", "others").query.get_compiler(connection=connection).as_sql()
    )
    moment = connection.ops.adapt_datetimefield_value(at)
    table = connection.ops.quote_name(Outbox._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            _WRITE.format(outbox=table, rows=sql),
            [Channel.EMAIL, DIGEST, LINK, False, State.NEW, moment, moment, *values],
        )
        return cursor.rowcount
