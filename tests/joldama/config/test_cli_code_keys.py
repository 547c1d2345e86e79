"""The keys that sign the codes on papers: made, numbered, followed by the next one, withdrawn."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.factories.paper_codes import CODED, ORIGIN

from joldama.config import cli
from joldama.config.exits import Exit
from joldama.config.secrets import Secrets, SecretsUnreadable, make_secrets, read_secrets
from joldama.referrals import code
from joldama.referrals.code import Finding
from joldama.vault.code_key import public_half


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_secrets(tmp_path)
    monkeypatch.setenv("JOLDAMA_SECRETS", str(tmp_path))
    return tmp_path


def run(*words: str) -> int:
    return cli.main(["admin", "code-key", *words])


def finding(secrets: Secrets, *, by: int, days: int = 0) -> Finding:
    """What becomes of a code that key `by` signed, its day so many days after the key was made."""
    kept = secrets.code_keys[by]
    day = replace(CODED, issued_on=kept.since_on.fromordinal(kept.since_on.toordinal() + days))
    text = code.write(day, origin=ORIGIN, kept=kept, key=public_half(by, kept))
    return code.read(
        text, origin=ORIGIN, keys=[public_half(*each) for each in secrets.code_keys.items()]
    ).finding


def test_the_first_key_is_made_with_the_others_and_is_shown_by_its_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run() == Exit.DONE

    kept = read_secrets(str(folder)).code_keys[1]
    assert capsys.readouterr().out == f"1  {public_half(1, kept).name.hex()}  since {kept.since_on}, signs\n"


def test_the_next_key_signs_and_what_the_one_before_signed_stays_good(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = read_secrets(str(folder)).code_keys[1]

    assert run("--new") == Exit.DONE

    secrets = read_secrets(str(folder))
    assert "until" in capsys.readouterr().out.splitlines()[0]
    assert (max(secrets.code_keys), secrets.code_keys[1].secret) == (2, first.secret)
    assert [finding(secrets, by=2), finding(secrets, by=1), finding(secrets, by=1, days=1)] == [
        Finding.GENUINE,
        Finding.GENUINE,
        Finding.RETIRED_KEY,
    ]
    assert (folder / "keys.json").stat().st_mode & 0o777 == 0o600


def test_a_withdrawn_key_is_believed_no_more_and_the_next_one_signs(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--withdraw", "1") == Exit.DONE

    secrets = read_secrets(str(folder))
    assert "withdrawn" in capsys.readouterr().out.splitlines()[0]
    assert [finding(secrets, by=1), finding(secrets, by=2)] == [Finding.RETIRED_KEY, Finding.GENUINE]
    assert run("--withdraw", "1") == Exit.DONE
    assert list(read_secrets(str(folder)).code_keys) == [1, 2]


def test_a_key_that_is_not_there_cannot_be_withdrawn(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "keys.json").read_text()

    assert run("--withdraw", "7") == Exit.USAGE
    assert capsys.readouterr().err == "joldama: There is no key 7.\n"
    assert (folder / "keys.json").read_text() == before


def test_an_older_edition_gets_its_first_key_of_codes(folder: Path) -> None:
    file = folder / "keys.json"
    older = json.loads(file.read_text())
    del older["code_keys"]
    file.write_text(json.dumps(older))
    with pytest.raises(SecretsUnreadable, match="lack 'code_keys': `joldama admin keys` adds"):
        read_secrets(str(folder))

    make_secrets(folder)

    assert list(read_secrets(str(folder)).code_keys) == [1]


@pytest.mark.parametrize("told", [1, {"1": {}}, {"1": 3}, {"x": {}}, {"1": {"secret": "AA==", "since": "x"}}])
def test_keys_of_codes_that_are_none_are_said(folder: Path, told: object) -> None:
    file = folder / "keys.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"code_keys": told}))

    with pytest.raises(SecretsUnreadable):
        read_secrets(str(folder))
