"""The transport signature of a SOAP message is verified and made; only the signed Body is given back."""

import re

import pytest
import xmlsec
from lxml import etree
from tests.govkz.eds.town import AT, CENTRE, OTHER_CENTRE

from govkz.eds import (
    Malformed,
    Policy,
    Reason,
    Status,
    any_signer,
    certificates,
    individual,
    official,
    sign_soap,
    system,
    verify_soap,
    wsse,
)
from govkz.gateway import gbdfl, shep

DATA = gbdfl.write_request(
    gbdfl.PersonRequest(message_id="1", sent_at=AT, sender_code="joldama", iin="500520200012")
)
REQUEST = shep.SyncRequest(
    message_id="1", service_id="GBDFL_UniversalServiceSync", sent_at=AT, sender_id="joldama", data=DATA
)
MESSAGE = shep.write_request(REQUEST)
DS = "{http://www.w3.org/2000/09/xmldsig#}"
ID = f"{{{wsse.WSU}}}Id"


@pytest.fixture(scope="module")
def signed(town):
    return sign_soap(MESSAGE, key=town.system.key, certificate=town.system.certificate, body_id="id-1")


def verify(town, blob, *, crls=None, known=()):
    return verify_soap(
        blob,
        trust=town.trust,
        crls=[town.crl] if crls is None else crls,
        certificates=known,
        at=AT,
        policy=any_signer(),
    )


def outcome(verification):
    return verification.report.status, verification.report.reasons, verification.content


def judged(town, blob, **circumstances):
    verification = verify(town, blob, **circumstances)
    return verification.report.status, verification.report.reasons


PASSED = (Status.PASSED, ())


def failed(*reasons):
    return Status.FAILED, reasons


def replaced(signed, old, new):
    assert signed.count(old.encode()) == 1, old
    return signed.replace(old.encode(), new.encode())


def test_a_signed_message_passes_and_its_body_is_given_back(town, signed):
    verification = verify(town, signed)
    (signer,) = verification.report.signers

    assert (verification.report.status, signer.bin, signer.role, signer.algorithm) == (
        Status.PASSED,
        CENTRE.bin,
        "information_system",
        "rsa-sha256",
    )
    assert verification.content == etree.tostring(
        etree.fromstring(signed)[1], method="c14n", exclusive=True, with_comments=False
    )


def test_the_body_that_is_given_back_reads_as_the_request(town, signed):
    read = shep.read_request(wsse.message_of(verify(town, signed).content))

    assert (read.message_id, gbdfl.read_request(read.data).iin) == ("1", "500520200012")


def test_each_message_gets_a_name_of_its_own(town):
    names = {
        etree.fromstring(sign_soap(MESSAGE, key=town.system.key, certificate=town.system.certificate))[1].get(
            ID
        )
        for _ in range(2)
    }

    assert len(names) == 2
    assert all(re.fullmatch(r"id-[0-9a-f-]{36}", name) for name in names)


def test_a_message_with_a_header_keeps_it(town):
    message = MESSAGE.replace(b"<S:Body>", b"<S:Header><x>1</x></S:Header><S:Body>")
    signed = sign_soap(message, key=town.system.key, certificate=town.system.certificate)

    assert [child.tag for child in etree.fromstring(signed)[0]] == ["x", f"{{{wsse.WSSE}}}Security"]
    assert judged(town, signed) == PASSED


def test_a_message_that_nobody_signed_is_said_to_be_unsigned(town):
    with_token = MESSAGE.replace(
        b"<S:Body>", b"<S:Header><s:Security xmlns:s='%s'/></S:Header><S:Body>" % wsse.WSSE.encode()
    )

    assert judged(town, MESSAGE) == failed(Reason.NO_SIGNER)
    assert judged(town, with_token) == failed(Reason.NO_SIGNER)


