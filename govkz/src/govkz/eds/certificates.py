"""Read certificates as NUCA issues them: who holds them, in which role, for which use (RFC 5280).

Attributes of the subject are found by type, not by place. The check digit of an IIN is not looked at here:
the national CA's own test identities have numbers whose check digit does not hold.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntFlag
from functools import lru_cache

from govkz.eds import algorithms, der, oids
from govkz.eds.armour import unarmour
from govkz.eds.reports import Role

MAX_CERTIFICATE_BYTES = 64 * 1024
MAX_SERIAL_BYTES = 32

ROLES = {
    oids.INFORMATION_SYSTEM: Role.INFORMATION_SYSTEM,
    oids.HEAD: Role.HEAD,
    oids.SIGNATORY: Role.SIGNATORY,
    oids.FINANCE_SIGNATORY: Role.FINANCE_SIGNATORY,
    oids.PERSONNEL: Role.PERSONNEL,
    oids.EMPLOYEE: Role.EMPLOYEE,
    oids.LEGAL_ENTITY: Role.LEGAL_ENTITY,
    oids.INDIVIDUAL: Role.INDIVIDUAL,
}

_UNDERSTOOD = frozenset(
    {
        oids.SUBJECT_KEY_IDENTIFIER,
        oids.KEY_USAGE,
        oids.SUBJECT_ALTERNATIVE_NAME,
        oids.BASIC_CONSTRAINTS,
        oids.CRL_DISTRIBUTION_POINTS,
        oids.CERTIFICATE_POLICIES,
        oids.AUTHORITY_KEY_IDENTIFIER,
        oids.EXTENDED_KEY_USAGE,
    }
)
_ENCODINGS = {
    0x0C: "utf-8",
    0x13: "ascii",
    0x16: "ascii",
    0x14: "latin-1",
    0x1E: "utf-16-be",
    0x1C: "utf-32-be",
}
_IIN = re.compile(r"IIN([0-9]{12})")
_BIN = re.compile(r"BIN([0-9]{12})")


class Usage(IntFlag):
    """The bits of KeyUsage that are asked for, in two bytes of its bit string (RFC 5280 §4.2.1.3)."""

    DIGITAL_SIGNATURE = 0x8000
    NON_REPUDIATION = 0x4000
    KEY_ENCIPHERMENT = 0x2000
    KEY_AGREEMENT = 0x0800
    CERTIFICATE_SIGN = 0x0400
    CRL_SIGN = 0x0200


_EVERY_USAGE = sum(Usage)


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """A certificate that was read, not yet believed.

    `iin` and `bin` are the numbers of the holder and of his organisation as written, None where there is none or
    more than one; `name` is surname, name and patronymic, or the name of a system.
    """

    encoded: bytes
    tbs: bytes
    serial: int
    issuer: bytes
    subject: bytes
    not_before: datetime
    not_after: datetime
    key: algorithms.PublicKey
    algorithm: str
    signature: bytes
    names: tuple[tuple[str, str], ...]
    extensions: dict[str, bytes]
    critical: frozenset[str]
    has_unknown_critical: bool
    usage: Usage | None
    purposes: frozenset[str]
    policies: tuple[str, ...]
    is_authority: bool
    path_limit: int | None
    key_identifier: bytes | None
    authority_key_identifier: bytes | None
    # Found once: a holder who signs again costs nothing.
    role: Role | None = field(init=False)
    iin: str | None = field(init=False)
    bin: str | None = field(init=False)
    name: str | None = field(init=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "role", next((role for oid, role in ROLES.items() if oid in self.purposes), None))
        put(self, "iin", self._numbered(_IIN, oids.SERIAL_NUMBER))
        put(self, "bin", self._numbered(_BIN, oids.ORGANISATIONAL_UNIT, oids.SERIAL_NUMBER))
        parts = [self.attribute(oids.COMMON_NAME), self.attribute(oids.GIVEN_NAME)]
        put(self, "name", " ".join(part for part in parts if part) or None)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Certificate) and self.encoded == other.encoded

    def __hash__(self) -> int:
        return hash(self.encoded)

    @property
    def is_self_issued(self) -> bool:
        return self.issuer == self.subject

    @property
    def issuer_names(self) -> tuple[tuple[str, str], ...]:
        """Give the attributes of the issuer's name as pairs of type and text; raises Malformed."""
        return tuple(_names(der.parse(self.issuer)))

    @property
    def serial_text(self) -> str:
        return f"{self.serial:X}"

    def attribute(self, oid: str) -> str | None:
        """Give the first attribute of the subject of this type."""
        return next((text for key, text in self.names if key == oid), None)

    def may(self, usage: Usage) -> bool:
        """Tell whether KeyUsage allows all of these; a certificate without KeyUsage allows nothing."""
        return self.usage is not None and self.usage & usage == usage

    def _numbered(self, pattern: re.Pattern[str], *types: str) -> str | None:
        found = {match[1] for key, text in self.names if key in types and (match := pattern.fullmatch(text))}
        return found.pop() if len(found) == 1 else None


