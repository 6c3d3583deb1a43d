"""Policies: read by those they hold for, published by security administrators."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals import policy_text, policy_words
from approvals.actions.policies import document_of, publish_policy
from approvals.flows import flow_named
from approvals.models import Policy
from approvals.policy_forms import PolicyForm
from approvals.rules.policies import changes_between
from audit.errors import Refusal
from organizations.enums import Role
from organizations.queries import duties_of, has_role, organization_scope
from organizations.role_rules import SEE, SEE_CASES, roles_giving
from organizations.views.doors import for_roles

readers_only = for_roles(Role.SECURITY_ADMINISTRATOR, Role.AUDITOR, *roles_giving(SEE_CASES))
security_only = for_roles(Role.SECURITY_ADMINISTRATOR)


@require_safe
@readers_only
def policies(request: HttpRequest) -> HttpResponse:
    """List the policies in sight, the newest version of each first."""
    on = timezone.localdate()
    rows = [(policy, flow_named(policy.flow)) for policy in _seen(request)]
    facts = {"rows": rows, "today": on, "publishes": has_role(request.user, [Role.SECURITY_ADMINISTRATOR], on=on)}
    return render(request, "approvals/policies/list.html", facts)


@require_safe
@readers_only
def policy(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one policy in words, and how it differs from another version when one is named."""
    seen = _seen(request)
    found = get_object_or_404(seen.prefetch_related("steps"), pk=pk)
    versions = list(seen.filter(flow=found.flow, organization=found.organization))
    other = next((each for each in versions if str(each.pk) == request.GET.get("beside", "")), None)
    facts = {
        "policy": found,
        "flow": flow_named(found.flow),
        "steps": policy_words.steps_in_words(found, flow_named(found.flow)),
        "parameters": policy_words.parameters_in_words(found),
        "choices": policy_words.choices_in_words(found),
        "versions": [each for each in versions if each.pk != found.pk],
        "other": other,
        "changes": changes_between(document_of(other), document_of(found)) if other else [],
        "today": timezone.localdate(),
    }
    return render(request, "approvals/policies/policy.html", facts)


@require_safe
@readers_only
def policy_yaml(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a policy as YAML."""
    found = get_object_or_404(_seen(request), pk=pk)
    response = HttpResponse(policy_text.write(found), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{found.flow}-v{found.version}.yaml")
    return response


@require_http_methods(["GET", "POST"])
@security_only
def new_policy(request: HttpRequest) -> HttpResponse:
    """Check a policy, show what it changes, and publish it once that was seen."""
    today = timezone.localdate()
    form = PolicyForm(request.POST or None, request.FILES or None, by=request.user, today=today)
    facts: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        document, problems = policy_text.read(asked["text"], asked["flow"])
        if problems:
            facts["problems"] = problems
        elif not request.POST.get("seen"):
            facts |= {"preview": asked, "changes": _changes(asked, document)}
        elif published := _published(request, form, document):
            messages.success(request, _("Published. New cases follow it from its first day; open ones keep theirs."))
            return redirect("approvals:policy", published.pk)
    return render(request, "approvals/policies/new.html", facts)


def _published(request: HttpRequest, form: PolicyForm, document: dict) -> Policy | None:
    asked = {name: form.cleaned_data[name] for name in ("flow", "organization", "valid_from")}
    try:
        return publish_policy(document=document, by=request.user, at=timezone.now(), **asked)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def _changes(asked: dict, document: dict) -> list[tuple[str, str, str]]:
    newest = Policy.objects.filter(flow=asked["flow"].name, organization=asked["organization"]).order_by("-version")
    before = newest.first()
    return changes_between(document_of(before) if before else {}, document)


def _seen(request: HttpRequest) -> QuerySet[Policy]:
    """Give the default policies, those of organizations in sight, and those that hold for one's own from above."""
    on = timezone.localdate()
    above: set[str] = set()
    for duty in duties_of(request.user, on=on):
        if duty.organization:
            above.update(duty.organization.superior_paths())
    seen = Q(organization=None) | organization_scope(request.user, SEE, on=on, through="organization")
    found = Policy.objects.filter(seen | Q(organization__path__in=above))
    return found.select_related("organization", "published_by").order_by("flow", "organization__path", "-version")
