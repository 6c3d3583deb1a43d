"""The departments a city's committee asks, and who answers for them: a ledger lists those of the province."""

from datetime import datetime

from organizations.actions import grant_role, open_account
from organizations.enums import Channel, Level, Role, Scope
from organizations.ledger.rows import DepartmentRow
from organizations.ledger.writing.registry import write_departments
from organizations.models import Account, PartyOrganization

# What it is called after the name of the city, how it answers, who answers.
OF_A_CITY = (
    ("公安局", Channel.ACCOUNT, "严守诚"),
    ("税务局", Channel.ACCOUNT, "米朗月"),
    ("中级人民法院", Channel.PAPER, ""),
    ("信访局", Channel.ACCOUNT, "贝宁安"),
)
REASON = "负责答复征求意见函"


def enter(city: PartyOrganization, *, at: datetime) -> dict[int, Account]:
    """Enter the departments of a city with their accounts.

    Args:
        city: The committee that asks them.
        at: Moment of the act.

    Returns:
        Who answers, by key of the department; those that answer on paper have nobody.
    """
    place = city.name[: city.name.index("市") + 1]
    rows = [_row(number, f"{place}{name}", channel) for number, (name, channel, _who) in enumerate(OF_A_CITY)]
    known, _changed = write_departments(rows)
    officers: dict[int, Account] = {}
    for number, (row, (_name, _channel, who)) in enumerate(zip(rows, OF_A_CITY, strict=True)):
        if who:
            department, phone = known[row.code], f"1995555040{number}"
            account = open_account(username=phone, name=who, by=None, at=at, phone=phone)
            grant_role(
                account=account, role=Role.DEPARTMENT_OFFICER, department=department, scope=Scope.SELF, by=None, at=at,
                reason=REASON,
            )  # fmt: skip
            officers[department.pk] = account
    return officers


def _row(number: int, name: str, channel: str) -> DepartmentRow:
    code = f"CITY{number + 1}"
    return DepartmentRow(
        title="demo", number=number, key=code, code=code, name=name, level=Level.CITY, channel=channel, contact="",
        phone="",
    )  # fmt: skip
