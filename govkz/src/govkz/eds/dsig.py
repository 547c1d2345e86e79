"""Read, judge and write the element ds:Signature, which signed documents and SOAP messages share.

XML Signature (W3C, 10 June 2008) as NUCA's programs write it, and nothing beside: one reference, no ds:Object,
the enveloped-signature transform and the two canonicalisations only, no comments inside. Comments elsewhere
are never signed: a reference within the document leaves them out (§4.3.3.3), whatever its transforms say.
"""

import base64
import binascii
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from govkz.eds import algorithms, dsig_names, oids
from govkz.eds.armour import TooLarge
from govkz.eds.certificates import MAX_CERTIFICATE_BYTES, Certificate
from govkz.eds.der import SEQUENCE, Malformed
from govkz.eds.judgement import Circumstances, Verdict, judge_holder
from govkz.eds.keys import SigningKey
from govkz.eds.reports import Reason
from govkz.eds.trust import Trust
from govkz.xml import Limits, parsing

MAX_SIGNATURE_BYTES = 1024
MAX_DIGEST_BYTES = 64
MAX_PREFIXES = 64

DS = "http://www.w3.org/2000/09/xmldsig#"
SIGNATURE = f"{{{DS}}}Signature"
X509_DATA = f"{{{DS}}}X509Data"
ENVELOPED = DS + "enveloped-signature"
INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
WITH_COMMENTS = "WithComments"

_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_NUCA = "urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:"
SIGNATURES = {
    _MORE + "rsa-sha256": oids.RSA_SHA256,
    _MORE + "rsa-sha384": oids.RSA_SHA384,
    _MORE + "rsa-sha512": oids.RSA_SHA512,
    _MORE + "gost34310-gost34311": oids.GOST_2004,
    _NUCA + "gostr34102015-gostr34112015-256": oids.GOST_2015_256,
    _NUCA + "gostr34102015-gostr34112015-512": oids.GOST_2015_512,
    # Recognised to be refused.
    DS + "rsa-sha1": oids.RSA_SHA1,
    _MORE + "rsa-sha1": oids.RSA_SHA1,
}
DIGESTS = {
    "http://www.w3.org/2001/04/xmlenc#sha256": oids.SHA256,
    _MORE + "sha384": oids.SHA384,
    "http://www.w3.org/2001/04/xmlenc#sha512": oids.SHA512,
    _MORE + "gost34311": oids.GOST_34311_95,
    _NUCA + "gostr34112015-256": oids.STREEBOG_256,
    _NUCA + "gostr34112015-512": oids.STREEBOG_512,
    DS + "sha1": oids.SHA1,
    _MORE + "sha1": oids.SHA1,
}
_SIGNATURE_URIS = {oid: uri for uri, oid in SIGNATURES.items()}
_DIGEST_URIS = {oid: uri for uri, oid in DIGESTS.items()}

_DEFAULT = "#default"
_SPACE = " \t\r\n"
_NO_SPACE = str.maketrans("", "", _SPACE)


