"""Taking any single filter out of what decides who sees what turns the matrix red; each is tried."""

from collections.abc import Callable

import pytest

from approvals.actions.decisions import entitled, held_by
from approvals.inbox import rows_of
from approvals.models import Case, Letter, Recusal
from approvals.models.cases import CaseQuerySet
from approvals.models.letters import LetterQuerySet
from approvals.models.meetings import MeetingQuerySet
from notifications.queries import notices_of
from organizations.models import scope
from organizations.models.accounts import AccountQuerySet
from organizations.models.party import PartyOrganizationQuerySet
from organizations.models.people import PersonQuerySet
from organizations.models.posts import OwnedQuerySet
from organizations.models.roles import RoleAssignmentQuerySet
from organizations.queries import assignments_seen, candidates_helped_by, has_role, has_role_over_all
from tests import factories as make
from tests.security.asking.test_matrix import NEVER_SPOKEN, wrong
from tests.security.lists import LISTS, NOT_IN_A_LIST, differing, misplaced
from tests.security.mutants import replaced, without_one
from tests.security.probing import names, probes_of
from tests.security.rows import ASKERS
from workflows.appointment_review import investigation_queries
from workflows.appointment_review.candidate_queries import cases_about, cases_helped, reviewers_see_files
from workflows.batches.models import BatchItemQuerySet, BatchRunQuerySet
from workflows.notices.models import PublicNoticeQuerySet
from workflows.shared.paper_models import PaperQuerySet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
# Who sees what is decided by these; beside each, addresses at which it shows.
FILTERS = {
    scope._roles_with_grant: ["organizations:person", "workflows:file", "workflows:matter"],
    scope._at_it: ["organizations:person"],
    scope._above_it: ["organizations:person"],
    RoleAssignmentQuerySet.valid_on: ["organizations:person", "organizations:people"],
    RoleAssignmentQuerySet.not_over_on: ["organizations:person", "organizations:terms"],
    PartyOrganizationQuerySet.visible_to: ["organizations:organization"],
    PersonQuerySet.visible_to: ["organizations:person"],
    OwnedQuerySet.visible_to: ["organizations:person"],
    AccountQuerySet.visible_to: [
        "organizations:account",
        "organizations:change_account",
        "organizations:reset_second_factor",
    ],
    assignments_seen: ["organizations:revoke"],
    has_role: [
        "organizations:describe",
        "organizations:remind_term",
        "organizations:terms",
        "organizations:calendar_day",
        "workflows:case_history",
    ],
    has_role_over_all: ["organizations:calendar_day", "organizations:imports", "organizations:closures"],
    candidates_helped_by: ["workflows:my_sheet"],
    CaseQuerySet.visible_to: ["workflows:matter", "workflows:document"],
    CaseQuerySet.with_history_for: ["workflows:case_history"],
    CaseQuerySet.about: ["workflows:my_case"],
    cases_about: ["workflows:my_case"],
    cases_helped: ["workflows:my_sheet", "workflows:my_form"],
    reviewers_see_files: ["workflows:file", "workflows:investigation"],
    held_by: ["workflows:seat", "workflows:seat_decide"],
    rows_of: ["approvals:open_read"],
    notices_of: ["notifications:notice"],
    LetterQuerySet.of_office: ["workflows:letter"],
    LetterQuerySet.to_department_of: ["workflows:letter"],
    MeetingQuerySet.visible_to: ["workflows:meeting"],
    PublicNoticeQuerySet.visible_to: ["workflows:public_notice"],
    investigation_queries.decides_challenges: ["workflows:investigation_challenge"],
    PaperQuerySet.visible_to: ["workflows:paper"],
    BatchRunQuerySet.visible_to: ["workflows:batch_run"],
    BatchItemQuerySet.visible_to: ["workflows:batch_run"],
}
# What the matrix cannot show, and the test that does, or why nothing changes without it.
ONE_TREE = "there is one tree, and whoever administers its root sees all of it"
NARROWER = "without it less is shown, not more"
SEARCH = "narrows a search, gives no right"
OWN_LETTER = "tests/approvals/test_letters.py: nobody handles a letter about himself"
STEPPED_BACK = "below: stepping back bars one person from one case"
BATCHES = "tests/batches/test_batches.py: a batch is closed to whoever sees none of its cases any more"
INBOX = "tests/approvals/test_inbox.py: a role that is over or a deleted grant empties the inbox"
SHOWN_ELSEWHERE = {
    "RoleAssignmentQuerySet.not_over_on: filter(NOT_EMPTY)": "a role without days holds on no day",
    "RoleAssignmentQuerySet.not_over_on: filter(account__is_active=True)": "tests/organizations/test_visibility.py",
    "AccountQuerySet.visible_to: & ~Exists(posts)": ONE_TREE,
    "AccountQuerySet.visible_to: ~Exists(roles.filter(organization__isnull=False)) &": ONE_TREE,
    "AccountQuerySet.visible_to: Q(placeless) &": ONE_TREE,
    "AccountQuerySet.visible_to: filter(organization__isnull=False)": NARROWER,
    "assignments_seen: Q(department__isnull=False) &": ONE_TREE,
    "assignments_seen: filter(Q(account__search_key__contains=word) | Q(account__username__icontains=word))": SEARCH,
    "assignments_seen: filter(role=role)": SEARCH,
    "assignments_seen: rows.valid_on(on)": SEARCH,
    "assignments_seen: filter(until_on__lte=on)": SEARCH,
    "assignments_seen: filter(from_on__gt=on)": SEARCH,
    "has_role_over_all: filter(scope='subtree')": "below: a role at the root alone",
    "CaseQuerySet.with_history_for: exclude(subject=account.person_id or 0)": "below: nobody audits his own case",
    "cases_about: filter(flow=FLOW)": "there is one flow as yet",
    "cases_helped: filter(flow=FLOW)": "there is one flow as yet",
    "cases_helped: filter(state=CaseState.OPEN)": "a closed case stands at no step",
    "reviewers_see_files: exclude(subject=account.person_id or 0)": "the person reads the own files anyway",
    "LetterQuerySet.of_office: filter(~Exists(LetterItem.objects.about(account)))": OWN_LETTER,
    "LetterQuerySet.to_department_of: filter(~Exists(LetterItem.objects.about(account)))": OWN_LETTER,
    "LetterQuerySet.to_department_of: filter(role=Role.DEPARTMENT_OFFICER)": "no other role is held at a department",
    "LetterQuerySet.to_department_of: RoleAssignment.objects.valid_on(on)": "below: an officer whose time is over",
    "BatchRunQuerySet.visible_to: filter(run__in=own)": NARROWER,
    "BatchRunQuerySet.visible_to: filter(pk__in=seen.values('run'))": BATCHES,
    "BatchItemQuerySet.visible_to: filter(pk__in=cases)": "only looks up fewer cases",
    "BatchItemQuerySet.visible_to: filter(case__in=list(seen.values_list('pk', flat=True)))": BATCHES,
    "decides_challenges: filter(investigation__stage=stage)": NARROWER,
    "held_by: filter(content_object=OuterRef('organization'))": "below: a grant elsewhere",
    "held_by: filter(~Exists(stepped_back))": STEPPED_BACK,
    "held_by: filter(case=OuterRef(OuterRef('stage__case')))": STEPPED_BACK,
    "held_by: filter(account=account.pk)": STEPPED_BACK,
    "held_by: filter(recused=True)": STEPPED_BACK,
    "rows_of: filter(user=account.pk)": INBOX,
    "rows_of: filter(content_object=OuterRef('seat__organization'))": INBOX,
    "rows_of: filter(begun)": INBOX,
    "rows_of: filter(not_over)": INBOX,
    "rows_of: filter(by_name_or_granted)": INBOX,
}


