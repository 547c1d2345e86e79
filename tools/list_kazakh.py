"""Write docs/kazakh.md: every Kazakh text that is not a quotation of the standard, for a native reader.

Usage: python tools/list_kazakh.py
"""

from pathlib import Path

from joldama.standard.editions import EDITIONS
from joldama.standard.words import texts

TARGET = Path(__file__).parent.parent / "docs" / "kazakh.md"
HEAD = """\
# Kazakh texts of the project

Every Kazakh text that people see and that is not a quotation of the standard, by key, for a native reader.
Made by `tools/list_kazakh.py` from `src/joldama/standard/texts/`; correct the texts there, not here.
‖ separates the parts of a message, {braces} hold a place to be filled; `_dat`, `_abl`, `_loc` and `_attr` are
its case.

| key | text |
|---|---|
"""


def listed() -> str:
    """Return the whole document."""
    rows = [
        f"| {key} | {entry['kk'].replace('|', chr(92) + '|')} |"
        for key, entry in texts().items()
        if not is_quotation(entry["kk"])
    ]
    return HEAD + "\n".join(rows) + "\n"


def is_quotation(text: str) -> bool:
    """Tell whether these words stand in an edition of the standard; the case of letters aside."""
    return text.casefold().rstrip(".") in _official_text()


def _official_text() -> str:
    return "\n".join(passage.kk for edition in EDITIONS for passage in edition.passages).casefold()


if __name__ == "__main__":
    TARGET.write_text(listed(), encoding="utf-8")
