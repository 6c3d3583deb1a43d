"""The five sheets and the headings under which offices keep them."""

import re
import unicodedata
from dataclasses import dataclass

ORGANIZATIONS = "党组织"
SOCIAL_ORGANIZATIONS = "社会组织"
SECRETARIES = "书记台账"
DEPARTMENTS = "联审单位"
REVIEWERS = "审批人员"

_IN_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_SIGNS = re.compile(r"[\s*＊:：、，,。.·/\\\-_]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Attributes:
        field: Name of the field in the rows.
        headings: Spellings, the official one first.
        required: Whether the sheet can be read without it.
    """

    field: str
    headings: tuple[str, ...]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, the words by which its tab is known, its columns."""

    name: str
    words: tuple[str, ...]
    columns: tuple[Column, ...]

    def heading_of(self, field: str) -> str:
        """Give the official heading of a field."""
        return next(column.headings[0] for column in self.columns if column.field == field)

    @property
    def required(self) -> frozenset[str]:
        """The fields without which the sheet cannot be read."""
        return frozenset(column.field for column in self.columns if column.required)


def normal_heading(value: object) -> str:
    """Write a heading the one way it is compared: no blanks, no signs, nothing in brackets.

    Args:
        value: Content of a cell.

    Returns:
        The heading; empty when the cell holds no text.
    """
    if not isinstance(value, str):
        return ""
    return _SIGNS.sub("", _IN_BRACKETS.sub("", unicodedata.normalize("NFKC", value)))


def _column(field: str, headings: str, *, required: bool = True) -> Column:
    return Column(field, tuple(headings.split()), required)


_BRANCH_CODE = "党组织编码 党组织代码 所属党组织编码 所在党组织编码 支部编码 党支部编码 所在支部编码 组织编码 组织代码"
_PHONE = "联系电话 手机号 手机号码 手机 移动电话 电话 电话号码 联系方式 联系人电话"

SHEETS = (
    Sheet(
        ORGANIZATIONS,
        ("党组织", "组织架构", "党组织信息"),
        (
            _column("code", "党组织编码 党组织代码 组织编码 组织代码 编码 代码"),
            _column("name", "党组织名称 党组织全称 组织名称 名称"),
            _column("kind", "党组织类型 党组织类别 组织类型 组织类别 类型 类别"),
            _column(
                "superior",
                "上级党组织编码 上级党组织代码 上级组织编码 上级组织代码 上级编码 上级代码 隶属党组织编码 直属上级编码",
            ),
            _column("level", "层级 级别 组织层级 行政层级"),
            _column("region_code", "行政区划代码 行政区划编码 行政区划 区划代码", required=False),
            _column("can_approve", "有无审批权 有无审批权限 是否有审批权 是否有审批权限 审批权 审批权限"),
            _column("phone", f"办公电话 {_PHONE}", required=False),
        ),
    ),
    Sheet(
        SOCIAL_ORGANIZATIONS,
        ("社会组织",),
        (
            _column("credit_code", "统一社会信用代码 社会信用代码 信用代码 统一信用代码"),
            _column("name", "社会组织名称 单位名称 组织名称 名称"),
            _column("kind", "类别 社会组织类别 社会组织类型 登记类别 组织类别 类型"),
            _column("registry", "登记管理机关 登记机关 登记管理单位"),
            _column("supervisor", "业务主管单位 主管单位 业务主管部门", required=False),
            _column("branch", f"{_BRANCH_CODE}"),
            _column("registered_on", "登记日期 登记时间 成立登记日期 成立登记时间 成立日期 成立时间", required=False),
            _column("staff_count", "从业人数 从业人员数 从业人员 从业人员数量 职工人数", required=False),
            _column("member_count", "党员人数 党员数 党员数量 党员", required=False),
            _column(
                "no_branch_reason", "未建原因 未建党组织原因 未建立党组织原因 未组建原因 未建立原因", required=False
            ),
        ),
    ),
    Sheet(
        SECRETARIES,
        ("书记", "班子成员"),
        (
            _column("name", "姓名 书记姓名 名字"),
            _column(
                "identity",
                "公民身份号码 身份证号 身份证号码 公民身份证号 公民身份证号码 居民身份证号码 居民身份证号 身份证",
            ),
            _column("sex", "性别", required=False),
            _column("ethnicity", "民族", required=False),
            _column("education", "学历 文化程度 最高学历 学历层次", required=False),
            _column("joined_on", "入党时间 入党日期 入党年月", required=False),
            _column("full_member_on", "转正时间 转正日期 转正年月", required=False),
            _column("branch", _BRANCH_CODE),
            _column("title", "职务 党内职务 党组织职务 现任职务 现任党内职务"),
            _column("source", "产生方式 任职方式 产生办法 选任方式 任用方式"),
            _column(
                "started_on",
                "任职时间 任职日期 任职起 任职起始时间 任职开始时间 任期开始 任期开始时间 任期起 任现职时间",
            ),
            _column(
                "due_on",
                "届满时间 届满日期 任期届满时间 任期届满日期 任期届满 任期到期时间 任期到期日期 到届时间 任期止",
            ),
            _column("phone", _PHONE, required=False),
            _column("is_first", "是否新任 是否首次任职 新任 是否新任书记", required=False),
            _column("note", "备注 说明 备注说明", required=False),
        ),
    ),
    Sheet(
        DEPARTMENTS,
        ("联审", "征求意见", "部门"),
        (
            _column("code", "单位编码 单位代码 部门编码 部门代码 编码 代码"),
            _column("name", "单位名称 部门名称 联审单位名称 名称"),
            _column("level", "层级 级别"),
            _column("channel", "收函方式 收函途径 接收方式 送达方式 回函方式"),
            _column("contact", "联系人 联络人 联系人姓名", required=False),
            _column("phone", _PHONE, required=False),
        ),
    ),
    Sheet(
        REVIEWERS,
        ("审批人员", "审批人", "用户", "人员"),
        (
            _column("name", "姓名 人员姓名 名字"),
            _column("phone", f"手机号 {_PHONE}"),
            _column("email", "邮箱 电子邮箱 电子邮件 邮件 邮箱地址", required=False),
            _column("place", f"组织编码 {_BRANCH_CODE} 单位编码 单位代码 所在组织编码 所属组织编码"),
            _column("role", "角色 系统角色 审批角色 岗位角色"),
            _column(
                "from_on", "任职起 任职起始 任职时间 任职开始 任职起始时间 任职开始时间 有效期起 开始时间 起始日期"
            ),
            _column(
                "until_on",
                "任职止 任职结束 任职终止 任职截止时间 任职结束时间 有效期止 结束时间 截止日期",
                required=False,
            ),
        ),
    ),
)
