"""Read and make PKCS#12 files: a private key with its certificate under a password (RFC 7292).

Reads what people hold: 3DES and RC2-40 with a MAC of SHA-1, indefinite lengths inside, and what newer programs
write, AES with PBKDF2. The certificate of the key is the one with its public half; where the key is of an algorithm
that is not understood, the one that carries the key's localKeyID.

Limits: 256 KiB, 64 bags, 1,000,000 rounds of stretching for one wrapping and 4,000,000 for the file, which is some
seconds at most.
"""

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from govkz.eds import certificates, der, keys, oids, passwords
from govkz.eds.armour import unarmour
from govkz.eds.certificates import Certificate
from govkz.eds.der import (
    NULL,
    OCTET_STRING,
    SEQUENCE,
    SET,
    Malformed,
    encode,
    encode_identifier,
    encode_number,
    encode_set,
)
from govkz.eds.keys import SigningKey
from govkz.eds.passwords import Password, Stretch, WrongPassword

MAX_BYTES = 256 * 1024
MAX_BAGS = 64

ENCRYPTED_DATA = "1.2.840.113549.1.7.6"
KEY_BAG = "1.2.840.113549.1.12.10.1.1"
SHROUDED_KEY_BAG = "1.2.840.113549.1.12.10.1.2"
CERTIFICATE_BAG = "1.2.840.113549.1.12.10.1.3"
X509_CERTIFICATE = "1.2.840.113549.1.9.22.1"
FRIENDLY_NAME = "1.2.840.113549.1.9.20"
LOCAL_KEY_ID = "1.2.840.113549.1.9.21"

_BMP_STRING = 0x1E


@dataclass(frozen=True, slots=True)
class KeyStore:
    """What a file holds: the private key (PKCS#8 in DER), its certificate, every certificate, the key's name."""

    private_key: bytes | None
    certificate: bytes | None
    certificates: tuple[bytes, ...]
    name: str | None = None

    @property
    def key(self) -> SigningKey:
        """Give the key to sign with; raises Malformed where there is none or its algorithm is not known."""
        if self.private_key is None:
            raise Malformed("no private key in the file")
        return keys.read(self.private_key)


class Form(Enum):
    """How a file is written: what wraps certificates and the key, the MAC's digest, rounds."""

    # What NUCA hands out; its files have indefinite lengths inside.
    HELD = (passwords.PBE_RC2_40, passwords.PBE_3DES, oids.SHA1, 1024)
    # What newer programs write, such as openssl 3.
    MODERN = (passwords.AES_256, passwords.AES_256, oids.SHA256, 100_000)


@dataclass(frozen=True, slots=True)
class _Bag:
    """One thing in the file: a key in PKCS#8, or a certificate, with what is written beside it."""

    value: bytes
    key_id: bytes | None
    name: str | None


@dataclass(slots=True)
class _Bags:
    """The bags that were found, of both kinds."""

    keys: list[_Bag]
    certificates: list[_Bag]


def read(blob: bytes, password: str) -> KeyStore:
    """Open a file, DER or BER; raises Malformed, TooLarge, WrongPassword."""
    version, content, *mac = _outer(blob)
    if der.number(version) != 3:
        raise Malformed("a PKCS#12 file of version 3 is expected")
    safe = _data(content)
    secret = Password(password)
    if mac:
        _require_mac(mac[0], safe, secret)
    try:
        return _store(_bags(safe, secret))
    except WrongPassword:
        if mac:
            # The password was the right one: what it unwraps is broken.
            raise Malformed("what is wrapped cannot be read") from None
        raise


