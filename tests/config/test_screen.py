"""The words of the template language."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django import forms
from django.template import Context, Template
from django.utils import translation

from config.icons import SHAPES
from config.templatetags.screen import TAGS

TODAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def written(source: str, language: str = "zh-hans", **facts: object) -> str:
    with translation.override(language), time_machine.travel(TODAY, tick=False):
        return Template(source).render(Context(facts)).strip()


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (date(2026, 11, 19), "11月19日（周四）", "Thu 19 Nov"),
        (date(2027, 1, 15), "2027年1月15日（周五）", "Fri 15 Jan 2027"),
        (datetime(2026, 11, 22, 16, 30, tzinfo=UTC), "11月23日（周一）", "Mon 23 Nov"),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), "2027年1月1日（周五）", "Fri 1 Jan 2027"),
        (None, "", ""),
    ],
)
def test_a_day_carries_its_weekday_and_the_year_when_it_is_another_one(value, chinese, english):
    assert written("{{ value|day }}", value=value) == chinese
    assert written("{{ value|day }}", "en", value=value) == english


@pytest.mark.parametrize(
    ("value", "spoken"),
    [
        (datetime(2026, 11, 23, 1, 14, tzinfo=UTC), "今天 09:14"),
        (datetime(2026, 11, 9, 7, 48, tzinfo=UTC), "11月9日 15:48"),
        (datetime(2025, 12, 20, 16, 5, tzinfo=UTC), "2025年12月21日 00:05"),
    ],
)
def test_a_moment_is_told_on_24_hours_in_the_time_of_the_province(value, spoken):
    assert written("{{ value|moment }}", value=value) == spoken


@pytest.mark.parametrize(
    ("days", "words", "color"),
    [
        (-2, "逾期 2 个工作日", "tag-stop"),
        (0, "今天", "tag-caution"),
        (1, "还有 1 个工作日", "tag-grey"),
        (7, "还有 7 个工作日", "tag-grey"),
    ],
)
def test_the_time_left_is_red_only_when_it_is_over(days, words, color):
    html = written("{% due_tag days %}", days=days)
    assert words in html
    assert f'class="tag {color}"' in html


@pytest.mark.parametrize(
    ("number", "shown"),
    [("441234199105051236", "4****************6"), ("12", "**"), ("", ""), (None, ""), ("123", "1*3")],
)
def test_a_number_is_hidden_but_for_its_ends(number, shown):
    assert written("{{ number|masked }}", number=number) == shown


def test_a_tag_escapes_its_words_and_hides_its_shape_from_readers():
    html = written("{% tag 'agreed' text %}", text="<b>同意</b>")
    assert "&lt;b&gt;同意&lt;/b&gt;" in html
    assert 'aria-hidden="true"' in html


def test_every_kind_of_tag_has_a_shape():
    assert [kind for kind, (_, shape) in TAGS.items() if shape not in SHAPES] == []


def test_a_month_and_a_hash_are_written_as_the_office_writes_them():
    assert written("{{ value|month }}", value=date(2015, 3, 1)) == "2015年3月"
    assert written("{{ value|grouped }}", value="9f3a41c7" + "0" * 52 + "c21e") == "9f3a 41c7 … c21e"
    assert written("{{ value|spoken_working_days }}", value=12) == "12 个工作日"


class NameForm(forms.Form):
    name = forms.CharField(help_text="与身份证一致", widget=forms.TextInput(attrs={"placeholder": "姓名"}))


def test_a_refused_field_points_at_its_hint_and_its_error_and_has_no_placeholder():
    form = NameForm({"name": ""})
    html = written('{% include "components/field.html" %}', field=form["name"])
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert "placeholder" not in html


def test_the_error_summary_leads_to_each_field():
    html = written('{% include "components/error_summary.html" %}', form=NameForm({"name": ""}))
    assert "还不能提交，有 1 处要补" in html
    assert 'href="#id_name"' in html


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/128.0 Safari/537.36 Edg/128.0",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) MicroMessenger/8.0.49 Safari/604.1",
            "WeChat · iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox · Linux"),
        ("curl/8.9", "curl/8.9"),
        ("", ""),
    ],
)
def test_a_browser_is_named_in_two_words(sent, named):
    assert written("{{ sent|browser }}", sent=sent) == named
