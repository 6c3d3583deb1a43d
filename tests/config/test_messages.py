"""The catalogs are kept complete by a command that needs no gettext on the machine."""

from pathlib import Path

import pytest

from config.catalogs import catalog_path, compile_catalog, read_catalog, stale_catalogs
from config.messages import compare, contradictions, extract_room, merge, write_catalog

CODE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext_lazy

TITLE = gettext_lazy("Inbox")
SEAT = pgettext_lazy("noun", "Seat")
NOT_SHOWN = "Secret"


def count(n):
    return ngettext("One case", "%(n)s cases", n) % {"n": n} + _("Done, {name}")
"""
TEMPLATE = """{% load i18n %}<h1 class="x">{% translate "Welcome" %} {{ _("Today") }}</h1>
    {% if a %}
  {% blocktranslate count n=rows|length %}One row{% plural %}{{ n }} rows{% endblocktranslate %}
        {% endif %}{# translators never see (this #}
{% include "components/x.html" with title=_("Filter's end") %}
{% translate "Post" context "noun" as post %}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "approvals/migrations").mkdir(parents=True)
    (tmp_path / "approvals/texts.py").write_text(CODE)
    (tmp_path / "approvals/migrations/0001_initial.py").write_text('_("Only in a migration")')
    for folder in ("approvals", "components"):
        (tmp_path / "templates" / folder).mkdir(parents=True)
    (tmp_path / "templates/approvals/inbox.html").write_text(TEMPLATE)
    (tmp_path / "templates/components/card.html").write_text('{% translate "Card" %}')
    return tmp_path


def ids(project: Path, room: str) -> set[str]:
    return {m.id if isinstance(m.id, str) else " | ".join(m.id) for m in extract_room(project, room) if m.id}


def test_code_and_templates_of_a_room_give_their_strings(project):
    assert ids(project, "approvals") == {
        "Inbox",
        "Seat",
        "One case | %(n)s cases",
        "Done, {name}",
        "Welcome",
        "Today",
        "One row | %(n)s rows",
        "Filter's end",
        "Post",
    }


def test_components_belong_to_config(project):
    assert ids(project, "config") == {"Card"}


def test_an_empty_catalog_misses_every_string(project):
    assert sorted(fault for fault, _ in compare(project, "config")) == ["missing"]


def test_what_is_missing_fuzzy_unused_or_garbled_is_named(project):
    path = catalog_path(project / "locale", "approvals")
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid "Inbox"\nmsgstr "待办"\n\nmsgid "Done, {name}"\nmsgstr "已办，{nome}"\n\n'
        '#, fuzzy\nmsgid "Welcome"\nmsgstr "欢迎"\n\nmsgid "Gone"\nmsgstr "已不用"\n\n'
        'msgid "One case"\nmsgid_plural "%(n)s cases"\nmsgstr[0] "%(n)s 个个案"\n',
        encoding="utf-8",
    )
    assert set(compare(project, "approvals")) == {
        ("placeholder", "Done, {name}"),
        ("fuzzy", "Welcome"),
        ("unused", "Gone"),
        ("missing", "Seat"),
        ("missing", "Today"),
        ("missing", "One row"),
        ("missing", "Filter's end"),
        ("missing", "Post"),
    }


def test_an_update_keeps_translations_and_drops_what_is_unused(project):
    path = catalog_path(project / "locale", "config")
    path.parent.mkdir(parents=True)
    path.write_text('msgid "Gone"\nmsgstr "已不用"\n\nmsgid "Card"\nmsgstr "卡片"\n', encoding="utf-8")
    write_catalog(path, merge(extract_room(project, "config"), read_catalog(path)))
    assert path.read_text(encoding="utf-8").endswith('\n\nmsgid "Card"\nmsgstr "卡片"\n')
    assert "Gone" not in path.read_text(encoding="utf-8")
    first = path.read_bytes()
    write_catalog(path, merge(extract_room(project, "config"), read_catalog(path)))
    assert path.read_bytes() == first


def test_two_rooms_that_translate_a_string_differently_are_named(project):
    for room, text in (("config", "岗位"), ("approvals", "帖子")):
        path = catalog_path(project / "locale", room)
        path.parent.mkdir(parents=True)
        path.write_text(f'msgid "Post"\nmsgstr "{text}"\n', encoding="utf-8")
    assert list(contradictions(project)) == [("config and approvals", "Post")]


def test_a_catalog_is_compiled_once(project):
    path = catalog_path(project / "locale", "config")
    path.parent.mkdir(parents=True)
    path.write_text('msgid "Card"\nmsgstr "卡片"\n', encoding="utf-8")
    assert list(stale_catalogs(project / "locale")) == [path]
    assert compile_catalog(path) == 1
    assert list(stale_catalogs(project / "locale")) == []
