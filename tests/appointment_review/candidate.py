"""A registration form with everything filled in, and the small files of an application."""

import io
from datetime import date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from approvals.models import Case
from organizations.models import Account
from tests.factories import NOW, TODAY
from workflows.appointment_review.actions.forms import add_row, save_fields
from workflows.appointment_review.actions.materials import add_material
from workflows.appointment_review.form_fields import empty_document
from workflows.appointment_review.rules.documents import Page

PAGE = Page(tab="one", edition=999)
FIELDS = {
    "basics": {
        "sex": "female", "born_on": "1985年3月9日", "ethnicity": "汉族", "native_place": "南岭省海珠湾区",
        "political_status": "full_member", "work_began": "2007.9", "phone": "１３８ ００００ ０００１",
    },
    "membership": {
        "joined_on": "2006-05-04", "full_member_on": "2007年5月4日", "branch": "海珠湾晨光社工服务中心党支部",
    },
    "education": {
        "full_time_education": "undergraduate", "full_time_degree": "bachelor", "full_time_school": "岚城大学护理学院",
    },
    "posts": {"current_post": "海珠湾晨光社工服务中心副主任", "management": "management", "keeps_post": "no"},
    "record": {"appraisal_2025": "competent", "appraisal_2024": "excellent", "appraisal_2023": "competent"},
    "pledge": {
        "no_concurrent": "on", "discipline": "no_discipline", "political_rights": "never_deprived", "crime": "no_crime",
        "truth": "on", "no_bar": "on", "consent": "on",
    },
}  # fmt: skip
RESUME = [
    {"start": "2003年9月", "end": "2007.6", "unit": "岚城大学护理学院", "post": "学生"},
    {"start": "200707", "end": "2021年8月", "unit": "海珠湾区第五康复医院", "post": "护士"},
    {"start": "2021年9月", "end": "至今", "unit": "海珠湾晨光社工服务中心", "post": "副主任"},
]
SPOUSE = {"relation": "spouse", "name": "陆远", "birth": "1984年1月", "status": "masses", "unit": "无"}
REQUIRED = (
    "identity_card", "photo", "membership_proof", "diploma", "self_statement", "pledge", "recommendation", "minutes",
)  # fmt: skip


def document(**sections: dict) -> dict:
    """Write a stored form without open problems; keyword arguments replace values of a section."""
    made = empty_document(today=TODAY)
    made["basics"] |= {
        "name": "沈若溪", "sex": "female", "born_on": "1985-03-09", "ethnicity": "汉族",
        "native_place": "南岭省海珠湾区", "political_status": "full_member", "work_began": "2007-09",
        "phone": "13800000001",
    }  # fmt: skip
    made["membership"] |= {
        "joined_on": "2006-05-04", "full_member_on": "2007-05-04", "branch": "海珠湾晨光社工服务中心党支部",
    }  # fmt: skip
    made["education"] |= FIELDS["education"]
    made["posts"] |= FIELDS["posts"]
    made["record"] |= FIELDS["record"]
    made["resume"]["rows"] = [
        {"id": 1, "start": "2003-09", "end": "2007-06", "unit": "岚城大学护理学院", "post": "学生"},
        {"id": 2, "start": "2007-07", "end": "2021-08", "unit": "海珠湾区第五康复医院", "post": "护士"},
        {"id": 3, "start": "2021-09", "end": "present", "unit": "海珠湾晨光社工服务中心", "post": "副主任"},
    ]
    made["family"]["rows"] = [{"id": 4} | SPOUSE | {"birth": "1984-01"}]
    made["pledge"] |= {name: True if value == "on" else value for name, value in FIELDS["pledge"].items()}
    for name, values in sections.items():
        made[name] |= values
    return made


def fill_in(case: Case, by: Account, *, at: datetime = NOW, **sections: dict) -> None:
    """Fill in the whole form by the real verbs; keyword arguments replace what is typed in a section."""
    for name, values in FIELDS.items():
        typed = values | sections.get(name, {})
        save_fields(case_pk=case.pk, section=name, values=typed, page=PAGE, by=by, at=at)
    for row in sections.get("resume", {}).get("rows", RESUME):
        add_row(case_pk=case.pk, section="resume", by=by, at=at, values=row)
    add_row(case_pk=case.pk, section="family", by=by, at=at, values=SPOUSE)


def picture(name: str = "scan.png", color: str = "white") -> SimpleUploadedFile:
    """Make a small picture."""
    held = io.BytesIO()
    Image.new("RGB", (20, 20), color).save(held, "PNG")
    return SimpleUploadedFile(name, held.getvalue(), "image/png")


def hand_over_files(case: Case, by: Account, *, at: datetime = NOW, kinds: tuple[str, ...] = REQUIRED) -> None:
    """Upload a picture for each required material."""
    for kind in kinds:
        add_material(case_pk=case.pk, kind=kind, upload=picture(), by=by, at=at)


def months(text: str) -> tuple[int, int]:
    """Read ``2015-03``."""
    year, month = text.split("-")
    return int(year), int(month)


def on(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)
