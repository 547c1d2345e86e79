"""Wrap and unwrap with a password, as private keys are kept (RFC 7292 appendix B, RFC 8018).

How long a stranger's file can keep us reckoning is bounded: the rounds of stretching are counted over the whole
file, beside a limit for each wrapping.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from govkz.eds import der, oids, rc2
from govkz.eds.der import (
    INTEGER,
    NULL,
    OCTET_STRING,
    SEQUENCE,
    Malformed,
    encode,
    encode_identifier,
    encode_number,
)

MAX_ROUNDS = 1_000_000
MAX_ROUNDS_TOGETHER = 4_000_000
MAX_SALT_BYTES = 1024

PBE_3DES = "1.2.840.113549.1.12.1.3"
PBE_RC2_128 = "1.2.840.113549.1.12.1.5"
PBE_RC2_40 = "1.2.840.113549.1.12.1.6"
PBES2 = "1.2.840.113549.1.5.13"
PBKDF2 = "1.2.840.113549.1.5.12"
AES_128 = "2.16.840.1.101.3.4.1.2"
AES_192 = "2.16.840.1.101.3.4.1.22"
AES_256 = "2.16.840.1.101.3.4.1.42"
DES_EDE3 = "1.2.840.113549.3.7"
HMAC_SHA1 = "1.2.840.113549.2.7"
HMAC_SHA256 = "1.2.840.113549.2.9"

# Bytes of the key of each cipher.
_PBE = {PBE_3DES: 24, PBE_RC2_128: 16, PBE_RC2_40: 5}
_PBES2 = {AES_128: 16, AES_192: 24, AES_256: 32, DES_EDE3: 24}
_PRF = {
    HMAC_SHA1: "sha1",
    HMAC_SHA256: "sha256",
    "1.2.840.113549.2.10": "sha384",
    "1.2.840.113549.2.11": "sha512",
}
_HASHES = {oids.SHA1: "sha1", oids.SHA256: "sha256", oids.SHA384: "sha384", oids.SHA512: "sha512"}

# What a key is made for (RFC 7292 §B.3).
_FOR_KEY, _FOR_IV, _FOR_MAC = 1, 2, 3


class WrongPassword(ValueError):
    """The password does not open the file."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """How a password is made into a key: salt and rounds."""

    salt: bytes
    rounds: int

    @classmethod
    def new(cls, rounds: int, size: int = 8) -> "Stretch":
        return cls(secrets.token_bytes(size), rounds)

    @classmethod
    def read(cls, salt: der.Element, rounds: der.Element | None) -> "Stretch":
        """Read both within the limits; raises Malformed."""
        count = der.number(rounds) if rounds else 1
        if not 1 <= count <= MAX_ROUNDS:
            raise Malformed("another number of rounds is expected here")
        found = der.octets(salt)
        if len(found) > MAX_SALT_BYTES:
            raise Malformed("a salt is short")
        return cls(found, count)


class Password:
    """A password and how much reckoning may still be spent on it; for one file."""

    def __init__(self, text: str, *, rounds: int = MAX_ROUNDS_TOGETHER) -> None:
        self.text = text
        self._rounds = rounds

    def mac(self, content: bytes, *, algorithm: str, stretch: Stretch) -> bytes:
        """Reckon the MAC of a PKCS#12 file; raises Malformed where the digest is not known."""
        name = _HASHES.get(algorithm)
        if name is None:
            raise Malformed("a MAC of another algorithm")
        size = hashlib.new(name, usedforsecurity=False).digest_size
        return hmac.digest(self._derived(_FOR_MAC, name, stretch, size), content, name)

    def unwrap(self, wrapped: bytes, algorithm: der.Element) -> bytes:
        """Decrypt by an AlgorithmIdentifier.

        Raises Malformed where it is not known or passes a limit, WrongPassword where the padding is not one.
        """
        kind, *parameters = algorithm.expect(SEQUENCE).children(1, 2)
        name = der.identifier(kind)
        if not parameters or (name != PBES2 and name not in _PBE):
            raise Malformed("wrapped with another algorithm")
        if name == PBES2:
            return self._unwrap_pbes2(wrapped, parameters[0])
        stretch = Stretch.read(*parameters[0].expect(SEQUENCE).children(2, 2))
        key, iv = self._pbe_key(name, stretch)
        if name == PBE_3DES:
            return _without_padding(_block_cipher(DES_EDE3, key, iv, wrapped), rc2.BLOCK)
        _require_blocks(wrapped, rc2.BLOCK)
        return _without_padding(rc2.decrypt(wrapped, key=key, iv=iv, bits=len(key) * 8), rc2.BLOCK)

    def wrap(self, content: bytes, *, algorithm: str, rounds: int) -> tuple[bytes, bytes]:
        """Encrypt; gives the AlgorithmIdentifier in DER and the cipher text.

        `algorithm` is PBE_3DES, PBE_RC2_40, or AES_256 for PBES2 with HMAC-SHA-256.
        """
        if algorithm == AES_256:
            return self._wrap_pbes2(content, rounds)
        stretch = Stretch.new(rounds)
        key, iv = self._pbe_key(algorithm, stretch)
        padded = _padded(content, rc2.BLOCK)
        if algorithm == PBE_3DES:
            encryptor = Cipher(TripleDES(key), CBC(iv)).encryptor()
            sealed = encryptor.update(padded) + encryptor.finalize()
        else:
            sealed = rc2.encrypt(padded, key=key, iv=iv, bits=len(key) * 8)
        parameters = encode(SEQUENCE, encode(OCTET_STRING, stretch.salt), encode_number(rounds))
        return encode(SEQUENCE, encode_identifier(algorithm), parameters), sealed

    def _pbe_key(self, algorithm: str, stretch: Stretch) -> tuple[bytes, bytes]:
        key = self._derived(_FOR_KEY, "sha1", stretch, _PBE[algorithm])
        return key, self._derived(_FOR_IV, "sha1", stretch, rc2.BLOCK)

    def _unwrap_pbes2(self, wrapped: bytes, parameters: der.Element) -> bytes:
        derivation, scheme = parameters.expect(SEQUENCE).children(2, 2)
        kind, derivation_parameters = derivation.expect(SEQUENCE).children(2, 2)
        cipher, vector = scheme.expect(SEQUENCE).children(2, 2)
        name = der.identifier(cipher)
        if der.identifier(kind) != PBKDF2 or name not in _PBES2:
            raise Malformed("wrapped with another algorithm")
        salt, rounds, *rest = derivation_parameters.expect(SEQUENCE).children(2, 4)
        prf = HMAC_SHA1
        for part in rest:
            if part.tag == SEQUENCE:
                prf = der.identifier(part.children(1, 2)[0])
            elif der.number(part.expect(INTEGER)) != _PBES2[name]:
                raise Malformed("a key of another size")
        stretch = Stretch.read(salt, rounds)
        key = self._stretched(stretch, prf, _PBES2[name])
        return _without_padding(_block_cipher(name, key, der.octets(vector), wrapped), _block_of(name))

    def _wrap_pbes2(self, content: bytes, rounds: int) -> tuple[bytes, bytes]:
        stretch, vector = Stretch.new(rounds, 16), secrets.token_bytes(16)
        key = self._stretched(stretch, HMAC_SHA256, 32)
        encryptor = Cipher(AES(key), CBC(vector)).encryptor()
        sealed = encryptor.update(_padded(content, 16)) + encryptor.finalize()
        prf = encode(SEQUENCE, encode_identifier(HMAC_SHA256), encode(NULL))
        derivation = encode(SEQUENCE, encode(OCTET_STRING, stretch.salt), encode_number(rounds), prf)
        parameters = encode(
            SEQUENCE,
            encode(SEQUENCE, encode_identifier(PBKDF2), derivation),
            encode(SEQUENCE, encode_identifier(AES_256), encode(OCTET_STRING, vector)),
        )
        return encode(SEQUENCE, encode_identifier(PBES2), parameters), sealed

    def _stretched(self, stretch: Stretch, prf: str, size: int) -> bytes:
        """Make a key by PBKDF2 (RFC 8018 §5.2), the password in UTF-8."""
        if prf not in _PRF:
            raise Malformed("stretched with another algorithm")
        self._spend(stretch.rounds * 2)
        secret = self.text.encode("utf-8", "surrogatepass")
        return hashlib.pbkdf2_hmac(_PRF[prf], secret, stretch.salt, stretch.rounds, size)

    def _derived(self, purpose: int, name: str, stretch: Stretch, size: int) -> bytes:
        """Make a key, an initial value or the key of a MAC (RFC 7292 §B.2), the password in UTF-16 with an end."""
        first = hashlib.new(name, usedforsecurity=False)
        block = first.block_size
        secret = self.text.encode("utf-16-be", "surrogatepass") + b"\0\0"
        filled = bytearray(_filled(stretch.salt, block) + _filled(secret, block))
        found = b""
        while True:
            self._spend(stretch.rounds)
            piece = _hashed(name, bytes((purpose,)) * block + filled, stretch.rounds)
            found += piece
            if len(found) >= size:
                return found[:size]
            step = int.from_bytes(_filled(piece, block)[:block], "big") + 1
            for at in range(0, len(filled), block):
                part = int.from_bytes(filled[at : at + block], "big") + step
                filled[at : at + block] = (part % (1 << block * 8)).to_bytes(block, "big")

    def _spend(self, rounds: int) -> None:
        self._rounds -= rounds
        if self._rounds < 0:
            raise Malformed("too many rounds of stretching")


