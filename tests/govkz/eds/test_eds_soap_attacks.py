"""What has fooled verifiers of WS-Security gets a reason here: the Body that is read is the Body that was signed.

Where it says "forged" the attacker holds a good key and certificate of his own and signs what he likes.
"""

import os
import random

import pytest
from lxml import etree
from tests.govkz.eds.forging import forge
from tests.govkz.eds.town import AT, CENTRE
from tests.govkz.eds.xml_mutants import mutants

from govkz.eds import Reason, Status, any_signer, sign_soap, sign_xml, verify_soap, wsse
from govkz.gateway import gbdfl, shep

MUTATIONS = int(os.environ.get("JOLDAMA_MUTATIONS", "300"))
SEED = 20260320
MESSAGE = shep.write_request(
    shep.SyncRequest(
        message_id="1",
        service_id="GBDFL_UniversalServiceSync",
        sent_at=AT,
        sender_id="joldama",
        data=gbdfl.write_request(
            gbdfl.PersonRequest(message_id="1", sent_at=AT, sender_code="joldama", iin="500520200012")
        ),
    )
)
SOAP = f"{{{wsse.SOAP}}}"
ID = f"{{{wsse.WSU}}}Id"
EVIL = "<t:SendMessage xmlns:t='http://bip.bee.kz/SyncChannel/v10/Types'><request/></t:SendMessage>"
TRANSFORM = '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>\n'


@pytest.fixture(scope="module")
def signed(town):
    return sign_soap(MESSAGE, key=town.system.key, certificate=town.system.certificate, body_id="id-1")


def verify(town, blob):
    return verify_soap(blob, trust=town.trust, crls=[town.crl], at=AT, policy=any_signer())


def outcome(verification):
    return verification.report.status, verification.report.reasons, verification.content


def replaced(signed, old, new):
    assert signed.count(old.encode()) == 1, old
    return signed.replace(old.encode(), new.encode())


def failed(*reasons):
    return Status.FAILED, reasons, None


OPEN = (Status.INDETERMINATE, (Reason.UNSUPPORTED_ALGORITHM,), None)


def test_the_helper_that_forges_makes_good_signatures(town, signed):
    assert verify(town, forge(signed, by=town.system)).report.status == Status.PASSED
    assert outcome(verify(town, forge(signed, by=town.head))) == failed(Reason.BAD_SIGNATURE)


# --- the signed Body moved, another one in its place ---------------------------------------------------------


def moved(signed, *, into, name):
    """Move the signed Body somewhere else, and put one of the attacker's in its place."""
    root = etree.fromstring(signed)
    body = root[1]
    wrapper = etree.fromstring(f"<w:wrapper xmlns:w='u:1'>{into}</w:wrapper>")
    evil = etree.fromstring(f"<S:Body xmlns:S='{wsse.SOAP}'>{EVIL}</S:Body>")
    if name:
        evil.set(ID, name)
    root.replace(body, evil)
    (wrapper[0] if into else wrapper).append(body)
    return root, wrapper, evil


@pytest.mark.parametrize("into", ["", "<x/>", f"<S:Envelope xmlns:S='{wsse.SOAP}'/>"])
@pytest.mark.parametrize(
    ("name", "reason"),
    [("", Reason.CONTENT_MISMATCH), ("id-2", Reason.CONTENT_MISMATCH), ("id-1", Reason.CONTENT_MISMATCH)],
)
@pytest.mark.parametrize("place", ["header", "security", "body", "signature"])
def test_a_signed_body_moved_aside_does_not_speak_for_another(town, signed, place, name, reason, into):
    root, wrapper, evil = moved(signed, into=into, name=name)
    places = {"header": root[0], "security": root[0][0], "body": evil, "signature": root[0][0][0]}
    places[place].append(wrapper)

    # A signature has no room for it at all.
    expected = Reason.MALFORMED if place == "signature" else reason
    assert outcome(verify(town, etree.tostring(root))) == failed(expected)


def test_an_envelope_has_room_for_one_body_only(town, signed):
    for before in (True, False):
        root, _, evil = moved(signed, into="", name="")
        body = etree.fromstring(signed)[1]
        (evil.addprevious if before else evil.addnext)(body)

        assert outcome(verify(town, etree.tostring(root))) == failed(Reason.MALFORMED)


