"""A small invented ledger, laid out as offices lay theirs out, with and without faults.

``python -m tests.organizations.ledgers FILE`` writes the copy that the demo uses (docs/samples/ledger-small.xlsx).
"""

import random
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

Cells = list[object]
Ledger = dict[str, tuple[list[str], list[Cells]]]

HEADINGS = {
    "党组织": "党组织编码 党组织名称 党组织类型 上级党组织编码 层级 行政区划代码 有无审批权",
    "社会组织": "统一社会信用代码 社会组织名称 类别 登记管理机关 业务主管单位 党组织编码 登记日期"
    " 从业人数 党员人数 未建原因",
    "书记台账": "姓名 公民身份号码 性别 民族 学历 入党时间 转正时间 党组织编码 职务 产生方式"
    " 任职时间 届满时间 联系电话 是否新任 备注",
    "联审单位": "单位编码 单位名称 层级 收函方式 联系人 联系电话",
    "审批人员": "姓名 手机号 邮箱 组织编码 角色 任职起 任职止",
}
_ABOVE = [
    ("W000", "中共南岭省委社会工作部", "党委社会工作部", None, "省", "440000", "是"),
    ("P000", "南岭省社会组织党委", "社会组织党委", "W000", "省", "440000", "是"),
    ("P100", "南岭省食品医药行业党委", "行业党委", "P000", "省", "440000", "是"),
    ("P101", "南岭省环境保护行业党委", "行业党委", "P000", "省", "440000", "是"),
    ("P190", "南岭省社会组织综合党委", "综合党委", "P000", "省", "440000", "是"),
    ("W100", "中共云州市委社会工作部", "党委社会工作部", "W000", "市", "440100", "是"),
    ("C000", "云州市社会组织党委", "社会组织党委", "W100", "市", "440100", "是"),
    ("C001", "云州市东山区社会组织综合党委", "综合党委", "C000", "县", "440102", "是"),
    ("C003", "云州市新港区社会组织综合党委", "综合党委", "C000", "县", "440104", "否"),
    ("W200", "中共鹏城市委社会工作部", "党委社会工作部", "W000", "市", "440300", "是"),
    ("C100", "鹏城市社会组织党委", "社会组织党委", "W200", "市", "440300", "是"),
    ("C103", "鹏城市新港区社会组织综合党委", "综合党委", "C100", "县", "440304", "否"),
    ("G009", "云州市新港区社会组织综合第一党总支", "党总支", "C003", "县", "440104", "否"),
    ("G001", "鹏城市社会组织第二党总支", "党总支", "C100", "市", "440300", "否"),
]
_COMMITTEES = [row[0] for row in _ABOVE if row[2] not in {"党委社会工作部", "党总支"}]
_LEADS = ["P000", "P100", "P101", "P190", "C000", "C001", "C003", "G009", "C100", "C103", "G001"]
_SURNAMES = "沈林周吴马何韩钱石梅邓冯高陈徐简苏叶杜程曹袁彭潘田董梁谢宋唐许郑"
_GIVEN = "若溪知远秋立远默正悠岭川苗行宁明启文一帆素兰春晓建安思齐子衿长汀小满东篱云舟听雨慧敏佳怡"
_WORDS = ["晨光", "青禾", "红棉", "岭南", "鸿志", "百川", "惠民", "德善", "同心", "启明"]
_KINDS = [
    ("51", "社会团体", ["商会", "学会", "促进会", "联合会"]),
    ("52", "民办非企业单位", ["养老服务中心", "社会工作服务中心", "职业培训学校"]),
    ("53", "基金会", ["公益基金会"]),
]
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def small_ledger(seed: int = 7) -> Ledger:
    """Invent a ledger of about sixty organizations; nothing in it is wrong."""
    chance = random.Random(seed)
    people = _people(chance)
    organizations: list[Cells] = [list(row) for row in _ABOVE]
    societies: list[Cells] = []
    for number in range(1, 49):
        superior = _LEADS[number % len(_LEADS)]
        above = next(row for row in _ABOVE if row[0] == superior)
        joint = number % 8 == 0
        names = [_society(chance, above, number * 10 + part) for part in range(3 if joint else 1)]
        code = f"B{number:05d}"
        kind = "联合党支部" if joint else "党支部"
        organizations.append([code, f"{names[0][1]}{kind}", kind, superior, above[4], above[5], "否"])
        societies += [
            [*name, code, _day(chance, 1998, 2023), chance.randint(6, 180), chance.randint(1, 31), None]
            for name in names
        ]
    for number, (reason, members) in enumerate(
        [("新成立", 0), ("应建未建", 6), ("党员不足3人", 2), ("党员组织关系未转入", 2), (None, 1)]
    ):
        society = _society(chance, _ABOVE[6], 900 + number)
        societies.append([*society, None, _day(chance, 2024, 2025), 12, members, reason])
    return {
        sheet: (HEADINGS[sheet].split(), rows)
        for sheet, rows in {
            "党组织": organizations,
            "社会组织": societies,
            "书记台账": _secretaries(chance, people, organizations),
            "联审单位": _departments(people),
            "审批人员": _reviewers(people),
        }.items()
    }


