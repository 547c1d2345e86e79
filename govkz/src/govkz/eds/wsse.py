"""Verify and make the transport signature of SHEP: WS-Security over the Body of a SOAP 1.1 message.

The signature stands in wsse:Security, is over the Body by its wsu:Id, and is the only one there. What is given
back is the canonical form of that Body: a reader of the message reads these bytes (`message_of` puts them into
an envelope again) and nothing of the Header, which nobody signed. Whether a message was seen before cannot be
told here: that is what its messageId is for.

Limits: 8 MiB, and those of `govkz.xml`.
"""

import base64
import uuid
from collections.abc import Sequence
from datetime import datetime

from lxml import etree

from govkz.eds import certificates as x509
from govkz.eds import dsig, names
from govkz.eds.armour import TooLarge
from govkz.eds.certificates import MAX_CERTIFICATE_BYTES
from govkz.eds.crls import Crl
from govkz.eds.der import Malformed
from govkz.eds.judgement import (
    Circumstances,
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

LIMITS = Limits(size=8 * 1024 * 1024)

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
WSSE = _WSS + "wssecurity-secext-1.0.xsd"
WSU = _WSS + "wssecurity-utility-1.0.xsd"
BASE64 = _WSS + "soap-message-security-1.0#Base64Binary"
X509_V3 = _WSS + "x509-token-profile-1.0#X509v3"

_ENVELOPE, _HEADER, _BODY = (f"{{{SOAP}}}{name}" for name in ("Envelope", "Header", "Body"))
_SECURITY = f"{{{WSSE}}}Security"
_TOKEN_REFERENCE = f"{{{WSSE}}}SecurityTokenReference"
_KEY_IDENTIFIER = f"{{{WSSE}}}KeyIdentifier"
_REFERENCE = f"{{{WSSE}}}Reference"
_BINARY_TOKEN = f"{{{WSSE}}}BinarySecurityToken"
_ID = f"{{{WSU}}}Id"
_EXCLUSIVE = dsig.Form(is_exclusive=True)
# Whatever some reader may take for an identifier counts: wsu:Id, wsse:Id, Id, ID, xml:id.
_WITH_NAME = etree.XPath("//*[@*[translate(local-name(), 'ID', 'id') = 'id' and . = $name]]")


def verify_soap(
    blob: bytes,
    *,
    trust: Trust,
    crls: Sequence[bytes | Crl] = (),
    ocsps: Sequence[bytes | Ocsp] = (),
    certificates: Sequence[bytes] = (),
    at: datetime,
    policy: Policy,
) -> Verification:
    """Verify the transport signature of a message at a moment of receipt.

    `certificates` are those of partners who only name theirs by issuer and serial number, DER or PEM. Lists,
    answers and certificates that cannot be read count as absent.
    """
    circumstances = Circumstances(trust, readable(crls), at, policy, readable_answers(ocsps))
    try:
        root = dsig.parse(blob, limits=LIMITS)
        header, body = _opened(root)
        element = _signature_in(header)
        plain = dsig.canonical(body, _EXCLUSIVE)
        if element is None:
            return refused(Reason.NO_SIGNER, at=at, content=plain)
        signature = dsig.read(element)
        covered = _covered(root, body, signature.reference)
        encoded = certificate_in(root, signature, certificates)
    except TooLarge:
        return refused(Reason.TOO_LARGE, at=at)
    except Malformed:
        return refused(Reason.MALFORMED, at=at)
    verdict = dsig.judge(
        signature,
        certificate=dsig.certificate_of(encoded, trust),
        content=covered,
        circumstances=circumstances,
    )
    return sum_up([verdict], content=plain if isinstance(covered, Reason) else covered, at=at)


def sign_soap(envelope: bytes, *, key: SigningKey, certificate: bytes, body_id: str | None = None) -> bytes:
    """Sign the Body of a message as SmartBridge's reference does; gives the message in UTF-8.

    `certificate` is the sender's, DER or PEM; `body_id` is what the Body is named by, new where not given.
    Raises Malformed where message or certificate cannot be read, or the message has security already.
    """
    holder, root = x509.read(certificate), dsig.parse(envelope, limits=LIMITS)
    header, body = _opened(root)
    if header is None:
        header = etree.Element(_HEADER)
        root.insert(root.index(body), header)
    if header.find(_SECURITY) is not None:
        raise Malformed("has security already")
    named = body_id or f"id-{uuid.uuid4()}"
    body = _with_identifier(body, named)
    if _WITH_NAME(root, name=named) != [body]:
        raise Malformed("the name of the Body is something else's too")
    security = etree.SubElement(
        header, _SECURITY, {f"{{{SOAP}}}mustUnderstand": "1"}, nsmap={"wsse": WSSE, "wsu": WSU}
    )
    dsig.write(
        security,
        dsig.canonical(body, _EXCLUSIVE),
        uri=f"#{named}",
        transforms=(dsig.EXCLUSIVE,),
        canonicalisation=dsig.EXCLUSIVE,
        key=key,
        key_info=_key_identifier(holder.encoded),
    )
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)


