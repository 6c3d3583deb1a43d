"""Posts and terms, people and their numbers, helpers, moves."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.models import Entry
from notifications.models import Notice
from organizations import actions
from organizations.actions.helpers import (
    HelperIsYourself,
    HelperNamedAlready,
    HelperNotFound,
    NotACandidate,
    TooManyHelpers,
)
from organizations.actions.people import IdentityNumberWrong, NameWrong, OtherPersonWithNumber
from organizations.actions.posts import ExtensionTooLong, NothingToExtend, PostEndsBeforeStart, PostOver, PostTaken
from organizations.actions.shared import NotYourDuty, ReasonMissing
from organizations.actions.tree import AlreadyThere, MoveBelowItself
from organizations.enums import ObligationKind, PostSource, Title
from organizations.models import Helper, Obligation, OrganizationMove, PartyOrganization, Person, Post
from organizations.queries import candidates_helped_by
from tests import factories as make

DAY = date(2026, 11, 23)
NUMBER = "110101199003078515"


@pytest.fixture
def record(cast, at):
    """Record Shen as assigned secretary of the branch, with what differs."""

    def record_it(**facts):
        usual = {"person": cast.shen_person, "organization": cast.branch, "title": Title.SECRETARY}
        usual |= {"source": PostSource.ASSIGNED, "started_on": DAY, "due_on": date(2029, 11, 23)}
        return actions.record_post(**{**usual, **facts}, by=cast.zhou, at=at)

    return record_it


def held(organization):
    rows = Post.objects.filter(organization=organization).order_by("started_on", "pk")
    return [(post.person.name, post.source, post.ended_on, post.end) for post in rows]


def test_a_first_secretary_is_marked_as_new_and_the_next_term_is_not(cast, record):
    assert record().is_first
    assert not record(started_on=date(2029, 11, 23), due_on=None).is_first
    assert held(cast.branch) == [
        ("沈若溪", "assigned", date(2029, 11, 23), "term_over"),
        ("沈若溪", "assigned", None, ""),
    ]


def test_a_new_secretary_follows_the_one_before_and_whoever_acted(cast, record, at):
    acting = make.person("代理人")
    record(person=acting, source=PostSource.ACTING)
    record(started_on=date(2026, 12, 1))
    assert held(cast.branch) == [
        ("代理人", "acting", date(2026, 12, 1), "succeeded"),
        ("沈若溪", "assigned", None, ""),
    ]
    with pytest.raises(PostTaken):
        record(person=acting, source=PostSource.ACTING)


def test_the_database_keeps_one_secretary_at_a_time(cast, record):
    record()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.post(make.person("另一人"), cast.branch)


def test_the_record_of_a_post_names_the_person_under_the_persons_key_only(cast, record):
    record()
    entry = Entry.objects.get(stream="ledger", verb="post.recorded")
    assert "沈若溪" not in entry.body
    assert '"name"' in entry.body


def test_a_post_ends_once_and_not_before_its_start(cast, record, at):
    post = record()
    with pytest.raises(PostEndsBeforeStart):
        actions.end_post(post=post, end="removed", on=date(2026, 11, 22), by=cast.zhou, at=at)
    actions.end_post(post=post, end="removed", on=date(2026, 12, 1), by=cast.zhou, at=at)
    with pytest.raises(PostOver):
        actions.end_post(post=post, end="resigned", on=date(2026, 12, 1), by=cast.zhou, at=at)
    assert held(cast.branch) == [("沈若溪", "assigned", date(2026, 12, 1), "removed")]


def test_a_term_is_extended_by_a_year_in_all_and_no_day_more(cast, record, at):
    post = record()

    def extend(until_on):
        return actions.extend_term(
            post=post, until_on=until_on, reason="班子未配齐", document_number="南社党〔2029〕3号",
            by=cast.zhou, at=at, approved_on=DAY,
        )  # fmt: skip

    with pytest.raises(ExtensionTooLong):
        extend(date(2030, 11, 24))
    with pytest.raises(NothingToExtend):
        extend(date(2029, 11, 23))
    extend(date(2030, 5, 23))
    with pytest.raises(ExtensionTooLong):
        extend(date(2030, 11, 24))
    extend(date(2030, 11, 23))
    assert Post.objects.get(pk=post.pk).due_on == date(2030, 11, 23)
    assert list(post.extensions.values_list("was_due_on", "until_on")) == [
        (date(2029, 11, 23), date(2030, 5, 23)),
        (date(2030, 5, 23), date(2030, 11, 23)),
    ]


def test_a_term_that_ends_on_a_leap_day_extends_to_the_28th(cast, record, at):
    post = record(started_on=date(2025, 3, 1), due_on=date(2028, 2, 29))
    made = actions.extend_term(
        post=post, until_on=date(2029, 2, 28), reason="疫情", document_number="1", by=None, at=at, approved_on=DAY
    )
    assert made.until_on == date(2029, 2, 28)


def test_an_obligation_is_opened_once_per_case_and_met_once(cast, at):
    facts = {"person": cast.shen_person, "organization": cast.branch, "kind": ObligationKind.TALK}
    facts |= {"due_on": date(2026, 12, 23), "opened_on": DAY, "case_number": "A1", "by": cast.zhou, "at": at}
    first, second = actions.open_obligation(**facts), actions.open_obligation(**facts)
    assert first == second
    assert actions.close_obligation(obligation=first, on=DAY, by=cast.zhou, at=at)
    assert not actions.close_obligation(obligation=first, on=DAY, by=cast.zhou, at=at)
    assert list(Obligation.objects.values_list("done_on", flat=True)) == [DAY]
    assert list(Entry.objects.filter(stream="ledger").values_list("verb", flat=True)) == [
        "obligation.opened", "obligation.met",
    ]  # fmt: skip


def test_a_person_is_entered_once_and_the_number_is_nowhere_in_clear(cast, at):
    made = actions.register_person(name="高 爱 民", identity_number=NUMBER, by=cast.lin, at=at)
    again = actions.register_person(name="高爱民", identity_number=NUMBER.lower(), by=cast.lin, at=at)
    assert made == again
    assert (made.name, made.identity_mask, str(made.born_on), made.sex) == (
        "高爱民", "1****************5", "1990-03-07", "male",
    )  # fmt: skip
    assert NUMBER not in str(Person.objects.filter(pk=made.pk).values().get())
    assert all(NUMBER not in entry.body for entry in Entry.objects.all())


@pytest.mark.parametrize(
    ("name", "number", "refusal"),
    [("高爱民", "110101199003078516", IdentityNumberWrong), ("G. Aimin", NUMBER, NameWrong)],
)
def test_a_wrong_number_or_name_is_refused(cast, at, name, number, refusal):
    with pytest.raises(refusal):
        actions.register_person(name=name, identity_number=number, by=cast.lin, at=at)


def test_a_number_known_under_another_name_is_refused(cast, at):
    make.person("高爱民", number=NUMBER)
    with pytest.raises(OtherPersonWithNumber):
        actions.register_person(name="高援朝", identity_number=NUMBER, by=cast.lin, at=at)


def test_a_number_is_shown_for_a_reason_and_the_auditor_is_told(cast, at):
    person = make.person("高爱民", number=NUMBER)
    make.post(person, cast.branch)
    assert actions.reveal_identity(person=person, by=cast.lin, at=at, reason="核对任职表") == NUMBER
    entry = Entry.objects.get(stream="unmask")
    assert (entry.verb, entry.actor_name, entry.subject) == ("identity.revealed", "林秋", f"person:{person.pk}")
    assert list(Notice.objects.values_list("recipient__username", "kind")) == [("jian", "unmask_notice")]


@pytest.mark.parametrize("who", ["mei", "zhou", "chen", "xu", "jian", "he"])
def test_who_does_not_see_the_person_or_has_no_such_duty_sees_no_number(cast, at, who):
    person = make.person("高爱民", number=NUMBER)
    make.post(person, cast.branch)
    with pytest.raises(NotYourDuty):
        actions.reveal_identity(person=person, by=getattr(cast, who), at=at, reason="看看")
    assert not Entry.objects.filter(stream="unmask").exists()


def test_without_a_reason_no_number_is_shown(cast, at):
    make.post(cast.shen_person, cast.branch)
    with pytest.raises(ReasonMissing):
        actions.reveal_identity(person=cast.shen_person, by=cast.lin, at=at, reason=" ")


def test_a_candidate_names_helpers_and_ends_them(cast, at):
    made = actions.add_helper(candidate=cast.shen, login="he@example.com", at=at)
    assert list(candidates_helped_by(cast.he)) == [cast.shen]
    with pytest.raises(HelperNamedAlready):
        actions.add_helper(candidate=cast.shen, login="he", at=at)
    with pytest.raises(HelperNotFound):
        actions.end_helper(helper=made, by=cast.lin, at=at)
    actions.end_helper(helper=made, by=cast.he, at=at)
    assert list(candidates_helped_by(cast.he)) == []
    actions.add_helper(candidate=cast.shen, login="he", at=at)


@pytest.mark.parametrize(
    ("who", "login", "refusal"),
    [
        ("shen", "nobody", HelperNotFound),
        ("shen", "", HelperNotFound),
        ("shen", "shen", HelperIsYourself),
        ("lin", "he", NotACandidate),
    ],
)
def test_a_helper_has_to_be_another_known_person(cast, at, who, login, refusal):
    with pytest.raises(refusal):
        actions.add_helper(candidate=getattr(cast, who), login=login, at=at)


def test_at_most_three_people_help_at_a_time(cast, at):
    for login in ("he", "gao", "chen"):
        actions.add_helper(candidate=cast.shen, login=login, at=at)
    with pytest.raises(TooManyHelpers):
        actions.add_helper(candidate=cast.shen, login="feng", at=at)
    assert Helper.objects.count() == 3


def test_a_move_takes_everything_below_along_and_leaves_a_row(cast, at):
    actions.move_organization(organization=cast.general_branch, to=cast.city, by=cast.xu, at=at, reason="调整隶属关系")
    assert PartyOrganization.objects.get(pk=cast.branch.pk).path.startswith(
        PartyOrganization.objects.get(pk=cast.city.pk).path
    )
    row = OrganizationMove.objects.get()
    assert (row.from_code, row.to_code, row.moved_on, row.moved_by) == (cast.county.code, cast.city.code, DAY, cast.xu)
    assert list(PartyOrganization.objects.visible_to(cast.lin, on=DAY)) == [cast.county]
    assert cast.branch in PartyOrganization.objects.visible_to(cast.wu, on=DAY)


@pytest.mark.parametrize("who", ["lin", "an", "jian", "zhou"])
def test_only_the_system_administrator_moves_organizations(cast, at, who):
    with pytest.raises(NotYourDuty):
        actions.move_organization(
            organization=cast.branch, to=cast.city, by=getattr(cast, who), at=at, reason="调整隶属关系"
        )


def test_a_move_below_itself_or_to_where_it_is_is_refused(cast, at):
    with pytest.raises(MoveBelowItself):
        actions.move_organization(organization=cast.county, to=cast.branch, by=cast.xu, at=at, reason="误")
    with pytest.raises(AlreadyThere):
        actions.move_organization(organization=cast.branch, to=cast.general_branch, by=cast.xu, at=at, reason="误")


def test_the_go_live_day_is_set_by_the_system_administrator(cast, at):
    actions.set_go_live(organization=cast.county, on=date(2027, 1, 1), by=cast.xu, at=at)
    assert PartyOrganization.objects.get(pk=cast.county.pk).go_live_on == date(2027, 1, 1)
    with pytest.raises(NotYourDuty):
        actions.set_go_live(organization=cast.county, on=None, by=cast.lin, at=at)
