"""Verify and make signed XML documents: enveloped signatures, one after the other at the end of the root.

The n-th signature is over the document with the n-1 before it; so they are verified from the last to the
first, each taken out once it was looked at. What is given back is the canonical form of the document without
its signatures: the very bytes whose digest the first one signed. Callers read these and nothing else.

Limits: 4 MiB, 8 signatures, 32 namespaces in scope, and those of `govkz.xml`. A signature elsewhere than at
the end of the root, or over anything else than the whole document, is refused.
"""

from collections.abc import Sequence
from datetime import datetime

from lxml import etree

from govkz.eds import certificates, dsig
from govkz.eds.armour import TooLarge
from govkz.eds.certificates import Certificate
from govkz.eds.crls import Crl
from govkz.eds.der import Malformed
from govkz.eds.judgement import (
    Circumstances,
    Verdict,
    Verification,
    readable,
    readable_answers,
    refused,
    sum_up,
)
from govkz.eds.keys import SigningKey
from govkz.eds.ocsp import Ocsp
from govkz.eds.policies import Policy
from govkz.eds.reports import Reason
from govkz.eds.trust import Trust
from govkz.xml import Limits

LIMITS = Limits(size=4 * 1024 * 1024, namespaces=32)
MAX_SIGNATURES = 8

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>'


def verify_xml(
    blob: bytes,
    *,
    trust: Trust,
    crls: Sequence[bytes | Crl] = (),
    ocsps: Sequence[bytes | Ocsp] = (),
    at: datetime,
    policy: Policy,
) -> Verification:
    """Verify a signed document at a moment of receipt.

    Lists and OCSP answers that cannot be read count as absent.
    """
    circumstances = Circumstances(trust, readable(crls), at, policy, readable_answers(ocsps))
    try:
        root = dsig.parse(blob, limits=LIMITS)
        signatures = [dsig.read(element) for element in _signatures(root)]
        if not signatures:
            return refused(Reason.NO_SIGNER, at=at)
        verdicts, content = _judged(root, signatures, circumstances)
    except TooLarge:
        return refused(Reason.TOO_LARGE, at=at)
    except Malformed:
        return refused(Reason.MALFORMED, at=at)
    return sum_up(verdicts, content=content, at=at)


def sign_xml(document: bytes, *, key: SigningKey, certificate: bytes) -> bytes:
    """Sign a document, or a signed one once more, as NCALayer does: no moment is written into it.

    `certificate` is the signer's, DER or PEM. Raises Malformed where the document or the certificate cannot be
    read, or the document has as many signatures as are verified.
    """
    holder, root = certificates.read(certificate), dsig.parse(document, limits=LIMITS)
    if len(_signatures(root)) == MAX_SIGNATURES:
        raise Malformed("has as many signatures as it may have")
    dsig.write(
        root,
        dsig.canonical_document(root, dsig.Form(is_exclusive=False)),
        uri="",
        transforms=(dsig.ENVELOPED, f"{dsig.INCLUSIVE}#{dsig.WITH_COMMENTS}"),
        canonicalisation=dsig.INCLUSIVE,
        key=key,
        key_info=dsig.x509_data(holder.encoded),
    )
    return _DECLARATION + etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False)


def _signatures(root: etree._Element) -> list[etree._Element]:
    """Give the signatures at the end of the root; raise Malformed where one stands elsewhere."""
    found = list(root.iter(dsig.SIGNATURE))
    if len(found) > MAX_SIGNATURES:
        raise TooLarge(f"more than {MAX_SIGNATURES} signatures")
    elements = list(root.iterchildren(tag=etree.Element))
    if found != elements[len(elements) - len(found) :]:
        raise Malformed("a signature that does not stand at the end of the root")
    return found


def _judged(
    root: etree._Element, signatures: Sequence[dsig.Signature], circumstances: Circumstances
) -> tuple[list[Verdict], bytes]:
    """Judge the signatures from the last to the first; `root` loses them on the way."""
    verdicts: list[Verdict] = []
    for signature in reversed(signatures):
        _take_out(signature.element)
        content = _covered(root, signature.reference)
        certificate = _certificate(signature, circumstances.trust)
        verdict = dsig.judge(signature, certificate=certificate, content=content, circumstances=circumstances)
        verdicts.insert(0, verdict)
    form = signatures[0].reference.form or dsig.Form(is_exclusive=False)
    bare = dsig.canonical_document(root, form)
    for signature, verdict in zip(signatures, verdicts, strict=True):
        # Forms differ in namespaces that nobody uses: each signer has to have signed what is given back.
        other = signature.reference.form
        if other not in (None, form) and dsig.canonical_document(root, other) != bare:
            verdict.reasons.append(Reason.CONTENT_MISMATCH)
            verdict.is_intact = False
    return verdicts, bare


def _covered(root: etree._Element, reference: dsig.Reference) -> bytes | Reason:
    if reference.form is None:
        return Reason.UNSUPPORTED_ALGORITHM
    if reference.uri != "" or not reference.is_enveloped:
        return Reason.CONTENT_MISMATCH
    return dsig.canonical_document(root, reference.form)


def _certificate(signature: dsig.Signature, trust: Trust) -> Certificate | Reason:
    return dsig.certificate_of(dsig.x509_in(signature.key_info), trust)


def _take_out(element: etree._Element) -> None:
    """Take an element out and leave the text after it: that belongs to the document."""
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None
    if element.tail:
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
        element.tail = None
    parent.remove(element)
