"""Verify one signer's mathematics: whose certificate it is, and whether digest and signature hold."""

import hashlib
from collections.abc import Callable, Sequence

from govkz.eds import algorithms, cms, der, oids
from govkz.eds.certificates import Certificate
from govkz.eds.reports import Reason
from govkz.eds.trust import Trust

Digester = Callable[[str, bytes], bytes | Reason]


def certificate_of(signer: cms.Signer, brought: Sequence[bytes], trust: Trust) -> Certificate | None:
    """Find the signer's certificate among those the message brought along."""
    for encoded in brought:
        try:
            certificate = trust.read(encoded)
        except der.Malformed:
            continue
        if signer.key_identifier is not None:
            if signer.key_identifier == certificate.key_identifier:
                return certificate
        elif (signer.issuer, signer.serial) == (certificate.issuer, certificate.serial):
            return certificate
    return None


def faults(
    signer: cms.Signer,
    certificate: Certificate,
    content: bytes,
    *,
    content_type: str = oids.DATA,
    digest: Digester = algorithms.digest,
) -> list[Reason]:
    """Give the reasons the signer did not sign this content with the key of this certificate.

    `digest` may remember what it has reckoned: signers of one message share its content.
    """
    if signer.signed is None or signer.message_digest is None or signer.content_type != content_type:
        return [Reason.ATTRIBUTES_MISSING]
    expected = digest(signer.digest_algorithm, content)
    if isinstance(expected, Reason):
        return [expected]
    found = []
    if expected != signer.message_digest:
        found.append(Reason.DIGEST_MISMATCH)
    found += [fault for named in signer.certificate_hashes if (fault := _hash_fault(*named, certificate))]
    fault = algorithms.fault_of(
        signer.signature,
        over=signer.signed,
        by=certificate.key,
        algorithm=signer.algorithm,
        digest_algorithm=signer.digest_algorithm,
    )
    return [*found, fault] if fault else found


def _hash_fault(algorithm: str, named: bytes, certificate: Certificate) -> Reason | None:
    # ESSCertID of RFC 2634 knows SHA-1 only: there it names a certificate, it does not prove anything.
    if algorithm == oids.SHA1:
        expected: bytes | Reason = hashlib.sha1(certificate.encoded, usedforsecurity=False).digest()
    else:
        expected = algorithms.digest(algorithm, certificate.encoded)
    if isinstance(expected, Reason):
        return expected
    return None if expected == named else Reason.CERTIFICATE_MISMATCH
