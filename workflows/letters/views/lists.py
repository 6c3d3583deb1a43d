"""The list of letters, and the page of each."""

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from approvals.enums import LetterState
from approvals.letter_queries import letters_seen
from organizations.calendar import working_days_left
from organizations.queries import has_role
from organizations.typed import number_in
from workflows.letters.views.pages import READERS, letter_page, letter_seen, readers

ROWS = 50
# What the list is narrowed to → its name and condition; "open" is where the day starts.
WHICH = {
    "open": (_("Not answered yet"), ~Q(state=LetterState.CLOSED)),
    "late": (_("Late"), ~Q(state=LetterState.CLOSED)),
    "check": (_("To be checked"), Q(state=LetterState.ENTERED)),
    "all": (_("All"), Q()),
}


@readers
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """List the letters in sight, the latest first; a department finds its own here."""
    at = timezone.now()
    on = timezone.localdate(at)
    which = request.GET.get("which", "open")
    which = which if which in WHICH else "open"
    found = letters_seen(request.user, on=on).filter(WHICH[which][1])
    if which == "late":
        found = found.filter(due_at__lt=at)
    after = number_in(request.GET.get("after", ""))
    if after is not None:
        found = found.filter(pk__lt=after)
    page = list(found.order_by("-pk")[: ROWS + 1])
    for one in page:
        one.answered = one.people - one.open
    facts = {
        "lines": [(letter, working_days_left(on, letter.due_at) if letter.open else None) for letter in page[:ROWS]],
        "more": f"?{urlencode({'which': which, 'after': page[ROWS - 1].pk})}" if len(page) > ROWS else "",
        "which": which,
        "tabs": [(name, words) for name, (words, _condition) in WHICH.items()],
        "reviews": has_role(request.user, READERS, on=on),
    }
    appended = request.htmx and not request.htmx.boosted
    return render(request, f"workflows/letters/{'rows' if appended else 'list'}.html", facts)


@login_required
@require_safe
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """Show one letter: whom it asks about, what was answered, what can be done."""
    at = timezone.now()
    return letter_page(request, letter_seen(token, request.user, at=at), at=at)
