"""Notices for everybody, and for system administrators what did not arrive."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from notifications import actions, queries

PAGE = 30
ADMINISTRATORS_ONLY = permission_required("notifications.view_outbox", raise_exception=True)


@login_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Show one's own notices, unread first."""
    found = queries.notices_of(request.user)
    after = request.GET.get("after", "")
    if after:
        is_read, pk = _place(after)
        found = queries.notices_after(found, is_read=is_read, pk=pk)
    page, more = _cut(found)
    last = f"?after={int(page[-1].is_read)}-{page[-1].pk}" if more else ""
    facts = {"notices": page, "more": last, "unread": queries.unread_count(request.user)}
    return render(request, "notifications/notices.html", facts)


@login_required
@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Open one notice of one's own: it counts as read, and the page it tells about is shown."""
    found = get_object_or_404(queries.notices_of(request.user), pk=pk)
    actions.mark_read(notice=found, at=timezone.now())
    return redirect(found.link or "notifications:notices")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all one's notices as read."""
    count = actions.mark_all_read(account=request.user, at=timezone.now())
    if count:
        said = ngettext("%(n)s notice is marked as read.", "%(n)s notices are marked as read.", count)
        messages.success(request, said % {"n": count})
    return redirect("notifications:notices")


@login_required
@ADMINISTRATORS_ONLY
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """Show what was not delivered."""
    found = queries.incidents()
    after = request.GET.get("after", "")
    if after:
        found = found.filter(pk__lt=_number(after))
    page, more = _cut(found)
    facts = {
        "deliveries": page,
        "more": f"?after={page[-1].pk}" if more else "",
        "trouble": queries.background_trouble(at=timezone.now()),
    }
    return render(request, "notifications/deliveries.html", facts)


def _cut(found: object) -> tuple[list, bool]:
    page = list(found[: PAGE + 1])
    return page[:PAGE], len(page) > PAGE


def _place(after: str) -> tuple[bool, int]:
    rank, _dash, pk = after.partition("-")
    return rank == "1", _number(pk)


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise BadRequest("not a place in the list")
    return int(text)
