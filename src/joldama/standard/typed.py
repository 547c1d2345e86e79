"""What may not stand in a text that somebody types or hands in: signs nobody sees."""

import re
import unicodedata

_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def place_of_invisible(text: str) -> str | None:
    """Give what stands before the first control character or mark of direction; None where there is none."""
    found = _INVISIBLE.search(unicodedata.normalize("NFC", text))
    return None if found is None else text[max(0, found.start() - 10) : found.start()] or "…"
