"""The command `joldama referral verify` for the text of a QR code."""

import json
from pathlib import Path

import pytest
from tests.factories.forged_codes import forged
from tests.factories.paper_codes import KEYS, ORIGIN, kept, written

from joldama.config.cli import main
from joldama.referrals.code import Finding
from joldama.vault.code_key import published


@pytest.fixture
def keys(tmp_path: Path) -> str:
    file = tmp_path / "keys.json"
    file.write_text(json.dumps(published(KEYS)))
    return str(file)


def test_a_genuine_code_passes_and_says_what_is_known_online_only(
    keys: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["referral", "verify", written(), "--keys", keys, "--origin", ORIGIN]) == 0

    address = f"{ORIGIN}/verify/?n=%D0%90%D0%A1%D0%A2-%D0%96-2026-000187&d=2026-03-26&c=KXMATBCA"
    assert [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()] == [
        "passed",
        f"key {KEYS[2].name.hex()}",
        "number АСТ-Ж-2026-000187",
        "issued_on 2026-03-26",
        "kind PUBLIC_WORKS",
        "valid_until_on 2026-04-02",
        "initials Н.Ә.С.",
        "last_digits 0018",
        f"Whether it was replaced, annulled or has expired is known online only: {address}",
    ]


def test_a_code_is_read_from_a_file_too(
    keys: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "code.txt").write_text(f"{written()}\n")

    assert main(["referral", "verify", str(tmp_path / "code.txt"), "--keys", keys, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["reasons"], told["number"]) == ("passed", [], "АСТ-Ж-2026-000187")


@pytest.mark.parametrize("finding", [finding for finding in Finding if finding is not Finding.GENUINE])
def test_each_refusal_has_its_word_and_its_exit_code(
    keys: str, capsys: pytest.CaptureFixture[str], finding: Finding
) -> None:
    text = next(text for _name, text, what in forged() if what is finding and text.startswith("https://"))

    ended = main(["referral", "verify", text, "--keys", keys, "--origin", ORIGIN])

    is_open = finding is Finding.UNKNOWN_KEY
    said = capsys.readouterr().out.splitlines()[0]
    assert (ended, said) == ((2, "indeterminate: unknown_key") if is_open else (1, f"failed: {finding}"))


def test_a_strangers_code_under_his_own_address_is_not_passed(keys: str) -> None:
    assert (
        main(
            [
                "referral",
                "verify",
                written(by=kept(99)).replace(ORIGIN, "https://evil.example"),
                "--keys",
                keys,
            ]
        )
        == 2
    )


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (
            [],
            "A code is judged by the published keys: fetch them from /verify/keys/ and name them in --keys.",
        ),
        (["--keys", "nowhere.json"], "nowhere.json cannot be read: No such file or directory."),
        (["--keys", "other.json"], "other.json is no published set of keys."),
    ],
)
def test_without_keys_nothing_is_said_of_a_code(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    more: list[str],
    sentence: str,
) -> None:
    (tmp_path / "other.json").write_text("{}")
    monkeypatch.chdir(tmp_path)

    assert main(["referral", "verify", written(), *more]) == 64
    assert capsys.readouterr().err == f"joldama referral: {sentence}\n"
