"""What is recorded once the result of an election is approved."""

from approvals.actions.acting import Acting


def file_members(act: Acting) -> None:
    """File the elected members of the committee for the record; they need no approval.

    Args:
        act: The act in which the result was approved.
    """
    act.log("members.filed", facts={"organization": act.case.organization.code})