def standard_book(ledger: Ledger) -> BytesIO:
    """Lay a ledger out as in the sample of the office: a merged title, headings, rows."""
    book = Workbook()
    book.remove(book.active)
    for name, (headings, rows) in ledger.items():
        sheet = book.create_sheet(name)
        sheet.append([f"南岭省社会组织{name}（截至2026年10月31日）"])
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(headings))
        for row in [headings, *rows]:
            sheet.append(row)
    return _saved(book)


_SYNONYMS = {
    "党组织编码": "组织代码", "上级党组织编码": "上级组织代码", "有无审批权": "审批权限",
    "统一社会信用代码": "信用代码（18位）", "登记日期": "成立登记日期", "从业人数": "从业人员数",
    "未建原因": "未建立党组织原因", "公民身份号码": "身份证号",
    "入党时间": "入党年月", "转正时间": "转正日期", "职务": "党内职务", "任职时间": "任期开始时间",
    "届满时间": "任期届满时间",
    "联系电话": "手机号码", "收函方式": "接收方式", "手机号": "联系方式", "邮箱": "电子邮箱", "角色": "系统角色",
    "任职起": "任职开始时间", "任职止": "任职结束时间", "组织编码": "党组织代码", "单位编码": "部门编码",
}  # fmt: skip


def other_book(ledger: Ledger) -> BytesIO:
    """Lay the same ledger out quite differently: note row, serial numbers, synonyms, blank rows, other order."""
    book = Workbook()
    book.active.title = "填表说明"
    book.active.append(["一、请勿改动表头。"])
    for name, (headings, rows) in reversed(ledger.items()):
        sheet = book.create_sheet(f"{name}（2026年10月）")
        order = [0, *range(len(headings) - 1, 0, -1)]
        sheet.append([f"附件：{name}一览表"])
        sheet.append(["注：带*的为必填项，日期填到日"])
        sheet.append([])
        sheet.append(["序号", *(f" *{_SYNONYMS.get(headings[at], headings[at])} " for at in order), "经办人签字"])
        for number, row in enumerate(rows, start=1):
            sheet.append([number, *(_otherwise(row[at], number) for at in order), None])
            if number % 7 == 0:
                sheet.append([])
        sheet.append(["合计", len(rows)])
        sheet.append(["填表人：林秋", None, None, "2026年10月31日"])
    return _saved(book)


def _otherwise(value: object, number: int) -> object:
    """Spell a value as somebody else would."""
    if isinstance(value, date):
        return [value, f"{value:%Y.%m.%d}", f"{value.year}年{value.month}月{value.day}日", f"{value:%Y%m%d}"][
            number % 4
        ]
    if isinstance(value, str) and value.isdigit() and number % 5 == 0:
        return "".join(chr(ord(sign) + 0xFEE0) for sign in value)
    if isinstance(value, str) and 2 <= len(value) <= 3 and number % 6 == 0:
        return f" {value[0]}　{value[1:]} "
    return value