def read(blob: bytes) -> Certificate:
    """Read a certificate, DER or PEM; raises Malformed."""
    encoded = unarmour(blob, label="CERTIFICATE", limit=MAX_CERTIFICATE_BYTES)
    outer = der.parse(encoded).expect(der.SEQUENCE).children(3, 3)
    tbs = outer[0].expect(der.SEQUENCE)
    fields = tbs.children(7)
    if fields[0].tag != 0xA0:
        raise der.Malformed("a certificate of version 3 is expected")
    serial, inner_algorithm, issuer, validity, subject, key_info = fields[1:7]
    # Nobody signed what is around the signed part: there is one way to write it, or one certificate has many.
    bits = der.encode(der.BIT_STRING, outer[2].expect(der.BIT_STRING).content)
    if encoded != der.encode(der.SEQUENCE, tbs.encoded, inner_algorithm.encoded, bits):
        raise der.Malformed("a certificate is written in DER, with one algorithm")
    not_before, not_after = validity.expect(der.SEQUENCE).children(2, 2)
    extensions, critical = _extensions(fields[7:])
    is_authority, path_limit = _basic_constraints(extensions.get(oids.BASIC_CONSTRAINTS))
    return Certificate(
        encoded=encoded,
        tbs=tbs.encoded,
        serial=_serial(serial),
        issuer=issuer.expect(der.SEQUENCE).encoded,
        subject=subject.expect(der.SEQUENCE).encoded,
        not_before=der.moment(not_before),
        not_after=der.moment(not_after),
        key=algorithms.PublicKey(
            key_info.encoded, algorithm_of(key_info.expect(der.SEQUENCE).children(2, 2)[0])
        ),
        algorithm=algorithm_of(outer[1]),
        signature=der.bits(outer[2]),
        names=tuple(_names(subject)),
        extensions=extensions,
        critical=critical,
        has_unknown_critical=not critical <= _UNDERSTOOD,
        usage=_usage(extensions.get(oids.KEY_USAGE)),
        purposes=_purposes(extensions.get(oids.EXTENDED_KEY_USAGE)),
        policies=_policies(extensions.get(oids.CERTIFICATE_POLICIES)),
        is_authority=is_authority,
        path_limit=path_limit,
        key_identifier=_key_identifier(extensions.get(oids.SUBJECT_KEY_IDENTIFIER)),
        authority_key_identifier=_authority_key(extensions.get(oids.AUTHORITY_KEY_IDENTIFIER)),
    )


def algorithm_of(element: der.Element) -> str:
    """Read the identifier out of an AlgorithmIdentifier; its parameters are NULL, absent or the key's own.

    Raises Malformed where they are anything else: nothing signs them in a message, and no byte of it is free.
    """
    algorithm, *parameters = element.expect(der.SEQUENCE).children(1, 2)
    for given in parameters:
        if given.encoded != _NULL and given.tag not in (der.SEQUENCE, der.OID):
            raise der.Malformed("an algorithm has other parameters")
    return der.identifier(algorithm)


