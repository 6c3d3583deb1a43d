"""Uploading and removing materials: vetted before anything is kept, never overwritten."""

from datetime import datetime

from django.core.files.base import File
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from approvals.actions.acting import Acting, acting_on
from approvals.enums import CaseState
from approvals.errors import NotEntitled
from approvals.models import Case
from audit.errors import Refusal
from organizations.models import Account
from organizations.queries import candidates_helped_by
from workflows.appointment_review.candidate_queries import MATERIALS_STEP, handed_in, seat_of_candidate
from workflows.appointment_review.enums import MaterialKind
from workflows.appointment_review.errors import NotHandedIn
from workflows.appointment_review.models import Material
from workflows.shared.enums import FileKind, FilePurpose
from workflows.shared.files import digest_mark, file_mark, keep
from workflows.shared.models import StoredFile

PHOTO_LIMIT_BYTES = 2 * 1024 * 1024
MOST_VERSIONS = 40


class NotAPicture(Refusal):
    """A photo is a picture."""

    code = "photo_not_a_picture"
    message = _("The photo has to be a JPG or PNG picture of at most 2 MB.")


class TooManyVersions(Refusal):
    """Somebody uploads without end."""

    code = "too_many_versions"
    message = _("This material was already replaced {count} times. Please ask the office for help.")


class AlreadyHandedIn(Refusal):
    """What was handed in stays."""

    code = "material_handed_in"
    message = _("This material was handed in and stays on file. Upload a new version to replace it.")


def add_material(*, case_pk: int, kind: MaterialKind, upload: File, by: Account, at: datetime) -> Material:
    """Check an upload, keep it, and make it the current version of a material.

    Args:
        case_pk: Key of the case.
        kind: Which material.
        upload: What came in.
        by, at: The candidate or a helper, and when.

    Returns:
        The new version; earlier ones stay.

    Raises:
        UploadRefused, NotAPicture: the file is not taken; nothing was stored.
        NotHandedIn, NotEntitled: the case is not with the candidate, or ``by`` is nobody concerned.
        TooManyVersions: the number of versions is used up.
    """
    case = Case.objects.select_related("subject").get(pk=case_pk)
    _demand_open(case, by)  # before the slow look into the file; asked again under the lock
    _demand_room(case, kind)
    if kind == MaterialKind.PHOTO:
        _demand_picture(upload)
    purpose = FilePurpose.PHOTO if kind == MaterialKind.PHOTO else FilePurpose.MATERIAL
    file = keep(upload, by=by, at=at, purpose=purpose, person=case.subject)
    with acting_on(case_pk, by=by, at=at) as act:
        _demand_open(act.case, by)
        last = Material.objects.filter(case=case_pk, kind=kind).aggregate(last=Max("version"))["last"] or 0
        _withdraw_drafts(act, kind)
        material = Material.objects.create(
            case=act.case, kind=kind, version=last + 1, file=file, uploaded_by=by, uploaded_at=at
        )
        facts = {"kind": kind, "version": material.version, "file": file_mark(file), "bytes": file.size}
        act.log("material.uploaded", facts=facts | {"sha256": digest_mark(file)})
    return material


def take_from_paper(act: Acting, kind: MaterialKind, file: StoredFile) -> Material | None:
    """Make a scan that the office filed the current version of a material, while the materials are handed in.

    Args:
        act: The act on the case.
        kind: Which material.
        file: The kept scan.

    Returns:
        The new version; None when the case is further on, where nothing is added any more.

    Raises:
        TooManyVersions: the number of versions is used up.
    """
    if act.case.state != CaseState.OPEN or act.case.step != MATERIALS_STEP:
        return None
    _demand_room(act.case, kind)
    last = Material.objects.filter(case=act.case, kind=kind).aggregate(last=Max("version"))["last"] or 0
    _withdraw_drafts(act, kind)
    material = Material.objects.create(
        case=act.case, kind=kind, version=last + 1, file=file, uploaded_by=act.by, uploaded_at=act.at
    )
    facts = {"kind": kind, "version": material.version, "file": file_mark(file), "bytes": file.size}
    act.log("material.uploaded", facts=facts | {"sha256": digest_mark(file)})
    return material


def remove_material(*, case_pk: int, material_pk: int, by: Account, at: datetime) -> None:
    """Take back a material that was not handed in yet; the row stays, marked as withdrawn.

    Raises:
        AlreadyHandedIn: it was part of what was handed in.
        NotHandedIn, NotEntitled: as in ``add_material``; also when there is no such material.
    """
    with acting_on(case_pk, by=by, at=at) as act:
        _demand_open(act.case, by)
        material = (
            Material.objects.filter(case=case_pk, pk=material_pk, withdrawn_at=None).select_related("file").first()
        )
        if material is None:
            raise NotHandedIn
        handed_in_at = _handed_in_at(act.case)
        if handed_in_at and material.uploaded_at <= handed_in_at:
            raise AlreadyHandedIn
        Material.objects.filter(pk=material.pk, withdrawn_at=None).update(withdrawn_at=at)
        facts = {"kind": material.kind, "version": material.version, "file": file_mark(material.file)}
        act.log("material.withdrawn", facts=facts)


def _demand_open(case: Case, by: Account) -> None:
    mine = by.person_id is not None and case.subject_id == by.person_id
    if not mine and not candidates_helped_by(by).filter(person=case.subject_id).exists():
        raise NotEntitled
    if case.state != CaseState.OPEN or case.step != MATERIALS_STEP or seat_of_candidate(case) is None:
        raise NotHandedIn


def _demand_room(case: Case, kind: str) -> None:
    count = Material.objects.filter(case=case, kind=kind).count()
    if count >= MOST_VERSIONS:
        raise TooManyVersions(count=count)


def _demand_picture(upload: File) -> None:
    extension = (upload.name or "").rpartition(".")[2].lower()
    if extension in (FileKind.PDF, FileKind.DOCX) or (upload.size or 0) > PHOTO_LIMIT_BYTES:
        raise NotAPicture


def _withdraw_drafts(act: Acting, kind: str) -> None:
    drafts = Material.objects.filter(case=act.case, kind=kind, withdrawn_at=None)
    handed_in_at = _handed_in_at(act.case)
    if handed_in_at:
        drafts = drafts.filter(uploaded_at__gt=handed_in_at)
    drafts.update(withdrawn_at=act.at)


def _handed_in_at(case: Case) -> datetime | None:
    return handed_in(case).aggregate(last=Max("submitted_at"))["last"]
