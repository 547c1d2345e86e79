"""The commands `joldama eds verify`, `sign` and `show`: verdicts as exit codes, one sentence for bad input."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from govkz import eds
from govkz.eds import Role, certificates, der, gost, ocsp, pkcs12, pki, timestamps
from govkz.eds.keep import Keep
from govkz.eds.responding import Responder
from govkz.eds.stamping import Stamper
from joldama.config.cli import main

AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
PASSWORD = "Құпия 1"
ENVELOPE = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><ask/></s:Body></s:Envelope>'
)
PERSON = pki.Person("Ахметов", "Ерлан", "500115100015", "Бекболатұлы")
CENTRE = pki.Organisation("«Жұмыспен қамту орталығы» КММ", "120340012345")


@pytest.fixture(scope="module")
def kept():
    """Make an authority, a person, a head, and by name what else lies beside: PKCS#12 files, an OCSP answer."""
    authority = pki.Authority.create(at=AT)
    person = authority.person(PERSON, at=AT)
    head = authority.official(PERSON, CENTRE, role=Role.HEAD, at=AT)
    stores = {
        f"{form.name.lower()}.p12": pkcs12.write(person.key, person.certificate, password=PASSWORD, form=form)
        for form in pkcs12.Form
    }
    stores["stranger.p12"] = pkcs12.write(person.key, head.certificate, password=PASSWORD)
    stores["broken.p12"] = broken(stores["held.p12"])
    question = ocsp.ask(
        certificates.read(person.certificate), certificates.read(authority.issuing.certificate)
    )
    stores["answer.ocsp"] = Responder(authority, authority.issuing).answer(question.encoded, at=AT)
    stores["no_answer.ocsp"] = Responder(authority, authority.issuing).answer(b"?", at=AT)
    query = timestamps.ask(b"signature", nonce=77)
    stores["stamp.tsp"] = Stamper(authority.stamper(at=AT)).answer(query.encoded, at=AT)
    stores["token.tsp"] = timestamps.token_in(stores["stamp.tsp"])
    return authority, person, head, stores


@pytest.fixture
def desk(kept, tmp_path, monkeypatch):
    """Lay a trust folder, a list, and messages of a person and a head into the current folder."""
    authority, person, head, stores = kept
    keep = Keep(tmp_path)
    keep.save(authority)
    keep.reissue_crls(at=AT)
    keep.save_identity("person", person)
    (tmp_path / "content").write_bytes(b"content")
    (tmp_path / "person.cms").write_bytes(person.sign(b"content", at=AT))
    (tmp_path / "detached.cms").write_bytes(person.sign(b"content", at=AT, detached=True))
    (tmp_path / "head.cms").write_bytes(head.sign(b"content", at=AT))
    (tmp_path / "document.xml").write_text("<decision><b>Шешім</b></decision>")
    (tmp_path / "person.xml").write_bytes(
        eds.sign_xml(b"<a>1</a>", key=person.key, certificate=person.certificate)
    )
    (tmp_path / "envelope.xml").write_text(ENVELOPE)
    (tmp_path / "person.soap").write_bytes(
        eds.sign_soap(ENVELOPE.encode(), key=person.key, certificate=person.certificate)
    )
    (tmp_path / "head_detached.cms").write_bytes(head.sign(b"content", at=AT, detached=True))
    (tmp_path / "person.pem").write_bytes(person.certificate_pem)
    for name, store in stores.items():
        (tmp_path / name).write_bytes(store)
    (tmp_path / "password").write_text(f"{PASSWORD}\r\nsecond line")
    (tmp_path / "wrong").write_text("Qwerty12")
    monkeypatch.chdir(tmp_path)
    return person


def broken(store):
    """Give a file whose MAC says more than there is."""
    version, content, mac = der.parse(store).children()
    mac = der.encode(der.SEQUENCE, b"\x30\x7f")
    return der.encode(der.SEQUENCE, version.encoded, content.encoded, mac)


JUDGED = ("--trust", "ca", "--crl", "crl.der", "--at", "2026-03-20T17:30+05:00")


def verify(capsys, *words):
    code = main(["eds", "verify", *words])
    printed = capsys.readouterr()
    return code, printed.out.splitlines(), printed.err.splitlines()


