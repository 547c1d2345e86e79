"""Put into words what stands in a certificate, a signed message, a list or a key; nothing is judged here.

A portrait is a list of rows: a word and what stands there (nothing where it is absent), or the heading of a part.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime

from lxml import etree

from govkz import eds
from govkz.eds import algorithms, certificates, cms, der, dsig, keys, oids, pkcs12, timestamps, wsse, xmldsig
from govkz.eds.certificates import Certificate

Row = tuple[str, str | None] | str
Portrait = list[Row]

_USAGES = (
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
)
_PURPOSES = {
    oids.CLIENT_AUTHENTICATION: "clientAuth",
    oids.EMAIL_PROTECTION: "emailProtection",
    "1.3.6.1.5.5.7.3.8": "timeStamping",
    "1.3.6.1.5.5.7.3.9": "OCSPSigning",
    **{oid: role.value for oid, role in certificates.ROLES.items()},
}
_DIGESTS = {
    oids.SHA1: "sha1",
    oids.SHA256: "sha256",
    oids.STREEBOG_256: "streebog-256",
    oids.STREEBOG_512: "streebog-512",
    oids.GOST_34311_95: "gost-34.311-95",
}
_AUTHORITY_INFORMATION = "1.3.6.1.5.5.7.1.1"
_FRESHEST_CRL = "2.5.29.46"
_OCSP = "1.3.6.1.5.5.7.48.1"
_URI = 0x86


def of_certificate(blob: bytes) -> Portrait:
    """Show a certificate; raises Malformed."""
    known = certificates.read(blob)
    return [
        ("holder", known.name),
        ("iin", known.iin),
        ("bin", known.bin),
        ("organisation", known.attribute(oids.ORGANISATION)),
        ("role", known.role.value if known.role else None),
        ("authority", "yes" if known.is_authority else None),
        ("key", _key(known.key)),
        ("usage", ", ".join(_usages(known.extensions.get(oids.KEY_USAGE)))),
        ("purposes", ", ".join(sorted(_PURPOSES.get(oid, oid) for oid in known.purposes))),
        ("valid", f"{_written(known.not_before)} to {_written(known.not_after)}"),
        ("issuer", certificates.common_name(known.issuer)),
        ("serial", known.serial_text),
        ("key_id", known.key_identifier.hex() if known.key_identifier else None),
        ("signed_with", algorithms.name_of(known.algorithm)),
        ("policies", ", ".join(known.policies)),
        ("crl", ", ".join(_addresses(known, oids.CRL_DISTRIBUTION_POINTS))),
        ("delta_crl", ", ".join(_addresses(known, _FRESHEST_CRL))),
        ("ocsp", ", ".join(_services(known, _OCSP))),
        ("sha256", hashlib.sha256(known.encoded).hexdigest()),
    ]


def of_message(blob: bytes) -> Portrait:
    """Show a signed message and what each signer claims; raises Malformed."""
    message = cms.read(blob)
    rows: Portrait = [
        ("content", "detached" if message.content is None else f"attached, {len(message.content)} bytes"),
        ("sha256", hashlib.sha256(message.content).hexdigest() if message.content is not None else None),
        ("certificates", str(len(message.certificates))),
    ]
    for number, signer in enumerate(message.signers, start=1):
        rows += [
            f"signer {number}",
            *_signer(_holder(signer, message.certificates)),
            ("  algorithm", algorithms.name_of(signer.algorithm, signer.digest_algorithm)),
            (
                "  signed_at",
                f"{_written(signer.signed_at)} by the signer's clock" if signer.signed_at else None,
            ),
            *(("  timestamp", _stamped(token, signer)) for token in signer.timestamps),
        ]
    return rows


def of_document(blob: bytes) -> Portrait:
    """Show an XML document or a SOAP message, and who signed it in which order; raises Malformed."""
    root = dsig.parse(blob, limits=xmldsig.LIMITS)
    elements = list(root.iter(dsig.SIGNATURE))
    rows: Portrait = [("root", etree.QName(root).localname), ("namespace", etree.QName(root).namespace)]
    rows.append(("signatures", str(len(elements))))
    for number, element in enumerate(elements, start=1):
        signature = dsig.read(element)
        encoded = wsse.certificate_in(root, signature, ())
        rows += [
            f"signer {number}",
            *_signer(encoded if isinstance(encoded, bytes) else None),
            ("  algorithm", algorithms.name_of(signature.algorithm) if signature.algorithm else "not known"),
            ("  signed", f"{signature.reference.uri}" if signature.reference.uri else "the whole document"),
        ]
    return rows


def of_list(blob: bytes) -> Portrait:
    """Show a revocation list; raises Malformed."""
    crl = eds.Crl(blob)
    return [
        ("issuer", certificates.common_name(crl.issuer)),
        ("number", str(crl.number) if crl.number is not None else None),
        ("delta", f"to the list {crl.base_number}" if crl.is_delta else None),
        ("this_update", _written(crl.this_update)),
        ("next_update", _written(crl.next_update) if crl.next_update else None),
        ("entries", str(crl.count)),
        ("signed_with", algorithms.name_of(crl.algorithm)),
    ]


def of_answer(blob: bytes) -> Portrait:
    """Show an OCSP answer; raises Malformed."""
    ocsp = eds.Ocsp(blob)
    rows: Portrait = [
        ("produced_at", _written(ocsp.produced_at)),
        ("nonce", ocsp.nonce.hex() if ocsp.nonce is not None else None),
        ("signed_with", algorithms.name_of(ocsp.algorithm)),
    ]
    for answer in ocsp.answers:
        rows += [
            f"certificate {answer.serial:X}",
            ("  standing", f"{answer.standing}, suspended" if answer.is_hold else str(answer.standing)),
            ("  revoked_at", _written(answer.revoked_at) if answer.revoked_at else None),
            ("  this_update", _written(answer.this_update)),
            ("  next_update", _written(answer.next_update) if answer.next_update else None),
        ]
    return rows


def of_timestamp(blob: bytes) -> Portrait:
    """Show a time stamp; raises Malformed."""
    token = timestamps.read(blob)
    rows: Portrait = [
        ("at", _written(token.at)),
        ("over", f"{_DIGESTS.get(token.algorithm, token.algorithm)} {token.imprint.hex()}"),
        ("policy", token.policy),
        ("serial", f"{token.serial:X}"),
        ("nonce", f"{token.nonce:X}" if token.nonce is not None else None),
    ]
    for signer in token.message.signers:
        holder = _holder(signer, token.message.certificates)
        rows += [
            "authority",
            *_signer(holder),
            ("  algorithm", algorithms.name_of(signer.algorithm, signer.digest_algorithm)),
        ]
    return rows


def of_timestamp_answer(blob: bytes) -> Portrait:
    """Show what a time-stamping authority answered; raises Malformed."""
    return of_timestamp(timestamps.token_in(blob))


def of_private_key(blob: bytes) -> Portrait:
    """Show a private key without showing it; raises Malformed."""
    return [("algorithm", algorithms.name_of(keys.read(blob).algorithm))]


def of_key_store(store: pkcs12.KeyStore) -> Portrait:
    """Show what a PKCS#12 file holds; raises Malformed."""
    rows: Portrait = [("name", store.name), ("private_key", _private(store))]
    rows.append(("certificates", str(len(store.certificates))))
    for number, certificate in enumerate(store.certificates, start=1):
        whose = "of the key" if certificate == store.certificate else "of another key"
        rows.append(f"certificate {number}, {whose}")
        rows += indented(of_certificate(certificate))
    return rows


