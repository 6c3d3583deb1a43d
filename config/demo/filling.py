"""The registration form as a candidate fills it in, part by part, through the candidate's own verbs."""

from collections.abc import Mapping
from datetime import date, datetime

from approvals.models import Case
from config.demo.papers import materials_of
from config.demo.people import Candidate
from workflows.appointment_review.actions.forms import add_row, hand_in, save_fields
from workflows.appointment_review.actions.materials import add_material
from workflows.appointment_review.form_fields import CONSENT_TEXT, appraisal, years
from workflows.appointment_review.rules.documents import Page

PAGE = Page(tab="demo", edition=0)
Values = dict[str, str]
ROWS = ("resume", "record", "family")
HALF = ("basics", "membership", "education")

# What makes a case worth a second look, by name: changes to the form, section by section.
ODDITIES: Mapping[str, Mapping[str, Values]] = {
    "": {},
    "disciplined": {"pledge": {"discipline": "disciplined"}},
    "investigated": {"pledge": {"crime": "under_investigation"}},
    "outside": {"posts": {"management": "outside"}},
    "appraised": {"record": {"appraisal": "incompetent"}},
}


def fill(
    case: Case, who: Candidate, *, oddity: str = "", only: tuple[str, ...] = (), today: date, at: datetime
) -> None:
    """Fill in the form.

    Args:
        case: Waiting for the candidate.
        who: The candidate.
        oddity: A key of ``ODDITIES``, or ``young_member`` for somebody who is a full member since eight months.
        only: Parts to fill in; all where empty.
        today: Day of the filling.
        at: Moment of the filling.
    """
    parts = singles(case, who, oddity=oddity, today=today)
    for section, values in parts.items():
        if not only or section in only:
            save_fields(case_pk=case.pk, section=section, values=values, page=PAGE, by=who.account, at=at)
    for section in ROWS:
        if not only or section in only:
            for row in rows(section, case, who, today=today):
                add_row(case_pk=case.pk, section=section, by=who.account, at=at, values=row)


def send(case: Case, who: Candidate, *, at: datetime) -> None:
    """Upload every material and hand everything in."""
    for kind, upload in materials_of(who.person.name, case.organization.name):
        add_material(case_pk=case.pk, kind=kind, upload=upload, by=who.account, at=at)
    send_again(case, who, at=at)


def send_again(case: Case, who: Candidate, *, at: datetime) -> None:
    """Confirm the form and hand it in; for a second time the materials are there."""
    confirmed = {"truth": "on", "no_bar": "on", "consent": "on"}
    save_fields(case_pk=case.pk, section="pledge", values=confirmed, page=PAGE, by=who.account, at=at)
    key = f"demo:{case.number}:{at.isoformat()}"
    hand_in(case_pk=case.pk, by=who.account, at=at, key=key, consent_text=CONSENT_TEXT)


def singles(case: Case, who: Candidate, *, oddity: str, today: date) -> dict[str, Values]:
    """Give the single fields by part."""
    person = who.person
    full_member_on = person.full_member_on
    if oddity == "young_member":
        full_member_on = date(today.year, 3, 26) if today.month > 3 else date(today.year - 1, 9, 26)
    began = person.born_on.year + 22
    parts: dict[str, Values] = {
        "basics": {
            "sex": person.sex, "born_on": person.born_on.isoformat(), "ethnicity": "汉族",
            "native_place": "南岭省云州市东山区", "birth_place": "南岭省云州市", "political_status": "full_member",
            "work_began": f"{began}-08", "health": "healthy", "strengths": "群众工作、活动策划", "phone": person.phone,
        },
        "membership": {
            "joined_on": full_member_on.replace(year=full_member_on.year - 1).isoformat(),
            "full_member_on": full_member_on.isoformat(), "branch": case.organization.name,
        },
        "education": {
            "full_time_education": who.education, "full_time_degree": _degree(who.education),
            "full_time_school": "南岭大学", "professional_title": "社会工作师",
        },
        "posts": {
            "current_post": f"{_unit(case)}办公室主任", "management": "management", "keeps_post": "no",
        },
        "record": {
            appraisal(year): "excellent" if place == 1 else "competent" for place, year in enumerate(years(today))
        },
        "pledge": {
            "no_concurrent": "on", "discipline": "no_discipline", "political_rights": "never_deprived",
            "crime": "no_crime",
        },
    }  # fmt: skip
    for section, values in ODDITIES.get(oddity, {}).items():
        for name, value in values.items():
            parts[section][appraisal(years(today)[0]) if name == "appraisal" else name] = value
    return parts


def rows(section: str, case: Case, who: Candidate, *, today: date) -> list[Values]:
    """Give the rows of a part."""
    born, unit = who.person.born_on.year, _unit(case)
    began = born + 22
    middle = began + 6
    late = max(middle + 1, today.year - 5)
    if section == "resume":
        return [
            {"start": f"{born + 18}-09", "end": f"{began}-07", "unit": "南岭大学", "post": "学生", "witness": "陈序"},
            {"start": f"{began}-08", "end": f"{middle}-02", "unit": "云州市晨光社区服务中心", "post": "干事"},
            {"start": f"{middle}-03", "end": f"{late}-06", "unit": unit, "post": "项目主管", "witness": "高远"},
            {"start": f"{late}-07", "end": "至今", "unit": unit, "post": "办公室主任"},
        ]
    if section == "record":
        return [{"year": str(today.year - 2), "what": "云州市优秀社会工作者"}]
    partner = "李叙" if who.person.sex == "female" else "苏念"
    return [
        {"relation": "spouse", "name": partner, "birth": f"{born + 1}-05", "status": "masses",
         "unit": "云州市第三中学"},
        {"relation": "child", "name": "小禾", "birth": f"{born + 30}-10", "status": "masses", "unit": "学生"},
    ]  # fmt: skip


def _unit(case: Case) -> str:
    unit = case.organization.social_organizations.order_by("pk").first()
    return unit.name if unit else case.organization.name.removesuffix("党支部")


def _degree(education: str) -> str:
    return {"postgraduate": "master", "undergraduate": "bachelor"}.get(education, "no_degree")