_NULL = der.encode(der.NULL)


def names_in(name: bytes) -> list[tuple[str, str]]:
    """Give types and values in a Name in DER, such as a certificate's issuer; raises Malformed."""
    return _names(der.parse(name))


def common_name(name: bytes) -> str | None:
    """Give the common name in a Name in DER, such as a certificate's issuer; raises Malformed."""
    return next((text for oid, text in names_in(name) if oid == oids.COMMON_NAME), None)


def _serial(element: der.Element) -> int:
    if element.end - element.body > MAX_SERIAL_BYTES:
        raise der.Malformed("a serial number is short")
    return der.number(element)


def _names(subject: der.Element) -> list[tuple[str, str]]:
    found = []
    for relative in subject.children():
        for attribute in relative.expect(der.SET).children():
            oid, value = attribute.expect(der.SEQUENCE).children(2, 2)
            if value.tag in _ENCODINGS:
                found.append((der.identifier(oid), _text(value)))
    return found


def _text(value: der.Element) -> str:
    try:
        text = value.content.decode(_ENCODINGS[value.tag])
    except UnicodeDecodeError as undecodable:
        raise der.Malformed("a text that cannot be read") from undecodable
    if text.isprintable():
        return " ".join(text.split())
    shown = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(shown.split())


def _extensions(fields: list[der.Element]) -> tuple[dict[str, bytes], frozenset[str]]:
    found: dict[str, bytes] = {}
    critical: set[str] = set()
    for wrapper in fields:
        if wrapper.tag != 0xA3:
            continue
        for oid, is_critical, value in extensions_in(wrapper.children(1, 1)[0]):
            if oid in found:
                raise der.Malformed("an extension stands twice")
            found[oid] = value
            if is_critical:
                critical.add(oid)
    return found, frozenset(critical)


def extensions_in(listed: der.Element) -> list[tuple[str, bool, bytes]]:
    """Read a list of extensions: identifier, whether critical, value."""
    found = []
    for extension in listed.expect(der.SEQUENCE).children():
        parts = extension.expect(der.SEQUENCE).children(2, 3)
        is_critical = len(parts) == 3 and parts[1].content != b"\0"
        found.append((der.identifier(parts[0]), is_critical, der.octets(parts[-1])))
    return found


# Thousands of holders have the same few uses, purposes, policies and issuers: each is read once.
@lru_cache(maxsize=64)
def _usage(value: bytes | None) -> Usage | None:
    if value is None:
        return None
    content = der.parse(value).expect(der.BIT_STRING).content
    if len(content) < 2:
        return Usage(0)
    bits = int.from_bytes(content[1:3].ljust(2, b"\0"), "big")
    return Usage(bits & _EVERY_USAGE)


@lru_cache(maxsize=64)
def _purposes(value: bytes | None) -> frozenset[str]:
    if value is None:
        return frozenset()
    return frozenset(der.identifier(purpose) for purpose in der.parse(value).expect(der.SEQUENCE).children())


@lru_cache(maxsize=64)
def _policies(value: bytes | None) -> tuple[str, ...]:
    if value is None:
        return ()
    listed = der.parse(value).expect(der.SEQUENCE).children()
    return tuple(der.identifier(policy.expect(der.SEQUENCE).children(1)[0]) for policy in listed)


def _basic_constraints(value: bytes | None) -> tuple[bool, int | None]:
    if value is None:
        return False, None
    parts = der.parse(value).expect(der.SEQUENCE).children()
    if not parts or parts[0].tag != 0x01:
        return False, None
    return parts[0].content != b"\0", der.number(parts[1]) if len(parts) > 1 else None


def _key_identifier(value: bytes | None) -> bytes | None:
    return der.octets(der.parse(value)) if value is not None else None


@lru_cache(maxsize=64)
def _authority_key(value: bytes | None) -> bytes | None:
    if value is None:
        return None
    parts = der.parse(value).expect(der.SEQUENCE).children()
    return next((part.content for part in parts if part.tag == 0x80), None)