def probes_at(addresses):
    listed = [probe for name, something in names() if name in addresses for probe in probes_of(name, something)]
    return [probe for probe in listed if probe.method not in NEVER_SPOKEN]


def turns_red(world, addresses) -> bool:
    """Say whether somebody gets what the table does not say."""
    probes = probes_at(addresses)
    return any(wrong(world, who, probes) for who in reversed(ASKERS.split()))


def unseen(function, shown_elsewhere, noticed: Callable[[], object]) -> list[str]:
    """Take out one condition after the other and list those nobody missed."""
    left, tried = [], 0
    for what, code in without_one(function):
        named = f"{function.__qualname__}: {what}"
        if named in shown_elsewhere:
            continue
        tried += 1
        with replaced(function, code):
            left += [] if noticed() else [named]
    print(f"\n{function.__qualname__}: {tried} conditions taken out, {tried - len(left)} noticed")
    return left


def unseen_in_the_matrix(world, function) -> list[str]:
    return unseen(function, SHOWN_ELSEWHERE, lambda: turns_red(world, FILTERS[function]))


def test_without_any_condition_of_the_scope_the_matrix_is_red(world):
    assert unseen_in_the_matrix(world, scope._roles_with_grant) == []


@pytest.mark.prove
@pytest.mark.parametrize("function", FILTERS, ids=lambda function: function.__qualname__)
def test_without_any_single_filter_the_matrix_is_red(world, function):
    assert unseen_in_the_matrix(world, function) == []