def write(
    key: SigningKey,
    certificate: bytes,
    *,
    password: str,
    form: Form = Form.HELD,
    others: Iterable[bytes] = (),
    name: str | None = None,
) -> bytes:
    """Make a file of a key, its certificate in DER, and other certificates such as those of the CAs.

    `name` is the friendly name; NUCA writes the key's identifier in hexadecimal digits, as is done where it is left
    out. Raises Malformed where the certificate cannot be read.
    """
    secret = Password(password)
    identifier = _identifier(certificates.read(certificate))
    beside = _attributes(identifier, name or identifier.hex())
    listed = [_certificate_bag(certificate, beside), *(_certificate_bag(other) for other in others)]
    for_certificates, for_keys, digest, rounds = form.value
    put = _encode_indefinite if form is Form.HELD else encode

    shrouded = _shrouded_key_bag(*secret.wrap(key.pkcs8, algorithm=for_keys, rounds=rounds), beside)
    plain = _content(put, oids.DATA, encode(OCTET_STRING, encode(SEQUENCE, shrouded)))
    how, sealed = secret.wrap(encode(SEQUENCE, *listed), algorithm=for_certificates, rounds=rounds)
    wrapped = encode(0x80, sealed) if put is encode else put(0xA0, encode(OCTET_STRING, sealed))
    info = put(SEQUENCE, encode_identifier(oids.DATA), how, wrapped)
    hidden = _content(put, ENCRYPTED_DATA, put(SEQUENCE, encode_number(0), info))

    safe = put(SEQUENCE, plain, hidden)
    stretch = Stretch.new(rounds, 20)
    mac = encode(OCTET_STRING, secret.mac(safe, algorithm=digest, stretch=stretch))
    digest_info = encode(SEQUENCE, encode(SEQUENCE, encode_identifier(digest), encode(NULL)), mac)
    return encode(
        SEQUENCE,
        encode_number(3),
        _content(encode, oids.DATA, encode(OCTET_STRING, safe)),
        encode(SEQUENCE, digest_info, encode(OCTET_STRING, stretch.salt), encode_number(rounds)),
    )


def are_one(key: SigningKey, certificate: Certificate) -> bool:
    """Tell whether a certificate is of this key: it has its public half."""
    try:
        return _bits_of(key.public_info) == _bits_of(certificate.key.encoded)
    except Malformed:
        return False


def _outer(blob: bytes) -> list[der.Element]:
    return der.parse(unarmour(blob, label="PKCS12", limit=MAX_BYTES)).expect(SEQUENCE).children(2, 3)


def _data(content: der.Element) -> bytes:
    """Give the bytes of a ContentInfo of the type data."""
    kind, wrapped = content.expect(SEQUENCE).children(2, 2)
    if der.identifier(kind) != oids.DATA:
        raise Malformed("a PKCS#12 file under a password is expected")
    (inner,) = wrapped.expect(0xA0).children(1, 1)
    return der.octets(inner)


def _require_mac(mac: der.Element, safe: bytes, secret: Password) -> None:
    digest_info, salt, *rounds = mac.expect(SEQUENCE).children(2, 3)
    algorithm, expected = digest_info.expect(SEQUENCE).children(2, 2)
    found = secret.mac(
        safe,
        algorithm=certificates.algorithm_of(algorithm),
        stretch=Stretch.read(salt, rounds[0] if rounds else None),
    )
    if not hmac.compare_digest(found, der.octets(expected)):
        raise WrongPassword("the password does not open the file")


def _bags(safe: bytes, secret: Password) -> _Bags:
    found = _Bags([], [])
    for content in der.parse(safe).expect(SEQUENCE).children(0, MAX_BAGS):
        kind = der.identifier(content.expect(SEQUENCE).children(2, 2)[0])
        if kind == oids.DATA:
            inner = _data(content)
        elif kind == ENCRYPTED_DATA:
            inner = _decrypted(content, secret)
        else:
            raise Malformed("a part of another type")
        for bag in der.parse(inner).expect(SEQUENCE).children(0, MAX_BAGS):
            _sort_in(found, bag, secret)
    return found


def _decrypted(content: der.Element, secret: Password) -> bytes:
    (encrypted,) = content.children()[1].expect(0xA0).children(1, 1)
    _version, info = encrypted.expect(SEQUENCE).children(2, 3)[:2]
    _kind, algorithm, wrapped = info.expect(SEQUENCE).children(3, 3)
    return _unwrapped(_implicit(wrapped), algorithm, secret)


def _unwrapped(sealed: bytes, algorithm: der.Element, secret: Password) -> bytes:
    """Decrypt a structure; one wrong password in 256 leaves a padding that looks right, and no structure."""
    plain = secret.unwrap(sealed, algorithm)
    try:
        der.parse(plain).expect(SEQUENCE)
    except Malformed:
        raise WrongPassword("the password does not open the file") from None
    return plain


def _implicit(wrapped: der.Element) -> bytes:
    """Give the bytes under the tag [0], whole or in pieces."""
    if wrapped.tag == 0x80:
        return wrapped.content
    return b"".join(der.octets(piece) for piece in wrapped.expect(0xA0).children())


