"""The calendar to subscribe to: a page that makes and ends its address, and the calendar itself."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notifications import feeds
from notifications.models import Feed


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: HttpRequest) -> HttpResponse:
    """Show whether one has a calendar address; make one, which is shown this once."""
    address = ""
    if request.method == "POST":
        token = feeds.make_feed(account=request.user, at=timezone.now())
        address = settings.SITE_ADDRESS + reverse("notifications:calendar", args=[token])
    made = Feed.objects.filter(account=request.user).first()
    return render(request, "notifications/feed.html", {"address": address, "made": made})


@login_required
@require_POST
def end_feed(request: HttpRequest) -> HttpResponse:
    """Let one's calendar address stop working."""
    if feeds.end_feed(account=request.user):
        messages.success(request, _("The calendar address no longer works."))
    return redirect("notifications:feed")


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar to whoever knows its secret address."""
    account = feeds.owner_of(token)
    if account is None:
        raise Http404
    at = timezone.now()
    with override(account.language):
        text = feeds.calendar_of(account, on=timezone.localdate(at), at=at)
    return HttpResponse(
        text, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private, no-store"}
    )
