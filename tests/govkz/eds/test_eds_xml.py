"""A signed XML document is verified, and only what was signed is given back."""

import pytest
from lxml import etree
from tests.govkz.eds.town import AISHA, AT, YERLAN

from govkz.eds import Malformed, Reason, Status, any_signer, individual, sign_xml, verify_xml

DOCUMENT = "<?xml version='1.0'?>\n<a xmlns='urn:a'>\n  <b c=\"1\">Жолдама &amp; сұрау</b>\n</a>".encode()
CANONICAL = '<a xmlns="urn:a">\n  <b c="1">Жолдама &amp; сұрау</b>\n</a>'.encode()


def signed(town, document=DOCUMENT, *, by="person"):
    identity = getattr(town, by)
    return sign_xml(document, key=identity.key, certificate=identity.certificate)


def verify(town, blob, *, policy=None, crls=None):
    return verify_xml(
        blob,
        trust=town.trust,
        crls=[town.crl] if crls is None else crls,
        at=AT,
        policy=policy or individual(AISHA.iin),
    )


def outcome(verification):
    return verification.report.status, verification.report.reasons, verification.content


def test_a_signed_document_passes_and_its_canonical_form_is_given_back(town):
    verification = verify(town, signed(town))

    assert outcome(verification) == (Status.PASSED, (), CANONICAL)


def test_the_report_names_the_signer(town):
    (signer,) = verify(town, signed(town)).report.signers

    assert (signer.iin, signer.name, signer.role, signer.algorithm, signer.signed_at) == (
        AISHA.iin,
        "НҰРЛАНОВА АЙША СЕРІКҚЫЗЫ",
        "individual",
        "rsa-sha256",
        None,
    )


def test_what_is_given_back_can_be_signed_again_and_gives_itself_back(town):
    content = verify(town, signed(town)).content

    assert verify(town, signed(town, content)).content == content


@pytest.mark.parametrize(
    ("by", "reason"),
    [
        ("expired", Reason.EXPIRED),
        ("future", Reason.NOT_YET_VALID),
        ("revoked", Reason.REVOKED),
        ("authentication", Reason.WRONG_KEY_USAGE),
        ("head", Reason.WRONG_ROLE),
        ("other_person", Reason.OTHER_PERSON),
    ],
)
def test_the_holder_is_judged_as_with_every_other_format(town, by, reason):
    assert outcome(verify(town, signed(town, by=by))) == (Status.FAILED, (reason,), None)


def test_without_revocation_data_the_question_stays_open(town):
    verification = verify(town, signed(town), crls=[])

    assert outcome(verification) == (Status.INDETERMINATE, (Reason.NO_REVOCATION_DATA,), CANONICAL)


def test_a_document_that_nobody_signed_is_said_to_be_unsigned(town):
    assert outcome(verify(town, DOCUMENT)) == (Status.FAILED, (Reason.NO_SIGNER,), None)


@pytest.mark.parametrize("blob", [b"", b"<a", b"\x30\x80", b"<!DOCTYPE a><a/>", "<a/>".encode("utf-16")])
def test_what_is_no_plain_xml_is_malformed(town, blob):
    assert outcome(verify(town, blob)) == (Status.FAILED, (Reason.MALFORMED,), None)


# --- several signers --------------------------------------------------------------------------------------


def test_two_signers_one_after_the_other_pass_in_the_order_they_signed(town):
    verification = verify(town, signed(town, signed(town), by="head"), policy=any_signer())

    assert outcome(verification) == (Status.PASSED, (), CANONICAL)
    assert [signer.iin for signer in verification.report.signers] == [AISHA.iin, YERLAN.iin]


def test_the_second_signature_covers_the_first(town):
    both = signed(town, signed(town), by="head")
    first, second = etree.fromstring(both)[1:]

    without_first = etree.fromstring(both)
    without_first.remove(without_first[1])
    swapped = etree.fromstring(both)
    swapped.append(swapped[1])

    assert first.tag == second.tag
    assert [signer.reasons for signer in verify(town, etree.tostring(without_first)).report.signers] == [
        (Reason.DIGEST_MISMATCH,)
    ]
    assert Reason.DIGEST_MISMATCH in verify(town, etree.tostring(swapped)).report.reasons


def test_the_first_signature_stands_without_the_second(town):
    both = etree.fromstring(signed(town, signed(town), by="head"))
    both.remove(both[2])

    assert outcome(verify(town, etree.tostring(both))) == (Status.PASSED, (), CANONICAL)


def test_the_worst_signer_decides(town):
    verification = verify(town, signed(town, signed(town), by="revoked"), policy=any_signer())

    assert outcome(verification) == (Status.FAILED, (Reason.REVOKED,), None)
    assert [signer.status for signer in verification.report.signers] == [Status.PASSED, Status.FAILED]


def test_eight_sign_and_the_ninth_is_told_so(town):
    document = DOCUMENT
    for _ in range(8):
        document = signed(town, document)

    assert len(verify(town, document).report.signers) == 8
    with pytest.raises(Malformed):
        signed(town, document)


