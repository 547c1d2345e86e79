"""xmlsec and signxml agree with us: what either signs the others verify, and a changed document nobody."""

import pytest
import signxml
import xmlsec
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.govkz.eds.town import AISHA, AT

from govkz.eds import Reason, Status, any_signer, individual, sign_xml, verify_xml

DS = "{http://www.w3.org/2000/09/xmldsig#}"
DOCUMENTS = {
    "plain": b"<a><b>test</b></a>",
    "words": "<a xmlns='urn:a'> \n <b c='1'>Жолдама</b> <!-- a comment --> </a>".encode(),
    "namespaces": b"<x:a xmlns:x='u:1' xmlns:y='u:2'><b xmlns=''><y:c y:d='' d=''/></b></x:a>",
    "language": b"<a xml:lang='kk' xml:space='preserve'>\t<b/>\n</a>",
    "instructions": b"<?before x?><a>1<?inside y?>2</a><?after z?>",
    "line ends": b"<a b='&#13;&#10;&#9;'>&#13;\r\n\n]]&gt;</a>",
}


def verify(town, blob, policy=None):
    verification = verify_xml(
        blob, trust=town.trust, crls=[town.crl], at=AT, policy=policy or individual(AISHA.iin)
    )
    return verification.report.status, verification.report.reasons, verification.content


def canonical(document):
    tree = etree.ElementTree(etree.fromstring(document))
    return etree.tostring(tree, method="c14n", with_comments=False)


def is_good_to_xmlsec(signature, identity):
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(identity.certificate_pem, xmlsec.constants.KeyDataFormatCertPem)
    try:
        context.verify(signature)
    except xmlsec.VerificationError:
        return False
    return True


def signed_by_xmlsec(document, identity, *, exclusive=False):
    constants = xmlsec.constants
    form = constants.TransformExclC14N if exclusive else constants.TransformInclC14N
    root = etree.fromstring(document)
    node = xmlsec.template.create(root, form, constants.TransformRsaSha256, ns="ds")
    root.append(node)
    reference = xmlsec.template.add_reference(node, constants.TransformSha256, uri="")
    xmlsec.template.add_transform(reference, constants.TransformEnveloped)
    if exclusive:
        xmlsec.template.add_transform(reference, form)
    xmlsec.template.add_x509_data(xmlsec.template.ensure_key_info(node))
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(identity.key_pem, constants.KeyDataFormatPem)
    context.key.load_cert_from_memory(identity.certificate_pem, constants.KeyDataFormatCertPem)
    context.sign(node)
    return etree.tostring(root.getroottree(), encoding="UTF-8")


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_xmlsec_verifies_what_we_sign(town, document):
    signed = sign_xml(document, key=town.person.key, certificate=town.person.certificate)
    again = sign_xml(signed, key=town.head.key, certificate=town.head.certificate)
    both = etree.fromstring(again)
    first, second = both.findall(f"{DS}Signature")

    assert is_good_to_xmlsec(etree.fromstring(signed)[-1], town.person)
    assert is_good_to_xmlsec(second, town.head)
    assert not is_good_to_xmlsec(first, town.person)
    both.remove(second)
    assert is_good_to_xmlsec(first, town.person)


@pytest.mark.parametrize("exclusive", [False, True], ids=["inclusive", "exclusive"])
@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_we_verify_what_xmlsec_signs(town, document, exclusive):
    signed = signed_by_xmlsec(document, town.person, exclusive=exclusive)
    form = etree.tostring(
        etree.ElementTree(etree.fromstring(document)), method="c14n", exclusive=exclusive, with_comments=False
    )

    assert verify(town, signed) == (Status.PASSED, (), form)


def test_a_changed_document_is_good_to_nobody(town):
    ours = sign_xml(DOCUMENTS["plain"], key=town.person.key, certificate=town.person.certificate)
    theirs = signed_by_xmlsec(DOCUMENTS["plain"], town.person)

    for signed in (ours, theirs):
        changed = signed.replace(b"test", b"text")
        assert verify(town, changed) == (Status.FAILED, (Reason.DIGEST_MISMATCH,), None)
        assert not is_good_to_xmlsec(etree.fromstring(changed)[-1], town.person)


