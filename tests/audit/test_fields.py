"""The sealed column: plain in Python, sealed in the table, silent in a repr."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.test.utils import isolate_apps

from audit.fields import SealedText
from audit.sealing import SealBroken, seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    with isolate_apps("audit"):

        class Letter(models.Model):  # noqa: DJ008
            words = SealedText(null=True)

            class Meta:
                app_label = "audit"
                db_table = "test_letter"

        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE test_letter (id integer PRIMARY KEY, words text)")
        yield Letter
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE test_letter")


def stored() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM test_letter ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_what_is_stored_is_sealed_and_what_is_read_is_plain(letter):
    letter.objects.bulk_create([letter(id=1, words="内部意见"), letter(id=2, words=""), letter(id=3, words=None)])
    assert [text and text[:3] for text in stored()] == ["v1|", "v1|", None]
    assert "内部意见" not in stored()[0]
    assert list(letter.objects.order_by("id").values_list("words", flat=True)) == ["内部意见", "", None]


def test_an_update_seals_as_well(letter):
    letter.objects.create(id=1, words="old")
    letter.objects.filter(id=1).update(words="new")
    assert stored()[0].startswith("v1|")
    assert letter.objects.get().words == "new"


def test_the_value_never_shows_in_a_repr(letter):
    made = letter.objects.create(id=1, words="内部意见")
    for one in (made, letter.objects.get()):
        assert repr(one.words) == "<sealed>"
        assert "内部意见" not in repr(one.__dict__)
        assert f"{one.words}" == "内部意见"


def test_a_sealed_column_cannot_be_searched(letter):
    with pytest.raises(FieldError):
        letter.objects.filter(words="内部意见").exists()
    assert not letter.objects.filter(words__isnull=True).exists()


def test_a_value_sealed_for_another_column_does_not_open(letter):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO test_letter VALUES (1, %s)", [seal("x", context="other_table.words")])
    with pytest.raises(SealBroken):
        letter.objects.get()
