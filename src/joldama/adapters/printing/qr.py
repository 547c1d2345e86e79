"""The QR code by which a paper is checked, drawn as one path."""

import re
from dataclasses import dataclass
from functools import lru_cache

import segno
import segno.consts

MASK = 3
"""A fixed pattern: trying all eight takes longer than setting the page."""

QUIET = 4
"""Modules of quiet zone on each side (ISO/IEC 18004)."""

LEAST_WIDTH = 25
"""Millimetres of the code without its quiet zone."""

LEAST_MODULE = 0.45
"""Millimetres of a module, so that a plain telephone reads a long address off plain paper."""

_DIGITS_AT_END = re.compile(r"(?<=#)[0-9]+\Z")


@dataclass(frozen=True)
class QrCode:
    """The drawing, and its width with the quiet zone in millimetres."""

    svg: str
    width: float


@lru_cache(maxsize=64)  # both copies of a paper carry the same code
def qr_code(text: str) -> QrCode:
    """Draw a text as a QR code of error correction M."""
    # It takes a text in segments too; its types do not say so.
    made = segno.make(_segments(text), error="m", mask=MASK, micro=False, boost_error=False)  # type: ignore[arg-type]
    rows = [bytes(row) for row in made.matrix]
    size = len(rows)
    whole = size + 2 * QUIET
    path = "".join(
        f"M{start + QUIET} {y + QUIET}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(row)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{whole}"'
        f' viewBox="0 0 {whole} {whole}"><path d="{path}"/></svg>'
    )
    return QrCode(svg, round(max(LEAST_WIDTH / size, LEAST_MODULE) * whole, 2))


def _segments(text: str) -> list[tuple[str, int]] | str:
    """Part a text from the digits at its end, which need less than half the room of letters (ISO/IEC 18004)."""
    digits = _DIGITS_AT_END.search(text)
    if digits is None:
        return text
    return [(text[: digits.start()], segno.consts.MODE_BYTE), (digits[0], segno.consts.MODE_NUMERIC)]


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Give start and length of each run of dark modules."""
    runs = []
    start = row.find(1)
    while start >= 0:
        end = row.find(0, start)
        end = len(row) if end < 0 else end
        runs.append((start, end - start))
        start = row.find(1, end)
    return runs
