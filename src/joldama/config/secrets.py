"""The keys of an installation: kept in a 0600 file outside the data folder, made once."""

import base64
import json
import os
import secrets as random
from dataclasses import dataclass
from pathlib import Path

_FILE = "keys.json"


@dataclass(frozen=True)
class Secrets:
    """Keys of one installation; field keys by their number, the highest one encrypts."""

    django: str
    field_keys: dict[int, bytes]
    index_key: bytes


class SecretsUnreadable(Exception):
    """The file with the keys is absent, open to others, or not what we wrote."""


def make_secrets(folder: Path) -> None:
    """Write new keys into `folder` unless keys stand there already."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / _FILE
    if path.exists():
        return
    text = json.dumps(
        {
            "django": random.token_urlsafe(48),
            "field_keys": {"1": base64.b64encode(random.token_bytes(32)).decode()},
            "index_key": base64.b64encode(random.token_bytes(32)).decode(),
        }
    )
    draft = folder / f".{_FILE}.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.rename(path)


def read_secrets(folder: str | None) -> Secrets:
    """Read the keys; raise SecretsUnreadable where they are absent or readable by others."""
    if not folder:
        raise SecretsUnreadable("JOLDAMA_SECRETS names no folder with the keys of this installation")
    path = Path(folder) / _FILE
    try:
        if path.stat().st_mode & 0o077:
            raise SecretsUnreadable(f"{path} is readable by others; its mode must be 0600")
        stored = json.loads(path.read_text())
        return Secrets(
            django=stored["django"],
            field_keys={int(n): base64.b64decode(key) for n, key in stored["field_keys"].items()},
            index_key=base64.b64decode(stored["index_key"]),
        )
    except (OSError, ValueError, KeyError) as error:
        raise SecretsUnreadable(f"the keys in {path} cannot be read: {error}") from error
