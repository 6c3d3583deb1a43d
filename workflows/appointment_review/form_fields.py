"""The registration form (审批表): its eight sections, their fields and what each field holds. Pure data."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

FORM_NAME = "registration_form"  # the name under which a version is sealed
CONSENT_TEXT = "2026-11"  # version of the consent shown beside the last three ticks
CONFIRMATIONS = ("truth", "no_bar", "consent")  # only the candidate ticks these, for every version anew

ETHNICITIES = {
    "汉族": "Han", "蒙古族": "Mongol", "回族": "Hui", "藏族": "Zang", "维吾尔族": "Uygur", "苗族": "Miao",
    "彝族": "Yi", "壮族": "Zhuang", "布依族": "Buyei", "朝鲜族": "Chosen", "满族": "Man", "侗族": "Dong",
    "瑶族": "Yao", "白族": "Bai", "土家族": "Tujia", "哈尼族": "Hani", "哈萨克族": "Kazak", "傣族": "Dai",
    "黎族": "Li", "傈僳族": "Lisu", "佤族": "Va", "畲族": "She", "高山族": "Gaoshan", "拉祜族": "Lahu",
    "水族": "Sui", "东乡族": "Dongxiang", "纳西族": "Naxi", "景颇族": "Jingpo", "柯尔克孜族": "Kirgiz", "土族": "Tu",
    "达斡尔族": "Daur", "仫佬族": "Mulao", "羌族": "Qiang", "布朗族": "Blang", "撒拉族": "Salar", "毛南族": "Maonan",
    "仡佬族": "Gelao", "锡伯族": "Xibe", "阿昌族": "Achang", "普米族": "Pumi", "塔吉克族": "Tajik", "怒族": "Nu",
    "乌孜别克族": "Uzbek", "俄罗斯族": "Russ", "鄂温克族": "Ewenki",
    "德昂族": "Deang", "保安族": "Bonan", "裕固族": "Yugur",
    "京族": "Gin", "塔塔尔族": "Tatar", "独龙族": "Derung", "鄂伦春族": "Oroqen", "赫哲族": "Hezhen", "门巴族": "Monba",
    "珞巴族": "Lhoba", "基诺族": "Jino",
}  # fmt: skip

POLITICAL = ("full_member", "probationary", "league", "democratic", "masses")
EDUCATION = ("postgraduate", "undergraduate", "college", "secondary", "lower")
DEGREES = ("doctor", "master", "bachelor", "no_degree")
GRADES = ("excellent", "competent", "basic", "incompetent", "not_assessed")
RELATIONS = ("spouse", "child", "father", "mother", "sibling", "other_relation")
YES_NO = ("yes", "no")


@dataclass(frozen=True)
class Field:
    """One field of the form.

    Attributes:
        name: Its key in the document.
        kind: ``text``, ``long``, ``choice``, ``name``, ``day``, ``month``, ``end`` (a month or 至今), ``year``,
            ``phone``, ``email`` or ``tick``.
        required: Whether the form cannot be handed in without it.
        choices: Allowed values of a choice.
        longest: Most characters.
        given: Whether it comes from the ledger and cannot be typed over.
    """

    name: str
    kind: str = "text"
    required: bool = True
    choices: tuple[str, ...] = ()
    longest: int = 60
    given: bool = False


@dataclass(frozen=True)
class Section:
    """One part of the form: single fields, and at most one list of rows."""

    name: str
    fields: tuple[Field, ...] = ()
    row: tuple[Field, ...] = ()


def sections(*, today: date) -> tuple[Section, ...]:
    """Give the eight sections.

    Args:
        today: Tells which three years of appraisal are asked for.

    Source: DOMAIN of the project, registration form; base: the form for appointing and removing cadres.
    """
    return (
        Section("basics", _BASICS),
        Section("membership", _MEMBERSHIP),
        Section("education", _EDUCATION),
        Section("posts", _POSTS),
        Section("resume", row=_RESUME_ROW),
        Section(
            "record", tuple(Field(appraisal(year), "choice", choices=GRADES) for year in years(today)), _RECORD_ROW
        ),
        Section("family", row=_FAMILY_ROW),
        Section("pledge", _PLEDGE, _CONCURRENT_ROW),
    )


def section_named(name: str, *, today: date) -> Section | None:
    """Find a section by its name; None when there is none."""
    return next((section for section in sections(today=today) if section.name == name), None)


def years(today: date) -> tuple[int, int, int]:
    """Give the last three full years, the latest first."""
    return (today.year - 1, today.year - 2, today.year - 3)


def appraisal(year: int) -> str:
    """Name the field that holds the result of a year's appraisal."""
    return f"appraisal_{year}"


