"""The words of a report that are promised are those there are."""

import re
from pathlib import Path

from govkz.eds import Reason, Status

README = Path(__file__).parents[3] / "govkz" / "README.md"


def promised():
    """Read the table: reasons that leave the question open, and those that close it."""
    rows = [line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    first = next(number for number, row in enumerate(rows) if "leave the question open" in row)
    last = next(number for number, row in enumerate(rows) if row.startswith("| `signed_at`"))
    told = [set(re.findall(r"`([a-z0-9_]+)`", row.split("|")[2])) for row in rows[first:last]]
    return told[0], set.union(*told[1:])


def test_every_reason_is_documented_as_open_or_closing():
    left_open, closing = promised()

    assert left_open == {reason.value for reason in Reason if reason.status is Status.INDETERMINATE}
    assert closing == {reason.value for reason in Reason if reason.status is Status.FAILED}
