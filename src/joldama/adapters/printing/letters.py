"""Typed text made ready for a paper; a letter that its fonts lack keeps the paper from being made."""

import re
import unicodedata
from functools import cache
from pathlib import Path


class LettersMissing(ValueError):
    """The fonts lack letters of the text: ISO 19005-3, 6.2.11.8, allows none on paper. `letters` names them."""

    def __init__(self, letters: tuple[str, ...]) -> None:
        super().__init__(" ".join(f"U+{ord(letter):04X}" for letter in letters))
        self.letters = letters


LONGEST_RUN = 20
"""Letters after which a run without spaces may be broken: so many Щ in bold are as wide as a column."""

_LONG_RUN = re.compile(rf"[^\W_]{{{LONGEST_RUN}}}(?=[^\W_])")
_MAY_BREAK = "\u200b"
_CONTROLLING = ("Cc", "Cf")
_INSTEAD_OF_A_LETTER = "\ufffd"


def printable(text: str, *, fonts: tuple[Path, ...]) -> str:
    """Return a typed text as it can be printed: composed, without control characters. Raises LettersMissing."""
    known = _letters(fonts)
    composed = unicodedata.normalize("NFC", text)
    if not known.issuperset(composed):
        composed = "".join(map(_shown, composed))
        if missing := tuple(dict.fromkeys(letter for letter in composed if letter not in known)):
            raise LettersMissing(missing)
    return _LONG_RUN.sub(lambda run: run[0] + _MAY_BREAK, composed)


def _shown(letter: str) -> str:
    """Give a blank for whatever is white, and nothing for what controls: it has no shape of its own."""
    if letter == "\n" or not (letter.isspace() or unicodedata.category(letter) in _CONTROLLING):
        return letter
    return " " if letter.isspace() else ""


@cache
def _letters(fonts: tuple[Path, ...]) -> frozenset[str]:
    """Give the letters that all fonts have, and the end of a line."""
    letters = map(chr, set.intersection(*map(_codes, fonts)))
    shown = {each for each in letters if not unicodedata.category(each).startswith("C")}
    return frozenset({"\n", *shown}) - {_INSTEAD_OF_A_LETTER}


def _codes(font: Path) -> set[int]:
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        return set(opened.getBestCmap())
