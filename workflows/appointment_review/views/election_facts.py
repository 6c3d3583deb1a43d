"""What the pages of an election show: plan, people, results, papers, and what a count means."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from approvals.enums import CaseState, MatterKind
from approvals.models import Case, Correction, Stage
from approvals.queries import stages_of
from approvals.wording import titled
from organizations.enums import Title
from organizations.models import Account
from workflows.appointment_review.election_forms import CountForm
from workflows.appointment_review.election_models import ElectionNominee, ElectionPlan, ElectionResult
from workflows.appointment_review.election_papers import papers_ready
from workflows.appointment_review.election_queries import in_the_running, nominees_of
from workflows.appointment_review.election_words import COUNT, WHY_FAILED, told
from workflows.appointment_review.enums import NomineeStanding, Origin
from workflows.appointment_review.models import OfficialDocument
from workflows.appointment_review.rules.elections import OFFICERS, Votes, count_problems, has_quorum, judge


def election_facts(own: Case, account: Account, *, at: datetime) -> dict[str, object]:
    """Gather what everybody who sees the matter may read.

    Args:
        own: The path of the matter, with its plan.
        account: Who looks.
        at: Now.
    """
    plan = own.election
    named = nominees_of(plan)
    of_all = OfficialDocument.objects.filter(case__matter=own.matter_id).select_related("issuer", "case")
    return {
        "case": own,
        "plan": plan,
        "subject": own.process.flow_class.subject_of(own),
        "step": titled(own, own.step, "") if own.step else "",
        "seats": [(Title(title).label, seats) for title, seats in plan.seats.items() if seats],
        "people": [person_line(one, account) for one in named],
        "results": [result_line(one) for one in _results(plan)],
        "documents": [one for one in of_all if one.case.subject_id is None or one.case.subject_id != account.person_id],
        "returned": _returned(own),
        "papers": papers_ready(own, stages_of(own)),
        "by_election": own.matter.kind == MatterKind.BY_ELECTION,
    }


def person_line(one: ElectionNominee, account: Account) -> dict[str, object]:
    """Tell how somebody on the list stands; nobody reads here how far their own case is.

    Args:
        one: The line of the list.
        account: Who looks.
    """
    case, own = one.case, one.person_id == account.person_id
    kind, word = _tag(one, own=own)
    where = ""
    if case is not None and case.state == CaseState.OPEN and not own:
        where = titled(case, case.step, "")
        if case.step_organization_id:
            where = f"{where} · {case.step_organization.name}"
    return {
        "nominee": one,
        "name": one.person.name,
        "title": one.get_title_display(),
        "kind": kind,
        "word": word,
        "where": where,
        "written_in": one.origin == Origin.WRITE_IN,
        "url": reverse("workflows:case_matter", args=[case.number]) if case and not own else "",
        "running": in_the_running(one),
    }


def result_line(result: ElectionResult) -> dict[str, object]:
    """Tell what came of one attempt."""
    return {
        "result": result,
        "why": told(result.why_failed, WHY_FAILED),
        "votes": [
            (row.nominee.person.name, row.nominee.get_title_display(), row.yes, row.no, row.abstain, row.elected)
            for row in result.votes.all()
        ],
    }


def checks_of(form: CountForm, own: Case) -> dict[str, object]:
    """Say what a typed count means before it is entered.

    Args:
        form: The form as typed, whole or not.
        own: The path of the matter.

    Returns:
        ``problems`` and ``meaning``, lists of sentences.
    """
    form.full_clean()
    meeting = ("entitled", "present", "issued", "returned", "valid")
    if any(form.cleaned_data.get(name) is None for name in meeting):
        return {"problems": [], "meaning": [_("Fill in the numbers of the meeting first.")]}
    count, numbers = form.count(), own.policy.parameters
    quorum = {"numerator": numbers["quorum_numerator"], "denominator": numbers["quorum_denominator"]}
    lines = _typed_votes(form)
    problems = told(count_problems(count, lines), COUNT)
    least = -(-count.entitled * quorum["numerator"] // quorum["denominator"])
    came = has_quorum(present=count.present, entitled=count.entitled, **quorum)
    words = _("Quorum: {least} of {all} have to come; {present} came, so it is reached.")
    if not came:
        words = _("Quorum: {least} of {all} have to come; only {present} came, so the election fails.")
    meaning = [words.format(least=least, all=count.entitled, present=count.present)]
    meaning.append(_("Elected is who has {n} yes-votes or more.").format(n=count.present // 2 + 1))
    if count.committee_present is not None:
        words = _("Secretary and deputy, whom the new committee elects, need {n} or more.")
        meaning.append(words.format(n=count.committee_present // 2 + 1))
    if not problems and len(lines) >= len(form.ballot):
        meaning += _verdict(form, judge(count, lines, seats=own.election.seats, **quorum))
    return {"problems": problems, "meaning": meaning}


def _verdict(form: CountForm, judged) -> list[str]:
    if judged.why_failed:
        return told(judged.why_failed, WHY_FAILED)
    names = [one.person.name for one in form.ballot if one.pk in judged.elected]
    names += [form.cleaned_data[f"in-name-{key[1]}"] for key in judged.elected if isinstance(key, tuple)]
    found = [_("Elected: {names}.").format(names="、".join(names))]
    if judged.vacant:
        found.append(_("Seats that stay vacant: {n}.").format(n=judged.vacant))
    if any(isinstance(key, tuple) for key in judged.elected):
        found.append(_("Whoever was written in as secretary or deputy is vetted before taking the post."))
    return found


def _typed_votes(form: CountForm) -> list[Votes]:
    asked, lines = form.cleaned_data, []
    for one in form.ballot:
        typed = [asked.get(f"{part}-{one.pk}") for part in ("yes", "no", "abstain")]
        if None not in typed:
            lines.append(Votes(one.pk, one.title, *typed))
    for place, line in enumerate(form.written()):
        title, yes = asked.get(line[0].name), asked.get(line[3].name)
        if title and yes is not None and asked.get(line[1].name):
            lines.append(Votes(("written in", place), title, yes))
    return lines


def _returned(own: Case) -> list[Correction]:
    """List what the body above wants to have put right, as long as it lies with the branch for that."""
    last = Stage.objects.filter(case=own).exclude(outcome="").order_by("-pk").first()
    return list(last.corrections.all()) if last and own.step and last.goes_to == own.step else []


def _results(plan: ElectionPlan):
    return ElectionResult.objects.filter(plan=plan).prefetch_related("votes__nominee__person")


def _tag(one: ElectionNominee, *, own: bool) -> tuple[str, object]:
    if one.case is None:
        kinds = {NomineeStanding.AGREED: "agreed", NomineeStanding.REFUSED: "refused"}
        if one.standing == NomineeStanding.PENDING:
            return "open", _("Filed, not vetted")
        return kinds[one.standing], one.get_standing_display()
    if one.case.state != CaseState.OPEN:
        kinds = {CaseState.DONE: "agreed", CaseState.REJECTED: "refused"}
        return kinds.get(one.case.state, "deferred"), one.case.get_state_display()
    if one.case.step == "standing" and not own:  # the person learns it with the reply, not before
        return "agreed", _("Vetted")
    if one.case.step == "ballot":
        kind = _("Elected, not confirmed yet") if any(row.elected for row in one.votes.all()) else _("May stand")
        return "agreed", kind
    return "doing", _("Being vetted") if one.title in OFFICERS else one.get_standing_display()
