"""The command `joldama referral verify`: a verdict as exit code, one sentence for bad input."""

import json
from pathlib import Path

import pytest
from tests.factories import pki
from tests.factories import sealed_papers as papers
from tests.factories.sealed_papers import LATE, SEALED_AT, STAMPED_AT
from tests.factories.seals import OFFICE_BIN

from joldama.adapters.printing.fonts import ensure_fonts
from joldama.config.cli import main


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Make a paper as it was sealed, as it lasts, and what is no sealed paper."""
    printed = papers.printed(ensure_fonts(tmp_path_factory.mktemp("fonts")))
    sealed = papers.sealed(printed)
    place = sealed.index(b"stream") + 40
    return {
        "sealed.pdf": sealed,
        "lasting.pdf": papers.lasting(sealed),
        "printed.pdf": printed,
        "changed.pdf": sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :],
        "letter.txt": b"Dear Sir",
        "list.crl": pki.revocation_list(SEALED_AT),
    }


@pytest.fixture
def desk(kept: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay them into the current folder, beside the root one trusts."""
    for name, content in kept.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "roots").mkdir()
    (tmp_path / "roots" / "root.pem").write_bytes(pki.authority().root.certificate_pem)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "more", "code", "first"),
    [
        ("lasting.pdf", ("--at", LATE.isoformat()), 0, "passed"),
        ("lasting.pdf", ("--at", LATE.isoformat(), "--bin", OFFICE_BIN), 0, "passed"),
        (
            "lasting.pdf",
            ("--at", LATE.isoformat(), "--bin", "150340000015"),
            1,
            "failed: other_organisation",
        ),
        ("sealed.pdf", ("--at", STAMPED_AT.isoformat()), 2, "indeterminate: no_revocation_data"),
        ("sealed.pdf", ("--at", STAMPED_AT.isoformat(), "--crl", "list.crl"), 0, "passed"),
        ("sealed.pdf", ("--at", LATE.isoformat()), 1, "failed: expired, issuer_outside_validity"),
        ("changed.pdf", ("--at", STAMPED_AT.isoformat(), "--crl", "list.crl"), 1, "failed: digest_mismatch"),
        ("printed.pdf", (), 1, "failed: not_sealed"),
    ],
)
def test_the_exit_code_is_the_verdict(
    desk: Path, capsys: pytest.CaptureFixture[str], file: str, more: tuple[str, ...], code: int, first: str
) -> None:
    ended = main(["referral", "verify", file, "--trust", "roots", *more])

    assert (ended, capsys.readouterr().out.splitlines()[0]) == (code, first)


def test_it_tells_who_sealed_and_who_decided_and_names_the_person_nowhere(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["referral", "verify", "lasting.pdf", "--trust", "roots", "--at", LATE.isoformat(), "--json"])

    told = capsys.readouterr().out
    found = json.loads(told)
    assert (found["status"], found["reasons"], found["stamps"]) == ("passed", [], 2)
    assert found["sealed_at"] == SEALED_AT.replace(microsecond=0).isoformat()
    assert found["proved_at"] == STAMPED_AT.replace(microsecond=0).isoformat()
    assert found["lasts_until"] == pki.UNTIL.isoformat()
    assert (found["seal"]["bin"], found["seal"]["role"]) == (OFFICE_BIN, "information_system")
    assert found["decision"]["status"] == "passed"
    assert found["decision"]["kind"] == "PUBLIC_WORKS"
    assert found["decision"]["signers"][0]["role"] == "head"
    assert "950520200018" not in told
    assert "Нұрланова" not in told


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("letter.txt",), "letter.txt is not a PDF that can be read (at most 16 MiB)."),
        (("nowhere.pdf",), "nowhere.pdf cannot be read: No such file or directory."),
        (("sealed.pdf", "--crl", "letter.txt"), "letter.txt is not a revocation list that can be read."),
        (
            ("sealed.pdf", "--at", "yesterday"),
            "--at 'yesterday' is not a moment such as 2026-03-20T17:20+05:00.",
        ),
    ],
)
def test_input_that_cannot_be_used_gets_a_sentence(
    desk: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    ended = main(["referral", "verify", *arguments])

    assert (ended, capsys.readouterr().err) == (64, f"joldama referral: {sentence}\n")
