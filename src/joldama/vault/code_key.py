"""A key for the codes on papers: P-256 for ES256 (RFC 9053 §2.1), with its number and the days it signed."""

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

NAME_LENGTH = 4
"""Bytes of a key's name: the code is small, and a name that two keys share is only a signature that fails."""

_HALF = 32


class NoKeys(ValueError):
    """What was handed in is no published set of keys."""


@dataclass(frozen=True)
class KeptKey:
    """The private half as an installation keeps it: a number of 32 bytes, and the days it signed on.

    `until_on` is the last day it signed; None for the one that signs. A withdrawn one is believed no more,
    whatever the day: somebody else may have it.
    """

    secret: bytes
    since_on: date
    until_on: date | None = None
    is_withdrawn: bool = False

    @cached_property
    def private(self) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(int.from_bytes(self.secret), ec.SECP256R1())


@dataclass(frozen=True)
class CodeKey:
    """The public half, as it is published."""

    number: int
    public: ec.EllipticCurvePublicKey
    since_on: date
    until_on: date | None = None
    is_withdrawn: bool = False

    @cached_property
    def name(self) -> bytes:
        """The start of its thumbprint (RFC 7638), by which a code names it."""
        told = {name: self.as_jwk()[name] for name in ("crv", "kty", "x", "y")}
        canonical = json.dumps(told, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).digest()[:NAME_LENGTH]

    def may_have_signed(self, day: date) -> bool:
        """Say whether what names this day is believed; a paper may be sealed days after its decision."""
        return not self.is_withdrawn and (self.until_on is None or day <= self.until_on)

    def as_jwk(self) -> dict[str, Any]:
        """Give its JSON Web Key (RFC 7517) without its name."""
        point = self.public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)[1:]
        return {
            "kty": "EC",
            "crv": "P-256",
            "alg": "ES256",
            "use": "sig",
            "x": _base64url(point[:_HALF]),
            "y": _base64url(point[_HALF:]),
        }


def public_half(number: int, kept: KeptKey) -> CodeKey:
    """Give what is published of a key."""
    return CodeKey(number, kept.private.public_key(), kept.since_on, kept.until_on, kept.is_withdrawn)


def published(keys: Iterable[CodeKey]) -> dict[str, Any]:
    """Give a JSON Web Key Set; beside the standard members each key has its number and its days."""
    return {
        "keys": [
            {
                "kid": key.name.hex(),
                **key.as_jwk(),
                "number": key.number,
                "since": key.since_on.isoformat(),
                "until": key.until_on.isoformat() if key.until_on else None,
                "withdrawn": key.is_withdrawn,
            }
            for key in keys
        ]
    }


def read_published(text: str | bytes) -> tuple[CodeKey, ...]:
    """Read what `published` gave as JSON; raise NoKeys for anything else."""
    try:
        return tuple(_read(told) for told in json.loads(text)["keys"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoKeys("no published set of keys") from error


def _read(told: dict[str, Any]) -> CodeKey:
    point = b"\x04" + _bytes(told["x"]) + _bytes(told["y"])
    return CodeKey(
        number=int(told["number"]),
        public=ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point),
        since_on=date.fromisoformat(told["since"]),
        until_on=date.fromisoformat(told["until"]) if told["until"] else None,
        is_withdrawn=bool(told["withdrawn"]),
    )


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
