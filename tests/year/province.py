"""The province of a generated year: a committee that decides, counties that forward, branches that elect."""

from dataclasses import dataclass
from datetime import date
from random import Random

import yaml
from stdnum.cn.ric import calc_check_digit

from approvals.actions.policies import publish_policy
from organizations.enums import Level, OrganizationKind, Role
from organizations.models import Account, Department, PartyOrganization, Person
from tests import factories as make
from tests.cases import full_policy_document, publish
from tests.elections import ELECTION_POLICY
from workflows.appointment_review.matter_flow import ElectionFlow

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "若溪怀远明川清和静舒启山望秋以宁知白景行思齐云舟南乔"
BRANCHES_A_COUNTY = 15


@dataclass
class County:
    """A body that checks and forwards, with the branches below it.

    Attributes:
        body: The county's committee.
        organizer: Who opens elections, checks and forwards there.
        branches: The branches, each with a secretary in office and a liaison officer.
    """

    body: PartyOrganization
    organizer: Account
    branches: list[PartyOrganization]


@dataclass
class Province:
    """Who exists in the year.

    Attributes:
        body: The province's committee, which decides.
        recorder, chair: Who keeps and who confirms the record of its meetings.
        second: Another organizer, who confirms what the first one typed in.
        discipline: Who watches over notices.
        investigators: Members of the committee who go in twos.
        departments: Whom letters go to; the last one answers on paper.
        officers: Who answers for each department, in the same order.
        counties: The counties.
        old: The secretaries in office, by key of the branch.
    """

    body: PartyOrganization
    recorder: Account
    chair: Account
    second: Account
    discipline: Account
    investigators: list[Account]
    departments: list[Department]
    officers: list[Account]
    counties: list[County]
    old: dict[int, Person]

    @property
    def branches(self) -> list[PartyOrganization]:
        """List all branches."""
        return [branch for county in self.counties for branch in county.branches]


class People:
    """Draws people who never repeat."""

    def __init__(self, rng: Random) -> None:
        self.rng, self.drawn = rng, 0

    def name(self) -> str:
        """Draw a name; the number behind it is in its last two characters, so that no two are equal."""
        self.drawn += 1
        size = len(GIVEN)
        return SURNAMES[self.rng.randrange(len(SURNAMES))] + "".join(
            GIVEN[self.drawn // power % size] for power in (size * size, size, 1)
        )

    def identity_number(self) -> str:
        """Make the number of a woman born on the day that the prepared form says, of a county that never was."""
        number = self.drawn
        head = f"4499{number // 500 + 1:02d}19850309{number % 500 * 2:03d}"
        return head + calc_check_digit(head + "0")

    def person(self) -> tuple[Person, str]:
        """Enter somebody; gives the person with the identity number."""
        name = self.name()
        number = self.identity_number()
        return make.person(name, number=number), number


def build(branches: int, people: People) -> Province:
    """Make a province with its policies in force since the beginning of the year."""
    body = make.organization(
        "南岭省社会组织综合党委", kind=OrganizationKind.COMPREHENSIVE_COMMITTEE, level=Level.PROVINCE,
        can_approve=True, phone="020-55500100",
    )  # fmt: skip
    staff = {
        role: make.reviewer(name, role, body)
        for role, name in (
            (Role.APPROVER, "周正"), (Role.DISCIPLINE_OFFICER, "石坚"), (Role.COMMITTEE_SECRETARY, "闻人岳"),
        )
    }  # fmt: skip
    security = make.reviewer("安宁", Role.SECURITY_ADMINISTRATOR, body)
    departments = [
        make.department("南岭省公安厅", level=Level.PROVINCE),
        make.department("南岭省税务局", level=Level.PROVINCE),
        make.department("南岭省信用中心", level=Level.PROVINCE, channel="paper"),
    ]
    province = Province(
        body=body,
        recorder=make.reviewer("韩启明", Role.ORGANIZER, body),
        chair=staff[Role.COMMITTEE_SECRETARY],
        second=make.reviewer("韦一诺", Role.ORGANIZER, body),
        discipline=staff[Role.DISCIPLINE_OFFICER],
        investigators=[make.reviewer(name, Role.COMMITTEE_MEMBER, body) for name in ("陶立", "柏松", "严华", "葛平")],
        departments=departments,
        officers=[
            make.reviewer(f"答复员{place}", Role.DEPARTMENT_OFFICER, one) for place, one in enumerate(departments)
        ],
        counties=[],
        old={},
    )
    while branches > 0:
        province.counties.append(_county(province, min(branches, BRANCHES_A_COUNTY), people))
        branches -= BRANCHES_A_COUNTY
    _publish(security)
    return province


def _county(province: Province, size: int, people: People) -> County:
    place = len(province.counties) + 1
    body = make.organization(f"第{place}区社会组织党委", under=province.body, kind=OrganizationKind.SOCIAL_COMMITTEE)
    made = [make.organization(f"第{place}区第{number}社工站党支部", under=body) for number in range(1, size + 1)]
    given = [(make.account(f"联络员{place}-{number}"), Role.LIAISON, branch) for number, branch in enumerate(made)]
    organizer = make.account(f"第{place}区组织员")
    make.roles([*given, (organizer, Role.ORGANIZER, body)])
    for branch in made:
        person, _number = people.person()
        province.old[branch.pk] = person
        make.post(person, branch, due_on=date(2026, 12, 1))
    return County(body, organizer, made)


def _publish(by: Account) -> None:
    publish(full_policy_document(), by=by)
    publish_policy(
        document=yaml.safe_load(ELECTION_POLICY.read_text()), flow=ElectionFlow, organization=None,
        valid_from=date(2026, 1, 1), by=by, at=make.NOW,
    )  # fmt: skip
