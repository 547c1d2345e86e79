"""Hold the private keys that sign: each knows which algorithms go with it and how its public half is written.

Signatures are given exactly as they stand in a certificate, a CMS signer or an XML SignatureValue.
"""

from functools import cached_property
from typing import Protocol

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

from govkz.eds import oids
from govkz.eds.armour import unarmour
from govkz.eds.der import Malformed
from govkz.eds.gost import private_keys, public_keys, signatures
from govkz.eds.gost.schemes import GOST_2004, GOST_2015_512, Scheme

MAX_KEY_BYTES = 16 * 1024


class SigningKey(Protocol):
    """A private key of one algorithm."""

    @property
    def algorithm(self) -> str:
        """Give the identifier of the signature, as certificates and signers name it."""

    @property
    def digest_algorithm(self) -> str:
        """Give the identifier of the digest that goes with it."""

    @property
    def public_info(self) -> bytes:
        """Give the public key as SubjectPublicKeyInfo in DER."""

    @property
    def pkcs8(self) -> bytes:
        """Give the private key as unencrypted PKCS#8 in DER."""

    def sign(self, content: bytes) -> bytes:
        """Sign content (digest included)."""


class RsaKey:
    """An RSA key, signing with PKCS #1 v1.5 and SHA-256 as NUCA's do."""

    algorithm = oids.RSA_SHA256
    digest_algorithm = oids.SHA256

    def __init__(self, key: rsa.RSAPrivateKey) -> None:
        self.key = key

    @classmethod
    def create(cls, bits: int = 2048) -> "RsaKey":
        """Make a new key; NUCA gives 2048 bits to people and 4096 to its CAs."""
        return cls(rsa.generate_private_key(public_exponent=65537, key_size=bits))

    @property
    def public_info(self) -> bytes:
        return self.key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    @property
    def pkcs8(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def sign(self, content: bytes) -> bytes:
        return self.key.sign(content, PKCS1v15(), hashes.SHA256())


class Obsolete(ValueError):
    """The key is of an algorithm by which signatures are verified, but no longer made."""


class GostKey:
    """A GOST key; those of 2015 sign, those of 2004 are only read."""

    def __init__(self, scheme: Scheme, key: int) -> None:
        self.scheme = scheme
        self.key = key

    @classmethod
    def create(cls, scheme: Scheme = GOST_2015_512) -> "GostKey":
        """Make a new key; NUCA gives 512 bits to people and to its CAs."""
        return cls(scheme, signatures.new_key(scheme.curve))

    @property
    def algorithm(self) -> str:
        return self.scheme.signature

    @property
    def digest_algorithm(self) -> str:
        return self.scheme.digest.value

    @cached_property
    def public_info(self) -> bytes:
        return public_keys.write(self.scheme, signatures.public_point(self.key, self.scheme.curve))

    @property
    def pkcs8(self) -> bytes:
        return private_keys.write(self.scheme, self.key)

    def sign(self, content: bytes) -> bytes:
        """Sign content (digest included); raises Obsolete for a key of 2004."""
        if self.scheme is GOST_2004:
            raise Obsolete("GOST 34.310-2004 is verified, no longer signed with")
        return signatures.sign(self.scheme.digest.of(content), key=self.key, curve=self.scheme.curve)


def read(blob: bytes) -> SigningKey:
    """Read an unencrypted private key, PKCS#8 in DER or PEM; raises Malformed."""
    encoded = unarmour(blob, label="PRIVATE KEY", limit=MAX_KEY_BYTES)
    national = private_keys.read(encoded)
    if national:
        return GostKey(*national)
    try:
        loaded = serialization.load_der_private_key(encoded, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as unreadable:
        raise Malformed("a private key that cannot be read") from unreadable
    if not isinstance(loaded, rsa.RSAPrivateKey):
        raise Malformed("a private key of another algorithm")
    return RsaKey(loaded)
