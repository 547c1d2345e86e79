"""Encrypted columns: text, bytes and JSON that only a running installation can read.

The row's id is part of what is authenticated, so a value copied into another row does not open.
Models that use them therefore have an id before they are saved (a UUID).
"""

import json
from typing import Any

from django.db import models

from joldama.vault.cipher import seal, unseal


class _Closed(bytes):
    """Stored bytes, not opened yet."""


class _Opening:
    """Opens the column when it is read for the first time."""

    def __init__(self, field: "SealedField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, _Closed):
            value = self.field.loads(unseal(value, place=self.field.place(instance)))
            instance.__dict__[name] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedField(models.BinaryField):
    """Bytes at rest encrypted with AES-256-GCM; in Python plain bytes."""

    descriptor_class = _Opening
    # What the column takes and gives, for the type checker.
    _pyi_private_set_type: bytes
    _pyi_private_get_type: bytes

    def place(self, instance: models.Model) -> str:
        return f"{self.model._meta.db_table}.{self.column}:{instance.pk}"

    def dumps(self, value: Any) -> bytes:
        return bytes(value)

    def loads(self, plain: bytes) -> Any:
        return plain

    def from_db_value(self, value: Any, expression: object, connection: object) -> _Closed | None:
        return None if value is None else _Closed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> _Closed | None:
        return self.close(model_instance, model_instance.__dict__[self.attname])

    def close(self, instance: models.Model, value: Any) -> "_Closed | None":
        """Encrypt `value` for the row of `instance`."""
        if value is None or isinstance(value, _Closed):
            return value
        return _Closed(seal(self.dumps(value), place=self.place(instance)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, _Closed):
            raise TypeError(f"{self.name} is encrypted: write it with save() or vault.fields.closed()")
        return super().get_db_prep_value(value, connection, prepared)

    def _check_str_default_value(self) -> list[Any]:
        return []

    def get_default(self) -> Any:
        return self._get_default()  # type: ignore[attr-defined]  # Django's own, not in its stubs

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError("encrypted columns are not exported")


def closed(instance: models.Model, column: str, value: Any) -> bytes | None:
    """Encrypt `value` for `column` of `instance`, to be written by QuerySet.update()."""
    field = instance._meta.get_field(column)
    assert isinstance(field, SealedField)
    return field.close(instance, value)


class SealedText(SealedField):
    """Text at rest encrypted."""

    _pyi_private_set_type: str  # type: ignore[assignment]  # a column of another type
    _pyi_private_get_type: str  # type: ignore[assignment]

    def dumps(self, value: Any) -> bytes:
        return str(value).encode()

    def loads(self, plain: bytes) -> str:
        return plain.decode()


class SealedJSON(SealedField):
    """A JSON value at rest encrypted."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def dumps(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()

    def loads(self, plain: bytes) -> Any:
        return json.loads(plain)


class BlindIndex(models.BinaryField):
    """A 32-byte keyed hash (vault.cipher.blind); comparable, not readable."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 32)
        super().__init__(*args, **kwargs)
