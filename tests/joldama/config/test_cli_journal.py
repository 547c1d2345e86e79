"""`joldama journal`: what it prints and how it ends."""

import base64
import json
from contextlib import nullcontext
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from tests.factories import world
from tests.factories.journal import happened, sealed_journal, tamper
from tests.factories.world import World

from joldama.config import cli, launch
from joldama.config.answering import NO, NOT_KNOWN, UNUSABLE, YES
from joldama.config.exits import Exit
from joldama.config.secrets import SecretsUnreadable, make_secrets, read_secrets
from joldama.journal.sealing import seal


@pytest.fixture
def astana(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """An office with a sealed journal, in the database the command looks into."""
    monkeypatch.setattr(launch, "looked_into", lambda name, is_demo: nullcontext())
    made = world.office("astana")
    sealed_journal()
    happened(made.office.pk)
    seal()
    return made


def test_fsck_says_that_everything_stands(astana: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["journal", "fsck"]) == YES

    assert capsys.readouterr().out == (
        "10 rows in 7 batches, 1 checkpoints: everything stands as it was sealed.\n"
    )


def test_fsck_names_what_does_not_fit_and_whose_it_is(
    astana: World, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper(f"UPDATE journal_event SET paragraph = '9' WHERE office = '{astana.office.pk}'")

    assert cli.main(["journal", "fsck", "--office", astana.office.code]) == NO
    said = capsys.readouterr().out
    assert cli.main(["journal", "fsck", "--json"]) == NO

    (found,) = json.loads(capsys.readouterr().out)["findings"]
    row = found["row"]
    assert said == (
        f"row_changed, events of АСТ, batch 1: row {row} is not what was sealed\n"
        "1 rows in 1 batches, 1 checkpoints: 1 do not fit.\n"
    )
    assert (found["fault"], found["ledger"], found["office"], found["batch"]) == (
        "row_changed",
        "event",
        "АСТ",
        1,
    )


def test_fsck_tells_a_sealer_that_stands_still_from_tampering(
    astana: World, capsys: pytest.CaptureFixture[str]
) -> None:
    happened(astana.office.pk)
    tamper("UPDATE journal_unsealed SET since = since - interval '1 minute'")

    assert cli.main(["journal", "fsck"]) == NOT_KNOWN

    assert "row_unsealed, events of АСТ: row" in capsys.readouterr().out


def test_checkpoints_that_were_printed_are_held_against_the_journal(
    astana: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["journal", "checkpoint"]) == Exit.DONE
    (tmp_path / "kept").write_text(capsys.readouterr().out, encoding="utf-8")

    assert cli.main(["journal", "fsck", "--against", str(tmp_path / "kept")]) == YES
    tamper("DELETE FROM journal_checkpoint")
    assert cli.main(["journal", "fsck", "--against", str(tmp_path / "kept")]) == NO

    assert (
        "chain_cut: checkpoint 1 was kept elsewhere, and the journal ends with 0" in capsys.readouterr().out
    )


def test_an_outsider_verifies_a_checkpoint_with_the_key_that_is_printed(
    astana: World, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["journal", "checkpoint"])
    told = json.loads(capsys.readouterr().out)
    cli.main(["journal", "key"])
    name, pem = capsys.readouterr().out.split("\n", 1)

    key = load_pem_public_key(pem.encode())

    assert isinstance(key, Ed25519PublicKey)
    assert json.loads(told["body"])["key"] == name
    key.verify(base64.b64decode(told["signature"]), told["body"].encode())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "holds no checkpoint."),
        ("{}", "Line 1 of"),
        ("[]", "Line 1 of"),
        ('{"body": "{}", "signature": ""}', "Line 1 of"),
        (
            '{"body": "{\\"number\\": 1, \\"key\\": \\"0\\"}", "signature": ""}',
            "was not signed by a key of this",
        ),
    ],
)
def test_what_is_no_checkpoint_is_not_taken_for_one(
    astana: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, sentence: str
) -> None:
    (tmp_path / "kept").write_text(text)

    assert cli.main(["journal", "fsck", "--against", str(tmp_path / "kept")]) == UNUSABLE

    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--office", "ЖОҚ"], ["--against", "/nowhere"]])
def test_what_is_not_there_is_said(
    astana: World, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert cli.main(["journal", "fsck", *words]) == UNUSABLE
    assert capsys.readouterr().err.startswith("joldama journal: ")


def test_nothing_signed_yet_is_said(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(launch, "looked_into", lambda name, is_demo: nullcontext())

    assert cli.main(["journal", "checkpoint"]) == Exit.NO
    assert capsys.readouterr().err == "joldama: Nothing is signed yet.\n"


def test_keys_of_an_older_edition_get_the_one_they_lack_and_keep_the_others(tmp_path: Path) -> None:
    make_secrets(tmp_path)
    file = tmp_path / "keys.json"
    older = json.loads(file.read_text())
    del older["journal_keys"]
    file.write_text(json.dumps(older))
    with pytest.raises(SecretsUnreadable, match="lack 'journal_keys': `joldama admin keys` adds"):
        read_secrets(str(tmp_path))

    make_secrets(tmp_path)

    assert list(read_secrets(str(tmp_path)).journal_keys) == [1]
    assert json.loads(file.read_text()).items() >= older.items()
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_of_keys_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    file.write_text("not JSON")

    make_secrets(tmp_path)

    assert file.read_text() == "not JSON"
