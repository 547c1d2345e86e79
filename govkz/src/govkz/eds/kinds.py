"""Tell by its structure what a file is: a signed message, a certificate, a list, an answer, a key.

Looks at the outermost parts only: what a file is said to be, its reader may still find malformed.
"""

from enum import StrEnum

from govkz.eds import der, dsig, oids, xmldsig
from govkz.eds.armour import unarmour

MAX_BYTES = 64 * 1024 * 1024

_LABELS = "|".join(
    (
        "CMS|PKCS7|PKCS #7 SIGNED DATA|CERTIFICATE|X509 CRL|PKCS12|PRIVATE KEY",
        "OCSP RESPONSE|TIMESTAMP TOKEN|TIMESTAMP RESPONSE",
    )
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ENVELOPES = frozenset(
    {
        "{http://schemas.xmlsoap.org/soap/envelope/}Envelope",
        "{http://www.w3.org/2003/05/soap-envelope}Envelope",
    }
)


class Kind(StrEnum):
    """What a file is."""

    CMS = "cms"
    XML = "xml"
    SOAP = "soap"
    CERTIFICATE = "certificate"
    PKCS12 = "pkcs12"
    PRIVATE_KEY = "private_key"
    CRL = "crl"
    OCSP = "ocsp"
    TIMESTAMP = "timestamp"
    TIMESTAMP_ANSWER = "timestamp_answer"


def of(blob: bytes) -> Kind | None:
    """Tell what the bytes are, DER, BER, PEM, base64 or XML; None where they are nothing we know."""
    if blob.removeprefix(_BYTE_ORDER_MARK).lstrip()[:1] == b"<":
        return _of_document(blob)
    try:
        return _of_parts(der.parse(unarmour(blob, label=_LABELS, limit=MAX_BYTES)).expect(der.SEQUENCE))
    except der.Malformed:
        return None


def _of_document(blob: bytes) -> Kind:
    try:
        root = dsig.parse(blob, limits=xmldsig.LIMITS)
    except der.Malformed:
        return Kind.XML
    return Kind.SOAP if root.tag in _ENVELOPES else Kind.XML


def _of_parts(outer: der.Element) -> Kind | None:
    parts = outer.children(1, 8)
    match [part.tag for part in parts]:
        case [der.OID, 0xA0]:
            return _of_content(parts)
        case [der.INTEGER, der.SEQUENCE, der.OCTET_STRING, *_]:
            return Kind.PRIVATE_KEY
        case [der.INTEGER, der.SEQUENCE, *_] if der.number(parts[0]) == 3:
            return Kind.PKCS12
        case [der.ENUMERATED] | [der.ENUMERATED, 0xA0]:
            return Kind.OCSP
        case [der.SEQUENCE] | [der.SEQUENCE, der.SEQUENCE] if parts[0].children(1)[0].tag == der.INTEGER:
            return Kind.TIMESTAMP_ANSWER
        case [der.SEQUENCE, der.SEQUENCE, der.BIT_STRING]:
            return _of_fields(parts[0].children(4))
    return None


def _of_content(parts: list[der.Element]) -> Kind | None:
    if der.identifier(parts[0]) != oids.SIGNED_DATA:
        return None
    (message,) = parts[1].children(1, 1)
    encapsulated = message.expect(der.SEQUENCE).children(3)[2].expect(der.SEQUENCE).children(1)
    return Kind.TIMESTAMP if der.identifier(encapsulated[0]) == oids.TST_INFO else Kind.CMS


def _of_fields(fields: list[der.Element]) -> Kind:
    """Tell a list from a certificate: its fourth or third field is a moment, not a validity."""
    moments = (der.UTC_TIME, der.GENERALIZED_TIME)
    is_list = fields[2].tag in moments or fields[3].tag in moments
    return Kind.CRL if is_list else Kind.CERTIFICATE