def faults() -> list[tuple[str, str, dict[str, object] | Cells]]:
    """List one fault of each kind: the sheet, the kind, and what is changed in a row or added as one."""
    return [
        ("书记台账", "id_checksum", {"公民身份号码": lambda number: number[:17] + ("1" if number[17] != "1" else "2")}),
        ("书记台账", "id_15_digits", {"公民身份号码": "440106720920812"}),
        ("书记台账", "id_missing", {"公民身份号码": None}),
        ("书记台账", "id_date", {"公民身份号码": _with_check("44010619810230123")}),
        ("书记台账", "id_shape", {"公民身份号码": "4401061981022"}),
        ("书记台账", "id_as_number", {"公民身份号码": 4.40106198102201e17}),
        ("书记台账", "sex_mismatch", {"性别": lambda sex: "女" if sex == "男" else "男"}),
        ("书记台账", "full_before_join", {"转正时间": date(1971, 1, 1)}),
        ("书记台账", "term_end_before_start", {"届满时间": date(2001, 1, 1)}),
        ("书记台账", "due_missing", {"届满时间": "—"}),
        ("书记台账", "date_unreadable", {"任职时间": "去年春天"}),
        ("书记台账", "unknown_branch", {"党组织编码": "B99999"}),
        ("书记台账", "phone", {"联系电话": "12345"}),
        ("书记台账", "name_missing", {"姓名": "  "}),
        ("书记台账", "name_unreadable", {"姓名": "Zhou Z."}),
        ("书记台账", "formula_in_text", {"备注": '=HYPERLINK("http://example.org","点此")'}),
        ("书记台账", "unknown_title", {"职务": "站长"}),
        ("书记台账", "unknown_source", {"产生方式": "自荐"}),
        ("社会组织", "uscc_checksum", {"统一社会信用代码": lambda code: code[:17] + ("A" if code[17] != "A" else "B")}),
        ("社会组织", "uscc_prefix", {"统一社会信用代码": credit_code("91", "440000", "MJK69320")}),
        ("社会组织", "uscc_shape", {"统一社会信用代码": "5144OOOOMJ2308737A"}),
        ("社会组织", "negative_members", {"党员人数": -3}),
        ("社会组织", "unknown_branch", {"党组织编码": "Z00001"}),
        ("社会组织", "reason_missing", {"党组织编码": None, "党员人数": 9}),
        ("社会组织", "kind_unknown", {"类别": "合作社"}),
        ("审批人员", "unknown_organization", {"组织编码": "X000"}),
        ("审批人员", "unknown_role", {"角色": "总管"}),
        ("审批人员", "valid_until_before_from", {"任职止": date(2024, 1, 1)}),
        ("联审单位", "channel_unknown", {"收函方式": "微信"}),
        ("党组织", "level_unknown", {"层级": "国"}),
        ("党组织", "unknown_superior", {"上级党组织编码": "Q999"}),
    ]


def spoiled(ledger: Ledger) -> tuple[Ledger, set[tuple[str, int, str]]]:
    """Put one fault of each kind into a ledger, each into a row of its own.

    Returns:
        The ledger and (sheet, row number in ``standard_book``, kind) of every row that must be refused.
    """
    sheets = {name: (headings, [list(row) for row in rows]) for name, (headings, rows) in ledger.items()}
    wrong: set[tuple[str, int, str]] = set()
    used: dict[str, Iterator[int]] = {}
    for sheet, kind, change in faults():
        headings, rows = sheets[sheet]
        if sheet not in used:
            used[sheet] = iter(_spoilable(sheet, rows))
        place = next(used[sheet])
        for heading, value in change.items():
            at = headings.index(heading)
            rows[place][at] = value(rows[place][at]) if callable(value) else value
        wrong.add((sheet, place + 3, kind))
    for sheet, kind, place in (
        ("书记台账", "duplicate_person_post", 0),
        ("社会组织", "uscc_duplicate", 0),
        ("审批人员", "duplicate_role", 0),
    ):
        rows = sheets[sheet][1]
        rows.append(list(rows[place]))
        wrong.add((sheet, len(rows) + 2, kind))
    rows = sheets["党组织"][1]
    for code, other in (("B90001", "B90002"), ("B90002", "B90001")):
        rows.append([code, f"环路{code}支部", "党支部", other, "市", "440100", "否"])
        wrong.add(("党组织", len(rows) + 2, "cycle_in_tree"))
    return sheets, wrong


def _spoilable(sheet: str, rows: Sequence[Cells]) -> list[int]:
    if sheet == "党组织":
        # Nobody refers to these: see _secretaries and small_ledger.
        rows.extend(
            [f"E{number}", f"云州市空白{number}党支部", "党支部", "C001", "县", "440102", "否"] for number in (1, 2)
        )
        return [len(rows) - 2, len(rows) - 1]
    return list(range(1, len(rows)))


def identity_number(born_on: date, serial: int, *, region: str = "440106") -> str:
    """Make an identity number of nobody; the serial says the sex."""
    return _with_check(f"{region}{born_on:%Y%m%d}{serial:03d}")


def _with_check(first: str) -> str:
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, first, strict=True))
    return first + "10X98765432"[total % 11]


def credit_code(kind: str, region: str, body: str) -> str:
    """Make a credit code of nobody with both check signs."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    inner = 11 - sum(w * int(s, 36) for w, s in zip(weights, body, strict=True)) % 11
    first = f"{kind}{region}{body}" + {10: "X", 11: "0"}.get(inner, str(inner))
    total = sum(3**at % 31 * _SIGNS.index(sign) for at, sign in enumerate(first))
    return first + _SIGNS[-total % 31]


def _people(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Invent names and telephones, each once; now and then a name with a middle dot."""
    number = 0
    while True:
        number += 1
        given = "".join(chance.sample(_GIVEN, 2))
        name = "阿依古丽·买买提" if number % 40 == 0 else chance.choice(_SURNAMES) + given
        yield name, f"1{chance.choice('3456789')}{number:09d}"


