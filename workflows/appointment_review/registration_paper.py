"""Fills the registration and approval form 人选登记审批表 from the version handed in and from what was said since."""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from approvals.models import Case, Decision
from approvals.wording import SAID
from workflows.appointment_review.candidate_queries import current_materials, submitted_versions
from workflows.appointment_review.enums import MaterialKind
from workflows.appointment_review.models import FormVersion
from workflows.appointment_review.sheet import form_sheet
from workflows.shared.documents import CareerRow, OpinionRow, RegistrationForm, RelativeRow
from workflows.shared.documents.pdf import LANGUAGE
from workflows.shared.enums import FileKind
from workflows.shared.files import open_for

OPINION_STEPS = ("party_levels", "deliberation")


def registration_paper(case: Case) -> RegistrationForm | None:
    """Make the form as it is printed for signatures; None while nothing was handed in.

    Args:
        case: The case with subject, organization and proposal.

    Raises:
        audit.sealing.SealBroken: the person's key was destroyed when the retention ended.
    """
    versions = submitted_versions(case)
    if not versions:
        return None
    with translation.override(LANGUAGE):
        return _form(case, versions[0])


def _form(case: Case, version: FormVersion) -> RegistrationForm:
    sheet = form_sheet(case, version)
    words = {
        f"{section}.{name}": cell.words for section, cells in sheet["cells"].items() for name, cell in cells.items()
    }
    proposal = case.proposal
    return RegistrationForm(
        dated=localdate(version.submitted_at),
        name=case.subject_name,
        sex=words["basics.sex"],
        born=words["basics.born_on"],
        ethnicity=words["basics.ethnicity"],
        native_place=words["basics.native_place"],
        birthplace=words["basics.birth_place"],
        joined=words["membership.joined_on"],
        full_member=words["membership.full_member_on"],
        working_since=words["basics.work_began"],
        political_status=words["basics.political_status"],
        health=words["basics.health"],
        strengths=words["basics.strengths"],
        professional_title=words["education.professional_title"],
        identity_number=sheet["identity"],
        telephone=words["basics.phone"],
        email=words["basics.email"],
        full_time_education=_both(words, "full_time_education", "full_time_degree"),
        full_time_school=words["education.full_time_school"],
        in_service_education=_both(words, "on_job_education", "on_job_degree"),
        in_service_school=words["education.on_job_school"],
        member_of=words["membership.branch"],
        present_post=words["posts.current_post"],
        intended_post=str(proposal.get_title_display()),
        leaving_post=words["posts.post_given_up"],
        organization=case.organization.name,
        term_number=str(proposal.term_number or ""),
        term=_term(case),
        obtained_by=str(proposal.get_source_display()),
        career=tuple(CareerRow(row["start"], row["end"], f"{row['unit']}{row['post']}") for row in sheet["resume"]),
        awards="；".join(f"{row['year']} {row['what']}" for row in sheet["honors"]),
        appraisals="；".join(f"{cell.label} {cell.words}" for cell in sheet["appraisals"]),
        relatives=tuple(
            RelativeRow(row["relation"], row["name"], row["birth"], row["status"], row["unit"])
            for row in sheet["family"]
        ),
        other_posts="；".join(f"{row['unit']}{row['post']}" for row in sheet["posts"]),
        reason=proposal.reason,
        opinions=tuple(_opinions(case)),
        filled_by=case.subject_name,
        case_number=case.number,
        photo=_photo(case),
    )


def _both(words: dict[str, str], education: str, degree: str) -> str:
    return " ".join(filter(None, (words[f"education.{education}"], words[f"education.{degree}"])))


def _term(case: Case) -> str:
    days = (case.proposal.from_on, case.proposal.until_on)
    return _("%(from)s to %(until)s") % {"from": _day(days[0]), "until": _day(days[1])} if all(days) else ""


def _day(on) -> str:
    return date_format(on, "DATE_FORMAT", use_l10n=True)


def _opinions(case: Case) -> list[OpinionRow]:
    said = Decision.objects.filter(seat__stage__case=case, seat__stage__step__in=OPINION_STEPS)
    return [
        OpinionRow(
            one.seat.stage.organization_name, str(SAID[one.verb][1]), one.reason, one.by_name, _day(localdate(one.at))
        )
        for one in said.select_related("seat__stage")
    ]


def _photo(case: Case) -> bytes:
    photo = current_materials(case).get(MaterialKind.PHOTO)
    return open_for(photo.file) if photo and photo.file.kind == FileKind.JPG else b""