def test_without_revocation_data_the_question_stays_open(town, signed):
    assert judged(town, signed, crls=[]) == (Status.INDETERMINATE, (Reason.NO_REVOCATION_DATA,))


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"<a/>",
        MESSAGE.replace(b"schemas.xmlsoap.org/soap/envelope/", b"www.w3.org/2003/05/soap-envelope"),
        MESSAGE.replace(b"</S:Body>", b"</S:Body><S:Body/>"),
        MESSAGE.replace(b"</S:Body>", b"</S:Body><x/>"),
        MESSAGE.replace(b"<S:Body>", b"<S:Header/><S:Header/><S:Body>"),
        MESSAGE.replace(b"</S:Body>", b"</S:Body><S:Header/>"),
        b"<!DOCTYPE a>" + MESSAGE.partition(b"?>")[2],
    ],
)
def test_what_is_no_envelope_with_one_body_is_neither_signed_nor_verified(town, message):
    assert judged(town, message) == failed(Reason.MALFORMED)
    with pytest.raises(Malformed):
        sign_soap(message, key=town.system.key, certificate=town.system.certificate)


def test_a_signed_message_is_not_signed_again(town, signed):
    with pytest.raises(Malformed):
        sign_soap(signed, key=town.head.key, certificate=town.head.certificate)


def test_a_body_is_not_named_as_something_else_is(town):
    message = MESSAGE.replace(b"<request>", b"<request id='id-1'>")

    with pytest.raises(Malformed):
        sign_soap(message, key=town.system.key, certificate=town.system.certificate, body_id="id-1")


# --- how a partner tells his certificate ---------------------------------------------------------------------


def with_reference(signed, inside, *, before=""):
    start, end = "<wsse:SecurityTokenReference>", "</wsse:SecurityTokenReference>"
    text = signed.decode()
    old = start + text.partition(start)[2].partition(end)[0] + end
    return (
        text.replace(old, start + inside + end).replace("<ds:Signature ", before + "<ds:Signature ").encode()
    )


def token_of(signed):
    return re.search(rb"<wsse:KeyIdentifier [^>]*>(.*?)<", signed)[1].decode()


def binary_token(signed, name="t", kind=wsse.X509_V3):
    return (
        f'<wsse:BinarySecurityToken wsu:Id="{name}" ValueType="{kind}" EncodingType="{wsse.BASE64}">'
        f"{token_of(signed)}</wsse:BinarySecurityToken>"
    )


def issuer_serial(issuer, serial):
    return (
        f"<ds:X509Data xmlns:ds='{DS[1:-1]}'><ds:X509IssuerSerial><ds:X509IssuerName>{issuer}</ds:X509IssuerName>"
        f"<ds:X509SerialNumber>{serial}</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>"
    )


POINTER = '<wsse:Reference URI="#t"/>'


def test_a_token_in_the_header_is_found_by_its_name(town, signed):
    assert judged(town, with_reference(signed, POINTER, before=binary_token(signed))) == PASSED


@pytest.mark.parametrize(
    "others",
    [
        lambda signed: "",
        lambda signed: binary_token(signed, "other"),
        lambda signed: binary_token(signed) * 2,
        lambda signed: "<x>" + binary_token(signed) + "</x>",
        lambda signed: binary_token(signed, kind=wsse.X509_V3.replace("X509v3", "PKCS7")),
    ],
)
def test_a_token_that_is_not_the_one_is_none(town, signed, others):
    pointed = with_reference(signed, POINTER, before=others(signed))

    assert judged(town, pointed) == failed(Reason.CERTIFICATE_MISSING)