def message_of(body: bytes) -> bytes:
    """Put the Body that a verification gave back into an envelope, for whoever reads whole messages."""
    return b'<S:Envelope xmlns:S="%s">%s</S:Envelope>' % (SOAP.encode(), body)


def _opened(root: etree._Element) -> tuple[etree._Element | None, etree._Element]:
    """Give Header and Body: nothing else may stand in the envelope, so that no reader takes another Body."""
    elements = list(root.iterchildren(tag=etree.Element))
    tags = [element.tag for element in elements]
    if root.tag != _ENVELOPE or tags not in ([_BODY], [_HEADER, _BODY]):
        raise Malformed("no SOAP 1.1 envelope with one Body")
    return (elements[0] if len(elements) == 2 else None), elements[-1]


def _signature_in(header: etree._Element | None) -> etree._Element | None:
    """Give the one signature of the Header; raise Malformed where there are more, or it stands elsewhere."""
    if header is None:
        return None
    found = list(header.iter(dsig.SIGNATURE))
    if not found:
        return None
    securities = list(header.iter(_SECURITY))
    if len(found) > 1 or len(securities) != 1 or found[0].getparent() is not securities[0]:
        raise Malformed("more than one signature, or one in another place")
    if securities[0].getparent() is not header:
        raise Malformed("security in another place")
    return found[0]


def _covered(root: etree._Element, body: etree._Element, reference: dsig.Reference) -> bytes | Reason:
    if reference.form is None:
        return Reason.UNSUPPORTED_ALGORITHM
    if reference.is_enveloped or _target(root, reference.uri) is not body:
        return Reason.CONTENT_MISMATCH
    return dsig.canonical(body, reference.form)


def _target(root: etree._Element, uri: str | None) -> etree._Element | None:
    """Give the one element of a name; None where there is none or more than one."""
    if not uri or not uri.startswith("#"):
        return None
    found = _WITH_NAME(root, name=uri[1:])
    return found[0] if len(found) == 1 else None


def certificate_in(root: etree._Element, signature: dsig.Signature, known: Sequence[bytes]) -> bytes | Reason:
    """Find the signer's certificate: brought along, in a token of the Header, or known and only named.

    Raises Malformed where it is no Base64.
    """
    references = [] if signature.key_info is None else signature.key_info.findall(_TOKEN_REFERENCE)
    if not references:
        return dsig.x509_in(signature.key_info)
    if len(references) > 1 or len(references[0]) != 1:
        return Reason.CERTIFICATE_MISMATCH
    (pointer,) = references[0]
    if pointer.tag == _KEY_IDENTIFIER:
        return _token(pointer)
    if pointer.tag == _REFERENCE:
        token = _target(root, pointer.get("URI"))
        if token is None or token.getparent() is not signature.element.getparent():
            return Reason.CERTIFICATE_MISSING
        return _token(token)
    return _named(pointer, known) or dsig.x509_in(references[0])


def _token(element: etree._Element) -> bytes | Reason:
    kind, encoding = element.get("ValueType"), element.get("EncodingType", BASE64)
    if element.tag not in (_KEY_IDENTIFIER, _BINARY_TOKEN) or (kind, encoding) != (X509_V3, BASE64):
        return Reason.CERTIFICATE_MISSING
    return dsig.decoded(element, limit=MAX_CERTIFICATE_BYTES)


def _named(data: etree._Element, known: Sequence[bytes]) -> bytes | None:
    serials = data.findall(f"{{{dsig.DS}}}X509IssuerSerial") if data.tag == dsig.X509_DATA else []
    if len(serials) != 1:
        return None
    issuer, number = dsig.parts(serials[0], "X509IssuerName", "X509SerialNumber")
    return names.named(issuer.text or "", (number.text or "").strip(), known)


def _with_identifier(body: etree._Element, name: str) -> etree._Element:
    """Name the Body; as a new element, since only a new one can declare the usual prefix."""
    named = etree.Element(_BODY, nsmap={**body.nsmap, "wsu": WSU})
    named.attrib.update(body.attrib)
    named.set(_ID, name)
    named.text, named.tail = body.text, body.tail
    named.extend(list(body))
    parent = body.getparent()
    assert parent is not None
    parent.replace(body, named)
    return named


def _key_identifier(certificate: bytes) -> etree._Element:
    reference = etree.Element(_TOKEN_REFERENCE, nsmap={"wsse": WSSE})
    identifier = etree.SubElement(reference, _KEY_IDENTIFIER, {"EncodingType": BASE64, "ValueType": X509_V3})
    identifier.text = base64.b64encode(certificate).decode()
    return reference
