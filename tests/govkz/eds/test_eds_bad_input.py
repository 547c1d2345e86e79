"""Whatever a stranger hands in ends in a reason, in bounded time, and never in "passed"."""

import random
import time

import pytest
from tests.govkz.eds import formats
from tests.govkz.eds.formats import PASSWORD
from tests.govkz.eds.town import AT

from govkz.eds import (
    Crl,
    Malformed,
    Ocsp,
    Status,
    any_signer,
    cms,
    crls,
    der,
    kinds,
    oids,
    pkcs12,
    read_key,
    timestamps,
    verify_certificate,
    verify_cms,
    verify_soap,
    verify_xml,
    xmldsig,
)
from govkz.eds.certificates import MAX_CERTIFICATE_BYTES
from govkz.eds.keys import MAX_KEY_BYTES
from govkz.eds.ocsp import MAX_OCSP_BYTES
from govkz.eds.passwords import WrongPassword

# Seconds of the processor, for the largest input that is read at all; a hang is minutes.
LIMIT = 3
SEED = 20260320

# How much of each is read at all, in bytes.
SIZES = {
    "cms": cms.MAX_BYTES,
    "certificate": MAX_CERTIFICATE_BYTES,
    "crl": crls.MAX_CRL_BYTES,
    "ocsp": MAX_OCSP_BYTES,
    "tsp": timestamps.MAX_BYTES,
    "p12": pkcs12.MAX_BYTES,
    "key": MAX_KEY_BYTES,
    "xml": xmldsig.LIMITS.size,
    "soap": xmldsig.LIMITS.size,
}
READERS = sorted(SIZES)


@pytest.fixture(scope="module")
def readers(town):
    """Give what reads each format; a reader answers with a status or raises Malformed, nothing else."""
    by = {"trust": town.trust, "crls": town.crls, "at": AT, "policy": any_signer()}
    return {
        "cms": lambda blob: verify_cms(blob, **by).report.status,
        "certificate": lambda blob: verify_certificate(blob, **by).status,
        "crl": lambda blob: Crl(blob).fault_under,
        "ocsp": lambda blob: Ocsp(blob).answers,
        "tsp": timestamps.read,
        "p12": lambda blob: pkcs12.read(blob, PASSWORD),
        "key": read_key,
        "xml": lambda blob: verify_xml(blob, **by).report.status,
        "soap": lambda blob: verify_soap(blob, **by).report.status,
    }


@pytest.fixture(scope="module")
def originals(town):
    """Give a good file of each format."""
    named = {one.name: one.original for one in formats.formats(town)}
    found = {name: named[f"{name}-rsa"] for name in READERS if name != "key"}
    return {**found, "key": town.gost_person.key.pkcs8}


def assert_refused(reader, blob):
    """Read the bytes, in time; anything but a reason or Malformed is a fault of the reader."""
    began = time.process_time()
    try:
        answer = reader(blob)
    except (Malformed, WrongPassword):
        answer = None
    assert time.process_time() - began < LIMIT
    assert answer in (None, Status.FAILED, Status.INDETERMINATE)


@pytest.mark.parametrize("name", READERS)
def test_a_good_file_is_read(readers, originals, name):
    with pytest.raises(AssertionError):
        assert_refused(readers[name], originals[name])


