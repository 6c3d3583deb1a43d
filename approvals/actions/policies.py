"""Publishing policies; a published one never changes, a new version follows it."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.enums import Place, Rule
from approvals.errors import NotEntitled, PolicyInvalid
from approvals.models import Policy, PolicyStep
from approvals.queries import policy_steps
from approvals.rules.policies import StepShape, problems_of
from audit import log
from audit.errors import Refusal
from organizations.actions.shared import lock_place
from organizations.enums import Role, Scope
from organizations.models import Account, PartyOrganization
from organizations.queries import assignments_valid, has_role

if TYPE_CHECKING:
    from approvals.case_flow import CaseFlow


def shapes_of(flow: "type[CaseFlow]") -> list[StepShape]:
    """Describe the steps of a flow for the check of a policy."""
    return [
        StepShape(node.name, node.climbs, frozenset(node.arrows), node.of_person, node.rule)
        for node in flow.instance.nodes()
        if hasattr(node, "arrows")
    ]


class PolicyTooEarly(Refusal):
    """A later version is already published."""

    code = "policy_too_early"
    message = gettext_lazy("Version {version} begins on {day}. Choose that day or a later one.")


def problems_in(document: Mapping, flow: "type[CaseFlow]") -> list[tuple[str, str]]:
    """List why a document cannot be published for a flow: pairs of where and what."""
    found = problems_of(
        document,
        shapes=shapes_of(flow),
        roles=Role.values,
        parameters=flow.parameters,
        choices=flow.choices,
        least=flow.least,
    )
    if not found and document["flow"] != flow.name:
        found.append(("flow", "unknown"))
    return found or flow.problems_of_policy(document)


def may_publish(account: Account, organization: PartyOrganization | None, *, on: date) -> bool:
    """Say whether an account may publish policies for an organization, or the default of the whole tree.

    Args:
        account: Who wants to publish.
        organization: For which organization; None for the default, which only a duty at the root of the tree reaches.
        on: The day on which the role has to hold.
    """
    duty = [Role.SECURITY_ADMINISTRATOR]
    if organization is not None:
        return has_role(account, duty, on=on, organization=organization, below=True)
    held = assignments_valid(on).filter(account=account.pk, role__in=duty, scope=Scope.SUBTREE, organization__depth=1)
    return held.exists()


@transaction.atomic
def publish_policy(
    *,
    document: Mapping,
    flow: "type[CaseFlow]",
    organization: PartyOrganization | None,
    valid_from: date,
    by: Account | None,
    at: datetime,
) -> Policy:
    """Put a policy in force from a day on; the version before it ends that day.

    Args:
        document: The parsed YAML document (docs/policies.md).
        flow: The flow it is for.
        organization: Under which organization it holds; None for the default of the tree.
        valid_from: First day.
        by, at: Who publishes it, and when.

    Returns:
        The published policy. Cases already open keep the version they were opened under.

    Raises:
        NotEntitled: ``by`` is no security administrator whose duty reaches the organization; None is the system.
        PolicyInvalid: the document does not fit the flow; says where and what.
        PolicyTooEarly: a version that begins later is published already.
    """
    if by is not None and not may_publish(by, organization, on=localdate(at)):
        raise NotEntitled
    found = problems_in(document, flow)
    if found:
        raise PolicyInvalid(problem="; ".join(f"{where} ({problem_text(what)})" for where, what in found))
    lock_place(organization)
    earlier = Policy.objects.filter(flow=flow.name, organization=organization)
    later = earlier.filter(valid_from__gt=valid_from).order_by("-version").first()
    if later is not None:
        raise PolicyTooEarly(version=later.version, day=date_format(later.valid_from))
    earlier.filter(valid_until=None).update(valid_until=valid_from)
    policy = Policy.objects.create(
        organization=organization,
        flow=flow.name,
        version=(earlier.aggregate(last=Max("version"))["last"] or 0) + 1,
        title=document["title"],
        parameters=dict(document.get("parameters") or {}) | dict(document.get("choices") or {}),
        valid_from=valid_from,
        published_by=by,
        published_at=at,
    )
    PolicyStep.objects.bulk_create(_step(policy, step) for step in document["steps"])
    policy_steps.cache_clear()  # a publication that was rolled back may have left its steps under the same key
    facts = {"flow": flow.name, "version": policy.version, "organization": organization.code if organization else ""}
    log.record("policies", "policy.published", by=by, at=at, facts=facts)
    return policy


def problem_text(what: str) -> str:
    """Word a problem found in a policy document."""
    return {
        "missing": _("is missing"),
        "unknown": _("is not known"),
        "twice": _("stands twice"),
        "no_arrow": _("the flow has no way on from there"),
        "unfit": _("does not fit this step"),
        "kind": _("is not of the right kind"),
        "too_small": _("is smaller than the rules allow"),
    }[what]


def document_of(policy: Policy) -> dict:
    """Give a policy back as the document it came from, ready to be written as YAML."""
    steps = [_step_document(step) for step in policy.steps.all()]
    head = {"title": policy.title, "flow": policy.flow, "parameters": policy.numbers}
    return head | ({"choices": policy.choices} if policy.choices else {}) | {"steps": steps}


def _step(policy: Policy, step: Mapping) -> PolicyStep:
    share = step.get("share")
    return PolicyStep(
        policy=policy,
        step=step["step"],
        level=step.get("level", ""),
        place=step["place"],
        roles=list(step.get("roles", [])),
        rule=step.get("rule", Rule.ANY),
        needed=step.get("needed"),
        share=Decimal(str(share)) if share is not None else None,
        due_working_days=step.get("due_working_days"),
        closes_by_itself=step.get("closes_by_itself", False),
        four_eyes_with=list(step.get("four_eyes_with", [])),
        tracks=step.get("tracks"),
    )


def _step_document(step: PolicyStep) -> dict:
    full = {
        "step": step.step,
        "level": step.level,
        "place": Place(step.place).value,
        "roles": step.roles,
        "rule": Rule(step.rule).value,
        "needed": step.needed,
        "share": float(step.share) if step.share is not None else None,
        "due_working_days": step.due_working_days,
        "closes_by_itself": step.closes_by_itself,
        "four_eyes_with": step.four_eyes_with,
        "tracks": step.tracks,
    }
    plain = {"level": "", "roles": [], "rule": "any", "closes_by_itself": False, "four_eyes_with": []}
    return {key: value for key, value in full.items() if value is not None and value != plain.get(key)}
