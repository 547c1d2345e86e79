"""Read what is named at the command line: files, folders, moments, passwords; bad input becomes a sentence."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from govkz import eds
from govkz.eds import pkcs12
from govkz.eds.passwords import WrongPassword

UNUSABLE = 64
# Nothing that is signed or shown here is larger; a national revocation list comes nearest.
MAX_BYTES = 64 * 1024 * 1024
# As NCALayer and its relatives do, a password is at most a line of text.
MAX_PASSWORD_BYTES = 1024

T = TypeVar("T")


class Unusable(Exception):
    """The input cannot be used; the message is the sentence that says why."""


def add_password(parser: ArgumentParser) -> None:
    """Add `--password-file`: a password on the command line would be seen by every user of the machine."""
    parser.add_argument(
        "--password-file",
        type=Path,
        metavar="FILE",
        help="its first line is the password of a PKCS#12 file",
    )


def bytes_of(file: Path) -> bytes:
    """Read a file."""
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as unreadable:
        raise Unusable(f"{file} cannot be read: {unreadable.strerror}.") from unreadable
    if len(content) > MAX_BYTES:
        raise Unusable(f"{file} is larger than anything that is signed (64 MiB).")
    return content


def parsed(file: Path, reader: Callable[[bytes], T], *, what: str) -> T:
    """Read a file with a reader that raises Malformed; `what` says what it should be."""
    try:
        return reader(bytes_of(file))
    except eds.Malformed as malformed:
        raise Unusable(f"{file} is not {what} that can be read.") from malformed


def trust(folders: list[Path]) -> eds.Trust:
    """Read the certificates of folders."""
    try:
        return eds.Trust.of_folders(*folders)
    except eds.NothingToTrust as empty:
        raise Unusable(f"{empty} holds no certificate (.cer .crt .pem .der).") from empty
    except eds.Malformed as malformed:
        raise Unusable(f"{malformed}.") from malformed
    except OSError as unreadable:
        raise Unusable(f"{unreadable.filename} cannot be read: {unreadable.strerror}.") from unreadable


def moment(text: str | None) -> datetime:
    """Read `--at`: UTC where no zone is said, now where nothing is."""
    if text is None:
        return datetime.now(UTC)
    try:
        at = datetime.fromisoformat(text)
    except ValueError as unreadable:
        raise Unusable(f"--at {text!r} is not a moment such as 2026-03-20T17:20+05:00.") from unreadable
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def key_store(file: Path, password_file: Path | None) -> pkcs12.KeyStore:
    """Open a PKCS#12 file with the password in another file."""
    if password_file is None:
        raise Unusable(f"{file} is a PKCS#12 file: it needs --password-file.")
    password = _password(password_file)
    try:
        return pkcs12.read(bytes_of(file), password)
    except WrongPassword as wrong:
        raise Unusable(f"{file} does not open with the password in {password_file}.") from wrong
    except eds.Malformed as malformed:
        raise Unusable(f"{file} is not a PKCS#12 file that can be read: {malformed}.") from malformed


def own_certificate(store: pkcs12.KeyStore, file: Path) -> bytes:
    """Give the certificate of the key in a PKCS#12 file."""
    if store.certificate is None:
        raise Unusable(f"{file} holds no private key together with its certificate.")
    return store.certificate


def _password(file: Path) -> str:
    first = bytes_of(file).split(b"\n", 1)[0].removesuffix(b"\r")
    try:
        text = first.decode("utf-8-sig")
    except UnicodeDecodeError as undecodable:
        raise Unusable(f"{file} is not text in UTF-8.") from undecodable
    if len(first) > MAX_PASSWORD_BYTES:
        raise Unusable(f"the first line of {file} is longer than a password.")
    return text
