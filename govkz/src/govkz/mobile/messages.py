"""The messages of the three calls: two that are written, one that is read."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from govkz.mobile.figures import Figures

LARGEST = 1_000_000
"""Bytes of a signed answer; more is not read."""

LONGEST_NAME = 2_000
MOST_META = 50


class Misfit(StrEnum):
    """Why an answer is not what was asked for."""

    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    WRONG_SHAPE = "wrong_shape"
    OTHER_METHOD = "other_method"
    OTHER_DOCUMENT = "other_document"
    NO_SIGNATURE = "no_signature"


class NotUnderstood(Exception):
    """The answer does not have the form of the protocol; `misfit` says what is wrong, `place` where."""

    def __init__(self, misfit: Misfit, place: str = "") -> None:
        super().__init__(f"{misfit}: {place}" if place else str(misfit))
        self.misfit = misfit
        self.place = place


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """Who asks for the signature."""

    kk: str
    ru: str
    en: str
    bin: str


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """The answer to the first call: who asks, for what, until when (aware), and where the document is."""

    description: str
    expires_at: datetime
    organisation: Organisation
    uri: str

    def written(self, figures: Figures) -> dict[str, Any]:
        """Return the message as JSON holds it."""
        who = self.organisation
        return {
            "description": self.description,
            "expiry_date": self.expires_at.isoformat(timespec="milliseconds"),
            "organisation": {"nameRu": who.ru, "nameKz": who.kk, "nameEn": who.en, "bin": who.bin},
            "document": {
                "uri": self.uri,
                "auth_type": figures.auth_type,
                "auth_token": figures.auth_token,
            },
        }


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The answer to the second call: one document with its names, and what else the phone shows of it."""

    id: int
    kk: str
    ru: str
    en: str
    meta: tuple[tuple[str, str], ...]
    content: bytes

    def written(self, figures: Figures) -> dict[str, Any]:
        """Return the message as JSON holds it."""
        data = base64.b64encode(self.content).decode()
        return {
            "signMethod": figures.sign_method,
            "documentsToSign": [
                {
                    "id": self.id,
                    "nameRu": self.ru,
                    "nameKz": self.kk,
                    "nameEn": self.en,
                    "meta": [{"name": name, "value": value} for name, value in self.meta],
                    "document": {"file": {"mime": figures.mime, "data": data}},
                }
            ],
        }


def read_signed(body: bytes, *, paper_id: int, figures: Figures) -> bytes:
    """Read the answer of the third call and return the signed message (CMS; base64 undone, PEM as it came).

    The form is held to strictly where it is known: method, one document, its number, the types of what it
    names. Members that nobody described are passed over, since the application may grow. Raises NotUnderstood.
    """
    message = _mapping(_parsed(body), "")
    if message.get("signMethod") != figures.sign_method:
        raise NotUnderstood(Misfit.OTHER_METHOD, "signMethod")
    documents = _of(list, message.get("documentsToSign"), "documentsToSign")
    if len(documents) != 1:
        raise NotUnderstood(Misfit.OTHER_DOCUMENT, "documentsToSign")
    document = _mapping(documents[0], "documentsToSign[0]")
    _check_names(document)
    if str(_of((int, str), document.get("id"), "id")) != str(paper_id):
        raise NotUnderstood(Misfit.OTHER_DOCUMENT, "id")
    file = _mapping(_mapping(document.get("document"), "document").get("file"), "file")
    _of(str, file.get("mime", ""), "mime")
    return _message(_of(str, file.get("data"), "data"))


def _parsed(body: bytes) -> object:
    if len(body) > LARGEST:
        raise NotUnderstood(Misfit.TOO_LARGE)
    try:
        return json.loads(body.decode("utf-8"), object_pairs_hook=_once_each, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(Misfit.NOT_JSON) from error


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a member stands there twice")
    return found


def _no_constant(name: str) -> object:
    raise ValueError(f"JSON has no {name}")


def _check_names(document: dict[str, Any]) -> None:
    for name in ("nameRu", "nameKz", "nameEn"):
        _short(document.get(name, ""), name)
    meta = _of(list, document.get("meta", []), "meta")
    if len(meta) > MOST_META:
        raise NotUnderstood(Misfit.WRONG_SHAPE, "meta")
    for row in meta:
        for name in ("name", "value"):
            _short(_mapping(row, "meta").get(name, ""), f"meta.{name}")


def _short(value: object, place: str) -> None:
    if len(_of(str, value, place)) > LONGEST_NAME:
        raise NotUnderstood(Misfit.WRONG_SHAPE, place)


def _message(data: str) -> bytes:
    text = data.strip()
    if text.startswith("-----BEGIN"):
        return text.encode()
    try:
        message = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotUnderstood(Misfit.NO_SIGNATURE, "data") from error
    if not message:
        raise NotUnderstood(Misfit.NO_SIGNATURE, "data")
    return message


def _mapping(value: object, place: str) -> dict[str, Any]:
    return _of(dict, value, place)


def _of(kind: type | tuple[type, ...], value: Any, place: str) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise NotUnderstood(Misfit.WRONG_SHAPE, place)
    return value