@pytest.mark.parametrize(
    ("words", "code", "first"),
    [
        (("person.cms", *JUDGED), 0, "passed"),
        (("person.cms", *JUDGED, "--as", "individual"), 0, "passed"),
        (("person.cms", *JUDGED, "--as", "individual", "--iin", PERSON.iin), 0, "passed"),
        (("person.cms", *JUDGED, "--as", "individual", "--iin", "500520200012"), 1, "failed"),
        (("person.cms", *JUDGED, "--as", "official"), 1, "failed"),
        (("head.cms", *JUDGED, "--as", "official", "--bin", CENTRE.bin, "--iin", PERSON.iin), 0, "passed"),
        (("head.cms", *JUDGED, "--as", "individual"), 1, "failed"),
        (("person.cms", "--trust", "ca", "--at", "2026-03-20T12:30"), 2, "indeterminate"),
        (("person.cms", "--at", "2026-03-20T12:30"), 2, "indeterminate"),
        (("person.cms", *JUDGED[:2], "--ocsp", "answer.ocsp", "--at", "2026-03-20T12:30"), 0, "passed"),
        (("head.cms", *JUDGED[:2], "--ocsp", "answer.ocsp", "--at", "2026-03-20T12:30"), 2, "indeterminate"),
        (("person.cms", *JUDGED[:4], "--at", "2027-06-01"), 1, "failed"),
        (("detached.cms", *JUDGED, "--content", "content"), 0, "passed"),
        (("detached.cms", *JUDGED), 2, "indeterminate: content_missing"),
        (("person.pem", *JUDGED, "--as", "individual"), 0, "passed"),
        (("person.xml", *JUDGED, "--as", "individual", "--iin", PERSON.iin), 0, "passed"),
        (("person.xml", *JUDGED, "--as", "official"), 1, "failed"),
        (("person.xml", *JUDGED[:2], "--at", "2026-03-20"), 2, "indeterminate"),
        (("person.soap", *JUDGED), 0, "passed"),
        (("person.soap", *JUDGED, "--as", "official"), 1, "failed"),
        (("person.soap", *JUDGED, "--as", "system"), 1, "failed"),
        (("held.p12", *JUDGED, "--as", "individual", "--password-file", "password"), 0, "passed"),
        (("modern.p12", *JUDGED, "--as", "official", "--password-file", "password"), 1, "failed"),
        (("held.p12", *JUDGED[:2], "--at", "2026-03-20", "--password-file", "password"), 2, "indeterminate"),
    ],
)
def test_the_verdict_is_the_exit_code(desk, capsys, words, code, first):
    answered, lines, errors = verify(capsys, *words)

    assert (answered, lines[0], errors) == (code, first, [])


def test_the_answer_names_the_signer(desk, capsys):
    _, lines, _ = verify(capsys, "person.cms", *JUDGED, "--as", "official")

    assert lines == [
        "failed",
        "  failed: wrong_role",
        "    name       АХМЕТОВ ЕРЛАН БЕКБОЛАТҰЛЫ",
        "    iin        500115100015",
        "    role       individual",
        "    algorithm  rsa-sha256",
        f"    serial     {desk.serial:X}",
        "    signed_at  2026-03-20T12:00:00+00:00",
        "    revocation good",
    ]


