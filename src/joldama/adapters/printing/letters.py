"""Which letters the fonts of the papers have, and what is printed where they have none."""

import re
import unicodedata
from functools import cache
from pathlib import Path

MISSING = "\ufffd"
"""The replacement character: ISO 19005-3, 6.2.11.8, allows no letter that the font lacks."""

LONGEST_RUN = 24
"""Letters after which a run without spaces may be broken, so that nothing leaves its column."""

_LONG_RUN = re.compile(rf"[^\W_]{{{LONGEST_RUN}}}(?=[^\W_])")
_MAY_BREAK = "\u200b"


def printable(text: str, *, fonts: tuple[Path, ...]) -> str:
    """Return a typed text as it can be printed: composed, without control characters and unknown letters."""
    known = _letters(fonts)
    composed = unicodedata.normalize("NFC", text)
    if not known.issuperset(composed):
        composed = "".join(_shown(letter, known) for letter in composed)
    return _LONG_RUN.sub(lambda run: run[0] + _MAY_BREAK, composed)


def _shown(letter: str, known: frozenset[str]) -> str:
    if letter in known:
        return letter
    if letter.isspace():
        return " "
    return "" if unicodedata.category(letter).startswith("C") else MISSING


@cache
def _letters(fonts: tuple[Path, ...]) -> frozenset[str]:
    """Give the letters that all fonts have, and the end of a line."""
    letters = map(chr, set.intersection(*map(_codes, fonts)))
    return frozenset({"\n", *(each for each in letters if not unicodedata.category(each).startswith("C"))})


def _codes(font: Path) -> set[int]:
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        return set(opened.getBestCmap())
