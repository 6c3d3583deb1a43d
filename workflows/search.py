"""One search for everybody with a top bar: cases, people and organizations in sight, by name, pinyin or number."""

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from approvals.models import Case
from organizations.models import PartyOrganization
from organizations.queries import has_role, people_seen
from organizations.role_rules import SEE_HISTORY, roles_giving

FOUND_EACH = 20


@require_GET
@login_required
def search(request: HttpRequest) -> HttpResponse:
    """Show what is found of each kind, the first of each."""
    words, today, user = request.GET.get("q", "").strip(), timezone.localdate(), request.user
    # Whoever audits opens the history of a case, all others its matter; nobody does both.
    facts: dict[str, object] = {"q": words, "audits": has_role(user, roles_giving(SEE_HISTORY), on=today)}
    if words:
        seen = Case.objects.visible_to(user, on=today) | Case.objects.with_history_for(user, on=today)
        named = Q(subject_name__icontains=words) | Q(subject_search__icontains=words.lower())
        numbered = Q(number__iexact=words) | Q(documents__number=words)
        cases = seen.filter(named | numbered).select_related("organization").distinct()
        places = PartyOrganization.objects.visible_to(user, on=today)
        facts |= {
            "cases": cases.order_by("-opened_at")[:FOUND_EACH],
            "people": people_seen(user, on=today, words=words)[:FOUND_EACH],
            "organizations": places.filter(
                Q(name__icontains=words) | Q(search_key__icontains=words.lower()) | Q(code__iexact=words)
            ).order_by("path")[:FOUND_EACH],
        }
    return render(request, "workflows/search.html", facts)
