"""`joldama pki`: made once, shown, revoked in; every key opens as people's keys do and is judged as theirs."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from govkz.eds import Crl, Reason, Status, Trust, any_signer, individual, pkcs12, verify_cms
from govkz.eds.keep import Keep
from joldama.config.cli import main
from joldama.config.cli.pki import PASSWORD


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "pki"
    assert main(["pki", "make", str(folder)]) == 0
    return folder


def test_it_shows_both_hierarchies_and_every_holder(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pki", "show", str(made)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line.split(maxsplit=1)[0] for line in lines] == [
        "root", "issuing", "root", "issuing", "auth-gost", "auth-rsa", "head-gost", "head-rsa",
        "person-gost", "person-rsa", "system-gost", "system-rsa",
    ]  # fmt: skip
    assert all("until" in line for line in lines)


@pytest.mark.parametrize("word", ["rsa", "gost"])
def test_a_key_store_opens_and_signs_and_an_authentication_key_does_not_count(made: Path, word: str) -> None:
    at, trust = datetime.now(UTC), Trust.of_folders(made / "ca")
    crls = [Crl(file.read_bytes()) for file in made.glob("crl*.der")]

    def judged(name: str) -> tuple[Status, tuple[Reason, ...]]:
        pkcs12.read((made / "p12" / f"{name}.p12").read_bytes(), PASSWORD)
        message = Keep(made).load_identity(name).sign(b"content", at=at)
        report = verify_cms(message, trust=trust, crls=crls, at=at, policy=individual()).report
        return report.status, report.reasons

    assert judged(f"person-{word}") == (Status.PASSED, ())
    assert judged(f"auth-{word}")[1] == (Reason.WRONG_KEY_USAGE,)
    assert judged(f"head-{word}")[1] == (Reason.WRONG_ROLE,)


def test_a_revoked_key_stands_in_the_next_list(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pki", "revoke", str(made), "system-rsa"]) == 0

    identity, at = Keep(made).load_identity("system-rsa"), datetime.now(UTC)
    crls = [Crl(file.read_bytes()) for file in made.glob("crl*.der")]
    message = identity.sign(b"content", at=at)
    report = verify_cms(
        message, trust=Trust.of_folders(made / "ca"), crls=crls, at=at, policy=any_signer()
    ).report
    assert Reason.REVOKED in report.reasons
    main(["pki", "show", str(made)])
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines() if "REVOKED" in line] == [
        "system-rsa"
    ]


def test_nothing_is_overwritten_and_nothing_is_guessed(made: Path, tmp_path: Path) -> None:
    assert main(["pki", "make", str(made)]) == 1
    assert main(["pki", "show", str(tmp_path)]) == 1
    assert main(["pki", "revoke", str(made), "nobody"]) == 1


def test_private_keys_are_for_their_owner_alone(made: Path) -> None:
    private = ("p12/*", "private/*", "identities/*/key.pem")

    modes = {file.stat().st_mode & 0o777 for pattern in private for file in made.glob(pattern)}

    assert modes == {0o600}
