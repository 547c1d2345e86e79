"""Before anything is installed: a wrong Python, a missing venv and a failing pip each get one sentence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from joldama.config import bootstrap
from joldama.config.exits import Exit

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Lay out a repository with the command, the bootstrap and two locks, and nothing installed."""
    folder = tmp_path / "a repository"
    (folder / "src/joldama/config").mkdir(parents=True)
    shutil.copy2(ROOT / "joldama", folder / "joldama")
    shutil.copy2(ROOT / "src/joldama/config/bootstrap.py", folder / "src/joldama/config/bootstrap.py")
    (folder / "requirements.lock").write_text("one==1\n")
    (folder / "requirements-dev.lock").write_text("one==1\ntwo==2\n")
    return folder


def _program(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def _run(repository: Path, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [repository / "joldama", *words], env={**os.environ, **variables}, capture_output=True, text=True
    )


def test_python_too_old_is_said_with_what_to_install(repository: Path, tmp_path: Path) -> None:
    old = _program(tmp_path / "python-old", "exit 1")

    answer = _run(repository, "demo", JOLDAMA_PYTHON=old)

    assert (answer.returncode, answer.stdout, answer.stderr) == (
        Exit.PYTHON_TOO_OLD,
        "",
        "joldama: Python 3.11 or newer is needed, and none was found; on Debian and Ubuntu: "
        "apt install python3 python3-venv\n",
    )


def test_missing_ensurepip_is_said_and_no_half_made_venv_stays(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # What Debian's python3 without python3-venv says.
    bare = _program(
        tmp_path / "python-bare",
        f"mkdir -p '{repository}/.venv/bin'\n"
        "echo 'The virtual environment was not created successfully because ensurepip is not available.'\n"
        "exit 1",
    )
    monkeypatch.setattr(sys, "executable", bare)

    code = bootstrap.main(repository, "requirements.lock")

    assert code == Exit.VENV_MISSING
    assert capsys.readouterr().err.splitlines()[-1] == (
        "joldama: Python's venv cannot make .venv because ensurepip is missing; on Debian and Ubuntu: "
        "apt install python3-venv"
    )
    assert not (repository / ".venv").exists()


@pytest.mark.parametrize(
    ("said", "code", "sentence"),
    [
        (
            "WARNING: Retrying after connection broken by 'NewConnectionError: [Errno 111]'\n"
            "ERROR: Could not find a version that satisfies the requirement one==1\n",
            Exit.NO_NETWORK,
            "The packages could not be fetched: no network, or the registry does not answer; "
            "start again later.",
        ),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n",
            Exit.DISK_FULL,
            "The disk is full: free about 1 GB for the packages and start again.",
        ),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n",
            Exit.PACKAGES_REFUSED,
            "A package differs from the one in the lock (its hash does not match) and was not installed.",
        ),
        (
            "ERROR: No matching distribution found for one==1\n",
            Exit.PACKAGES_REFUSED,
            "A package of the lock does not exist for this machine or this Python.",
        ),
        (
            "Looking in indexes: https://someone:secret@packages.example/simple\n"
            "ERROR: https://x.example fell\n",
            Exit.PACKAGES_REFUSED,
            "pip could not install the packages: ERROR: … fell",
        ),
    ],
    ids=["no network", "disk full", "wrong hash", "no build", "anything else"],
)
def test_failing_pip_gets_one_sentence_and_no_address_is_shown_or_logged(
    repository: Path, said: str, code: Exit, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "said").write_text(said)
    _program(repository / ".venv/bin/pip", "exit 1")
    _program(repository / ".venv/bin/python", f"cat '{repository}/said'; exit 1")

    answer = bootstrap.main(repository, "requirements.lock")

    log = repository / ".venv/install.log"
    assert answer == code
    assert capsys.readouterr().err.splitlines()[-1] == f"joldama: {sentence} (log: {log})"
    assert "://" not in log.read_text()


def test_nothing_is_installed_again_until_the_lock_changes(repository: Path) -> None:
    calls = repository / "calls"
    _program(repository / ".venv/bin/pip", "exit 0")
    _program(
        repository / ".venv/bin/python",
        f"""case "$*" in *pip*) echo install >>'{calls}' ;; *) echo "runs $*" ;; esac""",
    )

    first = _run(repository, "iin", "check", "1")
    second = _run(repository, "iin")
    proof = _run(repository, "test")
    (repository / "requirements.lock").write_text("one==2\n")
    changed = _run(repository, "iin")

    assert [answer.stdout for answer in (first, second, proof, changed)] == [
        "runs -P -m joldama.config.cli iin check 1\n",
        "runs -P -m joldama.config.cli iin\n",
        "runs -P -m joldama.config.cli test\n",
        "runs -P -m joldama.config.cli iin\n",
    ]
    # Each time the packages, then the two projects; the second start had nothing to do.
    assert calls.read_text() == "install\n" * 6


def test_numbers_of_the_bootstrap_are_those_of_the_command() -> None:
    names = [
        "VENV_MISSING",
        "NO_NETWORK",
        "PACKAGES_REFUSED",
        "DISK_FULL",
        "FOLDER_REFUSED",
        "BUSY",
        "INTERRUPTED",
    ]

    assert {name: getattr(bootstrap, name) for name in names} == {name: Exit[name].value for name in names}