def test_a_body_moved_into_a_wrapper_beside_it_is_malformed(town, signed):
    root, wrapper, _ = moved(signed, into="", name="")
    root.append(wrapper)

    assert outcome(verify(town, etree.tostring(root))) == failed(Reason.MALFORMED)


@pytest.mark.parametrize(
    "attribute",
    ["Id='id-1'", "ID='id-1'", "id='id-1'", "xml:id='id-1'", f"u:Id='id-1' xmlns:u='{wsse.WSSE}'"],
)
def test_a_name_that_stands_twice_leads_nowhere(town, signed, attribute):
    in_header = replaced(signed, "<wsse:Security ", f"<x {attribute}/><wsse:Security ")

    assert outcome(verify(town, in_header)) == failed(Reason.CONTENT_MISMATCH)


def test_one_element_may_be_named_twice(town, signed):
    # A published message repeats the name as wsse:Id.
    twice = forge_body(town, f'xmlns:wsse="{wsse.WSSE}" wsse:Id="id-1" ')

    assert verify(town, twice).report.status == Status.PASSED


def forge_body(town, attributes):
    message = MESSAGE.replace(b"<S:Body>", f"<S:Body {attributes}>".encode())
    return sign_soap(message, key=town.system.key, certificate=town.system.certificate, body_id="id-1")


# --- what the signature says it is over ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "uri",
    [
        'URI=""',
        "",
        'URI="#"',
        'URI="id-1"',
        'URI="#id-2"',
        'URI="#request"',
        "URI=\"#xpointer(id('id-1'))\"",
        'URI="#xpointer(/)"',
        'URI="#id-1 "',
        'URI="http://127.0.0.1:1/#id-1"',
        'URI="cid:attachment"',
    ],
)
def test_forged_over_something_else_than_the_body_fails(town, signed, uri):
    named = ("<requestInfo>", '<requestInfo Id="request">')

    forged = forge(signed, ('URI="#id-1"', uri), named, by=town.system)

    assert outcome(verify(town, forged)) == failed(Reason.CONTENT_MISMATCH)


def test_forged_over_a_part_of_the_header_fails(town, signed):
    security = f'<wsse:Security xmlns:wsse="{wsse.WSSE}" xmlns:wsu="{wsse.WSU}"'
    forged = forge(
        signed, ('URI="#id-1"', 'URI="#sec"'), (security, f'{security} wsu:Id="sec"'), by=town.system
    )

    assert outcome(verify(town, forged)) == failed(Reason.CONTENT_MISMATCH)


@pytest.mark.parametrize(
    ("transform", "expected"),
    [
        ("<ds:Transform Algorithm='http://www.w3.org/TR/1999/REC-xpath-19991116'/>", OPEN),
        ("<ds:Transform Algorithm='http://www.w3.org/TR/1999/REC-xslt-19991116'/>", OPEN),
        (
            "<ds:Transform Algorithm='http://docs.oasis-open.org/wss/2004/01/"
            "oasis-200401-wss-soap-message-security-1.0#STR-Transform'/>",
            OPEN,
        ),
        (TRANSFORM + TRANSFORM, OPEN),
        (
            "<ds:Transform Algorithm='http://www.w3.org/2000/09/xmldsig#enveloped-signature'/>" + TRANSFORM,
            failed(Reason.CONTENT_MISMATCH),
        ),
        (TRANSFORM.replace("/>", "><x/></ds:Transform>"), OPEN),
    ],
)
def test_forged_with_another_transform_does_not_pass(town, signed, transform, expected):
    assert outcome(verify(town, forge(signed, (TRANSFORM, transform), by=town.system))) == expected


def test_without_a_transform_the_body_is_signed_in_its_inclusive_form(town, signed):
    # That form is another one (it has the envelope's namespaces): the digest does not hold for it.
    assert outcome(verify(town, forge(signed, (TRANSFORM, ""), by=town.system))) == failed(
        Reason.DIGEST_MISMATCH
    )


# --- the place of the signature ------------------------------------------------------------------------------