def _day(chance: random.Random, first: int, last: int) -> date:
    return date(chance.randint(first, last), chance.randint(1, 12), chance.randint(1, 28))


def _society(chance: random.Random, above: Sequence[object], number: int) -> list[object]:
    prefix, kind, endings = _KINDS[number % 3]
    place = "南岭省" if above[4] == "省" else str(above[1])[:3].replace("中共", "云州市")
    name = f"{place}{_WORDS[number % len(_WORDS)]}{endings[number % len(endings)]}（{number}）"
    registry = f"{place}民政{'厅' if above[4] == '省' else '局'}"
    supervisor = "南岭省教育厅" if number % 2 else None
    return [credit_code(prefix, str(above[5]), f"MJ{number:06d}"), name, kind, registry, supervisor]


def _secretaries(chance: random.Random, people: Iterator[tuple[str, str]], organizations: list[Cells]) -> list[Cells]:
    rows = []
    for number, organization in enumerate(organizations):
        code, kind = organization[0], organization[2]
        if kind == "党委社会工作部" or code in {"B00005", "B00017"}:
            continue
        rows.append(_post(chance, next(people), str(code), "书记", number, years=3 if "支" in str(kind) else 5))
        if number % 9 == 4:
            rows.append(_post(chance, next(people), str(code), "副书记", number + 500, years=3))
        if number % 15 == 7:
            rows.append(_post(chance, next(people), str(code), "第一书记", number + 700, years=3))
    return rows


def _post(chance: random.Random, who: tuple[str, str], code: str, title: str, number: int, *, years: int) -> Cells:
    """Invent one post; every seventh term is over by the end of 2026, every fifth ends within half a year."""
    born = _day(chance, 1960, 1992)
    joined = born.replace(year=born.year + 24)
    began = date(2026, 11, 23) - timedelta(days=years * 365 + 40) if number % 7 == 3 else _day(chance, 2024, 2025)
    if number % 5 == 1:
        began = date(2026, 11, 23) + timedelta(days=number * 3 % 175 - years * 365)
    serial = 100 + number % 900
    return [
        who[0], identity_number(born, serial), "男" if serial % 2 else "女", "汉", "本科", joined,
        joined.replace(year=joined.year + 1), code, title,
        "选派任命" if title == "第一书记" or number % 4 == 0 else "选举", began,
        began.replace(year=began.year + years), who[1], "是" if began.year == 2026 else "否", None,
    ]  # fmt: skip


def _departments(people: Iterator[tuple[str, str]]) -> list[Cells]:
    names = [
        "省纪委监委驻省民政厅纪检监察组",
        "南岭省公安厅",
        "南岭省高级人民法院",
        "国家税务总局南岭省税务局",
        "南岭省市场监督管理局",
        "南岭省信访局",
    ]
    rows: list[Cells] = []
    for number, name in enumerate(names, start=1):
        rows.append([f"D{number:02d}", name, "省", "纸质" if number < 4 else "账号", *next(people)])
    return rows


def _reviewers(people: Iterator[tuple[str, str]]) -> list[Cells]:
    places = [
        (code, role)
        for code in _COMMITTEES
        for role in ("党委书记", "党委委员", "党委委员", "纪检委员", "组织员", "审批人")
    ]
    places += [(code, role) for code in ("W000", "W100", "W200") for role in ("组织员", "审批人")]
    places += [(code, "总支书记") for code in ("G001", "G009")]
    places += [(f"B{number:05d}", "联络员") for number in range(1, 13)]
    places += [(f"B{number:05d}", "党建工作指导员") for number in range(13, 17)]
    places += [
        (code, role)
        for code in ("P000", "C000", "C100")
        for role in ("纪检干部", "登记管理机关经办人", "培训承办人", "谈话承办人")
    ]
    places += [("P000", role) for role in ("业务主管单位经办人", "监督员", "系统管理员", "安全管理员")]
    places += [(f"D{number:02d}", "联审单位经办人") for number in (4, 5, 6)]
    rows: list[Cells] = []
    for number, (code, role) in enumerate(places, start=1):
        name, phone = next(people)
        until = date(2027, 12, 31) if number % 6 == 0 else None
        rows.append([name, phone, f"n{number:04d}@example.org", code, role, date(2025, 1, 1), until])
    return rows


def _saved(book: Workbook) -> BytesIO:
    content = BytesIO()
    book.save(content)
    content.seek(0)
    return content


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(standard_book(small_ledger()).getvalue())
