"""The one family of the papers, Noto Sans, written whole into a folder where the typesetter finds it."""

import os
import threading
from functools import cache
from pathlib import Path

FAMILY = {"NotoSans-Regular.ttf": "notos", "NotoSans-Bold.ttf": "notosbo"}
"""File and its name in pymupdf-fonts: all Kazakh letters and the sign of the tenge are in both."""


@cache
def ensure_fonts(folder: Path) -> Path:
    """Write the fonts that are missing and give the folder; written whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, code in FAMILY.items():
        if not (folder / name).exists():
            _write(folder / name, code)
    return folder


def _write(file: Path, code: str) -> None:
    from pymupdf_fonts import myfont

    # Two errands of one process may print the first paper at once.
    draft = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}.new")
    draft.write_bytes(myfont(code))
    draft.replace(file)