def _hashed(name: str, content: bytes, rounds: int) -> bytes:
    kind = getattr(hashlib, name)
    for _ in range(rounds):
        content = kind(content, usedforsecurity=False).digest()
    return content


def _filled(content: bytes, block: int) -> bytes:
    """Repeat content up to a whole number of blocks; nothing stays nothing."""
    if not content:
        return b""
    size = -(-len(content) // block) * block
    return (content * (size // len(content) + 1))[:size]


def _block_cipher(name: str, key: bytes, vector: bytes, wrapped: bytes) -> bytes:
    block = _block_of(name)
    _require_blocks(wrapped, block)
    if len(vector) != block:
        raise Malformed("an initial value of another size")
    cipher = TripleDES(key) if name == DES_EDE3 else AES(key)
    decryptor = Cipher(cipher, CBC(vector)).decryptor()
    return decryptor.update(wrapped) + decryptor.finalize()


def _block_of(name: str) -> int:
    return 8 if name == DES_EDE3 else 16


def _require_blocks(wrapped: bytes, block: int) -> None:
    if not wrapped or len(wrapped) % block:
        raise Malformed("whole blocks are expected here")


def _padded(content: bytes, block: int) -> bytes:
    missing = block - len(content) % block
    return content + bytes((missing,)) * missing


def _without_padding(content: bytes, block: int) -> bytes:
    size = content[-1]
    if not 1 <= size <= block or content[-size:] != bytes((size,)) * size:
        raise WrongPassword("the password does not open the file")
    return content[:-size]
