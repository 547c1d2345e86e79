"""The keys of an installation: kept in a 0600 file outside the data folder, made once."""

import base64
import json
import os
import secrets as random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric import ec

from joldama.vault.code_key import KeptKey

_FILE = "keys.json"
_CODE_KEY = 32
_CAPITAL = ZoneInfo("Asia/Almaty")


@dataclass(frozen=True)
class Secrets:
    """Keys of one installation by their number: the highest one encrypts or signs."""

    django: str
    field_keys: dict[int, bytes]
    index_key: bytes
    journal_keys: dict[int, bytes]
    code_keys: dict[int, KeptKey]


class SecretsUnreadable(Exception):
    """The file with the keys is absent, open to others, or not what we wrote."""


def make_secrets(folder: Path) -> None:
    """Write new keys into `folder`; keys that stand there stay, and only what an older edition lacked is added."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / _FILE
    standing = _standing(path)
    if standing is None or standing.keys() >= _made().keys():
        return
    _write(path, _made() | standing)


def renew_code_key(folder: Path) -> Secrets:
    """Make the next key for the codes on papers; today is the last day of the one before.

    Raises SecretsUnreadable.
    """
    keys = dict(read_secrets(str(folder)).code_keys)
    latest, today = max(keys), _today()
    keys[latest] = replace(keys[latest], until_on=today)
    keys[latest + 1] = _new_code_key(today)
    return _keep_code_keys(folder, keys)


def withdraw_code_key(folder: Path, number: int) -> Secrets:
    """Have a key believed no more; where it is the one that signs, the next one is made.

    Raises SecretsUnreadable.
    """
    keys = dict(read_secrets(str(folder)).code_keys)
    keys[number] = replace(keys[number], is_withdrawn=True)
    kept = _keep_code_keys(folder, keys)
    return renew_code_key(folder) if number == max(keys) else kept


def _keep_code_keys(folder: Path, keys: dict[int, KeptKey]) -> Secrets:
    path = folder / _FILE
    _write(path, json.loads(path.read_text()) | {"code_keys": _told(keys)})
    return read_secrets(str(folder))


def _today() -> date:
    return datetime.now(UTC).astimezone(_CAPITAL).date()


def _write(path: Path, keys: dict[str, Any]) -> None:
    draft = path.with_name(f".{_FILE}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(json.dumps(keys))
    draft.rename(path)


def _made() -> dict[str, Any]:
    return {
        "django": random.token_urlsafe(48),
        "field_keys": {"1": _random_key()},
        "index_key": _random_key(),
        "journal_keys": {"1": _random_key()},
        "code_keys": _told({1: _new_code_key(_today())}),
    }


def _random_key() -> str:
    return base64.b64encode(random.token_bytes(32)).decode()


def _new_code_key(today: date) -> KeptKey:
    made = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return KeptKey(made.to_bytes(_CODE_KEY), since_on=today)


def _told(keys: dict[int, KeptKey]) -> dict[str, dict[str, Any]]:
    return {
        str(number): {
            "secret": base64.b64encode(key.secret).decode(),
            "since": key.since_on.isoformat(),
            "until": key.until_on.isoformat() if key.until_on else None,
            "withdrawn": key.is_withdrawn,
        }
        for number, key in keys.items()
    }


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
            code_keys={int(number): _code_key(told) for number, told in stored["code_keys"].items()},
        )
    except KeyError as missing:
        raise SecretsUnreadable(
            f"the keys in {path} lack {missing}: `joldama admin keys` adds what is missing"
        ) from missing
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise SecretsUnreadable(f"the keys in {path} cannot be read: {error}") from error


def _numbered(stored: dict[str, str]) -> dict[int, bytes]:
    return {int(number): base64.b64decode(key) for number, key in stored.items()}


def _code_key(told: dict[str, Any]) -> KeptKey:
    secret = base64.b64decode(told["secret"])
    if len(secret) != _CODE_KEY:
        raise ValueError("a key for codes has 32 bytes")
    return KeptKey(
        secret=secret,
        since_on=date.fromisoformat(told["since"]),
        until_on=date.fromisoformat(told["until"]) if told["until"] else None,
        is_withdrawn=bool(told["withdrawn"]),
    )