# --- any document whatever -----------------------------------------------------------------------------------

NAMES = st.sampled_from(["a", "b", "ж", "x-1", "_"])
NAMESPACES = st.sampled_from([None, "u:1", "u:2", "http://www.w3.org/2000/09/xmldsig"])
PREFIXES = st.sampled_from([None, "p", "q", "ds"])
TEXTS = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc"), include_characters="\t\n\r", exclude_characters="\ufffe\uffff"
    ),
    max_size=8,
)
XML_NAMES = st.sampled_from(["{http://www.w3.org/XML/1998/namespace}lang", "c", "d", "{u:1}c", "{u:2}c"])


@st.composite
def elements(draw, depth=0):
    declared = {prefix: uri for prefix, uri in draw(st.dictionaries(PREFIXES, NAMESPACES)).items() if uri}
    uri = draw(NAMESPACES)
    made = etree.Element(f"{{{uri}}}{draw(NAMES)}" if uri else draw(NAMES), nsmap=declared)
    for name, value in draw(st.dictionaries(XML_NAMES, TEXTS, max_size=3)).items():
        made.set(name, value)
    made.text = draw(TEXTS)
    for _ in range(draw(st.integers(0, 3 if depth < 3 else 0))):
        kind = draw(st.sampled_from(["element", "element", "comment", "instruction"]))
        if kind == "element":
            child = draw(elements(depth=depth + 1))
        else:
            child = etree.Comment("note") if kind == "comment" else etree.ProcessingInstruction("x", "y")
        child.tail = draw(TEXTS)
        made.append(child)
    return made


def is_well_formed(document):
    # lxml writes some namespaces so that it cannot read them again.
    try:
        return etree.fromstring(document) is not None
    except etree.XMLSyntaxError:
        return False


DOCUMENTS_OF_ANY_KIND = (
    elements().map(lambda root: etree.tostring(root, encoding="UTF-8")).filter(is_well_formed)
)


def test_xmlsec_agrees_about_any_document(town):
    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(DOCUMENTS_OF_ANY_KIND)
    def agrees(document):
        ours = sign_xml(document, key=town.person.key, certificate=town.person.certificate)
        theirs = signed_by_xmlsec(document, town.person)

        assert is_good_to_xmlsec(etree.fromstring(ours)[-1], town.person)
        assert verify(town, ours) == verify(town, theirs) == (Status.PASSED, (), canonical(document))

    agrees()


# --- signxml -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["plain", "namespaces", "line ends"])
def test_signxml_verifies_what_we_sign(town, name):
    signed = sign_xml(DOCUMENTS[name], key=town.person.key, certificate=town.person.certificate)
    config = signxml.SignatureConfiguration(expect_references=1)

    result = signxml.XMLVerifier().verify(
        signed, x509_cert=town.person.certificate_pem.decode(), expect_config=config
    )

    assert result.signed_data == canonical(DOCUMENTS[name])
    with pytest.raises(signxml.InvalidSignature):
        signxml.XMLVerifier().verify(
            signed, x509_cert=town.head.certificate_pem.decode(), expect_config=config
        )


@pytest.mark.parametrize("name", ["plain", "words", "namespaces", "line ends"])
@pytest.mark.parametrize("hashed", ["sha256", "sha384", "sha512"])
def test_we_verify_what_signxml_signs(town, name, hashed):
    signer = signxml.XMLSigner(
        c14n_algorithm=signxml.CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
        signature_algorithm=f"rsa-{hashed}",
        digest_algorithm=hashed,
    )
    signed = signer.sign(
        etree.fromstring(DOCUMENTS[name]),
        key=town.person.key_pem,
        cert=town.person.certificate_pem.decode(),
    )
    form = etree.tostring(
        etree.ElementTree(etree.fromstring(DOCUMENTS[name])),
        method="c14n",
        exclusive=True,
        with_comments=False,
    )

    assert verify(town, etree.tostring(signed), any_signer()) == (Status.PASSED, (), form)
