"""Check a sealed PDF: is it unchanged, all of it, and whose seal is it?

Whether the certificate is to be relied on is another question: `govkz.eds.verify_certificate` answers it.
"""

import re
from dataclasses import dataclass

from govkz.eds import algorithms, certificates, cms, der
from govkz.eds.certificates import Certificate


class NotSealed(ValueError):
    """The file carries no seal that could be read."""


@dataclass(frozen=True)
class SealCheck:
    """What was found: `is_whole` says that nothing of the file stands outside the seal."""

    is_intact: bool
    is_whole: bool
    bin: str | None
    name: str | None
    certificate: bytes

    @property
    def holds(self) -> bool:
        """Whether every byte of the file is as it was sealed."""
        return self.is_intact and self.is_whole


def check_seal(pdf: bytes) -> SealCheck:
    """Check the latest seal of a PDF. Raises NotSealed."""
    found = list(_BYTE_RANGE.finditer(pdf))
    if not found:
        raise NotSealed("no signature in this file")
    before, before_length, after, after_length = (int(number) for number in found[-1].groups())
    gap = pdf[before + before_length : after]
    try:
        place = bytes.fromhex(gap.strip(b"<>").decode("ascii"))
        message = der.element_at(place, 0).encoded
        signer, certificate = _signer_of(cms.read(message))
    except ValueError as error:
        raise NotSealed("the signature of this file cannot be read") from error
    content = pdf[before : before + before_length] + pdf[after : after + after_length]
    is_filled = _GAP.fullmatch(gap) is not None and not place[len(message) :].strip(b"\0")
    is_whole = before == 0 and after + after_length == len(pdf) and is_filled
    return SealCheck(
        is_intact=_is_intact(signer, certificate, content),
        is_whole=is_whole,
        bin=certificate.bin,
        name=certificate.name,
        certificate=certificate.encoded,
    )


_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")
_GAP = re.compile(rb"<[0-9A-Fa-f]+>")


def _signer_of(signed: cms.SignedData) -> tuple[cms.Signer, Certificate]:
    (signer,) = signed.signers
    for encoded in signed.certificates:
        certificate = certificates.read(encoded)
        if (signer.issuer, signer.serial) == (certificate.issuer, certificate.serial):
            return signer, certificate
    raise NotSealed("the signature carries no certificate of its signer")


def _is_intact(signer: cms.Signer, certificate: Certificate, content: bytes) -> bool:
    if signer.signed is None or algorithms.digest(signer.digest_algorithm, content) != signer.message_digest:
        return False
    return not algorithms.fault_of(
        signer.signature,
        over=signer.signed,
        by=certificate.key,
        algorithm=signer.algorithm,
        digest_algorithm=signer.digest_algorithm,
    )