def test_a_ninth_signature_is_too_many_to_look_at(town):
    root = etree.fromstring(signed(town))
    for _ in range(8):
        root.append(etree.fromstring(etree.tostring(root[1])))

    assert outcome(verify(town, etree.tostring(root))) == (Status.FAILED, (Reason.TOO_LARGE,), None)


# --- the document around the signature ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        b"<a/>",
        b"<a>text</a>",
        b"<a>text<b/>tail</a>",
        b"<a>\r\n &#13; \n</a>",
        b"<a xml:lang='kk' xml:space='preserve'><b/></a>",
        b"<a xmlns='u:1' xmlns:unused='u:2'><b xmlns=''/></a>",
        b"<ds:a xmlns:ds='u:not-a-signature'><ds:Signature/></ds:a>",
        b"<a><![CDATA[<b/>]]>&lt;</a>",
        b"<?before x?><a/><?after y?>",
        b"<a b='&#10;&#9;&quot;'/>",
        b"\xef\xbb\xbf<a/>",
    ],
)
def test_whatever_a_document_looks_like_it_can_be_signed(town, document):
    one, two = signed(town, document), signed(town, signed(town, document), by="head")
    canonical = etree.tostring(etree.ElementTree(etree.fromstring(document)), method="c14n")

    assert outcome(verify(town, one)) == (Status.PASSED, (), canonical)
    assert outcome(verify(town, two, policy=any_signer())) == (Status.PASSED, (), canonical)


def test_spaces_around_the_signature_belong_to_the_document(town):
    spaced = signed(town, b"<a> <b/> </a>").replace(b"</ds:Signature>", b"</ds:Signature> ")

    assert outcome(verify(town, spaced))[:2] == (Status.FAILED, (Reason.DIGEST_MISMATCH,))


def test_a_text_moved_over_the_signature_is_the_same_document(town):
    # The signature taken out, the texts before and after it are one.
    moved = signed(town, b"<a>text</a>").replace(b"text<ds:Signature", b"te<ds:Signature")
    moved = moved.replace(b"</ds:Signature>", b"</ds:Signature>xt")

    assert outcome(verify(town, moved)) == (Status.PASSED, (), b"<a>text</a>")


def test_comments_are_never_signed_and_never_given_back(town):
    # XML Signature §4.3.3.3: a reference to the document itself leaves comments out.
    document = signed(town, b"<a>pay<!-- one --> 1</a>")
    changed = document.replace(b"<!-- one --> 1", b" <!-- ten -->1")

    assert outcome(verify(town, document)) == (Status.PASSED, (), b"<a>pay 1</a>")
    assert outcome(verify(town, changed)) == (Status.PASSED, (), b"<a>pay 1</a>")


def test_documents_that_we_would_not_verify_are_not_signed(town):
    for document in (
        b"",
        b"<!DOCTYPE a><a/>",
        b"<a xmlns='relative'/>",
        b"<a>" * 65 + b"</a>" * 65,
        b"<a><b>" + signed(town).partition(b"?>")[2] + b"</b></a>",
    ):
        with pytest.raises(Malformed):
            signed(town, document)


def test_a_certificate_that_cannot_be_read_is_malformed(town):
    with pytest.raises(Malformed):
        sign_xml(DOCUMENT, key=town.person.key, certificate=b"no certificate")


REWRITTEN = {
    "other quotes": ('c="1"', "c='1'"),
    "an element with an end": ("<d/>", "<d></d>"),
    "spaces in a tag": ("<d/>", "<d  \n />"),
    "spaces in an end tag": ("</b>", "</b >"),
    "attributes in another order": ('c="1" e="2"', 'e="2" c="1"'),
    "a letter by its number": (">text", ">&#116;e&#x78;t"),
    "a section of characters": ("text &amp; more", "<![CDATA[text & more]]>"),
    "the end of a line as Windows writes it": ("text\n", "text\r\n"),
    "a declaration twice": ("<d/>", "<d xmlns='urn:a'/>"),
    "without a declaration": ('<?xml version="1.0" encoding="UTF-8" standalone="no"?>', ""),
    "a mark of the order of bytes": ("<?xml ", "\ufeff<?xml "),
    "lines around the root": ("<a ", "\n\n<a "),
    "spaces in the value": ("<ds:SignatureValue>", "<ds:SignatureValue> \t\r\n&#13;"),
    "an attribute beside the value": ("<ds:SignatureValue>", "<ds:SignatureValue Id='v'>"),
    "a comment before the root": ("<a ", "<!-- --><a "),
}


@pytest.mark.parametrize("change", REWRITTEN.values(), ids=REWRITTEN)
def test_the_same_document_written_in_another_way_is_the_same(town, change):
    document = b'<a xmlns="urn:a"><b c="1" e="2">text\nand text &amp; more</b><d/></a>'
    old, new = (text.encode() for text in change)
    written = signed(town, document)
    assert old in written

    verification = verify(town, written.replace(old, new, 1))

    canonical = b'<a xmlns="urn:a"><b c="1" e="2">text\nand text &amp; more</b><d></d></a>'
    assert outcome(verification) == (Status.PASSED, (), canonical)
