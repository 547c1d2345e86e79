"""Check a sealed PDF by itself: is it unchanged, all of it, and whose seal is it?

Whether the certificate is to be relied on is another question, which `examine` answers.
"""

from dataclasses import dataclass

from govkz.eds import Trust, cms, signers
from joldama.adapters.signer.reading import Flaw, Unreadable, read


@dataclass(frozen=True)
class SealCheck:
    """What was found: `holds` says that every byte of the file is as it was sealed."""

    holds: bool
    bin: str | None
    name: str | None
    certificate: bytes


def check_seal(pdf: bytes) -> SealCheck:
    """Check the seal of a PDF. Raises Unreadable where something stands outside the seal, or there is none."""
    seal = read(pdf).seal
    message = cms.read(seal.message)
    (signer,) = message.signers
    certificate = signers.certificate_of(signer, message.certificates, Trust(()))
    if certificate is None:
        raise Unreadable(Flaw.NOT_SEALED)
    return SealCheck(
        holds=not signers.faults(signer, certificate, seal.content),
        bin=certificate.bin,
        name=certificate.name,
        certificate=certificate.encoded,
    )