def test_json_has_the_words_of_the_interface(desk, capsys):
    code, lines, _ = verify(capsys, "person.cms", *JUDGED, "--as", "individual", "--json")

    assert (code, json.loads("\n".join(lines))) == (
        0,
        {
            "status": "passed",
            "signers": [
                {
                    "status": "passed",
                    "reasons": [],
                    "iin": PERSON.iin,
                    "bin": None,
                    "name": "АХМЕТОВ ЕРЛАН БЕКБОЛАТҰЛЫ",
                    "role": "individual",
                    "algorithm": "rsa-sha256",
                    "serial": f"{desk.serial:X}",
                    "signed_at": AT.isoformat(),
                    "timestamp": None,
                    "revocation": {
                        "status": "good",
                        "source": "crl",
                        "this_update": AT.isoformat(),
                        "next_update": (AT + timedelta(days=7)).isoformat(),
                        "revoked_at": None,
                    },
                }
            ],
        },
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("absent.cms",), "absent.cms cannot be read: No such file or directory."),
        (("ca",), "ca cannot be read: Is a directory."),
        (("content",), "content is not a signed message that can be read."),
        (("crl.der",), "crl.der is a revocation list: hand it in with --crl."),
        (
            ("identities/person/key.pem",),
            "identities/person/key.pem is a private key: nobody's signature stands in it.",
        ),
        (("held.p12",), "held.p12 is a PKCS#12 file: it needs --password-file."),
        (
            ("held.p12", "--password-file", "wrong"),
            "held.p12 does not open with the password in wrong.",
        ),
        (
            ("broken.p12", "--password-file", "password"),
            "broken.p12 is not a PKCS#12 file that can be read: the structure ends too early.",
        ),
        (
            ("stranger.p12", "--password-file", "password"),
            "stranger.p12 holds no private key together with its certificate.",
        ),
        (
            ("person.cms", "--at", "yesterday"),
            "--at 'yesterday' is not a moment such as 2026-03-20T17:20+05:00.",
        ),
        (("person.cms", "--trust", "absent"), "absent cannot be read: No such file or directory."),
        (("person.cms", "--trust", "identities"), "identities holds no certificate (.cer .crt .pem .der)."),
        (("person.cms", "--crl", "content"), "content is not a revocation list that can be read."),
        (("person.cms", "--ocsp", "content"), "content is not an OCSP answer that can be read."),
        (
            ("person.cms", "--ocsp", "no_answer.ocsp"),
            "no_answer.ocsp is not an OCSP answer that can be read.",
        ),
        (("document.xml",), "document.xml is not signed."),
        (("envelope.xml",), "envelope.xml is not signed."),
        (
            ("stamp.tsp",),
            "stamp.tsp is a time stamp: it is judged inside the message it belongs to.",
        ),
        (("person.xml", "--content", "content"), "--content goes with a detached CMS."),
        (("answer.ocsp",), "answer.ocsp is an OCSP answer: hand it in with --ocsp."),
        (
            ("person.cms", "--as", "system", "--iin", "1"),
            "--iin goes with --as individual or --as official.",
        ),
        (("person.cms", "--iin", "1"), "--iin goes with --as individual or --as official."),
        (("person.cms", "--bin", "1", "--as", "individual"), "--bin goes with --as official or --as system."),
    ],
)
def test_input_that_cannot_be_used_gets_a_sentence_and_64(desk, capsys, words, sentence):
    assert verify(capsys, *words) == (64, [], [f"joldama eds: {sentence}"])


def test_a_wrong_option_is_no_verdict(desk, capsys):
    code, lines, errors = verify(capsys, "person.cms", "--as", "akim")

    assert (code, lines, len(errors)) == (64, [], 1)


OWN = ("--key", "identities/person/key.pem", "--cert", "identities/person/certificate.pem")
WITH_P12 = ("--p12", "held.p12", "--password-file", "password")


@pytest.mark.parametrize("options", [OWN, (*OWN, "--pem"), WITH_P12, ("--p12", "modern.p12", *WITH_P12[2:])])
def test_what_is_signed_here_is_verified_here(desk, capsys, options):
    code = main(["eds", "sign", "content", *options])

    assert (code, capsys.readouterr().out) == (0, "content.cms\n")
    assert verify(capsys, "content.cms", *JUDGED)[0] == 0


@pytest.mark.parametrize(
    "options",
    [(), OWN[:2], OWN[2:], (*OWN, *WITH_P12), (*OWN[:2], *WITH_P12)],
    ids=lambda words: " ".join(words),
)
def test_a_signer_is_named_in_one_way(desk, capsys, options):
    code = main(["eds", "sign", "content", *options])

    sentence = "name either --p12 with --password-file, or --key and --cert."
    assert (code, capsys.readouterr().err) == (64, f"joldama eds: {sentence}\n")


def test_a_detached_signature_is_written_where_it_is_wanted(desk, capsys):
    code = main(["eds", "sign", "content", *OWN, "--detached", "--out", "out.cms"])

    assert (code, capsys.readouterr().out) == (0, "out.cms\n")
    assert verify(capsys, "out.cms", "--content", "content", *JUDGED)[0] == 0


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("content", "content is not an unencrypted private key that can be read."),
        ("absent", "absent cannot be read: No such file or directory."),
    ],
)
def test_a_key_that_cannot_be_used_gets_a_sentence_and_64(desk, capsys, key, sentence):
    code = main(["eds", "sign", "content", "--key", key, "--cert", "person.pem"])

    assert (code, capsys.readouterr().err) == (64, f"joldama eds: {sentence}\n")


@pytest.mark.parametrize(
    ("file", "options"), [("head.cms", ()), ("head_detached.cms", ("--content", "content"))]
)
def test_a_message_is_signed_by_another_too(desk, capsys, file, options):
    code = main(["eds", "sign", file, "--add", *options, *WITH_P12, "--out", "both.cms"])

    assert (code, capsys.readouterr().out) == (0, "both.cms\n")
    code, lines, _ = verify(capsys, "both.cms", *options, *JUDGED)
    assert (code, lines[0], lines.count("  passed")) == (0, "passed", 2)


