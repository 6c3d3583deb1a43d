"""People: found by name, pinyin or organization; the identity number only for a reason."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.errors import Refusal
from audit.sealing import SealBroken
from organizations.actions import reveal_identity
from organizations.actions.people import UNMASKERS
from organizations.forms import ReasonForm
from organizations.models import Person
from organizations.paging import page_of
from organizations.queries import has_role, people_seen, posts_seen


@require_GET
@login_required
def people(request: HttpRequest) -> HttpResponse:
    """List the people in sight."""
    words = request.GET.get("q", "")
    page = page_of(people_seen(request.user, on=timezone.localdate(), words=words), request, by="sort_key")
    return render(request, "organizations/people/list.html", {"page": page, "q": words})


@require_GET
@login_required
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person with all posts in sight."""
    return _page(request, _seen(request, pk), ReasonForm(), None)


@require_http_methods(["POST"])
@login_required
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the identity number once, for a reason that is kept and told to the auditors."""
    shown = _seen(request, pk)
    form, number = ReasonForm(request.POST), None
    if form.is_valid():
        try:
            number = reveal_identity(
                person=shown, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"]
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        except SealBroken:
            form.add_error(None, _("The key of this person was destroyed; the number can no longer be read."))
    return _page(request, shown, form, number)


def _seen(request: HttpRequest, pk: int) -> Person:
    return get_object_or_404(Person.objects.visible_to(request.user, on=timezone.localdate()), pk=pk)


def _page(request: HttpRequest, shown: Person, form: ReasonForm, number: str | None) -> HttpResponse:
    today = timezone.localdate()
    facts = {
        "shown": shown,
        "posts": posts_seen(request.user, shown, on=today),
        "form": form,
        "number": number,
        "may_reveal": has_role(request.user, UNMASKERS, on=today),
    }
    return render(request, "organizations/people/person.html", facts, status=400 if form.errors else 200)
