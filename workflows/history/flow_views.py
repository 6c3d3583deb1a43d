"""The flows themselves, without a case: drawing, words, and the policy that holds."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from approvals.models import Policy
from organizations.enums import Role
from organizations.views.doors import for_roles
from workflows.history import chart
from workflows.registry import FLOWS

administrators_only = for_roles(Role.AUDITOR, Role.SECURITY_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR)


@require_safe
@administrators_only
def flows(request: HttpRequest) -> HttpResponse:
    """List the flows."""
    return render(request, "workflows/history/flows.html", {"flows": FLOWS.values()})


@require_safe
@administrators_only
def flow(request: HttpRequest, name: str) -> HttpResponse:
    """Draw a flow and say which policies hold for it today."""
    found, on = _found(name), timezone.localdate()
    holding = Policy.objects.filter(flow=name, valid_from__lte=on).exclude(valid_until__lte=on)
    facts = {
        "flow": found,
        "drawing": chart.svg(found),
        "ways": list(chart.ways_of(found, {})),
        "policies": holding.select_related("organization").order_by("organization__path", "-version"),
    }
    return render(request, "workflows/history/flow.html", facts)


@require_safe
@administrators_only
def flow_bpmn(request: HttpRequest, name: str) -> HttpResponse:
    """Hand out a flow as BPMN 2.0, for a modeller."""
    response = HttpResponse(chart.bpmn(_found(name)), content_type="application/xml; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.bpmn")
    return response


def _found(name: str):
    if name not in FLOWS:
        raise Http404
    return FLOWS[name]
