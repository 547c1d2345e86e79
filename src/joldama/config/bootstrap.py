"""Make .venv and bring it up to a lock: run by ./joldama before anything is installed, so stdlib only.

`python3 -I bootstrap.py REPOSITORY LOCK`. What pip says goes to .venv/install.log, with the addresses
of registries taken out; a person sees one sentence. The exit codes are those of joldama.config.exits.
"""

import errno
import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TextIO

VENV_MISSING, NO_NETWORK, PACKAGES_REFUSED, DISK_FULL = 11, 12, 13, 20
FOLDER_REFUSED, BUSY, INTERRUPTED = 25, 26, 130

_LOCKS = ("requirements.lock", "requirements-dev.lock")  # the second holds the first
_PROJECTS = ("govkz", ".")
_PATIENCE = 900  # seconds another installation may take
_ADDRESS = re.compile(r"(?:https?|file)://\S+")
_SYMPTOMS = (
    (
        DISK_FULL,
        re.compile(r"No space left on device|Errno 28"),
        "The disk is full: free about 1 GB for the packages and start again.",
    ),
    (
        PACKAGES_REFUSED,
        re.compile(r"DO NOT MATCH THE HASHES"),
        "A package differs from the one in the lock (its hash does not match) and was not installed.",
    ),
    (
        NO_NETWORK,
        re.compile(
            r"NewConnectionError|NameResolutionError|Temporary failure in name resolution"
            r"|Max retries exceeded|Failed to establish|ConnectTimeout|ReadTimeout|ProxyError"
            r"|Network is unreachable|Connection (?:refused|reset|aborted|broken)"
            r"|RemoteDisconnected|IncompleteRead"
        ),
        "The packages could not be fetched: no network, or the registry does not answer; start again later.",
    ),
    (
        PACKAGES_REFUSED,
        re.compile(r"No matching distribution found|Could not find a version"),
        "A package of the lock does not exist for this machine or this Python.",
    ),
)


class Stopped(Exception):
    """End with one sentence and an exit code."""

    def __init__(self, sentence: str, exit_code: int) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


def main(repository: Path, lock: str) -> int:
    """Bring .venv of `repository` up to `lock`; one installation at a time."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _take_turn(os.open(repository, os.O_RDONLY))
        if not _stands(repository, lock):
            _bring_up(repository, lock)
        return 0
    except Stopped as stopped:
        _say(str(stopped))
        return stopped.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        if error.errno == errno.ENOSPC:
            _say("The disk is full: free about 1 GB for the packages and start again.")
            return DISK_FULL
        _say(f"The folder {repository} cannot hold .venv: {error.strerror}.")
        return FOLDER_REFUSED


def _take_turn(descriptor: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    told = False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if not told:
                _say("another installation is under way; waiting for it")
                told = True
            if time.monotonic() > deadline:
                raise Stopped(
                    "Another installation into .venv does not end; try again later.", BUSY
                ) from None
            time.sleep(0.2)


def _stands(repository: Path, lock: str) -> bool:
    venv = repository / ".venv"
    try:
        return (venv / "made-at").read_text() == f"{repository}\n" and (
            (venv / lock).read_bytes() == (repository / lock).read_bytes()
        )
    except OSError:
        return False


def _bring_up(repository: Path, lock: str) -> None:
    began = time.monotonic()
    venv = repository / ".venv"
    _make_venv(venv, repository)
    with (venv / "install.log").open("w") as log:
        count = len(re.findall(r"(?m)^\S+==", (repository / lock).read_text()))
        _say(f"installing {count} packages from {lock} (once)")
        _pip(venv, log, "--require-hashes", "--no-deps", "-r", str(repository / lock))
        projects = [word for project in _PROJECTS for word in ("-e", str(repository / project))]
        _pip(venv, log, "--no-deps", "--no-build-isolation", "--no-index", *projects)
    for held in _LOCKS[: _LOCKS.index(lock) + 1]:
        shutil.copyfile(repository / held, venv / held)
    (venv / "made-at").write_text(f"{repository}\n")
    _say(f"installed in {time.monotonic() - began:.0f} s")


def _make_venv(venv: Path, repository: Path) -> None:
    made_at = venv / "made-at"
    moved = made_at.exists() and made_at.read_text() != f"{repository}\n"
    if (venv / "bin" / "pip").exists() and not moved:
        return
    _say("making .venv")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(venv)], capture_output=True, text=True
    )
    if made.returncode == 0:
        return
    shutil.rmtree(venv, ignore_errors=True)
    said = made.stdout + made.stderr
    if re.search(r"ensurepip|No module named '?venv", said):
        raise Stopped(
            "Python's venv cannot make .venv because ensurepip is missing; on Debian and Ubuntu: "
            "apt install python3-venv",
            VENV_MISSING,
        )
    code, sentence = _diagnosis(said)
    raise Stopped(sentence or f"Python's venv could not make .venv: {_last_line(said)}", code)


def _pip(venv: Path, log: TextIO, *arguments: str) -> None:
    """Run pip install; its words go to the log without addresses."""
    command = [str(venv / "bin" / "python"), "-m", "pip", "install", "--retries", "2", *arguments]
    said = []
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"},
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                said.append(_ADDRESS.sub("…", line))
                log.write(said[-1])
                _show_progress(line)
        except BaseException:
            process.terminate()
            raise
    if process.returncode != 0:
        text = "".join(said)
        code, sentence = _diagnosis(text)
        told = sentence or f"pip could not install the packages: {_last_line(text)}"
        raise Stopped(f"{told} (log: {venv / 'install.log'})", code)


def _show_progress(line: str) -> None:
    if sys.stderr.isatty() and line.startswith("Collecting "):
        name = line.removeprefix("Collecting ").split("==")[0].strip()
        sys.stderr.write(f"\r\033[K  {name}\r")
        sys.stderr.flush()


def _diagnosis(said: str) -> tuple[int, str]:
    for code, symptom, sentence in _SYMPTOMS:
        if symptom.search(said):
            return code, sentence
    return PACKAGES_REFUSED, ""


def _last_line(text: str) -> str:
    errors = [line for line in text.splitlines() if line.strip()]
    return _ADDRESS.sub("…", errors[-1].strip()) if errors else "no reason given"


def _say(sentence: str) -> None:
    sys.stderr.write(f"joldama: {sentence}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