def indented(rows: Portrait) -> Portrait:
    """Give the rows as part of something else."""
    return [f"  {row}" if isinstance(row, str) else (f"  {row[0]}", row[1]) for row in rows]


def _private(store: pkcs12.KeyStore) -> str:
    if store.private_key is None:
        return "none"
    try:
        return algorithms.name_of(store.key.algorithm)
    except eds.Malformed:
        return "of an algorithm that is not known here"


def _signer(encoded: bytes | None) -> Portrait:
    """Show the holder of the certificate that came along, where one did."""
    try:
        holder = certificates.read(encoded) if encoded is not None else None
    except eds.Malformed:
        holder = None
    if holder is None:
        return [("  name", "the certificate did not come along")]
    return [
        ("  name", holder.name),
        ("  iin", holder.iin),
        ("  bin", holder.bin),
        ("  role", holder.role.value if holder.role else None),
        ("  serial", holder.serial_text),
    ]


def _stamped(encoded: bytes, signer: cms.Signer) -> str:
    try:
        token = timestamps.read(encoded)
    except eds.Malformed:
        return "cannot be read"
    return f"{_written(token.at)}, over {'this' if token.is_over(signer.signature) else 'another'} signature"


def _holder(signer: cms.Signer, listed: Iterable[bytes]) -> bytes | None:
    for encoded in listed:
        try:
            certificate = certificates.read(encoded)
        except eds.Malformed:
            continue
        if signer.key_identifier is not None:
            if signer.key_identifier == certificate.key_identifier:
                return encoded
        elif (signer.issuer, signer.serial) == (certificate.issuer, certificate.serial):
            return encoded
    return None


def _key(key: algorithms.PublicKey) -> str:
    loaded = key.loaded
    if isinstance(loaded, eds.Reason):
        return f"{algorithms.name_of(key.algorithm)}, {loaded}"
    size = getattr(loaded, "key_size", None)
    return f"rsa, {size} bits" if size else algorithms.name_of(key.algorithm)


def _usages(value: bytes | None) -> list[str]:
    if value is None:
        return []
    bits = der.parse(value).expect(der.BIT_STRING).content[1:]
    return [
        name
        for place, name in enumerate(_USAGES)
        if place // 8 < len(bits) and bits[place // 8] & 0x80 >> place % 8
    ]


def _addresses(certificate: Certificate, extension: str) -> list[str]:
    value = certificate.extensions.get(extension)
    return list(_uris(der.parse(value))) if value is not None else []


def _services(certificate: Certificate, method: str) -> list[str]:
    value = certificate.extensions.get(_AUTHORITY_INFORMATION)
    if value is None:
        return []
    listed = [row.expect(der.SEQUENCE).children(2, 2) for row in der.parse(value).children()]
    return [_shown(place) for kind, place in listed if der.identifier(kind) == method and place.tag == _URI]


def _uris(element: der.Element) -> Iterator[str]:
    if element.tag == _URI:
        yield _shown(element)
    elif element.tag & 0x20:
        for child in element.children():
            yield from _uris(child)


def _shown(element: der.Element) -> str:
    text = element.content.decode("latin-1")
    return "".join(character if character.isprintable() else "?" for character in text)


def _written(at: datetime) -> str:
    return at.isoformat()
