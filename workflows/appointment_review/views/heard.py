"""What the person said in a case, opened for those who decide it and for the person: nobody is heard by people who
cannot read it."""

from approvals.models import Case
from audit.queries import entries_of
from audit.sealing import SealBroken
from organizations.identity import unseal_for
from workflows.appointment_review.actions.replies import REPLY_NAME
from workflows.appointment_review.enums import Track
from workflows.appointment_review.models import Reply

GROUNDS = "grounds"


def words_of_the_person(case: Case) -> list[dict[str, object]]:
    """List the replies of the person, and why a review was asked for, as rows of ``components/opinions.html``.

    Args:
        case: A case whose files the reader may see or that is about the reader, with its subject and organization.
    """
    said = [(one.handed_in_at, REPLY_NAME, one.sealed) for one in Reply.objects.filter(case=case)]
    asked = entries_of(f"case:{case.number}").filter(verb="proposal.made") if case.track == Track.REVIEW else []
    said += [(entry.at, GROUNDS, entry.sealed[GROUNDS]) for entry in asked if entry.sealed.get(GROUNDS)]
    return [
        {"name": case.subject_name, "post": case.organization.name, "at": at, "words": _opened(case, name, sealed)}
        for at, name, sealed in said
    ]


def _opened(case: Case, name: str, sealed: str) -> str:
    try:
        return unseal_for(case.subject, {name: sealed})[name]
    except SealBroken:  # the retention period is over and the person's key destroyed
        return ""
