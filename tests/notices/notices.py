"""Cases brought to their notice by the real verbs, and what is handed in about them."""

from datetime import datetime, timedelta

from approvals.models import Case
from organizations.models import Account
from tests.appointment_review.candidate import fill_in, hand_over_files
from tests.cases import fresh, full_policy_document, new_case, publish, say
from tests.cast import Cast
from tests.factories import NOW
from workflows.appointment_review.actions.forms import hand_in
from workflows.appointment_review.form_fields import CONSENT_TEXT
from workflows.appointment_review.notice_texts import facts_of_case
from workflows.notices.actions.objecting import Said, object_to
from workflows.notices.actions.publishing import put_up
from workflows.notices.models import Objection, PublicNotice
from workflows.notices.rules import new_code

# 23 November 2026 is a Monday: five full working days end on Monday the 30th.
AFTER = NOW + timedelta(days=8)
CONTACT = "南岭省社会组织综合党委，020-55500100"
TEXT = "公示期间反映情况鹭六零一：三月在茶室收受礼品。"


def notice_policy(mode: str = "unlisted", **numbers: int) -> dict:
    """Give the default policy with notices, but without letters, investigation and deliberation."""
    document = full_policy_document()
    for step in document["steps"]:
        if step["step"] in ("letters", "investigation", "deliberation"):
            step["tracks"] = []
    document["choices"]["notice_mode"] = mode
    document["parameters"] |= numbers
    return document


def case_at_publication(cast: Cast, *, person=None, organization=None, at: datetime = NOW, form: bool = False) -> Case:
    """Bring an assignment under the general branch to the step at which the notice is put up."""
    case = new_case(cast, person=person, organization=organization, at=at)
    account = case.subject.account
    if form:
        fill_in(case, account, at=at)
        hand_over_files(case, account, at=at)
        hand_in(case_pk=case.pk, by=account, at=at, key=f"in-{case.pk}", consent_text=CONSENT_TEXT)
    else:
        say(case, account, "hand_in", at=at)
    for who in (cast.lin, cast.lin, cast.gao, cast.lin, cast.zhou):
        say(case, who, "agree", at=at)
    return fresh(case)


def put_up_for(cast: Cast, *cases: Case, mode: str = "unlisted", days: int = 5, at: datetime = NOW) -> PublicNotice:
    """Put up one notice for cases."""
    people = [(case.pk, facts_of_case(fresh(case))) for case in cases]
    key = f"notice-{PublicNotice.objects.count()}"
    return put_up(people=people, mode=mode, working_days=days, contact=CONTACT, by=cast.han, at=at, key=key)


def on_notice(cast: Cast, *, mode: str = "unlisted", form: bool = False, at: datetime = NOW) -> Case:
    """Publish the policy and bring Shen's case on a notice."""
    publish(notice_policy(mode), by=cast.an)
    case = case_at_publication(cast, form=form, at=at)
    put_up_for(cast, case, mode=mode, at=at)
    return fresh(case)


def objected(case: Case, *, text: str = TEXT, at: datetime = NOW, **said: object) -> tuple[Objection, str]:
    """Hand an objection in; gives it with its code."""
    code, known = new_code(), set(Objection.objects.values_list("pk", flat=True))
    object_to(person=case.noticed.latest("pk"), said=Said(text=text, **said), code=code, at=at)
    return Objection.objects.exclude(pk__in=known).get(), code


def cleared(case: Case, by: Account, *, at: datetime = AFTER):
    """Say that nothing stands in the way."""
    return say(case, by, "clear", at=at)