@pytest.mark.parametrize("name", READERS)
def test_what_is_cut_off_anywhere_is_refused(readers, originals, name):
    original = originals[name]

    for size in range(0, len(original), max(1, len(original) // 200)):
        assert_refused(readers[name], original[:size])


@pytest.mark.parametrize("name", READERS)
def test_noise_is_refused(readers, name):
    chance = random.Random(SEED)
    beginnings = (b"", b"\x30", b"\x30\x80", b"\x30\x82", b"-----BEGIN CMS-----\n", b"<a>", b"<?xml ")

    for beginning in beginnings:
        for size in (0, 1, 2, 16, 500, 5000):
            assert_refused(readers[name], beginning + chance.randbytes(size))


def element(tag, *parts):
    return der.encode(tag, *parts)


def endless(tag, *parts):
    return bytes((tag, 0x80)) + b"".join(parts) + b"\0\0"


def nested(blob):
    """Wrap bytes in sequences, more than anybody would."""
    for _ in range(200):
        blob = element(der.SEQUENCE, blob)
    return blob


def message_of(content, put):
    """Write a message around its content: without signers, it is read all the same."""
    kind = put(der.SEQUENCE, der.encode_identifier(oids.DATA), put(0xA0, content))
    inner = put(der.SEQUENCE, der.encode_number(1), element(der.SET), kind, element(der.SET))
    return put(der.SEQUENCE, der.encode_identifier(oids.SIGNED_DATA), put(0xA0, inner))


PIECES = b"\x04\x00" * 90_000
LARGE = {
    "opened and never ended": b"\x30\x80" * 4_000_000,
    "closed at once, again and again": b"\x30\x80" + b"\x30\x80\0\0" * 2_000_000 + b"\0\0",
    "many parts": element(der.SEQUENCE, b"\x05\x00" * 4_000_000),
    "sequences in sequences": nested(b""),
    "content in pieces of nothing": message_of(endless(0x24, *[endless(0x24, PIECES)] * 60), endless),
    "content in pieces of nothing, with lengths": message_of(
        element(0x24, *[element(0x24, PIECES)] * 60), element
    ),
    "a length beyond everything": b"\x30\x84\xff\xff\xff\xff" + bytes(1000),
    "a length of lengths": b"\x30\xfe" + b"\xff" * 1000,
    "a tag without end": b"\x3f" + b"\xff" * 100_000,
    "elements in elements": b"<a>" * 100_000 + b"</a>" * 100_000,
    "many elements": b"<a>" + b"<b/>" * 1_000_000 + b"</a>",
    "many attributes": b"<a " + b" ".join(b'b%d=""' % n for n in range(100_000)) + b"/>",
    "many namespaces": b"<a " + b" ".join(b'xmlns:b%d="u"' % n for n in range(100_000)) + b"/>",
    "a document type": b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>',
    "laughter": b"<!DOCTYPE a ["
    + b"".join(b'<!ENTITY b%d "%s">' % (n, b"&b%d;" % (n - 1) * 10) for n in range(1, 20))
    + b"]><a>&b19;</a>",
    "a file from outside": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>',
    "many signatures": b'<a xmlns:ds="http://www.w3.org/2000/09/xmldsig#">'
    + b"<ds:Signature/>" * 9000
    + b"</a>",
    "base64 of nothing": b"A" * 1_000_000,
    "spaces": b" " * 1_000_000,
}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("large", LARGE)
def test_nothing_large_or_deep_is_waited_for(readers, name, large):
    assert_refused(readers[name], LARGE[large])


@pytest.mark.parametrize("large", LARGE)
def test_the_kind_of_nothing_large_or_deep_is_waited_for(large):
    began = time.process_time()

    kinds.of(LARGE[large])

    assert time.process_time() - began < LIMIT


@pytest.mark.parametrize("name", READERS)
def test_what_is_larger_than_its_limit_is_refused_at_once(readers, name):
    filled = b"<a>" + b" " * SIZES[name] + b"</a>"
    if name not in ("xml", "soap"):
        filled = element(der.SEQUENCE, element(der.OCTET_STRING, bytes(SIZES[name])))

    assert_refused(readers[name], filled)


def identifiers(element):
    """Give the place of the content of each object identifier that is written openly."""
    if element.tag == der.OID:
        yield element.body, element.end
    elif element.tag & 0x20:
        for child in element.children():
            yield from identifiers(child)


@pytest.mark.parametrize("name", [name for name in READERS if name not in ("xml", "soap")])
def test_no_other_algorithm_or_type_is_taken_for_the_one_that_is_meant(readers, originals, name):
    original = originals[name]
    known = formats_of_meaning(readers[name], original)
    chance = random.Random(SEED)

    for start, end in identifiers(der.parse(original)):
        for _ in range(20):
            other = bytes(chance.randrange(1, 0x80) for _ in range(end - start))
            changed = original[:start] + other + original[end:]
            try:
                assert formats_of_meaning(readers[name], changed) in (known, None)
            except (Malformed, WrongPassword):
                continue


def formats_of_meaning(reader, blob):
    """Say whether bytes pass, so that a name that nobody reads may change; None where they do not."""
    answer = reader(blob)
    return None if answer in (Status.FAILED, Status.INDETERMINATE) else type(answer)


@pytest.mark.parametrize("name", ["xml", "soap"])
@pytest.mark.parametrize(
    "word", [b"rsa-sha256", b"xmlenc#sha256", b"xmldsig#", b"REC-xml-c14n", b"xml-exc-c14n"]
)
def test_no_other_algorithm_in_a_document_is_taken_for_the_one_that_is_meant(readers, originals, name, word):
    original = originals[name]

    assert word not in original or readers[name](original) is Status.PASSED
    if word in original:
        assert_refused(readers[name], original.replace(word, word[:-1] + b"X"))


def test_a_list_of_nothing_but_entries_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(crls, "MAX_ENTRIES", 2)
    entries = [b"\x30\x04\x02\x02" + number.to_bytes(2, "big") for number in range(300, 304)]

    assert Crl(list_of(entries[:2])).count == 2
    with pytest.raises(Malformed, match="too many entries"):
        Crl(list_of(entries))


def list_of(entries):
    algorithm, at = der.encode_algorithm(oids.RSA_SHA256), der.encode_moment(AT)
    listed = element(der.SEQUENCE, *entries)
    tbs = element(der.SEQUENCE, der.encode_number(1), algorithm, element(der.SEQUENCE), at, at, listed)
    return element(der.SEQUENCE, tbs, algorithm, element(der.BIT_STRING, b"\0"))
