"""The code on a referral: an address that anyone opens, and behind it what the office signed of the paper.

    https://…/verify/?n=NUMBER&d=DAY&c=CONTROL-CODE#DIGITS

The digits are one decimal number, and that number, big-endian, is a COSE_Sign1 message (RFC 9052) with ES256: a
browser does not send them, and the code needs less room for digits than for anything else. Signed are the payload,
a CBOR map, and beside it (external_aad) number, day and control code as lines. Nothing is told that A33 does not
tell to whoever has the control code. docs/verification.md says it to others.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import quote, unquote

import cbor2
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cwt import COSE, COSEKey, VerifyError

from joldama.standard.kinds import ResultKind
from joldama.vault.code_key import NAME_LENGTH, CodeKey, KeptKey

PAGE = "/verify/"

LONGEST = 2000
"""Characters of a text that is looked at; a code has some 400."""

_ES256 = -7
_ALGORITHM, _KEY = 1, 4
_SIGNATURE = 64
_EPOCH = date(1970, 1, 1)

_KIND, _VALID_UNTIL, _INITIALS, _LAST_DIGITS = 1, 2, 3, 4

_DIGITS = re.compile(r"[1-9][0-9]{0,999}")
_PARTS = re.compile(r"n=([^&=]+)&d=([^&=]+)&c=([^&=]+)")
_ENCODED = re.compile(r"(?:[^%]|%[0-9A-Fa-f]{2})+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FOUR = re.compile(r"[0-9]{4}")


class Finding(StrEnum):
    """What a code is; only the first of them is a yes."""

    GENUINE = "genuine"
    NOT_OURS = "not_ours"
    """Another address, or nothing that an office signed as a referral."""
    DAMAGED = "damaged"
    """Our address, and what stands behind it cannot be read."""
    UNKNOWN_KEY = "unknown_key"
    """Signed with a key that is not among those at hand."""
    FORGED = "forged"
    """The key is known, and did not sign this."""
    RETIRED_KEY = "retired_key"
    """Signed with a key that was withdrawn, or did not sign any more on that day."""


@dataclass(frozen=True, kw_only=True)
class Coded:
    """What a code says. `issued_on` is a local day; a record of guidance has no last day (A9)."""

    number: str
    issued_on: date
    control_code: str
    kind: ResultKind
    valid_until_on: date | None
    initials: str
    last_digits: str


@dataclass(frozen=True)
class Read:
    """The answer; `coded` is what is believed, and `key` the one that is named where it is known."""

    finding: Finding
    coded: Coded | None = None
    key: CodeKey | None = None


def write(coded: Coded, *, origin: str, kept: KeptKey, key: CodeKey) -> str:
    """Sign what a code says and give its text. `origin` is the address of the portal, without a path."""
    private = COSEKey.from_pem(
        kept.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), kid=key.name
    )
    message = COSE.new().encode_and_sign(
        cbor2.dumps(_told(coded), canonical=True),
        private,
        protected={_ALGORITHM: _ES256, _KEY: key.name},
        external_aad=_beside(coded.number, coded.issued_on.isoformat(), coded.control_code),
    )
    asked = f"n={quote(coded.number)}&d={coded.issued_on.isoformat()}&c={coded.control_code}"
    return f"{origin}{PAGE}?{asked}#{int.from_bytes(message)}"


def read(text: str, *, origin: str, keys: Iterable[CodeKey]) -> Read:
    """Judge the text of a code by the keys at hand; whether the referral is void or over nobody can tell from it."""
    text = text.strip()
    start = f"{origin}{PAGE}?"
    if len(text) > LONGEST or not text.startswith(start):
        return Read(Finding.NOT_OURS)
    asked, _, digits = text[len(start) :].partition("#")
    named, message = _named(asked), _message(digits)
    if named is None or message is None:
        return Read(Finding.DAMAGED)
    key = next((one for one in keys if one.name == message.key), None)
    if key is None:
        return Read(Finding.UNKNOWN_KEY)
    if not _is_signed(message.whole, key, _beside(*named)):
        return Read(Finding.FORGED, key=key)
    coded = _coded(message.payload, *named)
    if coded is None:
        return Read(Finding.NOT_OURS, key=key)
    if not key.may_have_signed(coded.issued_on):
        return Read(Finding.RETIRED_KEY, key=key)
    return Read(Finding.GENUINE, coded, key)


@dataclass(frozen=True)
class _Message:
    whole: bytes
    key: bytes
    payload: bytes


def _told(coded: Coded) -> dict[int, Any]:
    told: dict[int, Any] = {
        _KIND: coded.kind.number,
        _INITIALS: coded.initials,
        _LAST_DIGITS: coded.last_digits,
    }
    if coded.valid_until_on is not None:
        told[_VALID_UNTIL] = (coded.valid_until_on - _EPOCH).days
    return told


def _beside(number: str, day: str, control_code: str) -> bytes:
    return f"{number}\n{day}\n{control_code}".encode()


def _named(asked: str) -> tuple[str, str, str] | None:
    """Read number, day and control code of an address; None where one is missing or no day."""
    found = _PARTS.fullmatch(asked)
    if found is None or not _ENCODED.fullmatch(asked):
        return None
    try:
        number, day, control_code = (unquote(part, errors="strict") for part in found.groups())
    except UnicodeDecodeError:
        return None
    return (number, day, control_code) if _day(day) else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _message(digits: str) -> _Message | None:
    """Read a COSE_Sign1 message; None for anything that is not written exactly as we write it."""
    if not _DIGITS.fullmatch(digits):
        return None
    number = int(digits)
    whole = number.to_bytes((number.bit_length() + 7) // 8)
    match _decoded(whole):
        case cbor2.CBORTag(tag=18, value=[bytes(protected), dict(beside), bytes(payload), bytes(signature)]):
            name = _key_named(protected)
        case _:
            return None
    is_whole = not beside and len(signature) == _SIGNATURE and name is not None
    return _Message(whole, name, payload) if is_whole and name else None


def _key_named(protected: bytes) -> bytes | None:
    match _decoded(protected):
        case {1: -7, 4: bytes(name), **rest} if not rest and len(name) == NAME_LENGTH:
            return name
    return None


def _decoded(data: bytes) -> Any:
    """Decode CBOR in its one shortest form (RFC 8949 §4.2.1); None for any other."""
    try:
        value = cbor2.loads(data)
        return value if cbor2.dumps(value, canonical=True) == data else None
    except (cbor2.CBORError, ValueError, TypeError, OverflowError, RecursionError):
        return None


def _is_signed(message: bytes, key: CodeKey, beside: bytes) -> bool:
    pem = key.public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    try:
        COSE.new().decode(message, COSEKey.from_pem(pem, kid=key.name), external_aad=beside)
    except VerifyError:
        return False
    return True


def _coded(payload: bytes, number: str, day: str, control_code: str) -> Coded | None:
    """Read what was signed; None for what is no referral."""
    told = _decoded(payload)
    if not isinstance(told, dict) or not {_KIND, _INITIALS, _LAST_DIGITS} <= told.keys() <= _KEYS:
        return None
    kind, until = told[_KIND], told.get(_VALID_UNTIL)
    initials, last_digits = told[_INITIALS], told[_LAST_DIGITS]
    is_read = (
        _is_whole(kind, 1, len(ResultKind))
        and (until is None or _is_whole(until, 0, 99_999))
        and isinstance(initials, str)
        and isinstance(last_digits, str)
        and _FOUR.fullmatch(last_digits)
    )
    if not is_read:
        return None
    return Coded(
        number=number,
        issued_on=date.fromisoformat(day),
        control_code=control_code,
        kind=list(ResultKind)[kind - 1],
        valid_until_on=None if until is None else _EPOCH + timedelta(days=until),
        initials=initials,
        last_digits=last_digits,
    )


_KEYS = {_KIND, _VALID_UNTIL, _INITIALS, _LAST_DIGITS}


def _is_whole(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most