def test_a_document_is_signed_by_one_and_then_by_another(desk, capsys):
    code = main(["eds", "sign", "document.xml", "--format", "xml", *WITH_P12])
    assert (code, capsys.readouterr().out) == (0, "document.xml.signed.xml\n")

    code = main(["eds", "sign", "document.xml.signed.xml", "--format", "xml", *OWN, "--out", "both.xml"])
    assert (code, capsys.readouterr().out) == (0, "both.xml\n")

    assert verify(capsys, "both.xml", *JUDGED)[:2][0] == 0
    assert show(capsys, "both.xml")[1][:4] == [
        "XML document",
        "  root           decision",
        "  signatures     2",
        "  signer 1",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("content", "--format", "xml", *WITH_P12), "content cannot be signed: not well-formed XML."),
        (
            ("document.xml", "--format", "xml", "--pem", *WITH_P12),
            "--add, --detached and --pem go with --format cms.",
        ),
        (("content", "--content", "content", *WITH_P12), "--content goes with --add."),
        (
            ("head.cms", "--add", "--detached", *WITH_P12),
            "--add leaves the message attached or detached as it is.",
        ),
        (("content", "--add", *WITH_P12), "content cannot be signed: neither DER nor base64."),
        (
            ("detached.cms", "--add", *WITH_P12),
            "detached.cms cannot be signed: the content of the message is needed, and nothing else.",
        ),
        (
            ("content", *OWN[:2], "--cert", "ca/root.pem"),
            "ca/root.pem is the certificate of another key than identities/person/key.pem.",
        ),
    ],
)
def test_what_cannot_be_signed_gets_a_sentence_and_64(desk, capsys, words, sentence):
    code = main(["eds", "sign", *words])

    assert (code, capsys.readouterr().err) == (64, f"joldama eds: {sentence}\n")


def test_a_certificate_that_cannot_be_read_signs_nothing(desk, capsys, tmp_path):
    code = main(["eds", "sign", "content", *OWN[:2], "--cert", "content"])

    assert (code, (tmp_path / "content.cms").exists()) == (64, False)
    assert capsys.readouterr().err == "joldama eds: content is not a certificate that can be read.\n"


def show(capsys, *words):
    code = main(["eds", "show", *words])
    printed = capsys.readouterr()
    return code, printed.out.splitlines(), printed.err.splitlines()


def test_a_certificate_is_told_in_words(desk, capsys):
    code, lines, _ = show(capsys, "person.pem")

    identifier = certificates.read(desk.certificate).key_identifier.hex()
    assert (code, lines[:-2]) == (
        0,
        [
            "certificate",
            "  holder         АХМЕТОВ ЕРЛАН БЕКБОЛАТҰЛЫ",
            "  iin            500115100015",
            "  role           individual",
            "  key            rsa, 2048 bits",
            "  usage          digitalSignature, nonRepudiation",
            "  purposes       emailProtection, individual",
            "  valid          2026-03-19T12:00:00+00:00 to 2027-03-20T12:00:00+00:00",
            "  issuer         ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) DEMO",
            f"  serial         {desk.serial:X}",
            f"  key_id         {identifier}",
            "  signed_with    rsa-sha256",
            "  policies       1.2.398.3.3.2",
        ],
    )


def test_a_message_is_told_in_words(desk, capsys):
    assert show(capsys, "head.cms")[1][:4] == [
        "signed message (CMS)",
        "  content        attached, 7 bytes",
        "  sha256         ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73",
        "  certificates   1",
    ]
    assert show(capsys, "detached.cms")[1][1:-1] == [
        "  content        detached",
        "  certificates   1",
        "  signer 1",
        "    name         АХМЕТОВ ЕРЛАН БЕКБОЛАТҰЛЫ",
        "    iin          500115100015",
        "    role         individual",
        f"    serial       {desk.serial:X}",
        "    algorithm    rsa-sha256",
        "    signed_at    2026-03-20T12:00:00+00:00 by the signer's clock",
    ]


