"""The commands `joldama eds verify` and `sign`: verdicts as exit codes, one sentence for bad input."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from govkz.eds import Role, pki
from govkz.eds.keep import Keep
from joldama.config.cli import main

AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
PERSON = pki.Person("Ахметов", "Ерлан", "500115100015", "Бекболатұлы")
CENTRE = pki.Organisation("«Жұмыспен қамту орталығы» КММ", "120340012345")


@pytest.fixture(scope="module")
def kept():
    authority = pki.Authority.create(at=AT)
    return (
        authority,
        authority.person(PERSON, at=AT),
        authority.official(PERSON, CENTRE, role=Role.HEAD, at=AT),
    )


@pytest.fixture
def desk(kept, tmp_path, monkeypatch):
    """Lay a trust folder, a list, and messages of a person and a head into the current folder."""
    authority, person, head = kept
    keep = Keep(tmp_path)
    keep.save(authority)
    keep.reissue_crl(at=AT)
    keep.save_identity("person", person)
    (tmp_path / "content").write_bytes(b"content")
    (tmp_path / "person.cms").write_bytes(person.sign(b"content", at=AT))
    (tmp_path / "detached.cms").write_bytes(person.sign(b"content", at=AT, detached=True))
    (tmp_path / "head.cms").write_bytes(head.sign(b"content", at=AT))
    (tmp_path / "person.pem").write_bytes(person.certificate_pem)
    monkeypatch.chdir(tmp_path)
    return person


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
        (("person.cms", *JUDGED[:4], "--at", "2027-06-01"), 1, "failed"),
        (("detached.cms", *JUDGED, "--content", "content"), 0, "passed"),
        (("detached.cms", *JUDGED), 2, "indeterminate: content_missing"),
        (("person.pem", *JUDGED, "--as", "individual"), 0, "passed"),
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
        (
            ("person.cms", "--at", "yesterday"),
            "--at 'yesterday' is not a moment such as 2026-03-20T17:20+05:00.",
        ),
        (("person.cms", "--trust", "absent"), "absent cannot be read: No such file or directory."),
        (("person.cms", "--trust", "identities"), "identities holds no certificate (.cer .crt .pem .der)."),
        (("person.cms", "--crl", "content"), "content is not a revocation list that can be read."),
        (("person.cms", "--iin", "1"), "--iin goes with --as individual or --as official."),
        (("person.cms", "--bin", "1", "--as", "individual"), "--bin goes with --as official."),
    ],
)
def test_input_that_cannot_be_used_gets_a_sentence_and_64(desk, capsys, words, sentence):
    assert verify(capsys, *words) == (64, [], [f"joldama eds: {sentence}"])


def test_a_wrong_option_is_no_verdict(desk, capsys):
    code, lines, errors = verify(capsys, "person.cms", "--as", "akim")

    assert (code, lines, len(errors)) == (64, [], 1)


OWN = ("--key", "identities/person/key.pem", "--cert", "identities/person/certificate.pem")


@pytest.mark.parametrize("options", [(), ("--pem",)])
def test_what_is_signed_here_is_verified_here(desk, capsys, options):
    code = main(["eds", "sign", "content", *OWN, *options])

    assert (code, capsys.readouterr().out) == (0, "content.cms\n")
    assert verify(capsys, "content.cms", *JUDGED)[0] == 0


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


def test_a_certificate_that_cannot_be_read_signs_nothing(desk, capsys, tmp_path):
    code = main(["eds", "sign", "content", *OWN[:2], "--cert", "content"])

    assert (code, (tmp_path / "content.cms").exists()) == (64, False)
    assert capsys.readouterr().err == "joldama eds: content is not a certificate that can be read.\n"
