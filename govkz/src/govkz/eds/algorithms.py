"""Know the algorithms of signatures: which hold, which are refused, which are not understood."""

import hashlib
from collections.abc import Callable
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from govkz.eds import oids
from govkz.eds.gost import public_keys
from govkz.eds.gost.public_keys import GostPublicKey
from govkz.eds.gost.schemes import BY_KEY, BY_SIGNATURE, SCHEMES, Scheme
from govkz.eds.reports import Reason

# NUCA issues RSA 2048 to people and 4096 to its CAs; more is only a way to make us reckon long.
RSA_BITS = range(2048, 4097)

DIGESTS: dict[str, tuple[str, Callable[[bytes], "hashlib._Hash"], hashes.HashAlgorithm]] = {
    oids.SHA256: ("sha256", hashlib.sha256, hashes.SHA256()),
    oids.SHA384: ("sha384", hashlib.sha384, hashes.SHA384()),
    oids.SHA512: ("sha512", hashlib.sha512, hashes.SHA512()),
}
_RSA_DIGEST = {
    oids.RSA_SHA1: oids.SHA1,
    oids.RSA_SHA256: oids.SHA256,
    oids.RSA_SHA384: oids.SHA384,
    oids.RSA_SHA512: oids.SHA512,
}
_GOST_DIGESTS = {scheme.digest.value: scheme.digest for scheme in SCHEMES}


class PublicKey:
    """The public key of a certificate; loaded once, and only where its algorithm is understood."""

    __slots__ = ("_loaded", "algorithm", "encoded")

    def __init__(self, encoded: bytes, algorithm: str) -> None:
        self.encoded = encoded
        self.algorithm = algorithm
        self._loaded: RSAPublicKey | GostPublicKey | Reason | None = None

    @property
    def loaded(self) -> RSAPublicKey | GostPublicKey | Reason:
        """Give the usable key, or the reason there is none."""
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    def _load(self) -> RSAPublicKey | GostPublicKey | Reason:
        if self.algorithm in BY_KEY:
            return public_keys.read(self.encoded)
        if self.algorithm != oids.RSA:
            return Reason.UNSUPPORTED_ALGORITHM
        try:
            key: Any = load_der_public_key(self.encoded)
        except (ValueError, UnsupportedAlgorithm):
            return Reason.MALFORMED
        if not isinstance(key, RSAPublicKey):
            return Reason.UNSUPPORTED_ALGORITHM
        return key if key.key_size in RSA_BITS else Reason.WRONG_KEY_SIZE


def digest(algorithm: str, content: bytes) -> bytes | Reason:
    """Give the digest of content, or the reason it is not reckoned."""
    if algorithm == oids.SHA1:
        return Reason.SHA1_REFUSED
    if algorithm in _GOST_DIGESTS:
        return _GOST_DIGESTS[algorithm].of(content)
    if algorithm not in DIGESTS:
        return Reason.UNSUPPORTED_ALGORITHM
    return DIGESTS[algorithm][1](content).digest()


def reckoned(algorithm: str, content: bytes) -> bytes:
    """Give the digest of content by an algorithm that we sign with."""
    found = digest(algorithm, content)
    assert not isinstance(found, Reason)
    return found


def fault_of(
    signature: bytes, *, over: bytes, by: PublicKey, algorithm: str, digest_algorithm: str | None = None
) -> Reason | None:
    """Give the reason a signature does not hold; None only where it was verified.

    `digest_algorithm` is what the signer names beside the signature algorithm; they have to agree.
    """
    if algorithm in BY_SIGNATURE:
        return _gost_fault_of(signature, over, by, BY_SIGNATURE[algorithm], digest_algorithm)
    return _rsa_fault_of(signature, over, by, algorithm, digest_algorithm)


def _gost_fault_of(
    signature: bytes, over: bytes, by: PublicKey, scheme: Scheme, digest_algorithm: str | None
) -> Reason | None:
    if by.algorithm != scheme.key or digest_algorithm not in (None, scheme.digest.value):
        return Reason.BAD_SIGNATURE
    key = by.loaded
    if isinstance(key, Reason):
        return key
    holds = isinstance(key, GostPublicKey) and key.has_signed(over, signature)
    return None if holds else Reason.BAD_SIGNATURE


def _rsa_fault_of(
    signature: bytes, over: bytes, by: PublicKey, algorithm: str, digest_algorithm: str | None
) -> Reason | None:
    hash_oid = _RSA_DIGEST.get(algorithm)
    if algorithm == oids.RSA:
        hash_oid = digest_algorithm
    if hash_oid is None:
        return Reason.UNSUPPORTED_ALGORITHM
    if hash_oid == oids.SHA1:
        return Reason.SHA1_REFUSED
    if hash_oid not in DIGESTS:
        return Reason.UNSUPPORTED_ALGORITHM
    if digest_algorithm not in (None, hash_oid) or by.algorithm in BY_KEY:
        return Reason.BAD_SIGNATURE
    key = by.loaded
    if isinstance(key, Reason):
        return key
    if not isinstance(key, RSAPublicKey):
        return Reason.BAD_SIGNATURE
    try:
        key.verify(signature, over, PKCS1v15(), DIGESTS[hash_oid][2])
    except InvalidSignature:
        return Reason.BAD_SIGNATURE
    return None


def name_of(algorithm: str, digest_algorithm: str | None = None) -> str:
    """Name a signature algorithm in a word, such as `rsa-sha256`; an unknown one by its identifier."""
    if algorithm in BY_SIGNATURE:
        return BY_SIGNATURE[algorithm].name
    hash_oid = _RSA_DIGEST.get(algorithm, digest_algorithm if algorithm == oids.RSA else None)
    if hash_oid == oids.SHA1:
        return "rsa-sha1"
    if hash_oid in DIGESTS:
        return "rsa-" + DIGESTS[hash_oid][0]
    return algorithm
