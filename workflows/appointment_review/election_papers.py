"""The papers of an election: what the branch asks and reports, what the committee answers, and the reminder."""

from collections.abc import Collection
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from approvals.models import Case, Stage
from organizations.enums import Title
from organizations.models import PartyOrganization
from workflows.appointment_review.election_models import ElectionNominee, ElectionPlan
from workflows.appointment_review.election_queries import in_the_running, last_result, nominees_of, winners_of
from workflows.appointment_review.enums import DocumentKind
from workflows.appointment_review.models import OfficialDocument
from workflows.shared.documents import LANGUAGE, Check, PlainPaper, day

REQUEST_1, REQUEST_2, REPORT = "request-1", "request-2", "report"
AFTER = {REQUEST_1: "first_request", REQUEST_2: "second_request", REPORT: "report"}
ELECTION_KINDS = frozenset({DocumentKind.ELECTION_LEAVE, DocumentKind.ELECTION_PEOPLE, DocumentKind.ELECTION_RESULT})


def papers_ready(own: Case, stages: Collection[Stage]) -> list[tuple[str, str]]:
    """Name the papers of the branch that can be printed by now."""
    names = {REQUEST_1: _("First request"), REQUEST_2: _("Second request"), REPORT: _("Report of the result")}
    reached = {stage.step for stage in stages}
    return [(paper, name) for paper, name in names.items() if AFTER[paper] in reached]


def paper_of_branch(own: Case, paper: str, *, on: date) -> PlainPaper | None:
    """Make a request or the report of the branch; None before it is asked for.

    Args:
        own: The path of the matter, with organization and plan.
        paper: ``request-1``, ``request-2`` or ``report``.
        on: The day on the paper.
    """
    if paper not in AFTER or not Stage.objects.filter(case=own, step=AFTER[paper]).exists():
        return None
    make = {REQUEST_1: _request_1, REQUEST_2: _request_2, REPORT: _report}[paper]
    with translation.override(LANGUAGE):
        title, paragraphs, items = make(own, own.election)
    above = PartyOrganization.objects.get_parent(own.organization)
    return PlainPaper(
        number="",
        issuer=own.organization.name,
        addressee=above.name if above else own.organization.name,
        title=title,
        paragraphs=paragraphs,
        items=items,
        dated=on,
    )


def reply_paper(document: OfficialDocument, check: Check) -> PlainPaper:
    """Make a reply of the committee as it was issued.

    Args:
        document: The row; its ``facts`` hold the text of the day it was issued.
        check: The check page.
    """
    facts = document.facts
    organization, people = str(facts["organization"]), [(title, name) for title, name in facts["people"]]
    with translation.override(LANGUAGE):
        if document.kind == DocumentKind.ELECTION_LEAVE:
            title = _("Reply approving the election of %(organization)s") % {"organization": organization}
            text = _("After study, we approve that you hold the election and elect %(seats)s.") % {
                "seats": _seats(facts["seats"])
            }
        elif document.kind == DocumentKind.ELECTION_PEOPLE:
            title = _("Reply approving the candidates of %(organization)s") % {"organization": organization}
            text = _("After study, we approve the following candidates:")
        else:
            title = _("Reply on the result of the election of %(organization)s") % {"organization": organization}
            text = _("After study, we approve the result of the election of %(day)s:") % {
                "day": day(date.fromisoformat(str(facts["held_on"])))
            }
        closing = _("This is our reply.")
        items = tuple(_people(people))
    return PlainPaper(
        number=document.number,
        issuer=str(facts["issuer"]),
        addressee=organization,
        title=title,
        paragraphs=(text, closing),
        items=items,
        dated=document.issued_on,
        check=check,
        formal=True,
    )


def reminder_paper(organization: PartyOrganization, *, issuer: PartyOrganization, due_on: date, on: date) -> PlainPaper:
    """Make the reminder that a term ends (换届提醒函).

    Args:
        organization: The branch.
        issuer: Who reminds.
        due_on: The day its term ends.
        on: The day on the letter.
    """
    with translation.override(LANGUAGE):
        facts = {"organization": organization.name, "day": day(due_on)}
        over = due_on <= on
        opening = _("The term of the committee of %(organization)s ends on %(day)s.") % facts
        if over:
            opening = _("The term of the committee of %(organization)s ended on %(day)s.") % facts
        paragraphs = (
            opening
            + _("Please prepare the election in good time: study the plan, count the members with the right to vote,"),
            _("and hand in the request for the election. If it has to be held later, ask for an extension first."),
        )
        title = _("Reminder of the election at the end of the term")
    return PlainPaper(
        number="",
        issuer=issuer.name,
        addressee=organization.name,
        title=title,
        paragraphs=("".join(paragraphs),),
        items=(),
        dated=on,
        contact=issuer.phone,
    )


def _request_1(own: Case, plan: ElectionPlan) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    facts = {
        "organization": own.organization.name,
        "seats": _seats(plan.seats),
        "voters": plan.voters or 0,
        "day": day(plan.planned_on),
        "reason": plan.reason,
    }
    title = _("Request to hold the election of %(organization)s") % facts
    text = _(
        "We ask to hold the election on %(day)s. %(voters)s members have the right to vote. Elected are %(seats)s."
    )
    return title, (text % facts, plan.reason, _("Please reply.")), ()


def _request_2(own: Case, plan: ElectionPlan) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    title = _("Request for the candidates of %(organization)s") % {"organization": own.organization.name}
    named = [one for one in nominees_of(plan) if in_the_running(one)]
    text = _("The members have nominated the following people; everybody who has to be vetted was vetted:")
    return title, (text, _("Please reply.")), tuple(_people(_pairs(named)))


def _report(own: Case, plan: ElectionPlan) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    result, facts = last_result(plan), {"organization": own.organization.name}
    title = _("Report of the result of the election of %(organization)s") % facts
    facts = {
        "day": day(result.held_on),
        "entitled": result.entitled,
        "present": result.present,
        "issued": result.issued,
        "returned": result.returned,
        "valid": result.valid,
    }
    text = _(
        "The election was held on %(day)s. Of %(entitled)s members with the right to vote %(present)s were present; "
        "%(issued)s ballots were issued, %(returned)s came back, %(valid)s are valid. Elected are:"
    )
    return title, (text % facts, _("Please approve the result.")), tuple(_people(_pairs(winners_of(plan))))


def _pairs(named: Collection[ElectionNominee]) -> list[tuple[str, str]]:
    return [(one.title, one.person.name) for one in named]


def _people(people: Collection[tuple[str, str]]) -> list[str]:
    by_title: dict[str, list[str]] = {}
    for title, name in people:
        by_title.setdefault(title, []).append(name)
    order = [title for title in Title.values if title in by_title]
    return [_("%(title)s: %(names)s") % {"title": Title(t).label, "names": "、".join(by_title[t])} for t in order]


def _seats(seats: dict[str, int]) -> str:
    words = [_("%(n)s × %(title)s") % {"title": Title(title).label, "n": n} for title, n in seats.items() if n]
    return "、".join(words)
