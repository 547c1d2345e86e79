"""The keys of an installation: kept in a 0600 file outside the data folder, made once."""

import base64
import json
import os
import secrets as random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FILE = "keys.json"


@dataclass(frozen=True)
class Secrets:
    """Keys of one installation; field and journal keys by their number, the highest one encrypts or signs."""

    django: str
    field_keys: dict[int, bytes]
    index_key: bytes
    journal_keys: dict[int, bytes]


class SecretsUnreadable(Exception):
    """The file with the keys is absent, open to others, or not what we wrote."""


def make_secrets(folder: Path) -> None:
    """Write new keys into `folder`; keys that stand there stay, and only what an older edition lacked is added."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / _FILE
    standing = _standing(path)
    if standing is None or standing.keys() >= _made().keys():
        return
    draft = folder / f".{_FILE}.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(json.dumps(_made() | standing))
    draft.rename(path)


def _made() -> dict[str, Any]:
    return {
        "django": random.token_urlsafe(48),
        "field_keys": {"1": _random_key()},
        "index_key": _random_key(),
        "journal_keys": {"1": _random_key()},
    }


def _random_key() -> str:
    return base64.b64encode(random.token_bytes(32)).decode()


def _standing(path: Path) -> dict[str, Any] | None:
    """Read the keys that stand; none yet are an empty set, and None is a file that is not ours to complete."""
    try:
        stored = json.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except ValueError:
        return None
    is_closed = not path.stat().st_mode & 0o077
    return stored if isinstance(stored, dict) and is_closed else None


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
            field_keys=_numbered(stored["field_keys"]),
            index_key=base64.b64decode(stored["index_key"]),
            journal_keys=_numbered(stored["journal_keys"]),
        )
    except KeyError as missing:
        raise SecretsUnreadable(
            f"the keys in {path} lack {missing}: `joldama admin keys` adds what is missing"
        ) from missing
    except (OSError, ValueError) as error:
        raise SecretsUnreadable(f"the keys in {path} cannot be read: {error}") from error


def _numbered(stored: dict[str, str]) -> dict[int, bytes]:
    return {int(number): base64.b64decode(key) for number, key in stored.items()}
