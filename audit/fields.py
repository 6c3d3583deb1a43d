"""A column whose text is sealed at rest and plain in Python."""

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from audit.sealing import seal, unseal


class Hidden(str):
    """A text that never shows itself in a ``repr``, so that no traceback or log line tells it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<sealed>"


class SealedAttribute(DeferredAttribute):
    """Wraps what is assigned, so that it hides from ``repr`` before it is saved as well."""

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.attname] = Hidden(value) if type(value) is str else value


class SealedText(models.TextField):
    """A text sealed under the keyring with its ``table.column`` as context.

    It cannot be searched: keep a ``blind_index`` column beside it. Only ``isnull`` may be asked of it.
    """

    descriptor_class = SealedAttribute

    @property
    def context(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_lookup(self, lookup_name: str) -> type | None:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Hidden | None:
        return None if value is None else Hidden(unseal(value, context=self.context))

    def get_db_prep_value(self, value: object, connection: object, prepared: bool = False) -> str | None:
        value = super().get_db_prep_value(value, connection, prepared)
        return None if value is None else seal(str(value), context=self.context)