@pytest.fixture
def listed(world):
    """Give everybody who asks for lists."""
    return {who: account for who, account in world.people.items() if account} | misplaced(world)


@pytest.mark.parametrize("function", LISTS, ids=lambda function: function.__qualname__)
def test_everybody_finds_in_a_list_what_the_table_says_and_needs_each_filter(world, listed, function):
    assert differing(world, function, listed) == []
    assert unseen(function, NOT_IN_A_LIST, lambda: differing(world, function, listed)) == []


def test_every_condition_that_no_list_shows_exists():
    known = {f"{function.__qualname__}: {what}" for function in LISTS for what, _ in without_one(function)}
    assert sorted(set(NOT_IN_A_LIST) - known) == []


def test_every_condition_that_is_shown_elsewhere_exists():
    known = {f"{function.__qualname__}: {what}" for function in FILTERS for what, _ in without_one(function)}
    assert sorted(set(SHOWN_ELSEWHERE) - known) == []


@pytest.mark.prove
def test_with_all_filters_the_same_addresses_are_green(world):
    assert not turns_red(world, {name for addresses in FILTERS.values() for name in addresses})


def test_a_role_at_the_root_alone_is_none_over_all(world):
    alone = make.account("只管本级")
    make.assign(alone, "system_administrator", world.cast.province, scope="self")
    assert has_role(alone, ["system_administrator"], on=make.TODAY)
    assert not has_role_over_all(alone, ["system_administrator"], on=make.TODAY)


def test_nobody_audits_his_own_case(world):
    case = world.here.checking
    make.assign(case.subject.account, "auditor", world.cast.province)
    seen = Case.objects.with_history_for(case.subject.account, on=make.TODAY)
    assert (seen.filter(pk=case.pk).exists(), seen.filter(pk=world.here.done.pk).exists()) == (False, True)


def test_a_grant_elsewhere_entitles_to_nothing_here(world):
    misplaced = make.reviewer("错位", "organizer", world.cast.county)
    make.assign(misplaced, "liaison", world.cast.city)
    seat = world.here.seat("checking")
    assert entitled(seat, misplaced, at=make.NOW)
    misplaced.organizationgrant_set.filter(content_object=world.cast.county).delete()
    assert not entitled(seat, misplaced, at=make.NOW)


def test_stepping_back_bars_one_person_from_one_case(world):
    seat, other = world.here.seat("checking"), world.here.seat("filling")
    lin, colleague = (make.reviewer(name, "organizer", seat.organization) for name in ("退一步", "不退"))
    steps_back = {"account": lin, "recused": True, "at": make.NOW}
    Recusal.objects.create(case=other.stage.case, seat=other, **steps_back)
    Recusal.objects.create(case=seat.stage.case, seat=seat, **steps_back | {"account": colleague})
    Recusal.objects.create(case=seat.stage.case, seat=seat, **steps_back | {"recused": False})
    assert (entitled(seat, lin, at=make.NOW), entitled(seat, colleague, at=make.NOW)) == (True, False)
    Recusal.objects.create(case=seat.stage.case, seat=seat, **steps_back)
    assert not entitled(seat, lin, at=make.NOW)


def test_a_department_officer_whose_time_is_over_reads_no_letter(world):
    letters, officer = Letter.objects.filter(pk=world.here.asked.letter.pk), world.people["department_officer"]
    assert letters.visible_to(officer, on=make.TODAY).exists()
    officer.assignments.update(until_on=make.TODAY)
    assert not letters.visible_to(officer, on=make.TODAY).exists()
