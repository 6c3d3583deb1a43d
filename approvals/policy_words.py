"""A policy in words: its steps, and its numbers with where each comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from approvals.case_flow import CaseFlow
from approvals.enums import Place, Rule
from approvals.flows import in_order
from approvals.models import Policy, PolicyStep
from organizations.enums import Role

TERMS = gettext_lazy("Opinions on the Terms of Party Grassroots Organizations")
BRANCH_WORK = gettext_lazy("Regulations on Branch Work (Trial), article 23")
TRAINING_PLAN = gettext_lazy("Plan for the training of Party members, 2019 to 2023")
CIVIL_SERVANTS = gettext_lazy("Civil Servants Law, article 95, by analogy")
ELECTIONS = gettext_lazy("Regulations on Elections of Party Grassroots Organizations")
CADRES = gettext_lazy("Work Regulations on the Selection and Appointment of Cadres, by analogy")
PRACTICE = gettext_lazy("common practice, the committee chooses")

# What each number is called, and its source (docs/regulations.md).
PARAMETERS: Mapping[str, tuple[object, object]] = {
    "returns_allowed": (gettext_lazy("Times the materials may be returned"), PRACTICE),
    "usually_done_working_days": (gettext_lazy("Working days in which a case is usually done"), PRACTICE),
    "review_apply_days": (gettext_lazy("Days in which a review may be asked for"), CIVIL_SERVANTS),
    "talk_within_days": (gettext_lazy("Days in which the talk is held"), PRACTICE),
    "induction_within_days": (gettext_lazy("Days in which the induction class is attended"), TRAINING_PLAN),
    "term_branch_years": (gettext_lazy("Years of a branch's term"), TERMS),
    "term_committee_years": (gettext_lazy("Years of a committee's term"), TERMS),
    "membership_years": (gettext_lazy("Years of membership expected of a secretary"), BRANCH_WORK),
    "extension_days": (gettext_lazy("Days a term may be extended"), TERMS),
    "quorum_numerator": (gettext_lazy("Quorum of an election: so many parts come"), ELECTIONS),
    "quorum_denominator": (gettext_lazy("Quorum of an election: of so many parts entitled"), ELECTIONS),
    "more_candidates_percent": (gettext_lazy("Percent more candidates than seats of members"), ELECTIONS),
    "result_report_days": (gettext_lazy("Days in which the result is reported"), TERMS),
    "election_window_days": (gettext_lazy("Days for which approved candidates may be elected"), PRACTICE),
    "notice_working_days": (gettext_lazy("Full working days of a public notice"), CADRES),
    "acting_days": (gettext_lazy("Days an acting secretary may serve"), PRACTICE),
    "remind_before_working_days": (gettext_lazy("Working days ahead that people are reminded; 0 is never"), PRACTICE),
    "remind_again_working_days": (gettext_lazy("Working days between reminders of what is late; 0 is never"), PRACTICE),
    "superior_after_working_days": (
        gettext_lazy("Working days late after which the organizer above is told; 0 is never"),
        PRACTICE,
    ),
    "escalation_after_working_days": (
        gettext_lazy("Working days late after which the committee secretary above is told; 0 is never"),
        PRACTICE,
    ),
}
# What can be chosen, what each choice is called, and its source.
CHOICES: Mapping[str, tuple[object, Mapping[str, object], object]] = {
    "copies": (
        gettext_lazy("Who at the branch gets copies for information"),
        {
            "nobody": pgettext_lazy("copies", "Nobody"),
            "liaison": gettext_lazy("The liaison officers"),
            "liaison_and_guides": gettext_lazy("The liaison officers and Party work guides"),
        },
        PRACTICE,
    ),
    "notice_mode": (
        gettext_lazy("Where the public notice is put up"),
        {
            "unit": gettext_lazy("On the board of the unit, with a photo as proof"),
            "unlisted": gettext_lazy("On a page that no list or search shows"),
            "none": gettext_lazy("No public notice"),
        },
        PRACTICE,
    ),
}
LEVELS = {"forwarding": gettext_lazy("checks and forwards"), "deciding": gettext_lazy("decides")}


@dataclass(frozen=True)
class StepWords:
    """What a policy says of one step, ready to read.

    Attributes:
        name: The step, with its level where there are two.
        place: At which organization.
        who: Who speaks.
        rule: When enough was heard.
        days: The time limit, and what happens at its end.
        apart: Steps in which the same person may not have decided.
    """

    name: str
    place: str
    who: str
    rule: str
    days: str
    apart: str


def steps_in_words(policy: Policy, flow: type[CaseFlow]) -> list[StepWords]:
    """Tell the steps of a policy in the order of the flow."""
    order = [node.name for node in in_order(flow)]
    titles = {node.name: str(node.task_title) for node in flow.instance.nodes()}
    steps = sorted(policy.steps.all(), key=lambda step: order.index(step.step) if step.step in order else len(order))
    return [_step(step, titles) for step in steps]


def parameters_in_words(policy: Policy) -> list[tuple[str, object, str]]:
    """Tell the numbers of a policy: what, how much, and where it comes from."""
    known = [(name, *PARAMETERS.get(name, (name, ""))) for name in policy.numbers]
    return [(str(label), policy.parameters[name], str(source)) for name, label, source in known]


def choices_in_words(policy: Policy) -> list[tuple[str, str, str]]:
    """Tell what a policy chooses: what about, which way, and where it comes from."""
    known = [(value, *CHOICES.get(name, (name, {}, ""))) for name, value in policy.choices.items()]
    return [(str(label), str(ways.get(value, value)), str(source)) for value, label, ways, source in known]


def _step(step: PolicyStep, titles: Mapping[str, str]) -> StepWords:
    name = titles.get(step.step, step.step)
    if step.level:
        name = _("{step} ({level})").format(step=name, level=LEVELS.get(step.level, step.level))
    return StepWords(
        name=name,
        place=str(Place(step.place).label),
        who=_list(Role(role).label for role in step.roles) or _("the person concerned"),
        rule=_rule(step),
        days=_days(step),
        apart=_list(titles.get(other, other) for other in step.four_eyes_with),
    )


def _rule(step: PolicyStep) -> str:
    label = str(Rule(step.rule).label)
    if step.needed:
        return _("{rule}, {n} have to agree").format(rule=label, n=step.needed)
    if step.share:
        return _("{rule}, {share} of those entitled have to agree").format(rule=label, share=f"{step.share:.0%}")
    return label


def _days(step: PolicyStep) -> str:
    if not step.due_working_days:
        return _("no limit")
    days = ngettext("{n} working day", "{n} working days", step.due_working_days).format(n=step.due_working_days)
    return _("{days}, then it goes on by itself").format(days=days) if step.closes_by_itself else days


def _list(words: Iterable[object]) -> str:
    return pgettext("between names", ", ").join(map(str, words))
