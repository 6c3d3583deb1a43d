"""What a new system needs before the first case: the default policies, published once."""

from datetime import date, datetime
from pathlib import Path

import yaml
from django.utils.timezone import localdate

from approvals.actions.policies import publish_policy
from approvals.case_flow import CaseFlow
from approvals.models import Policy
from workflows.appointment_review.flow import AppointmentReviewFlow
from workflows.appointment_review.matter_flow import ElectionFlow

HERE = Path(__file__).parent
DEFAULTS: dict[type[CaseFlow], Path] = {
    AppointmentReviewFlow: HERE / "policy.yaml",
    ElectionFlow: HERE / "policy_election.yaml",
}


def ensure_default_policies(at: datetime) -> list[Policy]:
    """Publish the default policy of each flow for the whole tree, unless one was ever published.

    Args:
        at: The moment of the first start; the policies hold from the beginning of the year before.

    Returns:
        The newest default policy of each flow.
    """
    return [_ensure(flow, document, at) for flow, document in DEFAULTS.items()]


def _ensure(flow: type[CaseFlow], document: Path, at: datetime) -> Policy:
    published = Policy.objects.filter(flow=flow.name, organization=None).order_by("-version").first()
    if published is not None:
        return published
    return publish_policy(
        document=yaml.safe_load(document.read_text(encoding="utf-8")),
        flow=flow,
        organization=None,
        valid_from=date(localdate(at).year - 1, 1, 1),
        by=None,
        at=at,
    )
