"""The pages of telling."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications import beats
from notifications.models import Notice, Outbox
from notifications.outbox import enqueue

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_of(client):
    def open_page(account, path):
        client.force_login(account)
        return client.get(path)

    return open_page


def tell(account, numbers, at):
    for number in numbers:
        moment = at + timedelta(minutes=number)
        enqueue("seat_opened", to=account, key=f"seat:{number}", at=moment, link="/privacy/", thread=f"考{number}号")


def threads(response):
    return re.findall(r"<span class=\"nowrap\">考(\d+)号", response.content.decode())


def test_unread_notices_stand_first_and_nobody_sees_those_of_others(cast, page_of, at):
    tell(cast.zhou, range(4), at)
    tell(cast.wu, [9], at)
    Notice.objects.filter(thread="考3号").update(read_at=at)
    response = page_of(cast.zhou, "/notices/")
    assert threads(response) == ["2", "1", "0", "3"]
    assert "3 条未读" in response.content.decode()


def test_an_empty_list_says_what_will_stand_there(cast, page_of):
    assert "现在没有消息。" in page_of(cast.zhou, "/notices/").content.decode()


def test_opening_a_notice_marks_it_read_and_leads_on(cast, client, at):
    tell(cast.zhou, [1], at)
    notice = Notice.objects.get()
    client.force_login(cast.wu)
    assert client.get(f"/notices/{notice.pk}/").status_code == 404
    client.force_login(cast.zhou)
    assert client.get(f"/notices/{notice.pk}/").url == "/privacy/"
    read_at = Notice.objects.get().read_at
    assert read_at is not None
    client.get(f"/notices/{notice.pk}/")
    assert Notice.objects.get().read_at == read_at


def test_all_are_marked_read_by_post_and_only_the_own(cast, client, at):
    tell(cast.zhou, [1, 2], at)
    tell(cast.wu, [3], at)
    client.force_login(cast.zhou)
    assert client.get("/notices/read/").status_code == 405
    response = client.post("/notices/read/", follow=True)
    assert "已将 2 条消息标为已读。" in response.content.decode()
    assert list(Notice.objects.filter(read_at=None).values_list("recipient", flat=True)) == [cast.wu.pk]


def test_a_long_list_comes_in_parts_that_repeat_and_miss_nothing(cast, page_of, at):
    tell(cast.zhou, range(65), at)
    Notice.objects.filter(thread__in=[f"考{number}号" for number in range(0, 65, 2)]).update(read_at=at)
    seen, path = [], "/notices/"
    while path:
        response = page_of(cast.zhou, path)
        seen += threads(response)
        more = re.search(r'href="(\?after=[^"]+)"', response.content.decode())
        path = f"/notices/{more.group(1)}" if more else ""
    unread, read = list(range(63, 0, -2)), list(range(64, -1, -2))
    assert seen == [str(number) for number in unread + read]


@pytest.mark.parametrize("after", ["x", "1-", "0--4", "1-٣x", "0-9999999999999999999999"])
def test_a_place_that_is_none_is_refused(cast, page_of, after):
    assert page_of(cast.zhou, f"/notices/?after={after}").status_code == 400


def test_a_long_list_takes_as_many_queries_as_a_short_one(cast, page_of, at):
    counts = []
    page_of(cast.zhou, "/notices/")
    for numbers in (range(1), range(1, 3), range(3, 300)):
        tell(cast.zhou, numbers, at)
        with CaptureQueriesContext(connection) as queries:
            page_of(cast.zhou, "/notices/")
        counts.append(len(queries))
    assert len(set(counts)) == 1


def failed_letter(account, at):
    enqueue("seat_opened", to=account, key="seat:1", at=at, thread="考1号")
    Outbox.objects.update(state="failed", last_error="smtp_550", attempts=1)
    return Outbox.objects.get()


def test_only_the_system_administrator_sees_what_did_not_arrive(cast, page_of, at):
    failed_letter(cast.zhou, at)
    seen = {name: page_of(getattr(cast, name), "/deliveries/").status_code for name in ("zhou", "an", "jian", "xu")}
    assert seen == {"zhou": 403, "an": 403, "jian": 403, "xu": 200}


def test_an_incident_names_the_reader_and_the_reason_but_no_case(cast, page_of, at):
    failed_letter(cast.zhou, at)
    beats.beat(beats.WORKER, at=at - timedelta(days=400))
    page = page_of(cast.xu, "/deliveries/").content.decode()
    for words in ("您有 1 件待办", "周正", "邮件服务器拒收（550）", "已试 1 次", "后台程序已超过两分钟没有动静"):
        assert words in page
    assert "考1号" not in page


def test_strangers_are_sent_to_the_door(client):
    for path in ("/notices/", "/notices/1/", "/deliveries/"):
        assert client.get(path).url.startswith("/accounts/login/")
    for path in ("/notices/read/", "/deliveries/1/send/"):
        assert client.post(path).url.startswith("/accounts/login/")
