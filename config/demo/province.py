"""The province itself: the ledger, the office's letterheads, the policy, the day it went live."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from approvals.actions.policies import document_of, publish_policy
from config.demo.stories import ELECTED
from organizations.actions import set_go_live
from organizations.enums import BRANCH_KINDS, COMMITTEE_KINDS, OrganizationKind, Role
from organizations.ledger.service import import_ledger
from organizations.models import PartyOrganization, RoleAssignment
from workflows.appointment_review.flow import AppointmentReviewFlow
from workflows.appointment_review.setup import ensure_default_policies

SAMPLE = Path("..") / "shared" / "data" / "ledger-sample.xlsx"
OWN = Path("docs") / "samples" / "ledger-small.xlsx"
HELP_NUMBER = "0000-5550132"
LIVE_SINCE_DAYS = 30
SHORT_TITLE = "任前考察审批策略（审批段）"
LOOKS_INTO = {"letters", "investigation", "deliberation", "publication", "notice"}
FEWEST_BRANCHES = 4
PLACES = {
    "南岭省": "南",
    "云州市": "云",
    "鹏城市": "鹏",
    "海珠湾市": "海",
    "禅城市": "禅",
    "惠阳市": "惠",
    "莞城市": "莞",
}
TRADES = {"食品医药": "食药", "环境保护": "环保", "家具建材": "建材", "教育培训": "教培", "律师公证": "律公",
          "注册会计师": "会", "物流快递": "物流", "信息技术": "信", "养老服务": "养老"}  # fmt: skip
BODIES = {
    OrganizationKind.SOCIAL_WORK_DEPARTMENT: "社工",
    OrganizationKind.SOCIAL_COMMITTEE: "社党",
    OrganizationKind.COMPREHENSIVE_COMMITTEE: "综党",
    OrganizationKind.JOINT_COMMITTEE: "联党",
}


@dataclass(frozen=True)
class Places:
    """Where the stories play.

    Attributes:
        province: The province's committee.
        city: A committee with approval power.
        county: A committee under it that checks and forwards.
        general: A general branch under the county.
    """

    province: PartyOrganization
    city: PartyOrganization
    county: PartyOrganization
    general: PartyOrganization

    def branches(self, place: str) -> list[PartyOrganization]:
        """List the branches that report to one of the places."""
        superior = getattr(self, place)
        below = PartyOrganization.objects.filter(path__startswith=superior.path, depth=superior.depth + 1)
        return list(below.filter(kind__in=BRANCH_KINDS).order_by("code"))


def build(*, at: datetime, today: date, short_until: date) -> Places:
    """Import the ledger and put the office in order.

    Args:
        at: Moment of the acts.
        today: Its day.
        short_until: Until when assignments ended with the Party levels in the committees of the stories.

    Returns:
        Where the stories play.
    """
    with ledger_file().open("rb") as file:
        import_ledger(file=file, by=None, at=at, good_rows=True)
    for body in PartyOrganization.objects.filter(kind__in=COMMITTEE_KINDS):
        address_office(body)
    for root in PartyOrganization.objects.filter(depth=1):
        set_go_live(organization=root, on=today - timedelta(days=LIVE_SINCE_DAYS), by=None, at=at)
    found = places(on=today)
    publish_policies((found.province, found.city), short_until=short_until, at=at)
    return found


def publish_policies(committees: Iterable[PartyOrganization], *, short_until: date, at: datetime) -> None:
    """Publish the defaults for the tree; for some committees a short way before a day and the whole one since.

    Args:
        committees: They asked, looked into and deliberated without the system before.
        short_until: First day of the whole way.
        at: Moment of the acts.
    """
    default = ensure_default_policies(at)[0]
    whole = document_of(default)
    short = whole | {
        "title": SHORT_TITLE,
        "steps": [step | ({"tracks": [ELECTED]} if step["step"] in LOOKS_INTO else {}) for step in whole["steps"]],
    }
    for body in committees:
        for document, day in ((short, default.valid_from), (whole, short_until)):
            publish_policy(
                document=document, flow=AppointmentReviewFlow, organization=body, valid_from=day, by=None, at=at
            )


def ledger_file() -> Path:
    """Give the large sample ledger when it is there, else the project's own small one."""
    sample = settings.BASE_DIR / SAMPLE
    return sample if sample.is_file() else settings.BASE_DIR / OWN


def address_office(body: PartyOrganization) -> None:
    """Give a committee the letterhead of its documents and the telephone of its office; no ledger has a column."""
    body.letterhead, body.phone = letterhead(body), HELP_NUMBER[:-4] + f"{1000 + body.pk % 9000:04d}"
    PartyOrganization.objects.filter(pk=body.pk).update(letterhead=body.letterhead, phone=body.phone)


def letterhead(body: PartyOrganization) -> str:
    """Make the letterhead code of a committee: 南社党, 云东综党."""
    place = next((short for name, short in PLACES.items() if name in body.name), "南")
    district = body.name[body.name.index("区") - 2] if "区" in body.name else ""
    trade = next((short for name, short in TRADES.items() if name in body.name), "")
    return f"{place}{district}{trade}{BODIES.get(body.kind, '党')}"


def places(*, on: date) -> Places:
    """Find a general branch below a committee that forwards, below one that decides.

    Args:
        on: Day on which the roles there must hold.

    Raises:
        LookupError: the ledger has no such place.
    """
    for general in PartyOrganization.objects.filter(kind=OrganizationKind.GENERAL_BRANCH).order_by("code"):
        line = {body.path: body for body in PartyOrganization.objects.filter(path__in=general.superior_paths())}
        above = [line[path] for path in general.superior_paths()]
        if len(above) < 3 or above[0].can_approve or not above[1].can_approve:
            continue
        found = Places(province=_decider(above[2:]), city=above[1], county=above[0], general=general)
        if above[0].kind != OrganizationKind.GENERAL_BRANCH and _is_manned(found, on):
            return found
    raise LookupError("The ledger has no general branch below a committee that forwards.")


def _decider(above: list[PartyOrganization]) -> PartyOrganization:
    committees = PartyOrganization.objects.filter(
        path__startswith=above[-1].path, kind="social_committee", level="province"
    )
    return committees.order_by("path").first() or above[-1]


def _is_manned(found: Places, on: date) -> bool:
    needed = [
        (found.general, Role.GENERAL_BRANCH_SECRETARY), (found.county, Role.ORGANIZER), (found.city, Role.ORGANIZER),
        (found.city, Role.APPROVER), (found.city, Role.COMMITTEE_SECRETARY),
    ]  # fmt: skip
    held = (RoleAssignment.objects.valid_on(on).filter(organization=place, role=role) for place, role in needed)
    return all(one.exists() for one in held) and len(found.branches("city")) >= FEWEST_BRANCHES
