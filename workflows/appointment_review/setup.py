"""What a new system needs before the first case: the default policy, published once."""

from datetime import date, datetime
from pathlib import Path

import yaml
from django.utils.timezone import localdate

from approvals.actions.policies import publish_policy
from approvals.models import Policy
from workflows.appointment_review.flow import AppointmentReviewFlow

DEFAULT = Path(__file__).with_name("policy.yaml")


def ensure_default_policy(at: datetime) -> Policy:
    """Publish the default policy of this flow for the whole tree, unless one was ever published.

    Args:
        at: The moment of the first start; the policy holds from the beginning of the year before.

    Returns:
        The newest default policy.
    """
    published = Policy.objects.filter(flow=AppointmentReviewFlow.name, organization=None).order_by("-version").first()
    if published is not None:
        return published
    return publish_policy(
        document=yaml.safe_load(DEFAULT.read_text(encoding="utf-8")),
        flow=AppointmentReviewFlow,
        organization=None,
        valid_from=date(localdate(at).year - 1, 1, 1),
        by=None,
        at=at,
    )
