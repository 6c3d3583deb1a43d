import hashlib

import pytest
from django.db.models import ProtectedError
from django.test import RequestFactory

from audit.sealing import SealBroken
from tests.shared import hostile
from tests.shared.test_vetting import kept_bytes, state, upload  # noqa: F401
from workflows.shared.enums import FilePurpose
from workflows.shared.files import file_response, keep, keep_pages, open_for
from workflows.shared.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(state, cast, at):  # noqa: F811
    return keep(
        upload("承诺书.pdf", hostile.good_pdf()), by=cast.shen, at=at, purpose="material", person=cast.shen_person
    )


def test_a_file_is_kept_sealed_with_who_and_when(kept, state, cast, at):  # noqa: F811
    (path,) = kept_bytes(state)
    row = StoredFile.objects.get()
    assert path == state / "files" / row.pk.hex[:2] / str(row.pk)
    assert b"%PDF" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert (row.name, row.kind, row.pages, row.stored_by, row.stored_at, row.person) == (
        "承诺书.pdf", "pdf", 2, cast.shen, at, cast.shen_person,
    )  # fmt: skip
    content = open_for(row)
    assert (len(content), hashlib.sha256(content).hexdigest()) == (row.size, row.sha256)


def test_the_same_name_twice_is_two_files(kept, state, cast, at):  # noqa: F811
    again = keep(
        upload("承诺书.pdf", hostile.good_pdf(5)), by=cast.shen, at=at, purpose="material", person=cast.shen_person
    )
    assert (open_for(kept) != open_for(again), len(kept_bytes(state))) == (True, 2)


def test_bytes_moved_to_another_file_do_not_open(kept, state, cast, at):  # noqa: F811
    other = keep(upload("b.png", hostile.good_png()), by=cast.shen, at=at, purpose="photo", person=cast.shen_person)
    one, two = (state / "files" / row.pk.hex[:2] / str(row.pk) for row in (kept, other))
    two.write_bytes(one.read_bytes())
    with pytest.raises(SealBroken):
        open_for(other)


def test_a_file_ends_with_the_key_of_its_person(kept, cast):
    cast.shen_person.key = ""
    cast.shen_person.save()
    with pytest.raises(SealBroken):
        open_for(StoredFile.objects.get())


def test_who_stored_a_file_cannot_be_deleted(kept, cast):
    with pytest.raises(ProtectedError):
        cast.shen.delete()


def test_pages_of_a_vetted_scan_are_kept_as_they_are(state, cast, at):  # noqa: F811
    purpose = FilePurpose.SEALED_SCAN
    row = keep_pages(b"%PDF-ours", name="批复/15号", pages=2, by=cast.zhou, at=at, purpose=purpose, person=None)
    assert (open_for(row), row.purpose, row.name, row.pages) == (b"%PDF-ours", purpose, "15号.pdf", 2)


@pytest.mark.parametrize(("inline", "start"), [(False, "attachment"), (True, "inline")])
def test_a_file_is_delivered_privately(kept, inline, start):
    answer = file_response(RequestFactory().get("/"), kept, inline=inline)
    assert answer.content == open_for(kept)
    assert answer["Content-Disposition"] == f"{start}; filename*=utf-8''%E6%89%BF%E8%AF%BA%E4%B9%A6.pdf"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert answer["Content-Security-Policy"].endswith("; sandbox")


def test_a_word_document_is_only_downloaded(state, cast, at):  # noqa: F811
    row = keep(upload("a.docx", hostile.good_docx()), by=cast.shen, at=at, purpose="material")
    assert file_response(RequestFactory().get("/"), row, inline=True)["Content-Disposition"].startswith("attachment")


def test_asking_for_the_head_reads_no_bytes(kept):
    answer = file_response(RequestFactory().head("/"), kept)
    assert (answer.content, answer["Content-Length"]) == (b"", str(kept.size))
