"""The auditor's screens in a real browser: accessible on desk and phone, and they do what they say."""

import pytest
from django.contrib.auth.models import Permission

from audit.checkpoints import make_checkpoint
from audit.models import Entry
from tests.audit.written import write_log
from tests.browsers import judged, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def auditor(django_user_model, at, settings, tmp_path) -> str:
    settings.STATE_DIR = tmp_path
    write_log(at, cases=2, acts=3, reads=5)
    make_checkpoint(at=at)
    account = django_user_model.objects.create_user(username="jian", name="简明", password="a password for tests")
    account.user_permissions.add(Permission.objects.get(codename="view_entry", content_type__app_label="audit"))
    return account.username


@pytest.mark.parametrize("width", [1280, 375])
def test_checking_and_exporting_work_and_axe_finds_nothing(auditor, browser, live_server, width):
    page = signed_in(browser, live_server, auditor, width)
    page.goto(f"{live_server.url}/audit/")
    page.get_by_role("button", name="现在核验").click()
    page.get_by_role("heading", name="记录完整，没有改动").wait_for()
    with page.expect_download() as loaded:
        page.get_by_role("button", name="导出留痕").click()
    assert loaded.value.suggested_filename.endswith(".zip")
    for address in ("/audit/", "/audit/exports/"):
        page.goto(f"{live_server.url}{address}")
        judged(page, width)
    assert list(Entry.objects.filter(stream="exports").values_list("verb", "actor_name")) == [
        ("audit.exported", "简明")
    ]
