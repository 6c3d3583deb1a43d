"""The pages of notices and objections in a real browser, on desk and phone: nothing for axe, nothing sideways."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories as make
from tests.browsers import judged, page_of, shot, signed_in
from tests.notices.notices import case_at_publication, objected, on_notice
from workflows.notices.actions.settling import accept

pytestmark = pytest.mark.browser


@pytest.fixture
def story(cast, live_server):
    """Put one on a notice with two objections, and let one more wait for it."""
    at = timezone.now() - timedelta(hours=1)
    case = on_notice(cast, mode="unit", form=True, at=at)
    fan = make.person("范知行")
    make.account("范知行", username="fan", person=fan)
    branch = make.organization("海珠湾朗读者协会党支部", under=cast.general_branch)
    ready = case_at_publication(cast, person=fan, organization=branch, at=at)
    (one, _), (other, _) = objected(case, at=at), objected(case, at=at)
    accept(pk=other.pk, by=cast.shi, at=at)
    return {"case": case, "ready": ready, "one": one.pk, "other": other.pk, "notice": case.noticed.get().notice}


@pytest.mark.parametrize("width", [1280, 375])
def test_pages_are_clean_and_an_objection_is_handed_in_on_the_phone(story, live_server, browser, width):
    notice, shots = story["notice"], iter(range(100))
    open_page = page_of(browser, width)

    def looked_at(page, address=""):
        if address:
            page.goto(f"{live_server.url}{address}")
        shot(page, f"notices-{width}-{next(shots)}")
        judged(page, width)

    looked_at(open_page, f"/announcements/{notice.token}/")
    open_page.get_by_role("button", name="加密提交").click()
    looked_at(open_page)
    open_page.fill("#id_text", "请核实任职经历。")
    open_page.get_by_label("不署名", exact=True).check()
    open_page.get_by_role("button", name="加密提交").click()
    looked_at(open_page)
    code = open_page.locator(".notice-code").inner_text()
    open_page.goto(f"{live_server.url}/announcements/outcome/")
    open_page.fill("#id_code", code)
    open_page.get_by_role("button", name="查询", exact=True).click()
    looked_at(open_page)
    shi = signed_in(browser, live_server, "shi", width)
    for address in (
        "/objections/", f"/objections/{story['one']}/", f"/objections/{story['other']}/", "/objections/letter/",
        f"/matters/case/{story['case'].number}/notice/end/",
    ):  # fmt: skip
        looked_at(shi, address)
    han = signed_in(browser, live_server, "han", width)
    looked_at(han, f"/public-notices/{notice.pk}/")
    looked_at(han, f"/matters/case/{story['ready'].number}/notice/")
    han.get_by_role("button", name="预览公示").click()
    looked_at(han)
