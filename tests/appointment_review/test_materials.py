"""Materials: which are asked for, how versions follow each other, who may read a file."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from approvals.errors import NotEntitled
from audit.models import Entry
from organizations.actions.helpers import add_helper
from organizations.models import OrganizationGrant
from tests.appointment_review.candidate import document, fill_in, hand_over_files, picture
from tests.cases import fresh, new_case, policy, say  # noqa: F401
from tests.factories import NOW
from workflows.appointment_review.actions.forms import hand_in
from workflows.appointment_review.actions.materials import (
    AlreadyHandedIn,
    NotAPicture,
    add_material,
    remove_material,
)
from workflows.appointment_review.candidate_queries import current_materials
from workflows.appointment_review.errors import NotHandedIn
from workflows.appointment_review.form_fields import CONSENT_TEXT
from workflows.appointment_review.models import Material
from workflows.appointment_review.rules.materials import wanted
from workflows.shared.models import StoredFile
from workflows.shared.vetting import UploadRefused

LATER = NOW + timedelta(days=1)


@pytest.fixture
def case(cast, policy):  # noqa: F811
    return new_case(cast)


def upload(case, by, kind="diploma", file=None, at=NOW):
    return add_material(case_pk=case.pk, kind=kind, upload=file or picture(), by=by, at=at)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def test_the_list_says_what_is_required():
    needs = {one.kind: one.need for one in wanted(document(), set())}
    required = [kind for kind, need in needs.items() if need == "required"]
    assert required == [
        "identity_card", "photo", "membership_proof", "diploma",
        "self_statement", "pledge", "recommendation", "minutes",
    ]  # fmt: skip
    assert needs["employer_consent"] == "where_asked"
    keeps = {one.kind: one.missing for one in wanted(document(posts={"keeps_post": "yes"}), {"photo"})}
    assert (keeps["employer_consent"], keeps["photo"], keeps["credit_report"]) == (True, False, False)


def test_a_new_version_replaces_and_the_old_one_stays(cast, case):
    first, second = upload(case, cast.shen), upload(case, cast.shen)
    assert [(row.version, row.withdrawn_at) for row in Material.objects.order_by("version")] == [(1, NOW), (2, None)]
    assert (current_materials(case)["diploma"], first.file_id != second.file_id) == (second, True)
    assert StoredFile.objects.count() == 2


def test_what_was_handed_in_stays_and_a_removed_replacement_gives_way_to_it(cast, case):
    fill_in(case, cast.shen)
    hand_over_files(case, cast.shen)
    handed_in = current_materials(case)["diploma"]
    hand_in(case_pk=case.pk, by=cast.shen, at=NOW, key="k", consent_text=CONSENT_TEXT)
    say(fresh(case), cast.lin, "return", at=LATER, corrections=[("material:diploma", "看不清")])
    with pytest.raises(AlreadyHandedIn):
        remove_material(case_pk=case.pk, material_pk=handed_in.pk, by=cast.shen, at=LATER)
    newer = upload(case, cast.shen, at=LATER)
    assert current_materials(case)["diploma"] == newer
    remove_material(case_pk=case.pk, material_pk=newer.pk, by=cast.shen, at=LATER)
    assert current_materials(case)["diploma"] == handed_in


def test_a_photo_is_a_picture(cast, case):
    with pytest.raises(NotAPicture):
        upload(case, cast.shen, "photo", SimpleUploadedFile("photo.pdf", b"%PDF-1.4", "application/pdf"))


def test_a_hostile_file_is_refused_and_nothing_is_stored(cast, case):
    with pytest.raises(UploadRefused):
        upload(case, cast.shen, file=SimpleUploadedFile("scan.png", b"MZ this is a program", "image/png"))
    assert (StoredFile.objects.count(), Material.objects.count()) == (0, 0)


def test_uploads_are_chained_with_the_case(cast, case):
    upload(case, cast.shen)
    entry = Entry.objects.get(verb="material.uploaded")
    assert (entry.stream, entry.actor_id) == (f"case:{case.number}", cast.shen.pk)


def test_only_the_candidate_and_a_helper_upload_and_only_in_time(cast, case):
    with pytest.raises(NotEntitled):
        upload(case, cast.lin)
    add_helper(candidate=cast.shen, login="he", at=NOW)
    assert upload(case, cast.he).uploaded_by == cast.he
    fill_in(case, cast.shen)
    hand_over_files(case, cast.shen)
    hand_in(case_pk=case.pk, by=cast.shen, at=NOW, key="k", consent_text=CONSENT_TEXT)
    with pytest.raises(NotHandedIn):
        upload(case, cast.shen)
    assert StoredFile.objects.count() == 9


# Who reads the candidate's file, written by hand: her own, her helper while she fills in, those above her branch
# whose role reads files; nobody elsewhere, nobody who only sees that the case exists, no administrator.
READERS = {
    "shen": 200, "lin": 200, "feng": 200, "gao": 200, "han": 200, "zhou": 200, "qian": 200, "shi": 200,
    "chen": 404, "wu": 404, "mei": 404, "deng": 404, "ma": 404, "he": 404, "xu": 404, "an": 404, "jian": 404,
}  # fmt: skip


def test_who_may_read_a_file(cast, case):
    file = upload(case, cast.shen).file
    answers = {name: signed_in(getattr(cast, name)).get(f"/files/{file.pk}/").status_code for name in READERS}
    assert answers == READERS
    readers = Entry.objects.filter(stream="files", verb="file.read").values_list("actor_name", flat=True)
    assert sorted(readers) == sorted(["林秋", "冯立", "高远", "韩启明", "周正", "钱一帆", "石坚"])


def test_a_helper_reads_until_the_right_ends(cast, case):
    file = upload(case, cast.shen).file
    helper = add_helper(candidate=cast.shen, login="he", at=NOW)
    client = signed_in(cast.he)
    assert client.get(f"/files/{file.pk}/").status_code == 200
    helper.until_at = LATER
    helper.save()
    assert client.get(f"/files/{file.pk}/").status_code == 404


def test_a_withdrawn_grant_ends_reading_at_the_next_request(cast, case):
    file = upload(case, cast.shen).file
    client = signed_in(cast.han)
    assert client.get(f"/files/{file.pk}/").status_code == 200
    OrganizationGrant.objects.filter(user=cast.han).delete()
    assert client.get(f"/files/{file.pk}/").status_code == 404


def test_a_stranger_is_sent_to_the_door_and_a_wrong_key_finds_nothing(cast, case):
    file = upload(case, cast.shen).file
    assert Client().get(f"/files/{file.pk}/").status_code == 302
    assert signed_in(cast.shen).get("/files/00000000-0000-0000-0000-000000000000/").status_code == 404
