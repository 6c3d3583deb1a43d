"""Every list asks the database as often for 300 rows as for one."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.models import Case, Policy
from notifications.models import Notice, Outbox
from organizations.models import Account, LedgerImport
from tests import factories as make
from tests.cases import case_at
from tests.elections import election_at
from tests.factories import NOW
from tests.query_counts.copies import branches_under, cases_like, copy_of, members_of, to_read_like
from tests.shared.kept import scan
from workflows.appointment_review.election_models import ElectionNominee
from workflows.appointment_review.models import Material

pytestmark = pytest.mark.usefixtures("policy")


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def statements(client, address: str) -> list[str]:
    """List what one request asks the database; the session was opened by a request before it."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    return [query["sql"] for query in asked]


def deliveries(cast, times: int) -> None:
    for number in range(times):
        Outbox.objects.create(
            key=f"letter-{Outbox.objects.count()}-{number}", channel="email", kind="seat_opened", recipient=cast.lin,
            state="failed", not_before=NOW, created_at=NOW, last_error="refused",
        )  # fmt: skip


def notices(cast, times: int) -> None:
    one = Notice.objects.filter(recipient=cast.lin).first()
    for number in range(times):
        copy_of(one, key=f"copy-{Notice.objects.count()}-{number}")


def holders(cast, times: int) -> None:
    first = Account.objects.count()
    names = {f"guide{number}": f"组织员{number}" for number in range(first, first + times)}
    made = make.accounts(names, activated_at=None).values()
    make.roles((account, "guide", cast.branch) for account in made)


def imports(cast, times: int) -> None:
    for _ in range(times):
        LedgerImport.objects.create(
            name="台账.xlsx", sha256="0" * 64, state="written", started_by=cast.xu, started_at=NOW
        )


def policies(cast, times: int) -> None:
    held = Policy.objects.get(version=1)
    for _ in range(times):
        copy_of(held, version=100 + Policy.objects.count())


def materials(cast, times: int) -> None:
    case = cast.case
    file = scan(cast.shen, person=cast.shen_person)
    first = Material.objects.filter(case=case).count()
    for number in range(times):
        Material.objects.create(
            case=case, kind="other", version=first + number + 1, file=file, uploaded_by=cast.shen, uploaded_at=NOW
        )


def closed_about_shen(cast, times: int) -> None:
    cases_like(cast.case, times)
    earlier = {"state": "withdrawn", "opened_at": NOW - timedelta(days=900), "closed_at": NOW - timedelta(days=800)}
    Case.objects.exclude(pk=cast.case.pk).update(subject=cast.shen_person, **earlier)


LISTS = {
    "/inbox/": ("zhou", lambda cast, times: cases_like(cast.case, times)),
    "/inbox/read/": ("zhou", lambda cast, times: to_read_like(cast.case, cast.zhou, times)),
    "/inbox/done/": ("lin", lambda cast, times: cases_like(cast.case, times)),
    "/inbox/started/": ("lin", lambda cast, times: cases_like(cast.case, times)),
    "/matters/": ("lin", lambda cast, times: cases_like(cast.case, times)),
    "/cases/": ("jian", lambda cast, times: cases_like(cast.case, times)),
    "/search/?q=同名": ("zhou", lambda cast, times: cases_like(cast.case, times)),
    "/my/": ("shen", closed_about_shen),
    "/my/materials/": ("shen", materials),
    "/people/": ("lin", lambda cast, times: members_of(cast.branch, times)),
    "/organizations/": ("xu", lambda cast, times: branches_under(cast.county, times)),
    "/terms/?which=all": ("lin", lambda cast, times: branches_under(cast.county, times)),
    "/access/": ("xu", holders),
    "/accounts-admin/": ("xu", holders),
    "/grants/": ("an", holders),
    "/notices/": ("lin", notices),
    "/deliveries/": ("xu", deliveries),
    "/import/": ("xu", imports),
    "/policies/": ("an", policies),
}


@pytest.fixture
def deciding(cast):
    """Give the cast with a case that waits at the authority."""
    cast.case = case_at(cast, "province")
    return cast


@pytest.mark.parametrize("address", LISTS)
def test_a_list_asks_as_often_for_300_rows_as_for_one(address, deciding, client):
    who, more = LISTS[address]
    client.force_login(getattr(deciding, who))
    more(deciding, 1)
    one = statements(client, address)
    more(deciding, 2)
    three = statements(client, address)
    more(deciding, 297)
    many = statements(client, address)
    assert (len(three), len(many)) == (len(one), len(one)), "\n".join(many)


def test_a_page_of_the_inbox_and_its_exact_count_take_at_most_six_statements(deciding, client):
    """Count what the inbox itself reads: rows, counts, cases and what stands beside them.

    Who is signed in, their roles and the bell of the top bar stand on every page and are not counted here.
    """
    client.force_login(deciding.zhou)
    cases_like(deciding.case, 120)
    asked = statements(client, "/inbox/")
    own = [sql for sql in asked if "approvals_" in sql or "viewflow_" in sql or "workflows_" in sql]
    assert len(own) <= 6, "\n".join(own)
    assert "121" in client.get("/inbox/").content.decode()
    print(f"\nthe inbox: {len(own)} statements of its own, {len(asked)} with the whole page")


def test_an_election_asks_as_often_for_many_people_as_for_one(client, cast, election_policies):
    own, _lines = election_at(cast, "nomination", people=[("secretary", "沈若溪")])
    address = f"/matters/{own.matter.number}/election/"
    client.force_login(cast.chen)
    few = len(statements(client, address))
    plan = own.election
    for number in range(30):
        person = make.person(f"甲{number}")
        ElectionNominee.objects.create(
            plan=plan, person=person, title="member", named_by=cast.chen, named_at=NOW, standing="pending"
        )
    assert len(statements(client, address)) == few