def test_a_list_and_a_key_are_told_in_words(desk, capsys):
    assert show(capsys, "crl.der")[1][:-1] == [
        "revocation list (CRL)",
        "  issuer         ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) DEMO",
        "  number         1",
        "  this_update    2026-03-20T12:00:00+00:00",
        "  next_update    2026-03-27T12:00:00+00:00",
        "  entries        0",
        "  signed_with    rsa-sha256",
    ]
    assert show(capsys, "identities/person/key.pem")[1][:-1] == [
        "private key (PKCS#8)",
        "  algorithm      rsa-sha256",
    ]


def test_an_ocsp_answer_is_told_in_words(desk, capsys):
    lines = show(capsys, "answer.ocsp")[1]

    assert [lines[0], lines[1], *lines[3:-1]] == [
        "answer about a certificate (OCSP)",
        "  produced_at    2026-03-20T12:00:00+00:00",
        "  signed_with    rsa-sha256",
        f"  certificate {desk.serial:X}",
        "    standing     good",
        "    this_update  2026-03-20T12:00:00+00:00",
    ]


@pytest.mark.parametrize(
    ("file", "title"), [("stamp.tsp", "time stamp as it was answered (TSP)"), ("token.tsp", "time stamp")]
)
def test_a_time_stamp_is_told_in_words(desk, capsys, file, title):
    lines = show(capsys, file)[1]

    digest = hashlib.sha256(b"signature").hexdigest()
    assert lines[:3] == [
        title,
        "  at             2026-03-20T12:00:00+00:00",
        f"  over           sha256 {digest}",
    ]
    assert [lines[3], *lines[5:7]] == [
        "  policy         1.2.398.3.3.2.6.2",
        "  nonce          4D",
        "  authority",
    ]


def test_a_soap_message_is_signed_and_told_in_words(desk, capsys):
    code = main(["eds", "sign", "envelope.xml", "--format", "soap", *WITH_P12, "--out", "out.xml"])

    assert (code, capsys.readouterr().out) == (0, "out.xml\n")
    assert verify(capsys, "out.xml", *JUDGED)[0] == 0
    assert show(capsys, "out.xml")[1][:6] == [
        "SOAP message",
        "  root           Envelope",
        "  namespace      http://schemas.xmlsoap.org/soap/envelope/",
        "  signatures     1",
        "  signer 1",
        "    name         АХМЕТОВ ЕРЛАН БЕКБОЛАТҰЛЫ",
    ]


def test_what_reckons_the_national_algorithms_is_said_at_the_end(desk, capsys):
    assert show(capsys, "person.pem")[1][-1] == f"GOST is reckoned here by {gost.backend()}"


def test_another_arithmetic_is_used_where_it_is_named(desk, capsys, monkeypatch):
    monkeypatch.setenv("GOVKZ_GOST_BACKEND", "python")
    assert show(capsys, "person.pem")[1][-1] == "GOST is reckoned here by python"

    monkeypatch.setenv("GOVKZ_GOST_BACKEND", "abacus")
    code, _, errors = show(capsys, "person.pem")
    assert (code, errors[0].split(":")[1]) == (64, " GOVKZ_GOST_BACKEND cannot be followed")


@pytest.mark.parametrize("file", ["held.p12", "modern.p12"])
def test_a_p12_is_told_in_words(desk, capsys, file):
    code, lines, _ = show(capsys, file, "--password-file", "password")

    identifier = certificates.read(desk.certificate).key_identifier.hex()
    assert (code, lines[:6]) == (
        0,
        [
            "private key with its certificate (PKCS#12)",
            f"  name           {identifier}",
            "  private_key    rsa-sha256",
            "  certificates   1",
            "  certificate 1, of the key",
            "    holder       АХМЕТОВ ЕРЛАН БЕКБОЛАТҰЛЫ",
        ],
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("content",), "content is nothing that belongs to a signature."),
        (("absent",), "absent cannot be read: No such file or directory."),
        (("held.p12",), "held.p12 is a PKCS#12 file: it needs --password-file."),
        (("held.p12", "--password-file", "wrong"), "held.p12 does not open with the password in wrong."),
    ],
)
def test_what_cannot_be_told_gets_a_sentence_and_64(desk, capsys, words, sentence):
    assert show(capsys, *words) == (64, [], [f"joldama eds: {sentence}"])


@pytest.mark.parametrize("words", [eds.Status, eds.Reason, eds.Role], ids=["status", "reason", "role"])
def test_every_word_of_the_interface_is_explained(words):
    told = (Path(__file__).parents[3] / "docs/operations.md").read_text(encoding="utf-8")

    assert [word.value for word in words if f"`{word}`" not in told] == []
