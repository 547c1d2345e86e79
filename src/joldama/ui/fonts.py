"""Noto Sans for the pages: two weights as woff2, subset to the letters of the three languages."""

from io import BytesIO
from pathlib import Path

import pymupdf_fonts
from fontTools import subset

_WEIGHTS = {"noto-sans-400": "notos", "noto-sans-700": "notosbo"}
# Latin, Cyrillic with the Kazakh letters, punctuation, the tenge and number signs.
_RANGES = ((0x20, 0x7E), (0xA0, 0x17F), (0x2B0, 0x2FF), (0x400, 0x52F), (0x2010, 0x2044))
_SINGLES = (0x20AC, 0x20B8, 0x2116, 0x2122, 0x2190, 0x2192, 0x2212, 0x00D7)


def make_fonts(folder: Path) -> None:
    """Write the two woff2 files into `folder` unless they stand there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in _WEIGHTS.items():
        target = folder / f"{name}.woff2"
        if not target.exists():
            target.write_bytes(_subset(pymupdf_fonts.myfont(source)))


def _subset(ttf: bytes) -> bytes:
    features = ["kern", "liga", "tnum", "lnum", "mark", "mkmk"]
    options = subset.Options(flavor="woff2", layout_features=features, drop_tables=["TTFA", "FFTM"])
    font = subset.load_font(BytesIO(ttf), options)
    subsetter = subset.Subsetter(options)
    letters = [code for first, last in _RANGES for code in range(first, last + 1)]
    subsetter.populate(unicodes=[*letters, *_SINGLES])
    subsetter.subset(font)
    written = BytesIO()
    subset.save_font(font, written, options)
    return written.getvalue()
