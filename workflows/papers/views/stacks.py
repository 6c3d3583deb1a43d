"""Scans in: upload a stack, look at what each page is, file it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.errors import Refusal
from organizations.enums import Role
from organizations.giving import CONTENT_TYPES
from organizations.typed import numbers_in
from organizations.views.doors import for_roles
from workflows.papers.actions.filing import file_stack
from workflows.papers.actions.taking import (
    content_of,
    discard,
    join_to_page_before,
    leave_out,
    take_stack,
    type_code,
)
from workflows.papers.enums import PageState
from workflows.papers.errors import PageGone
from workflows.papers.models import ScanPage, ScanStack
from workflows.papers.queries import sorted_out, stacks_of, waiting_pages
from workflows.shared.files import POLICY
from workflows.shared.paper_codes import shown

organizers_only = for_roles(Role.ORGANIZER)


@organizers_only
@require_http_methods(["GET", "HEAD", "POST"])
def stacks(request: HttpRequest) -> HttpResponse:
    """Take a stack of scans, and list one's stacks that still wait."""
    refused = ""
    if request.method == "POST":
        at = timezone.now()
        uploads = request.FILES.getlist("file")
        try:
            stack = take_stack(uploads=uploads, by=request.user, at=at, on=timezone.localdate(at))
        except Refusal as refusal:
            refused = str(refusal)
        else:
            return redirect("workflows:stack", stack.pk)
    facts = {"stacks": list(stacks_of(request.user)[:50]), "refused": refused}
    return render(request, "workflows/papers/stacks.html", facts, status=422 if refused else 200)


@organizers_only
@require_safe
def stack(request: HttpRequest, pk) -> HttpResponse:
    """Show before anything is filed which page goes where, and which pages nobody can place."""
    return _page(request, _own(request, pk))


@organizers_only
@never_cache
@require_safe
def stack_page(request: HttpRequest, pk, place: int) -> HttpResponse:
    """Show one waiting page to whoever uploaded it."""
    page = get_object_or_404(ScanPage, stack=_own(request, pk), place=place)
    try:
        content = content_of(page)
    except PageGone as gone:
        raise Http404 from gone
    response = HttpResponse(content, content_type=CONTENT_TYPES["pdf"])
    response["Content-Security-Policy"] = POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "private, no-store"
    return response


@organizers_only
@require_POST
def stack_sort(request: HttpRequest, pk, place: int) -> HttpResponse:
    """Place one page by hand: by the code typed, with the page before it, or nowhere."""
    page = get_object_or_404(ScanPage.objects.defer("sealed"), stack=_own(request, pk), place=place)
    verb = request.POST.get("verb", "code")
    try:
        if verb == "before":
            join_to_page_before(page=page)
        elif verb == "leave":
            leave_out(page=page)
        else:
            typed = request.POST.get("code", "")
            type_code(page=page, text=typed, by=request.user, on=timezone.localdate())
    except Refusal as refusal:
        return _page(request, _own(request, pk), refused=(place, str(refusal)), status=422)
    return redirect("workflows:stack", pk)


@organizers_only
@require_POST
def stack_file(request: HttpRequest, pk) -> HttpResponse:
    """File the sheets that are marked."""
    at, found = timezone.now(), _own(request, pk)
    filed, refused = file_stack(
        stack=found, papers=_keys(request, "paper"), again=_keys(request, "again"), by=request.user, at=at,
        on=timezone.localdate(at),
    )  # fmt: skip
    if filed:
        words = ngettext("{n} sheet is filed.", "{n} sheets are filed.", filed)
        messages.success(request, words.format(n=filed))
    if refused:
        words = ngettext("{n} sheet was not filed; it says why.", "{n} sheets were not filed; they say why.", refused)
        messages.error(request, words.format(n=refused))
    if not filed and not refused:
        messages.error(request, _("Nothing is marked. Please mark at least one sheet."))
    return redirect("workflows:stack", pk)


@organizers_only
@require_POST
def stack_discard(request: HttpRequest, pk) -> HttpResponse:
    """Give up what still waits in a stack."""
    discard(stack=_own(request, pk), at=timezone.now())
    messages.success(request, _("What was not filed is given up; the scans are deleted here."))
    return redirect("workflows:stacks")


def _page(
    request: HttpRequest, found: ScanStack, *, refused: tuple[int, str] = (0, ""), status: int = 200
) -> HttpResponse:
    groups, lost = sorted_out(waiting_pages(found), request.user, on=timezone.localdate())
    facts = {
        "stack": found,
        "groups": [(group, shown(group.paper.code)) for group in groups],
        "fileable": any(not group.final for group in groups),
        "lost": lost,
        "refused_at": refused[0],
        "refused": refused[1],
        "filed": found.pages.filter(state=PageState.FILED).count(),
    }
    return render(request, "workflows/papers/stack.html", facts, status=status)


def _own(request: HttpRequest, pk) -> ScanStack:
    return get_object_or_404(ScanStack, pk=pk, uploaded_by=request.user)


def _keys(request: HttpRequest, name: str) -> set[int]:
    return set(numbers_in(request.POST.getlist(name)))
