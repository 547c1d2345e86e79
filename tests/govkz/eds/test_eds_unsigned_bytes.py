"""What nothing signs in a message cannot be written otherwise: versions, announced digests, parameters, frames."""

from collections.abc import Iterator

import pytest
from tests.govkz.eds.town import AISHA, AT

from govkz.eds import Malformed, Trust, any_signer, cms, pki, timestamps, verify_cms
from govkz.eds.judgement import Circumstances
from govkz.eds.stamping import Stamper

CONTENT = b"content"
VERSION = 25
"""Where a message's version stands. That a message of the version 1 says 3 or 5 changes nothing, and is borne."""


@pytest.fixture(scope="module")
def authority():
    return pki.Authority.create(at=AT)


@pytest.fixture(scope="module")
def token(authority):
    query = timestamps.ask(CONTENT)
    return Stamper(authority.stamper(at=AT)).answer(query.encoded, at=AT)


def otherwise(encoded: bytes, *long: bytes) -> Iterator[tuple[int, bytes]]:
    """Flip each bit of a message but those of the long values that are checked as such."""
    free = set(range(len(encoded)))
    for value in long:
        start = encoded.index(value)
        free -= set(range(start + 8, start + len(value)))
    for at in sorted(free):
        for bit in range(8):
            changed = bytearray(encoded)
            changed[at] ^= 1 << bit
            yield at, bytes(changed)


def test_no_bit_of_a_time_stamp_is_free(authority, token):
    stamp = timestamps.token_in(token)
    message = timestamps.read(stamp).message
    by = Circumstances.of(
        trust=Trust.of(*authority.certificates), crls=(), ocsps=(), at=AT, policy=any_signer()
    )
    long = (*message.certificates, message.signers[0].signature, message.signers[0].signed[4:])

    def proves(changed: bytes) -> bool:
        return timestamps.judge(changed, over=CONTENT, circumstances=by).at is not None

    assert proves(stamp)
    assert [at for at, changed in otherwise(stamp, *long) if proves(changed)] == []


def test_only_the_version_of_a_signed_message_is_free(authority):
    signed = authority.person(AISHA, at=AT).sign(CONTENT, at=AT)
    message = cms.read(signed)
    trust, crl = Trust.of(*authority.certificates), authority.crl(at=AT)
    long = (*message.certificates, message.signers[0].signature, message.signers[0].signed[4:])

    def passes(changed: bytes) -> bool:
        found = verify_cms(changed, trust=trust, crls=[crl], at=AT, policy=any_signer())
        return found.report.status == "passed"

    assert passes(signed)
    assert {at for at, changed in otherwise(signed, *long) if passes(changed)} <= {VERSION}


def test_a_message_of_a_version_that_does_not_exist_cannot_be_read(authority):
    signed = bytearray(authority.person(AISHA, at=AT).sign(CONTENT, at=AT))
    assert signed[VERSION] == 1

    for version in (0, 2, 6, 255):
        signed[VERSION] = version
        with pytest.raises(Malformed, match="version"):
            cms.read(bytes(signed))
