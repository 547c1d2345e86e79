"""Seals of offices, certified by the centre of the tests."""

from functools import cache
from pathlib import Path

from govkz.eds.keep import Keep
from govkz.eds.pki import Identity, Organisation
from joldama.adapters.signer import Seal
from tests.factories import pki

OFFICE_BIN = "140940000014"


@cache
def seal_identity(office_bin: str) -> Identity:
    """Issue the certificate with which an office seals."""
    office = Organisation("Астана қаласының жұмыспен қамту басқармасы", office_bin)
    return pki.authority().system("Жолдама: Астана", office, at=pki.FROM, until=pki.UNTIL)


def office_seal(office_bin: str = OFFICE_BIN) -> Seal:
    """Make a seal of its PEM."""
    identity = seal_identity(office_bin)
    authorities = (pki.authority().root, pki.authority().issuing)
    return Seal.from_pem(
        certificate=identity.certificate_pem,
        key=identity.key_pem,
        chain=[authority.certificate_pem for authority in authorities],
    )


def keep_seal(folder: Path, office_bin: str = OFFICE_BIN) -> Keep:
    """Write a seal into a folder as an installation keeps it."""
    keep = Keep(folder)
    keep.save(pki.authority())
    keep.save_identity(f"seal-{office_bin}", seal_identity(office_bin))
    return keep
