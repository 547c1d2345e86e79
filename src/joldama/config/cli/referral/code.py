"""Verify the text of a QR code by the keys that were published: what the office signed, without asking anybody."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from govkz.eds import Status
from joldama.config.cli.eds import inputs
from joldama.config.cli.eds.inputs import Unusable
from joldama.config.cli.eds.verify import CODES, verdict
from joldama.referrals.code import PAGE, Finding, Read, read
from joldama.vault.code_key import CodeKey, NoKeys, read_published

_STATUS = {Finding.GENUINE: Status.PASSED, Finding.UNKNOWN_KEY: Status.INDETERMINATE}
"""Anything else failed: a key one does not have may be a stranger's, or newer than those at hand."""

LONGEST = 4000
"""Bytes of a file with a code that are looked at."""


def is_code(given: str) -> bool:
    """Say whether this is the text of a code and no file."""
    return given.lstrip().startswith(("http://", "https://"))


def verify(args: Namespace, text: str) -> int:
    """Print what was found; gives the exit code."""
    origin = args.origin or text.strip().partition(PAGE)[0]
    found = read(text, origin=origin.rstrip("/"), keys=_keys(args.keys))
    status = _STATUS.get(found.finding, Status.FAILED)
    if args.json:
        print(json.dumps(_as_json(status, found), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(status, found, text)))
    return CODES[status]


def _keys(file: Path | None) -> tuple[CodeKey, ...]:
    if file is None:
        raise Unusable(
            f"A code is judged by the published keys: fetch them from {PAGE}keys/ and name them in --keys."
        )
    try:
        return read_published(inputs.bytes_of(file))
    except NoKeys as error:
        raise Unusable(f"{file} is no published set of keys.") from error


def _lines(status: Status, found: Read, text: str) -> list[str]:
    lines = [verdict(status, _reasons(found))]
    lines += [f"  {word:<15}{value}" for word, value in _told(found).items() if value is not None]
    if found.finding is Finding.GENUINE:
        online = text.strip().partition("#")[0]
        lines.append(f"  Whether it was replaced, annulled or has expired is known online only: {online}")
    return lines


def _as_json(status: Status, found: Read) -> dict[str, Any]:
    return {"status": status.value, "reasons": list(_reasons(found)), **_told(found)}


def _reasons(found: Read) -> tuple[str, ...]:
    return () if found.finding is Finding.GENUINE else (found.finding.value,)


def _told(found: Read) -> dict[str, str | None]:
    key, coded = found.key, found.coded
    told: dict[str, str | None] = {"key": key.name.hex() if key else None}
    if coded is not None:
        told |= {
            "number": coded.number,
            "issued_on": coded.issued_on.isoformat(),
            "kind": coded.kind.value,
            "valid_until_on": coded.valid_until_on.isoformat() if coded.valid_until_on else None,
            "initials": coded.initials,
            "last_digits": coded.last_digits,
        }
    return told
