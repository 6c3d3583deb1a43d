"""One cast for every test: Lin drafts, Zhou signs, Wu holds the same post elsewhere and sees nothing.

The tree::

    province        may approve
    ├── county      no approval power: checks and forwards
    │   └── general_branch
    │       └── branch            Shen is to become its secretary
    ├── province_branch           reports straight to the province
    └── city        may approve: elsewhere
        └── city_branch
"""

from dataclasses import dataclass

import pytest

from organizations.enums import Level, OrganizationKind, Role
from organizations.models import Account, Department, PartyOrganization, Person
from tests import factories as make


@dataclass
class Cast:
    """Who exists in most stories.

    Attributes:
        province, county, general_branch, branch, province_branch, city, city_branch: The tree above.
        lin: Organizer of the county.
        feng: Approver of the county, which forwards only.
        gao: Secretary of the general branch, who checks and forwards.
        chen: Liaison officer of the branch.
        han: Organizer of the province.
        zhou, qian: Approvers of the province.
        shi: Discipline officer of the province.
        wu: Approver of the city, elsewhere.
        mei: Organizer of the city, elsewhere.
        deng: Officer of the police department that answers letters.
        shen, shen_person: The candidate and what the ledger knows of her.
        ma, ma_person: A serving secretary elsewhere, in the city branch.
        he: A colleague without any role.
        xu, an, jian: System administrator, security administrator, auditor, all at the province.
    """

    province: PartyOrganization
    county: PartyOrganization
    general_branch: PartyOrganization
    branch: PartyOrganization
    province_branch: PartyOrganization
    city: PartyOrganization
    city_branch: PartyOrganization
    police: Department
    lin: Account
    feng: Account
    gao: Account
    chen: Account
    han: Account
    zhou: Account
    qian: Account
    shi: Account
    wu: Account
    mei: Account
    deng: Account
    shen: Account
    shen_person: Person
    ma: Account
    ma_person: Person
    he: Account
    xu: Account
    an: Account
    jian: Account


def tree() -> dict[str, PartyOrganization]:
    """Make the Party tree of the stories."""
    province = make.organization(
        "南岭省社会组织综合党委",
        kind=OrganizationKind.COMPREHENSIVE_COMMITTEE,
        level=Level.PROVINCE,
        can_approve=True,
        phone="020-55500100",
    )
    county = make.organization("海珠湾区社会组织党委", under=province, kind=OrganizationKind.SOCIAL_COMMITTEE)
    general = make.organization("海珠湾区志愿服务联合会党总支", under=county, kind=OrganizationKind.GENERAL_BRANCH)
    city = make.organization(
        "云州市社会组织党委", under=province, kind=OrganizationKind.SOCIAL_COMMITTEE, level=Level.CITY, can_approve=True
    )
    return {
        "province": province,
        "county": county,
        "general_branch": general,
        "branch": make.organization("海珠湾晨光社工服务中心党支部", under=general),
        "province_branch": make.organization("南岭省茶业协会党支部", under=province, level=Level.PROVINCE),
        "city": city,
        "city_branch": make.organization("云州市象棋协会党支部", under=city, level=Level.CITY),
    }


def build_cast() -> Cast:
    """Make the tree, the people and their roles."""
    places = tree()
    police = make.department()
    shen_person, ma_person = make.person("沈若溪"), make.person("马启文")
    make.post(ma_person, places["city_branch"])
    people = make.accounts({
        "lin": "林秋", "feng": "冯立", "gao": "高远", "chen": "陈默", "han": "韩启明", "zhou": "周正", "qian": "钱一帆",
        "shi": "石坚", "wu": "吴悠", "mei": "梅岭", "deng": "邓平川", "he": "何苗", "xu": "徐行", "an": "安宁",
        "jian": "简明",
    })  # fmt: skip
    make.roles(
        (people[name], role, police if place == "police" else places[place])
        for name, role, place in [
            ("lin", Role.ORGANIZER, "county"),
            ("feng", Role.APPROVER, "county"),
            ("gao", Role.GENERAL_BRANCH_SECRETARY, "general_branch"),
            ("chen", Role.LIAISON, "branch"),
            ("han", Role.ORGANIZER, "province"),
            ("zhou", Role.APPROVER, "province"),
            ("qian", Role.APPROVER, "province"),
            ("shi", Role.DISCIPLINE_OFFICER, "province"),
            ("wu", Role.APPROVER, "city"),
            ("mei", Role.ORGANIZER, "city"),
            ("deng", Role.DEPARTMENT_OFFICER, "police"),
            ("xu", Role.SYSTEM_ADMINISTRATOR, "province"),
            ("an", Role.SECURITY_ADMINISTRATOR, "province"),
            ("jian", Role.AUDITOR, "province"),
        ]
    )
    return Cast(
        police=police,
        shen_person=shen_person,
        shen=make.account("沈若溪", username="shen", person=shen_person),
        ma_person=ma_person,
        ma=make.account("马启文", username="ma", person=ma_person),
        **places,
        **people,
    )


@pytest.fixture
def cast(db: None) -> Cast:
    """Give the cast of the stories."""
    return build_cast()