def _sort_in(found: _Bags, bag: der.Element, secret: Password) -> None:
    if len(found.keys) + len(found.certificates) >= MAX_BAGS:
        raise Malformed("too many parts")
    kind, wrapped, *beside = bag.expect(SEQUENCE).children(2, 3)
    (value,) = wrapped.expect(0xA0).children(1, 1)
    match der.identifier(kind):
        case name if name == KEY_BAG:
            found.keys.append(_bag(value.encoded, beside))
        case name if name == SHROUDED_KEY_BAG:
            algorithm, sealed = value.expect(SEQUENCE).children(2, 2)
            found.keys.append(_bag(_unwrapped(der.octets(sealed), algorithm, secret), beside))
        case name if name == CERTIFICATE_BAG:
            form, encoded = value.expect(SEQUENCE).children(2, 2)
            if der.identifier(form) == X509_CERTIFICATE:
                (inner,) = encoded.expect(0xA0).children(1, 1)
                found.certificates.append(_bag(der.octets(inner), beside))
        case _:
            pass  # lists and secrets of others are no part of a signature


def _bag(value: bytes, beside: list[der.Element]) -> _Bag:
    known: dict[str, bytes] = {}
    for attribute in beside[0].expect(SET).children() if beside else []:
        kind, values = attribute.expect(SEQUENCE).children(2, 2)
        if first := values.expect(SET).children()[:1]:
            known[der.identifier(kind)] = first[0].content
    name = known.get(FRIENDLY_NAME, b"").decode("utf-16-be", "replace")
    shown = "".join(character for character in name if character.isprintable())
    return _Bag(value, known.get(LOCAL_KEY_ID), shown or None)


def _store(bags: _Bags) -> KeyStore:
    listed = tuple(bag.value for bag in bags.certificates)
    owned = ((key, _certificate_of(key, bags.certificates)) for key in bags.keys)
    first = next(iter(bags.keys), None)
    key, certificate = next((pair for pair in owned if pair[1]), (first, None))
    if key is None:
        return KeyStore(None, None, listed)
    return KeyStore(key.value, certificate, listed, key.name)


def _certificate_of(key: _Bag, listed: list[_Bag]) -> bytes | None:
    try:
        private = keys.read(key.value)
    except Malformed:
        return next((bag.value for bag in listed if key.key_id and bag.key_id == key.key_id), None)
    for bag in listed:
        try:
            if are_one(private, certificates.read(bag.value)):
                return bag.value
        except Malformed:
            continue
    return None


def _bits_of(public_info: bytes) -> bytes:
    """Give the bits of a public key: parameters may be written in more than one way."""
    return der.bits(der.parse(public_info).expect(SEQUENCE).children(2, 2)[1])


def _identifier(certificate: Certificate) -> bytes:
    return certificate.key_identifier or certificate.serial.to_bytes(20, "big", signed=True)


def _certificate_bag(certificate: bytes, beside: bytes = b"") -> bytes:
    value = encode(
        SEQUENCE, encode_identifier(X509_CERTIFICATE), encode(0xA0, encode(OCTET_STRING, certificate))
    )
    return encode(SEQUENCE, encode_identifier(CERTIFICATE_BAG), encode(0xA0, value), beside)


def _shrouded_key_bag(algorithm: bytes, sealed: bytes, beside: bytes) -> bytes:
    value = encode(SEQUENCE, algorithm, encode(OCTET_STRING, sealed))
    return encode(SEQUENCE, encode_identifier(SHROUDED_KEY_BAG), encode(0xA0, value), beside)


def _content(put: Callable[..., bytes], kind: str, inner: bytes) -> bytes:
    return put(SEQUENCE, encode_identifier(kind), put(0xA0, inner))


def _encode_indefinite(tag: int, *parts: bytes) -> bytes:
    """Write a constructed element whose end is marked, as NUCA's files are written (X.690 §8.1.3.6)."""
    return bytes((tag, 0x80)) + b"".join(parts) + b"\0\0"


def _attributes(key_id: bytes, name: str) -> bytes:
    def attribute(kind: str, value: bytes) -> bytes:
        return encode(SEQUENCE, encode_identifier(kind), encode_set(value))

    return encode_set(
        attribute(FRIENDLY_NAME, encode(_BMP_STRING, name.encode("utf-16-be"))),
        attribute(LOCAL_KEY_ID, encode(OCTET_STRING, key_id)),
    )