@pytest.mark.parametrize(
    ("write", "is_found"),
    [
        ("CN=ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) DEMO,C=KZ", True),
        ("C=KZ, CN=ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) DEMO", True),
        ('2.5.4.6=KZ; cn="ҰЛТТЫҚ  КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) DEMO"', True),
        (r"CN=\D2\B0ЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ \(RSA\) DEMO,C=KZ", True),
        ("CN=ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) DEMO", False),
        ("CN=ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) DEMO,C=KZ,O=x", False),
        ("CN=ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) DEMO,X=KZ", False),
        ("", False),
        ("CN", False),
        ("CN=" + "\\" * 999, False),
        ("CN=" + "x," * 5000, False),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_certificate_that_is_only_named_is_found_among_those_known(town, signed, write, is_found):
    serial = certificates.read(town.system.certificate).serial
    known = [b"unreadable", town.head.certificate, town.system.certificate_pem]
    named = with_reference(signed, issuer_serial(write, serial))

    expected = PASSED if is_found else failed(Reason.CERTIFICATE_MISSING)
    assert judged(town, named, known=known) == expected
    assert judged(town, named) == failed(Reason.CERTIFICATE_MISSING)


@pytest.mark.parametrize("serial", ["1", "-1", "x", "", "9" * 5000, "٣"])
def test_another_serial_number_is_nobodys(town, signed, serial):
    named = with_reference(signed, issuer_serial("CN=ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) DEMO,C=KZ", serial))

    assert judged(town, named, known=[town.system.certificate]) == failed(Reason.CERTIFICATE_MISSING)


def test_a_certificate_in_x509_data_is_read_as_well(town, signed):
    data = f"<ds:X509Data><ds:X509Certificate>{token_of(signed)}</ds:X509Certificate></ds:X509Data>"

    assert judged(town, with_reference(signed, data)) == PASSED
    assert judged(town, with_reference(signed, data.replace("</ds:X509Data>", "") + data[13:])) == failed(
        Reason.CERTIFICATE_MISMATCH
    )


def test_a_reference_to_nothing_or_to_two_things_is_none(town, signed):
    key = re.search(r"<wsse:KeyIdentifier .*?</wsse:KeyIdentifier>", signed.decode())[0]

    assert judged(town, with_reference(signed, "")) == failed(Reason.CERTIFICATE_MISMATCH)
    assert judged(town, with_reference(signed, key * 2)) == failed(Reason.CERTIFICATE_MISMATCH)
    assert judged(town, with_reference(signed, "<wsse:Embedded/>")) == failed(Reason.CERTIFICATE_MISSING)
    assert judged(town, with_reference(signed, key.replace("#X509v3", "#ThumbprintSHA1"))) == failed(
        Reason.CERTIFICATE_MISSING
    )


# --- a second opinion ----------------------------------------------------------------------------------------


def is_good_to_xmlsec(message, identity):
    root = etree.fromstring(message)
    context = xmlsec.SignatureContext()
    context.register_id(root[-1], "Id", wsse.WSU)
    context.key = xmlsec.Key.from_memory(identity.certificate_pem, xmlsec.constants.KeyDataFormatCertPem)
    try:
        context.verify(next(root.iter(f"{DS}Signature")))
    except xmlsec.VerificationError:
        return False
    return True


def test_xmlsec_verifies_what_we_sign(town, signed):
    changed = replaced(signed, "500520200012", "500520200013")

    assert is_good_to_xmlsec(signed, town.system)
    assert not is_good_to_xmlsec(signed, town.head)
    assert not is_good_to_xmlsec(changed, town.system)
    assert outcome(verify(town, changed)) == (*failed(Reason.DIGEST_MISMATCH), None)


def signed_by_xmlsec(message, identity, *, body="", signed_info=""):
    """Sign a message again; WSS4J lists prefixes that count as used unless told not to."""
    constants = xmlsec.constants
    root = etree.fromstring(message)
    security, template = root[0][0], root[0][0][0]
    node = xmlsec.template.create(root, constants.TransformExclC14N, constants.TransformRsaSha256, ns="ds")
    reference = xmlsec.template.add_reference(node, constants.TransformSha256, uri="#id-1")
    transform = xmlsec.template.add_transform(reference, constants.TransformExclC14N)
    for prefixes, element in ((body, transform), (signed_info, node[0][0])):
        if prefixes:
            etree.SubElement(
                element, "{http://www.w3.org/2001/10/xml-exc-c14n#}InclusiveNamespaces", PrefixList=prefixes
            )
    node.append(template.find(f"{DS}KeyInfo"))
    security.replace(template, node)
    context = xmlsec.SignatureContext()
    context.register_id(root[-1], "Id", wsse.WSU)
    context.key = xmlsec.Key.from_memory(identity.key_pem, constants.KeyDataFormatPem)
    context.sign(node)
    return etree.tostring(root)


UNUSED = MESSAGE.replace(b"<S:Envelope ", b"<S:Envelope xmlns:u='urn:u' xmlns:w='urn:w' ")


@pytest.mark.parametrize("signed_info", ["", "S", "u nobody", "#default S"])
@pytest.mark.parametrize("body", ["", "S", "u w", "nobody", "#default S t"])
def test_we_verify_what_xmlsec_signs(town, body, signed_info):
    ours = sign_soap(UNUSED, key=town.system.key, certificate=town.system.certificate, body_id="id-1")
    theirs = signed_by_xmlsec(ours, town.system, body=body, signed_info=signed_info)
    verification = verify(town, theirs)

    assert verification.report.status == Status.PASSED
    # What counts as used is signed, and so it is given back.
    assert (b"urn:u" in verification.content) == ("u" in body.split())


@pytest.mark.parametrize(
    ("body", "signed_info", "reasons"),
    [
        ("", "", ()),
        ("w", "w", ()),
        ("u", "", (Reason.DIGEST_MISMATCH,)),
        ("", "u", (Reason.BAD_SIGNATURE,)),
        ("u", "u", (Reason.DIGEST_MISMATCH, Reason.BAD_SIGNATURE)),
    ],
)
def test_a_prefix_that_counts_as_used_cannot_be_bound_anew(town, body, signed_info, reasons):
    ours = sign_soap(UNUSED, key=town.system.key, certificate=town.system.certificate, body_id="id-1")
    theirs = signed_by_xmlsec(ours, town.system, body=body, signed_info=signed_info)

    expected = failed(*reasons) if reasons else PASSED
    assert judged(town, theirs.replace(b"urn:u", b"urn:v")) == expected


@pytest.mark.parametrize(("body", "signed_info"), [("#default", ""), ("", "#default S")])
def test_a_default_namespace_that_counts_as_used_is_not_understood(town, body, signed_info):
    with_default = MESSAGE.replace(b"<S:Envelope ", b"<S:Envelope xmlns='urn:default' ")
    ours = sign_soap(with_default, key=town.system.key, certificate=town.system.certificate, body_id="id-1")
    theirs = signed_by_xmlsec(ours, town.system, body=body, signed_info=signed_info)

    assert judged(town, theirs) == (Status.INDETERMINATE, (Reason.UNSUPPORTED_ALGORITHM,))
    assert judged(town, signed_by_xmlsec(ours, town.system)) == PASSED


# --- who has to have sent it -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "policy", "reasons"),
    [
        ("system", system(), ()),
        ("system", system(CENTRE.bin), ()),
        ("gost_system", system(CENTRE.bin), ()),
        ("system", system(OTHER_CENTRE.bin), (Reason.OTHER_ORGANISATION,)),
        ("person", system(), (Reason.WRONG_ROLE,)),
        ("head", system(CENTRE.bin), (Reason.WRONG_ROLE,)),
        ("authentication", system(), (Reason.WRONG_KEY_USAGE,)),
        ("system", official(CENTRE.bin), (Reason.WRONG_ROLE,)),
        ("system", individual(), (Reason.WRONG_ROLE,)),
    ],
)
def test_a_system_is_asked_for_by_its_organisation(town, by, policy, reasons):
    sender = getattr(town, by)
    message = sign_soap(MESSAGE, key=sender.key, certificate=sender.certificate)

    report = verify_soap(message, trust=town.trust, crls=town.crls, at=AT, policy=policy).report

    assert (report.status, report.reasons) == (failed(*reasons) if reasons else PASSED)
    assert Policy.from_dict(policy.to_dict()) == policy
