"""Hold the private keys that sign: each knows which algorithms go with it and how its public half is written.

Signatures are given exactly as they stand in a certificate, a CMS signer or an XML SignatureValue.
"""

from typing import Protocol

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

from govkz.eds import oids
from govkz.eds.armour import unarmour
from govkz.eds.der import Malformed

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


def read(blob: bytes) -> SigningKey:
    """Read an unencrypted private key, PKCS#8 in DER or PEM; raises Malformed."""
    encoded = unarmour(blob, label="PRIVATE KEY", limit=MAX_KEY_BYTES)
    try:
        loaded = serialization.load_der_private_key(encoded, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as unreadable:
        raise Malformed("a private key that cannot be read") from unreadable
    if not isinstance(loaded, rsa.RSAPrivateKey):
        raise Malformed("a private key of another algorithm")
    return RsaKey(loaded)
