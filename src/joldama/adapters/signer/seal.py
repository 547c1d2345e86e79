"""An office's seal: its key, its certificate and the authorities above it, loaded once and put on papers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from govkz.eds import certificates
from govkz.eds.certificates import Certificate
from joldama.adapters.signer.message import pades_message

FRAME = 1024
"""Bytes of the message around its certificates and its signature: identifiers, digests, attributes, names."""


class NoSeal(Exception):
    """The folder holds no usable key and certificate for this office."""


class SealOutsideValidity(Exception):
    """The certificate of the seal does not hold at this moment; a paper sealed with it would be worthless."""


@dataclass(frozen=True)
class Seal:
    """The key and certificate with which an office seals; no person's key ever stands here (A36)."""

    key: RSAPrivateKey
    certificate: Certificate
    chain: tuple[bytes, ...] = ()

    @classmethod
    def load(cls, folder: Path, office_bin: str) -> Self:
        """Read the seal of an office, once as long as its certificate stays the same.

        Layout as govkz.eds.keep writes it: `identities/seal-<bin>/` with `certificate.pem` and `key.pem`,
        the authorities in `ca/*.pem`. Raises NoSeal.
        """
        place = folder / "identities" / f"seal-{office_bin}"
        try:
            changed_at = (place / "certificate.pem").stat().st_mtime_ns
            return cls._read(folder, place, changed_at)
        except (OSError, ValueError) as error:
            raise NoSeal(f"no usable seal of {office_bin}: {error}") from error

    @classmethod
    def from_pem(cls, *, certificate: bytes, key: bytes, chain: Iterable[bytes] = ()) -> Self:
        """Make a seal of PEM; `chain` one certificate each. Raises ValueError."""
        loaded = load_pem_private_key(key, password=None)
        if not isinstance(loaded, RSAPrivateKey):
            raise ValueError("the key of a seal is an RSA key")
        read = certificates.read(certificate)
        if read.key.loaded != loaded.public_key():
            raise ValueError("key and certificate of a seal belong together")
        return cls(loaded, read, tuple(certificates.read(each).encoded for each in chain))

    @classmethod
    @lru_cache(maxsize=64)
    def _read(cls, folder: Path, place: Path, changed_at: int) -> Self:
        return cls.from_pem(
            certificate=(place / "certificate.pem").read_bytes(),
            key=(place / "key.pem").read_bytes(),
            chain=[file.read_bytes() for file in sorted((folder / "ca").glob("*.pem"))],
        )

    @property
    def name(self) -> str:
        """The name of the system that seals, as its certificate has it."""
        return self.certificate.name or ""

    def is_valid(self, at: datetime) -> bool:
        """Say whether the certificate holds at a moment."""
        return self.certificate.not_before <= at <= self.certificate.not_after

    def require_valid(self, at: datetime) -> None:
        """Raise SealOutsideValidity where the certificate does not hold at a moment."""
        if not self.is_valid(at):
            raise SealOutsideValidity(f"{self.certificate.serial_text} does not hold at {at.isoformat()}")

    def apply(self, pdf: bytes, *, at: datetime) -> bytes:
        """Seal a PDF at a moment: PAdES-B-B over the whole file, tags and attachments kept.

        Raises SealOutsideValidity.
        """
        self.require_valid(at)
        # pyHanko takes a third of a second to import: only who seals pays for it.
        from joldama.adapters.signer.embedding import embed

        return embed(
            pdf,
            at=at,
            reserved=self._message_size,
            readable_name=self.name,
            message=lambda digest: pades_message(
                digest, key=self.key, certificate=self.certificate, chain=self.chain
            ),
        )

    @property
    def _message_size(self) -> int:
        certified = sum(map(len, (self.certificate.encoded, *self.chain)))
        return certified + len(self.certificate.issuer) + self.key.key_size // 8 + FRAME
