"""XML signed with the national algorithms: documents and messages, alone and beside RSA."""

import base64
from datetime import timedelta

import gostcrypto
import pytest
from lxml import etree
from tests.govkz.eds.forging import forge
from tests.govkz.eds.town import AISHA, AT, Gost2004Key

from govkz.eds import (
    GostKey,
    Obsolete,
    Reason,
    Status,
    any_signer,
    issuance,
    oids,
    sign_soap,
    sign_xml,
    verify_soap,
    verify_xml,
)
from govkz.eds.certificates import Usage
from govkz.eds.gost import signatures
from govkz.eds.gost.schemes import GOST_2004

DOCUMENT = "<a><b>Жолдама</b></a>".encode()
MESSAGE = (
    b'<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><x>1</x></S:Body></S:Envelope>'
)
DS = "{http://www.w3.org/2000/09/xmldsig#}"
URI = "urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34102015-gostr34112015-"


def judged(verify, town, blob):
    verification = verify(blob, trust=town.trust, crls=town.crls, at=AT, policy=any_signer())
    signers = [(signer.status, signer.reasons, signer.algorithm) for signer in verification.report.signers]
    return verification.report.status, signers, verification.content


def signed(identity, document=DOCUMENT):
    return sign_xml(document, key=identity.key, certificate=identity.certificate)


@pytest.mark.parametrize(
    ("holder", "algorithm"), [("gost_person", "gost-2015-512"), ("gost_256", "gost-2015-256")]
)
def test_a_document_signed_with_a_national_key_passes(town, holder, algorithm):
    document = signed(getattr(town, holder))

    assert judged(verify_xml, town, document) == (
        Status.PASSED,
        [(Status.PASSED, (), algorithm)],
        DOCUMENT,
    )
    assert (URI + algorithm[-3:]).encode() in document


def test_national_keys_and_rsa_sign_one_document(town):
    both = signed(town.head, signed(town.gost_person))
    other_way = signed(town.gost_head, signed(town.person))

    assert judged(verify_xml, town, both)[:2] == (
        Status.PASSED,
        [(Status.PASSED, (), "gost-2015-512"), (Status.PASSED, (), "rsa-sha256")],
    )
    assert judged(verify_xml, town, other_way)[0] == Status.PASSED


def test_a_message_signed_with_a_national_key_passes(town):
    system = town.gost_system
    message = sign_soap(MESSAGE, key=system.key, certificate=system.certificate)
    changed = message.replace(b"<x>1</x>", b"<x>2</x>")

    assert judged(verify_soap, town, message)[:2] == (
        Status.PASSED,
        [(Status.PASSED, (), "gost-2015-512")],
    )
    assert judged(verify_soap, town, changed)[:2] == (
        Status.FAILED,
        [(Status.FAILED, (Reason.DIGEST_MISMATCH,), "gost-2015-512")],
    )


def failed(reason, algorithm="gost-2015-512"):
    return Status.FAILED, [(Status.FAILED, (reason,), algorithm)], None


def test_what_does_not_hold_fails(town):
    document = signed(town.gost_person)

    assert judged(verify_xml, town, document.replace("Жолдама".encode(), b"x")) == failed(
        Reason.DIGEST_MISMATCH
    )
    assert judged(verify_xml, town, signed(town.gost_revoked)) == failed(Reason.REVOKED)


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value[64:] + value[:64],
        lambda value: value[::-1],
        lambda value: value[:64][::-1] + value[64:][::-1],
        lambda value: bytes(128),
        lambda value: value[:64] + bytes(64),
        lambda value: bytes(64) + value[64:],
        lambda value: b"\xff" * 128,
        lambda value: value[:-1],
        lambda value: value + b"\0",
        lambda value: value[:64],
    ],
    ids=[
        "halves swapped",
        "Russian order",
        "big-endian",
        "zeros",
        "no s",
        "no r",
        "ones",
        "short",
        "long",
        "half",
    ],
)
def test_a_value_in_another_order_or_of_nothing_does_not_hold(town, change):
    root = etree.fromstring(signed(town.gost_person))
    value = root[-1].find(f"{DS}SignatureValue")
    value.text = base64.b64encode(change(base64.b64decode(value.text))).decode()

    assert judged(verify_xml, town, etree.tostring(root)) == failed(Reason.BAD_SIGNATURE)


