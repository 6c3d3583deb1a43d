"""The page "How I am told" in a real browser, on desk and phone."""

import pytest

from tests import factories as make
from tests.browsers import judged, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def reader(transactional_db, settings):
    settings.SMS_ADAPTER = "notifications.channels.sms.HttpSms"
    settings.SMS_URL = "http://127.0.0.1:9/"
    return make.account("陆远", username="lu", email="lu@example.com", phone="13900000007")


@pytest.mark.parametrize("width", [1280, 375])
def test_somebody_chooses_how_to_be_told(reader, live_server, browser, width):
    page = signed_in(browser, live_server, "lu", width)
    page.goto(f"{live_server.url}/telling/")
    judged(page, width)
    page.get_by_label("汇总发送时间").select_option("07:30")
    page.get_by_role("button", name="保存").click()
    page.wait_for_selector("[data-error-summary]")
    judged(page, width)
    page.get_by_label("免打扰时段").select_option("22:00-07:00")
    page.get_by_label("邮件：下级逾期").select_option("never")
    page.get_by_role("button", name="保存").click()
    page.wait_for_selector(".strip-success")
    assert page.get_by_label("汇总发送时间").input_value() == "07:30"
    page.get_by_role("button", name="向我的手机发送验证码").click()
    page.get_by_label("短信验证码").fill("12 34")
    judged(page, width)
    page.get_by_role("button", name="确认", exact=True).click()
    page.wait_for_selector("[data-error-summary]")
    judged(page, width)