def test_a_signature_elsewhere_than_in_security_is_not_read(town, signed):
    root = etree.fromstring(signed)
    header, signature = root[0], root[0][0][0]
    in_header = etree.fromstring(signed)
    in_header[0].append(in_header[0][0][0])
    deeper = etree.fromstring(signed)
    etree.SubElement(deeper[0][0], "x").append(deeper[0][0][0])
    twice = etree.fromstring(signed)
    twice[0][0].append(etree.fromstring(etree.tostring(signature)))
    two_securities = etree.fromstring(signed)
    two_securities[0].append(etree.fromstring(etree.tostring(header[0])))
    wrapped = etree.fromstring(signed)
    etree.SubElement(wrapped[0], "x").append(wrapped[0][0])
    in_body = etree.fromstring(signed)
    in_body[1][0].append(in_body[0][0][0])

    for message in (in_header, deeper, twice, two_securities, wrapped):
        assert outcome(verify(town, etree.tostring(message))) == failed(Reason.MALFORMED)
    assert outcome(verify(town, etree.tostring(in_body))) == failed(Reason.NO_SIGNER)


def test_a_signature_of_the_business_data_is_not_taken_for_the_messages(town, signed):
    data = sign_xml(b"<data><x/></data>", key=town.head.key, certificate=town.head.certificate)
    message = shep.write_request(
        shep.SyncRequest(message_id="1", service_id="x", sent_at=AT, sender_id="x", data=data)
    )
    both = sign_soap(message, key=town.system.key, certificate=town.system.certificate)
    verification = verify(town, both)

    assert outcome(verify(town, message)) == failed(Reason.NO_SIGNER)
    assert [(one.status, one.bin) for one in verification.report.signers] == [(Status.PASSED, CENTRE.bin)]


# --- the message around the Body -----------------------------------------------------------------------------


def test_nothing_of_the_header_is_given_back(town, signed):
    changed = replaced(signed, "<wsse:Security ", "<x:To xmlns:x='u:1'>everybody</x:To><wsse:Security ")
    verification = verify(town, changed)

    assert verification.report.status == Status.PASSED
    assert verification.content == verify(town, signed).content
    assert b"everybody" not in verification.content


def test_a_prefix_that_nobody_uses_is_not_signed_and_not_given_back(town):
    # xsi:type="m:Request" is a text to XML: whom its prefix means, the exclusive form does not sign.
    signed = sign_soap(MESSAGE, key=town.system.key, certificate=town.system.certificate, body_id="id-1")
    changed = replaced(signed, 'xmlns:m="http://message.persistence.interactive.nat"', 'xmlns:m="urn:evil"')

    assert outcome(verify(town, changed)) == outcome(verify(town, signed))
    assert b"urn:evil" not in verify(town, changed).content


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("500520200012", "500520200013"), Reason.DIGEST_MISMATCH),
        (("<request>", "<request><?x y?>"), Reason.DIGEST_MISMATCH),
        (("<request>", "<request x=''>"), Reason.DIGEST_MISMATCH),
        (('wsu:Id="id-1">', 'wsu:Id="id-1" x="">'), Reason.DIGEST_MISMATCH),
        (('wsu:Id="id-1">', 'wsu:Id="id-2">'), Reason.CONTENT_MISMATCH),
        (('wsu:Id="id-1">', ">"), Reason.CONTENT_MISMATCH),
        (("<ds:DigestValue>", "<ds:DigestValue><!---->"), Reason.MALFORMED),
    ],
)
def test_a_changed_message_fails(town, signed, change, reason):
    assert outcome(verify(town, replaced(signed, *change))) == failed(reason)


def test_a_comment_in_the_body_changes_nothing_that_is_given_back(town, signed):
    changed = replaced(signed, "500520200012", "500520<!-- -->200012")

    assert outcome(verify(town, changed)) == outcome(verify(town, signed))


def test_no_mutant_passes_with_another_body_or_signer(town, signed):
    original = verify(town, signed)
    assert original.report.status is Status.PASSED

    for mutant in mutants(signed, MUTATIONS, seed=SEED):
        verification = verify(town, mutant)

        if verification.report.status is Status.PASSED:
            assert verification.content == original.content
            assert [signer.bin for signer in verification.report.signers] == [CENTRE.bin]
        else:
            assert verification.content in (None, original.content)


def test_no_changed_character_of_the_body_passes(town, signed):
    start, end = signed.index(b"<S:Body"), signed.index(b"</S:Body>")
    chance = random.Random(SEED)
    passed = []
    for place in range(start, end):
        changed = signed[:place] + bytes((signed[place] ^ chance.choice((1, 2, 4)),)) + signed[place + 1 :]
        if verify(town, changed).report.status is Status.PASSED:
            passed.append(place)

    # The one declaration of a prefix that nobody uses.
    unused = signed.index(b'xmlns:m="http://message.persistence.interactive.nat"')
    assert [place for place in passed if not unused <= place < unused + 52] == []