@pytest.mark.parametrize(
    ("change", "algorithm"),
    [
        ((f"{URI}512", f"{URI}256"), "gost-2015-256"),
        ((f"{URI}512", "http://www.w3.org/2001/04/xmldsig-more#gost34310-gost34311"), "gost-2004"),
        ((f"{URI}512", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"), "rsa-sha256"),
    ],
)
def test_forged_with_the_method_of_another_key_does_not_hold(town, change, algorithm):
    forged = forge(signed(town.gost_person), change, by=town.gost_person)

    assert judged(verify_xml, town, forged) == failed(Reason.BAD_SIGNATURE, algorithm)


def test_an_rsa_key_under_a_national_method_does_not_hold(town):
    change = ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", f"{URI}512")

    assert judged(verify_xml, town, forge(signed(town.person), change, by=town.person)) == failed(
        Reason.BAD_SIGNATURE
    )


def test_gostcrypto_verifies_what_we_sign(town):
    """Its order of bytes is the Russian one: everything is turned around for it."""
    root = etree.fromstring(signed(town.gost_person))
    signature = root[-1]
    value = base64.b64decode(signature.find(f"{DS}SignatureValue").text)
    signed_info = etree.tostring(signature.find(f"{DS}SignedInfo"), method="c14n")
    named = base64.b64decode(signature.find(f".//{DS}DigestValue").text)
    root.remove(signature)
    other = gostcrypto.gostsignature.GOST34102012(
        gostcrypto.gostsignature.MODE_512,
        gostcrypto.gostsignature.CURVES_R_1323565_1_024_2019["id-tc26-gost-3410-12-512-paramSetA"],
    )
    key = town.gost_person.key
    public = b"".join(one.to_bytes(64, "big") for one in signatures.public_point(key.key, key.scheme.curve))
    halves = bytearray(value[:64][::-1] + value[64:][::-1])

    def hashed(content):
        return bytearray(gostcrypto.gosthash.new("streebog512", data=bytearray(content)).digest())

    assert named == hashed(etree.tostring(root, method="c14n"))
    assert other.verify(bytearray(public), hashed(signed_info)[::-1], halves)
    assert not other.verify(bytearray(public), hashed(signed_info + b" ")[::-1], halves)


# --- GOST 34.310-2004: verified, no longer made --------------------------------------------------------------


def of_2004(key):
    name = issuance.name((oids.COMMON_NAME, "ТЕСТОВ ТЕСТ"), (oids.SERIAL_NUMBER, f"IIN{AISHA.iin}"))
    usage = issuance.key_usage(Usage.DIGITAL_SIGNATURE | Usage.NON_REPUDIATION)
    day = timedelta(days=1)
    return issuance.certificate(
        name, key.public_info, by=(name, key), valid=(AT - day, AT + day), extensions=(usage,)
    )


def test_an_old_document_of_2004_is_verified(town):
    key = Gost2004Key.create()
    document = sign_xml(DOCUMENT, key=key, certificate=of_2004(key))

    assert judged(verify_xml, town, document) == (
        Status.INDETERMINATE,
        [(Status.INDETERMINATE, (Reason.NO_ANCHOR,), "gost-2004")],
        DOCUMENT,
    )
    assert b"gost34310-gost34311" in document
    assert judged(verify_xml, town, document.replace("Жолдама".encode(), b"x")) == failed(
        Reason.DIGEST_MISMATCH, "gost-2004"
    )


def test_nothing_new_is_signed_with_a_key_of_2004(town):
    key = GostKey.create(GOST_2004)
    certificate = of_2004(Gost2004Key.create())

    with pytest.raises(Obsolete):
        sign_xml(DOCUMENT, key=key, certificate=certificate)
    with pytest.raises(Obsolete):
        sign_soap(MESSAGE, key=key, certificate=certificate)
