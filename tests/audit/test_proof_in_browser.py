"""The auditor's screens in a real browser: accessible on desk and phone, and they do what they say."""

import os

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission

from audit.checkpoints import make_checkpoint
from audit.models import Entry
from tests.audit.written import write_log
from tests.browsers import faults_of, started

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session_of_auditor(client, django_user_model, at, settings, tmp_path) -> str:
    settings.STATE_DIR = tmp_path
    write_log(at, cases=2, acts=3, reads=5)
    make_checkpoint(at=at)
    account = django_user_model.objects.create_user(username="jian", name="简明", password="a password for tests")
    account.user_permissions.add(Permission.objects.get(codename="view_entry", content_type__app_label="audit"))
    client.force_login(account)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def page(live_server, chromium, session_of_auditor, monkeypatch):
    # Playwright's loop runs in this thread; Django would refuse the tests' own questions to the database.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with started(chromium) as browser:
        context = browser.new_context(locale="zh-CN", base_url=live_server.url)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of_auditor, "url": live_server.url}
        context.add_cookies([cookie])
        yield context.new_page()


@pytest.mark.parametrize("width", [1280, 375])
def test_checking_and_exporting_work_and_axe_finds_nothing(page, width):
    page.set_viewport_size({"width": width, "height": 812})
    page.goto("/audit/")
    page.get_by_role("button", name="现在核验").click()
    page.get_by_role("heading", name="记录完整，没有改动").wait_for()
    with page.expect_download() as loaded:
        page.get_by_role("button", name="导出留痕").click()
    assert loaded.value.suggested_filename.endswith(".zip")
    found = []
    for address in ("/audit/", "/audit/exports/"):
        page.goto(address)
        found += faults_of(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == []
    assert list(Entry.objects.filter(stream="exports").values_list("verb", "actor_name")) == [
        ("audit.exported", "简明")
    ]
