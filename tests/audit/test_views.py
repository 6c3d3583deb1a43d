"""The auditor's screens: for auditors, and for nobody else."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from audit.models import Entry
from tests.audit.written import write_log

pytestmark = pytest.mark.django_db

GET = ["audit:proof", "audit:exports", "audit:public_key"]
POST = ["audit:verify", "audit:export"]


@pytest.fixture
def auditor(django_user_model, at, settings, tmp_path):
    settings.STATE_DIR = tmp_path
    write_log(at, cases=2, acts=3, reads=5)
    account = django_user_model.objects.create_user(username="jian", name="简明", password="a password for tests")
    account.user_permissions.add(Permission.objects.get(codename="view_entry", content_type__app_label="audit"))
    return account


@pytest.mark.parametrize("name", [*GET, *POST])
def test_nobody_else_comes_in(name, client, auditor, django_user_model):
    client.force_login(
        django_user_model.objects.create_user(username="he", name="何平", password="a password for tests")
    )
    answer = client.post(reverse(name)) if name in POST else client.get(reverse(name))
    assert answer.status_code == 403
    assert Entry.objects.filter(stream__in=["audit", "exports"]).count() == 0


@pytest.mark.parametrize("name", POST)
def test_acts_are_not_links(name, client, auditor):
    client.force_login(auditor)
    assert client.get(reverse(name)).status_code == 405


def test_checking_now_shows_that_the_record_is_whole(client, auditor):
    client.force_login(auditor)
    assert "还没有核验过" in client.get(reverse("audit:proof")).content.decode()
    page = client.post(reverse("audit:verify"), follow=True).content.decode()
    assert "记录完整，没有改动" in page
    assert Entry.objects.get(stream="audit").actor_id == auditor.pk


def test_the_export_is_a_zip_and_is_listed_afterwards(client, auditor):
    client.force_login(auditor)
    answer = client.post(reverse("audit:export"))
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert "导出全部记录" in client.get(reverse("audit:exports")).content.decode()


def test_the_public_key_is_handed_out_as_a_file(client, auditor):
    client.force_login(auditor)
    answer = client.get(reverse("audit:public_key"))
    assert (answer["Content-Disposition"], len(answer.content)) == ('attachment; filename="kaoping-audit.pub"', 45)
