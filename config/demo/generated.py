"""A province of any size for benches and load tests: the same seed gives the same rows."""

from datetime import date, timedelta
from random import Random

from organizations.enums import Level, NoBranchReason, OrganizationKind, PostSource, Role, SocialKind, Title
from organizations.ledger.rows import OrganizationRow, ReviewerRow, Rows, SecretaryRow, SocialRow
from organizations.rules.identity import body_check, credit_check, identity_check

ROOT = "P000"
CITIES, COUNTIES = 21, 6
WITHOUT_BRANCH, JOINT, GENERAL = 6, 9, 40
LONG_AGO = date(2025, 1, 1)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "安然思远若溪明哲清和景行知秋望舒嘉言怀川念慈立德承泽书遥长青云起"
WORDS = ("晨光", "青禾", "红棉", "岭南", "同心", "百川", "德善", "鸿志", "惠民", "汇智")
TRADES = (
    "促进会",
    "商会",
    "社会工作服务中心",
    "职业培训学校",
    "养老服务中心",
    "公益基金会",
    "行业协会",
    "社区发展中心",
)
KINDS = {"促进会": SocialKind.ASSOCIATION, "商会": SocialKind.ASSOCIATION, "行业协会": SocialKind.ASSOCIATION,
         "公益基金会": SocialKind.FOUNDATION}  # fmt: skip
PREFIXES = {SocialKind.ASSOCIATION: "51", SocialKind.PRIVATE_NON_ENTERPRISE: "52", SocialKind.FOUNDATION: "53"}


def province_rows(*, organizations: int, seed: int, today: date) -> Rows:
    """Draw a province: tree, social organizations, secretaries, reviewers.

    Args:
        organizations: Social organizations.
        seed: Same seed, same province.
        today: Terms lie around this day.

    Returns:
        Rows as a ledger would have given them.
    """
    luck = Random(seed)  # noqa: S311 - draws data, hides nothing
    rows = Rows()
    bodies = _committees(rows)
    branch = superior = ""
    for number in range(organizations):
        word, trade = luck.choice(WORDS), luck.choice(TRADES)
        name = f"南岭省{word}{trade}（{number + 1}）"
        if number % WITHOUT_BRANCH == WITHOUT_BRANCH - 1:
            rows.social_organizations.append(_social(number, name, trade, "", luck))
            continue
        if not branch or number % JOINT:
            superior = _superior(rows, bodies, superior, number, luck)
            branch = f"B{number + 1:06d}"
            rows.organizations.append(_body(branch, f"{name}党支部", OrganizationKind.BRANCH, superior, Level.COUNTY))
            rows.secretaries.append(_secretary(number, branch, today, luck))
        rows.social_organizations.append(_social(number, name, trade, branch, luck))
    _reviewers(rows)
    return rows


def _committees(rows: Rows) -> list[str]:
    rows.organizations.append(
        _body(ROOT, "南岭省社会组织党委", OrganizationKind.SOCIAL_COMMITTEE, "", Level.PROVINCE, can_approve=True)
    )
    counties = []
    for city in range(1, CITIES + 1):
        code, name = f"C{city:02d}00", f"第{city}市社会组织党委"
        rows.organizations.append(
            _body(code, name, OrganizationKind.SOCIAL_COMMITTEE, ROOT, Level.CITY, can_approve=True)
        )
        for county in range(1, COUNTIES + 1):
            place = f"C{city:02d}{county:02d}"
            title = f"第{city}市第{county}区社会组织综合党委"
            kind = OrganizationKind.COMPREHENSIVE_COMMITTEE
            rows.organizations.append(_body(place, title, kind, code, Level.COUNTY, can_approve=county % 3 != 0))
            counties.append(place)
    return counties


def _superior(rows: Rows, bodies: list[str], last: str, number: int, luck: Random) -> str:
    if last.startswith("G") and number % GENERAL > GENERAL // 2:
        return last
    if number % GENERAL == 0:
        code = f"G{number + 1:06d}"
        kind = OrganizationKind.GENERAL_BRANCH
        rows.organizations.append(_body(code, f"第{number + 1}党总支", kind, luck.choice(bodies), Level.COUNTY))
        return code
    return luck.choice(bodies)


def _body(code: str, name: str, kind: str, superior: str, level: str, *, can_approve: bool = False) -> OrganizationRow:
    return OrganizationRow(
        title="generated", number=0, key=code, code=code, name=name, kind=kind, superior=superior, level=level,
        region_code="440000", can_approve=can_approve, phone="",
    )  # fmt: skip


def _social(number: int, name: str, trade: str, branch: str, luck: Random) -> SocialRow:
    kind = KINDS.get(trade, SocialKind.PRIVATE_NON_ENTERPRISE)
    code = _credit_code(number, PREFIXES[kind])
    return SocialRow(
        title="generated", number=number, key=code, credit_code=code, name=name, kind=kind, registry="南岭省民政厅",
        supervisor="", branch=branch, registered_on=date(2000, 1, 1) + timedelta(days=luck.randrange(9000)),
        staff_count=luck.randrange(3, 200), member_count=luck.randrange(3, 30) if branch else 0,
        no_branch_reason="" if branch else NoBranchReason.TOO_FEW,
    )  # fmt: skip


def _credit_code(number: int, prefix: str) -> str:
    body = f"MJ{number:06d}"
    first = f"{prefix}440000{body}{body_check(body)}"
    return first + credit_check(first)


def _secretary(number: int, branch: str, today: date, luck: Random) -> SecretaryRow:
    born_on = date(1958, 1, 1) + timedelta(days=luck.randrange(13_000))
    sex = luck.choice(("male", "female"))
    # 500 numbers of each sex a day: which day makes the number one of a kind.
    identity = _identity(number, born_on, sex)
    started_on = today - timedelta(days=luck.randrange(30, 1200))
    joined_on = born_on + timedelta(days=9000)
    return SecretaryRow(
        title="generated", number=number, key=identity, name=luck.choice(SURNAMES) + "".join(luck.sample(GIVEN, 2)),
        identity=identity, sex=sex, born_on=born_on, ethnicity="汉族", education="本科", joined_on=joined_on,
        full_member_on=joined_on + timedelta(days=366), branch=branch, title_held=Title.SECRETARY,
        source=luck.choice((PostSource.ELECTED, PostSource.ASSIGNED)), started_on=started_on,
        due_on=started_on + timedelta(days=3 * 365), phone=f"1{30_000_000_00 + number:010d}", is_first=bool(number % 2),
    )  # fmt: skip


def _identity(number: int, born_on: date, sex: str) -> str:
    place, serial = divmod(number, 500)
    head = f"44{place:04d}{born_on:%Y%m%d}{2 * serial + (sex == 'male'):03d}"
    return head + identity_check(head)


def _reviewers(rows: Rows) -> None:
    number = 0
    for body in rows.organizations:
        if body.kind == OrganizationKind.BRANCH:
            continue
        is_general = body.kind == OrganizationKind.GENERAL_BRANCH
        roles = (
            [Role.GENERAL_BRANCH_SECRETARY] if is_general else [Role.ORGANIZER, Role.APPROVER, Role.COMMITTEE_SECRETARY]
        )
        for role in roles:
            number += 1
            rows.reviewers.append(
                ReviewerRow(
                    title="generated",
                    number=number,
                    key=str(number),
                    name=f"{SURNAMES[number % len(SURNAMES)]}审之",
                    phone=f"19{number:09d}",
                    email="",
                    place=body.code,
                    role=role,
                    from_on=LONG_AGO,
                    until_on=None,
                )
            )
