"""Codes of papers: keys of an office, genuine codes, and codes made by whoever has his own idea of them.

The message is put together here by hand, byte by byte as RFC 9052 says, so that what the portal signs is read by
another program than the one that wrote it.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import quote

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from joldama.referrals import code
from joldama.referrals.code import Coded
from joldama.standard.kinds import ResultKind
from joldama.vault.code_key import CodeKey, KeptKey, public_half

ORIGIN = "https://joldama.example"
DAY = date(2026, 3, 26)

CODED = Coded(
    number="АСТ-Ж-2026-000187",
    issued_on=DAY,
    control_code="KXMATBCA",
    kind=ResultKind.PUBLIC_WORKS,
    valid_until_on=date(2026, 4, 2),
    initials="Н.Ә.С.",
    last_digits="0018",
)


def kept(seed: int, **days: Any) -> KeptKey:
    """A private half that is the same in every run."""
    return KeptKey(
        (seed * 0x9E3779B97F4A7C15F39CC0605CEDC835).to_bytes(32), **{"since_on": date(2026, 1, 1), **days}
    )


WITHDRAWN = kept(11, until_on=date(2026, 2, 1), is_withdrawn=True)
ROTATED = kept(12, since_on=date(2026, 2, 1), until_on=date(2026, 3, 20))
SIGNING = kept(13, since_on=date(2026, 3, 20))
STRANGER = kept(14)

KEYS: tuple[CodeKey, ...] = tuple(
    public_half(number, each) for number, each in enumerate((WITHDRAWN, ROTATED, SIGNING), start=1)
)


def written(coded: Coded = CODED, by: KeptKey = SIGNING) -> str:
    """A code as the portal writes it."""
    return code.write(coded, origin=ORIGIN, kept=by, key=public_half(0, by))


@dataclass(frozen=True, kw_only=True)
class Handmade:
    """A code put together by hand; each part may be another than the portal's."""

    by: KeptKey = SIGNING
    payload: bytes = b""
    number: str = CODED.number
    day: str = CODED.issued_on.isoformat()
    control_code: str = CODED.control_code
    protected: bytes = b""
    named: bytes = b""
    beside: Any = None
    tag: int | None = 18
    signature: bytes = b""
    start: str = f"{ORIGIN}/verify/?"
    asked: str = ""

    def signed(self) -> "Handmade":
        """Sign it as it stands."""
        beside = f"{self.number}\n{self.day}\n{self.control_code}".encode()
        to_be_signed = cbor2.dumps(["Signature1", self._protected(), beside, self._payload()])
        r, s = decode_dss_signature(self.by.private.sign(to_be_signed, ec.ECDSA(SHA256())))
        return replace(self, signature=r.to_bytes(32) + s.to_bytes(32))

    def message(self) -> bytes:
        parts = [self._protected(), self.beside or {}, self._payload(), self.signature]
        return cbor2.dumps(parts if self.tag is None else cbor2.CBORTag(self.tag, parts))

    def text(self, message: bytes = b"") -> str:
        asked = self.asked or f"n={quote(self.number)}&d={self.day}&c={self.control_code}"
        return f"{self.start}{asked}#{int.from_bytes(message or self.message())}"

    def _protected(self) -> bytes:
        return self.protected or cbor2.dumps({1: -7, 4: self.named or public_half(0, self.by).name})

    def _payload(self) -> bytes:
        return self.payload or payload()


def payload(**changes: Any) -> bytes:
    """What is signed of a referral; None leaves a part out, and parts are named by their numbers: `_2=…`."""
    told = {1: 2, 2: (date(2026, 4, 2) - date(1970, 1, 1)).days, 3: "Н.Ә.С.", 4: "0018"}
    for name, value in changes.items():
        told[int(name[1:])] = value
    return cbor2.dumps({key: value for key, value in told.items() if value is not None}, canonical=True)