@dataclass(frozen=True, slots=True)
class Form:
    """A canonical form: inclusive or exclusive (with prefixes that count as used)."""

    is_exclusive: bool
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """What a signature says it is over; `form` is None where its transforms are not understood."""

    uri: str | None
    is_enveloped: bool
    form: Form | None
    digest_algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as written; `signed` is None where its canonical form is not understood.

    Algorithms are object identifiers, empty where the name is not known.
    """

    element: etree._Element
    algorithm: str
    value: bytes
    signed: bytes | None
    reference: Reference
    key_info: etree._Element | None


def parse(blob: bytes, *, limits: Limits) -> etree._Element:
    """Read a document, its comments too, and give its root; raises Malformed, TooLarge."""
    try:
        return parsing.parse(blob, limits=limits, keeps_comments=True)
    except parsing.TooLarge as beyond:
        raise TooLarge(str(beyond)) from None
    except parsing.Malformed as malformed:
        raise Malformed(str(malformed)) from None


def read(element: etree._Element) -> Signature:
    """Read a signature where it stands in its document; raises Malformed."""
    names = ["SignedInfo", "SignatureValue", "KeyInfo"]
    signed_info, value, *key_info = parts(element, *names[: max(2, len(element))])
    canonicalisation, method, reference = parts(
        signed_info, "CanonicalizationMethod", "SignatureMethod", "Reference"
    )
    parts(method)
    form = _form(canonicalisation)
    return Signature(
        element=element,
        algorithm=_identified(method, SIGNATURES, beside=dsig_names.SIGNATURES),
        value=decoded(value, limit=MAX_SIGNATURE_BYTES),
        signed=canonical(signed_info, form) if form else None,
        reference=_reference(reference),
        key_info=key_info[0] if key_info else None,
    )


def judge(
    signature: Signature,
    *,
    certificate: Certificate | Reason,
    content: bytes | Reason,
    circumstances: Circumstances,
) -> Verdict:
    """Judge a signature over `content`, the bytes its reference leads to, or by the reason there are none."""
    algorithm = algorithms.name_of(signature.algorithm) or None
    if isinstance(certificate, Reason):
        return Verdict(None, [certificate], algorithm)
    verdict = Verdict(certificate, algorithm=algorithm)
    verdict.reasons += _faults(signature, certificate, content)
    verdict.is_intact = not verdict.reasons
    judge_holder(verdict, certificate, circumstances)
    return verdict


def x509_in(key_info: etree._Element | None) -> bytes | Reason:
    """Give the one certificate in ds:X509Data, or the reason there is not exactly one; raises Malformed.

    What else may stand in KeyInfo (a bare key, names of issuers) is not believed, so not read.
    """
    found = [] if key_info is None else key_info.findall(f"{X509_DATA}/{{{DS}}}X509Certificate")
    if not found:
        return Reason.CERTIFICATE_MISSING
    if len(found) > 1:
        return Reason.CERTIFICATE_MISMATCH
    return decoded(found[0], limit=MAX_CERTIFICATE_BYTES)


def certificate_of(encoded: bytes | Reason, trust: Trust) -> Certificate | Reason:
    """Read the certificate a signature brings along; what cannot be read counts as missing."""
    if isinstance(encoded, Reason):
        return encoded
    try:
        return trust.read(encoded) if encoded[0] == SEQUENCE else Reason.CERTIFICATE_MISSING
    except Malformed:
        return Reason.CERTIFICATE_MISSING


def canonical(what: etree._Element, form: Form) -> bytes:
    """Give the canonical form of an element in its document, without comments; raises Malformed."""
    # Canonical XML §2.4: a part takes the attributes xml:… of what stands above it along; lxml does not.
    inherited = {} if form.is_exclusive else _inherited(what)
    what.attrib.update(inherited)
    try:
        return _canonical(what, form)
    finally:
        for name in inherited:
            del what.attrib[name]


def canonical_document(root: etree._Element, form: Form) -> bytes:
    """Give the canonical form of a whole document, without comments; raises Malformed."""
    return _canonical(root.getroottree(), form)


def parts(parent: etree._Element, *names: str) -> list[etree._Element]:
    """Give the children: exactly these, of XML Signature's namespace, and only spaces between.

    Raises Malformed; a comment or an instruction is a child too.
    """
    children = list(parent)
    texts = [parent.text, *(child.tail for child in children)]
    if [child.tag for child in children] != [f"{{{DS}}}{name}" for name in names]:
        raise Malformed("a signature has other parts than it should")
    if any(text and text.strip(_SPACE) for text in texts):
        raise Malformed("a signature has a text where none belongs")
    return children


def decoded(element: etree._Element, *, limit: int) -> bytes:
    """Give the bytes of an element's base64 text, at most `limit`; raises Malformed."""
    written = element.text or ""
    # Lines of 76 with two characters (and more spaces than that are nobody's way of writing).
    if len(element) or len(written) > limit * 2 + 64:
        raise Malformed("no base64 text, or a longer one than it may be")
    plain = written.translate(_NO_SPACE)
    try:
        found = base64.b64decode(plain, validate=True)
    except (binascii.Error, ValueError) as undecodable:
        raise Malformed("no base64 text") from undecodable
    # Bits left over in the last letter are a second way to write the same value.
    if base64.b64encode(found).decode() != plain:
        raise Malformed("no base64 text")
    if not 0 < len(found) <= limit:
        raise Malformed("an empty value, or a longer one than it may be")
    return found


def write(
    parent: etree._Element,
    content: bytes,
    *,
    uri: str,
    transforms: Sequence[str],
    canonicalisation: str,
    key: SigningKey,
    key_info: etree._Element,
) -> None:
    """Sign content as the last child of `parent`, in the shape (line by line) that NUCA's programs write."""
    signature = etree.SubElement(parent, SIGNATURE, nsmap={"ds": DS})
    signed_info = _add(signature, "SignedInfo")
    _add(signed_info, "CanonicalizationMethod", Algorithm=canonicalisation)
    _add(signed_info, "SignatureMethod", Algorithm=_SIGNATURE_URIS[key.algorithm])
    reference = _add(signed_info, "Reference", URI=uri)
    listed = _add(reference, "Transforms")
    for transform in transforms:
        _add(listed, "Transform", Algorithm=transform)
    _add(reference, "DigestMethod", Algorithm=_DIGEST_URIS[key.digest_algorithm])
    digest = algorithms.reckoned(key.digest_algorithm, content)
    _add(reference, "DigestValue").text = wrapped(digest)
    value = _add(signature, "SignatureValue")
    _put(_add(signature, "KeyInfo"), key_info)
    form = Form(is_exclusive=canonicalisation.startswith(EXCLUSIVE))
    value.text = f"\n{wrapped(key.sign(canonical(signed_info, form)))}\n"


def x509_data(certificate: bytes) -> etree._Element:
    """Make ds:X509Data with a certificate in DER."""
    data = etree.Element(X509_DATA, nsmap={"ds": DS})
    _add(data, "X509Certificate").text = f"\n{wrapped(certificate)}\n"
    return data


