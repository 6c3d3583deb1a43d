"""Bar 3: with database, logs and files, but without the key, nobody finds who objected; and pages never tell that."""

import io
import logging
import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse

from notifications.models import Notice
from tests import factories as make
from tests.cases import fresh, publish
from tests.cast import Cast
from tests.factories import NOW
from tests.notices.notices import AFTER, TEXT, case_at_publication, notice_policy, on_notice, put_up_for
from tests.security.probing import names, taken_back
from workflows.notices import box
from workflows.notices.actions.objecting import context_of
from workflows.notices.actions.publishing import take_down
from workflows.notices.actions.settling import accept, read
from workflows.notices.actions.upkeep import once_a_day
from workflows.notices.forms import SIGNED_OUT
from workflows.notices.models import Objection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
ADDRESS, AGENT = "203.0.113.77", "RarePhone/77"
CONTACT = "13977706017"
NAMED = {"text": TEXT, "named": "yes", "contact": CONTACT, "code": ""}
OF_THE_DOOR = ("account_", "mfa_", "usersessions_")
DRAWN_ANEW = re.compile(r'data-csrf="[^"]*"|name="(?:csrfmiddlewaretoken|key|code)" value="[^"]*"|nonce="[^"]*"')


def dump() -> dict[str, set[str]]:
    """Write out every row of every table as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = {repr(row) for row in cursor.fetchall()}
    return found


def files() -> dict[str, bytes]:
    """Read everything that lies in the folder of files."""
    folder = Path(django_settings.STATE_DIR) / "files"
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def logged():
    """Write down what the handler of the settings would write, at its most talkative."""
    configured = next(each for each in logging.getLogger().handlers if any("Unlogged" in str(f) for f in each.filters))
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s %(pathname)s"))
    for one in configured.filters:
        handler.addFilter(one)
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def visitor(account) -> tuple[Client, str]:
    """Sign somebody in as a browser does; gives the client and the key of the session."""
    client = Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=AGENT, enforce_csrf_checks=False)
    client.post("/accounts/login/", {"login": account.username, "password": make.PASSWORD})
    client.get("/my/")
    return client, client.cookies[django_settings.SESSION_COOKIE_NAME].value


@pytest.mark.parametrize("signed_in", [True, False])
def test_nobody_finds_who_objected(cast, now, settings, logged, signed_in):
    case = on_notice(cast)
    person = case.noticed.get()
    address = f"/announcements/{person.notice.token}/"
    client, session = visitor(cast.he) if signed_in else (Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=AGENT), "")
    logged.truncate(0)
    before, kept, cached = dump(), files(), dict(caches["default"]._cache)
    now.shift(600)  # long enough for the moment of the last request to be written anew
    client.get(address)
    name = {} if signed_in else {"name": "何苗"}
    shown = client.post(address, NAMED | {"about": person.pk} | name)
    assert shown.status_code == 200
    code = re.search(r'notice-code">([A-Z0-9 ]+)<', shown.content.decode())[1].replace(" ", "")
    client.post("/announcements/outcome/", {"code": code})
    client.get("/announcements/not-there/")
    Client(REMOTE_ADDR=ADDRESS, enforce_csrf_checks=True).post(address, NAMED)
    after = dump()
    new = {table: rows - before[table] for table, rows in after.items() if rows != before[table]}
    # One row in one table is all that came; no session, no entry, no message, no count was written.
    assert {table: len(rows) for table, rows in new.items()} == {"workflows_objection": 1}
    assert (files(), dict(caches["default"]._cache), logged.getvalue()) == (kept, cached, "")
    assert read_by_key(settings)["name"] == "何苗"
    everything = "".join(row for rows in after.values() for row in rows)
    (row,) = new["workflows_objection"]
    told = ("何苗", cast.he.username + "'", ADDRESS, AGENT, CONTACT, TEXT, code, "10:1", *filter(None, [session]))
    assert [word for word in told if word in row] == []
    assert [word for word in (CONTACT, TEXT, code) if word in everything] == []
    assert str(Objection.objects.get().pk) not in logged.getvalue()
    settings.OBJECTION_KEY = ""
    with pytest.raises(box.NoKey):
        read_by_key(settings)


def test_whoever_writes_longer_than_the_sign_in_lasts_loses_nothing_and_leaves_no_trace(cast, now, settings, logged):
    person = on_notice(cast).noticed.get()
    address = f"/announcements/{person.notice.token}/"
    client, session = visitor(cast.he)
    client.get(address)
    logged.truncate(0)
    before, kept = dump(), files()
    now.shift(settings.SESSION_IDLE_SECONDS + 60)
    answer = client.post(address, NAMED | {"about": person.pk})
    shown = answer.content.decode()
    assert (answer.status_code, TEXT in shown, str(SIGNED_OUT) in shown) == (422, True, True)
    assert ('name="name"' in shown, "何苗" in shown) == (True, False)
    assert dump() == before
    assert client.post(address, NAMED | {"about": person.pk, "name": "何苗"}).status_code == 200
    assert client.post(address, NAMED | {"about": person.pk, "named": "no"}).status_code == 200
    after = dump()
    new = {table: len(rows - before[table]) for table, rows in after.items() if rows != before[table]}
    assert (new, files(), logged.getvalue()) == ({"workflows_objection": 2}, kept, "")
    assert client.cookies[django_settings.SESSION_COOKIE_NAME].value == session
    assert client.get("/my/").headers["Location"].startswith("/accounts/login/")


def read_by_key(settings) -> dict:
    objection = Objection.objects.get()
    return box.open_box(objection.box, context=context_of(objection.pk))


def test_a_row_looks_the_same_whoever_objected(cast, settings):
    case = on_notice(cast)
    person = case.noticed.get()
    address = f"/announcements/{person.notice.token}/"
    for client, name in ((visitor(cast.he)[0], {}), (Client(), {"name": "某人"}), (Client(), {"named": "no"})):
        client.post(address, NAMED | {"about": person.pk} | name)
    rows = [dict(row) for row in Objection.objects.values()]
    alike = {tuple(sorted((key, len(str(value))) for key, value in row.items())) for row in rows}
    assert (len(rows), len(alike)) == (3, 1)
    same = ("about_id", "standing", "finding", "due_on", "answer")
    assert len({tuple(row[key] for key in same) for row in rows}) == 1


def test_a_fault_on_such_a_page_is_told_without_address_or_person(cast, logged, monkeypatch):
    case = on_notice(cast)
    client, _session = visitor(cast.he)
    client.raise_request_exception = False
    logged.truncate(0)
    logged.seek(0)
    monkeypatch.setattr("workflows.notices.views.open_pages.people_on", lambda notice: 1 / 0)
    assert client.get(f"/announcements/{case.noticed.get().notice.token}/").status_code == 500
    told = logged.getvalue()
    assert "ZeroDivisionError" in told
    assert [
        word for word in ("announcements", "何苗", case.noticed.get().notice.token, "Traceback") if word in told
    ] == []


def addresses(cast: Cast, case) -> list[str]:
    """List what candidates, reviewers, administrators and auditors may look at, as far as it could tell something."""
    notice, seat = case.noticed.latest("pk").notice, case.stages.get(outcome="").seats.get()
    found = [
        reverse(name) for name, names_something in names() if not names_something and not name.startswith(OF_THE_DOOR)
    ]
    number = case.number
    return [
        *found, f"/my/{number}/", f"/matters/{case.matter.number}/", f"/matters/case/{number}/", f"/seats/{seat.pk}/",
        f"/matters/case/{number}/notice/", f"/matters/case/{number}/notice/end/", f"/public-notices/{notice.pk}/",
        f"/public-notices/{notice.pk}/print/", f"/cases/{number}/?whole=1", f"/cases/{number}/chart/",
        "/search/?q=沈若溪", f"/search/?q={number}", f"/people/{cast.shen_person.pk}/",
        f"/organizations/{cast.branch.code}/", f"/announcements/{notice.token}/",
    ]  # fmt: skip


def crawl(cast: Cast, case, who: str) -> dict[str, tuple[int, bytes]]:
    """Read every page as one person; whatever reading writes is taken back."""
    client = Client()
    with taken_back():
        client.force_login(getattr(cast, who))
        client.get("/notices/")
        pages = {}
        for address in addresses(cast, case):
            with taken_back():
                answer = client.get(address)
                text = answer.content.decode(errors="replace") if not answer.streaming else ""
                pages[address] = (answer.status_code, DRAWN_ANEW.sub("", text))
        return pages


@pytest.mark.parametrize("who", ["shen", "han", "xu", "an", "jian"])
def test_no_page_tells_that_anybody_objected(cast, who, settings):
    case = on_notice(cast)
    client, _session = visitor(cast.he)
    without = crawl(cast, case, who)
    person = case.noticed.get()
    client.post(f"/announcements/{person.notice.token}/", NAMED | {"about": person.pk})
    pk = Objection.objects.get().pk
    read(pk=pk, by=cast.shi, at=NOW)
    accept(pk=pk, by=cast.shi, at=NOW)
    with_one = crawl(cast, case, who)
    assert [address for address, page in without.items() if with_one[address] != page] == []
    assert sum(status == 200 for status, _ in without.values()) > 10


def test_two_on_one_notice_look_alike_whichever_was_objected_to(cast, now):
    publish(notice_policy(), by=cast.an)
    fan = make.person("范知行")
    make.account("范知行", username="fan", person=fan)
    branch = make.organization("海珠湾朗读者协会党支部", under=cast.general_branch)
    cases = [case_at_publication(cast), case_at_publication(cast, person=fan, organization=branch)]
    put_up_for(cast, *cases)
    person = cases[0].noticed.get()
    Client().post(f"/announcements/{person.notice.token}/", NAMED | {"about": person.pk, "name": "甲"})
    assert Objection.objects.count() == 1
    now.move_to(AFTER)
    once_a_day(AFTER)
    take_down(AFTER)
    told = [(fresh(c).phase, fresh(c).phase_since, fresh(c).expected_on, fresh(c).step) for c in cases]
    assert told[0] == told[1]
    dues = [c.stages.get(outcome="").due_at for c in cases]
    assert dues[0] == dues[1]
    pages = []
    for case, account in zip(cases, (cast.shen, fan.account), strict=True):
        client = Client()
        client.force_login(account)
        text = DRAWN_ANEW.sub("", client.get(f"/my/{case.number}/").content.decode())
        for known in (case.number, case.subject_name, case.organization.name, case.matter.number, account.username):
            text = text.replace(known, "·")
        pages.append(text)
    assert pages[0] == pages[1]
    heard = Notice.objects.filter(kind__startswith="objections").values_list("recipient__username", flat=True)
    assert set(heard) == {"shi"}