def empty_document(*, today: date) -> dict[str, dict]:
    """Give a form in which nothing is filled in."""
    document: dict[str, dict] = {}
    for section in sections(today=today):
        document[section.name] = {field.name: blank(field) for field in section.fields}
        if section.row:
            document[section.name]["rows"] = []
    document["resume"]["reasons"] = {}
    document["meta"] = {"edition": 0, "last_row": 0, "edits": {}}
    return document


def blank(field: Field) -> str | bool:
    """Give what an empty field holds."""
    return False if field.kind == "tick" else ""


def cells(document: dict, *, today: date) -> Iterator[tuple[Section, Field, dict | None, object]]:
    """Walk over all values of a document: section, field, row (None for single fields), value."""
    for section in sections(today=today):
        held = document.get(section.name, {})
        for field in section.fields:
            yield section, field, None, held.get(field.name, blank(field))
        for row in held.get("rows", []):
            for field in section.row:
                yield section, field, row, row.get(field.name, "")


_BASICS = (
    Field("name", "name", longest=30, given=True),
    Field("sex", "choice", choices=("male", "female")),
    Field("born_on", "day"),
    Field("ethnicity", "choice", choices=tuple(ETHNICITIES)),
    Field("native_place", longest=40),
    Field("birth_place", required=False, longest=40),
    Field("political_status", "choice", choices=POLITICAL),
    Field("work_began", "month"),
    Field("health", "choice", required=False, choices=("healthy", "fair", "poor")),
    Field("strengths", required=False, longest=100),
    Field("phone", "phone", longest=24),
    Field("email", "email", required=False, longest=80),
)
_MEMBERSHIP = (Field("joined_on", "day"), Field("full_member_on", "day"), Field("branch", longest=80))
_EDUCATION = (
    Field("full_time_education", "choice", choices=EDUCATION),
    Field("full_time_degree", "choice", choices=DEGREES),
    Field("full_time_school", longest=80),
    Field("on_job_education", "choice", required=False, choices=EDUCATION),
    Field("on_job_degree", "choice", required=False, choices=DEGREES),
    Field("on_job_school", required=False, longest=80),
    Field("professional_title", required=False, longest=60),
)
_POSTS = (
    Field("current_post", longest=120),
    Field("management", "choice", choices=("management", "key_staff", "outside")),
    Field("keeps_post", "choice", choices=YES_NO),
    Field("post_given_up", required=False, longest=120),
)
_RESUME_ROW = (
    Field("start", "month"),
    Field("end", "end"),
    Field("unit", longest=80),
    Field("post", longest=60),
    Field("witness", required=False, longest=30),
)
_RECORD_ROW = (Field("year", "year"), Field("what", longest=120))
_FAMILY_ROW = (
    Field("relation", "choice", choices=RELATIONS),
    Field("name", "name", longest=30),
    Field("birth", "month"),
    Field("status", "choice", choices=POLITICAL),
    Field("unit", longest=80),
)
_CONCURRENT_ROW = (Field("unit", longest=80), Field("post", longest=60), Field("since", "month"))
_PLEDGE = (
    Field("no_concurrent", "tick", required=False),
    Field("discipline", "choice", choices=("no_discipline", "disciplined", "probation")),
    Field("political_rights", "choice", choices=("never_deprived", "deprived")),
    Field("crime", "choice", choices=("no_crime", "sentenced", "under_investigation")),
    Field("credit_report_on", "day", required=False),
    Field("truth", "tick"),
    Field("no_bar", "tick"),
    Field("consent", "tick"),
)