def wrapped(value: bytes) -> str:
    """Write base64 in lines of 76 that end with CR LF, as NUCA's programs do."""
    text = base64.b64encode(value).decode()
    return "\r\n".join(text[at : at + 76] for at in range(0, len(text), 76))


def _identified(method: etree._Element, known: Mapping[str, str], *, beside: Container[str]) -> str:
    """Give the identifier of a named algorithm, empty where it is registered and not read here."""
    name = method.get("Algorithm", "")
    if name not in known and name not in beside:
        raise Malformed("a name that no algorithm has")
    return known.get(name, "")


def _reference(element: etree._Element) -> Reference:
    names = ["Transforms", "DigestMethod", "DigestValue"]
    *listed, method, value = parts(element, *names[-max(2, len(element)) :])
    parts(method)
    is_enveloped, form = _transforms(listed[0] if listed else None)
    return Reference(
        uri=element.get("URI"),
        is_enveloped=is_enveloped,
        form=form,
        digest_algorithm=_identified(method, DIGESTS, beside=dsig_names.DIGESTS),
        digest=decoded(value, limit=MAX_DIGEST_BYTES),
    )


def _transforms(listed: etree._Element | None) -> tuple[bool, Form | None]:
    steps = [] if listed is None else parts(listed, *["Transform"] * len(listed))
    is_enveloped = bool(steps) and steps[0].get("Algorithm") == ENVELOPED
    if is_enveloped:
        parts(steps[0])
    rest = steps[is_enveloped:]
    forms = [_form(step, beside=dsig_names.TRANSFORMS | {ENVELOPED}) for step in rest]
    if not forms:
        # §4.3.3.2: what is left without a canonical form gets the inclusive one.
        return is_enveloped, Form(is_exclusive=False)
    return is_enveloped, forms[0] if len(forms) == 1 else None


def _form(element: etree._Element, *, beside: Container[str] = dsig_names.FORMS) -> Form | None:
    # With or without comments: where a part of the document is meant, none are left.
    uri = element.get("Algorithm", "")
    if uri in (INCLUSIVE, f"{INCLUSIVE}#{WITH_COMMENTS}"):
        parts(element)
        return Form(is_exclusive=False)
    if uri in (EXCLUSIVE, EXCLUSIVE + WITH_COMMENTS):
        return _exclusive(element)
    if uri not in beside:
        raise Malformed("a name that no canonical form and no transform has")
    return None


def _exclusive(element: etree._Element) -> Form | None:
    prefixes: list[str] = []
    for listed in element:
        if listed.tag != f"{{{EXCLUSIVE}}}InclusiveNamespaces":
            return None
        prefixes = listed.get("PrefixList", "").split()
    if len(prefixes) > MAX_PREFIXES or (_DEFAULT in prefixes and _has_default_namespace(element)):
        return None
    return Form(is_exclusive=True, prefixes=tuple(prefix for prefix in prefixes if prefix != _DEFAULT))


def _has_default_namespace(element: etree._Element) -> bool:
    # lxml passes the word for it over in silence: where it means something, the form is not understood.
    declared = (what for _, what in etree.iterwalk(element.getroottree(), events=("start-ns",)))
    return any(isinstance(what, tuple) and what[1] and not what[0] for what in declared)


def _faults(signature: Signature, certificate: Certificate, content: bytes | Reason) -> list[Reason]:
    if signature.signed is None:
        return [content if isinstance(content, Reason) else Reason.UNSUPPORTED_ALGORITHM]
    found = _digest_faults(signature.reference, content)
    # Looked at in any case: what was changed has not merely a form that is not understood.
    fault = algorithms.fault_of(
        signature.value, over=signature.signed, by=certificate.key, algorithm=signature.algorithm
    )
    return [*found, fault] if fault else found


def _digest_faults(reference: Reference, content: bytes | Reason) -> list[Reason]:
    if isinstance(content, Reason):
        return [content]
    expected = algorithms.digest(reference.digest_algorithm, content)
    if isinstance(expected, Reason):
        return [expected]
    return [] if expected == reference.digest else [Reason.DIGEST_MISMATCH]


def _inherited(element: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for above in element.iterancestors():
        for name, value in above.attrib.items():
            if name.startswith("{http://www.w3.org/XML/1998/namespace}") and name not in element.attrib:
                found.setdefault(name, value)
    return found


def _canonical(what: "etree._Element | etree._ElementTree", form: Form) -> bytes:
    try:
        return etree.tostring(
            what,
            method="c14n",
            exclusive=form.is_exclusive,
            with_comments=False,
            inclusive_ns_prefixes=list(form.prefixes),
        )
    except etree.C14NError as impossible:
        raise Malformed("has no canonical form") from impossible


def _add(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return _put(parent, etree.Element(f"{{{DS}}}{name}", attributes, nsmap={"ds": DS}))


def _put(parent: etree._Element, child: etree._Element) -> etree._Element:
    """Put a child on a line of its own."""
    parent.text = parent.text or "\n"
    parent.append(child)
    child.tail = "\n"
    return child
