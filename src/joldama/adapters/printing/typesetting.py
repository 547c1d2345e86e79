"""The typesetter: a sheet of words becomes a PDF/A-3b that is PDF/UA-1 as well.

It runs inside this process and keeps threads of its own: never fork after its first page; spawn.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from joldama.adapters.printing.fonts import FAMILY, ensure_fonts
from joldama.adapters.printing.letters import printable
from joldama.adapters.printing.sheet import Attachment, Sheet

TEMPLATE = Path(__file__).with_name("paper.typ")

_one_paper_at_a_time = Lock()


def pdf(sheet: Sheet, *, made_at: datetime, attachment: Attachment | None, fonts: Path) -> bytes:
    """Set a sheet; the same sheet gives the same bytes. `made_at` (UTC) is the date of the document."""
    folder = ensure_fonts(fonts)
    files = tuple(folder / name for name in FAMILY)
    given = {
        **_printable(asdict(sheet), files),
        "made_at": list(made_at.astimezone(UTC).timetuple())[:6],
        "attachment": attachment and {**asdict(attachment), "content": list(attachment.content)},
    }
    with _one_paper_at_a_time:
        made = _typesetter(folder).compile(
            _document(given),
            format="pdf",
            pdf_standards=["a-3b", "ua-1"],
            timestamp=made_at.replace(microsecond=0),
        )
    assert isinstance(made, bytes)
    return made


def _document(given: dict[str, Any]) -> bytes:
    """Write the document that sets a sheet: not as an input, with which all that is remembered would be set anew.

    A text of the typesetter is escaped as one of JSON is.
    """
    sheet = json.dumps(given, ensure_ascii=False)
    said = json.dumps(sheet, ensure_ascii=False)
    return f'#import "{TEMPLATE.name}": paper\n#paper(json(bytes({said})))'.encode()


@cache
def _typesetter(folder: Path) -> typst.Compiler:
    return typst.Compiler(root=TEMPLATE.parent, font_paths=[folder], ignore_system_fonts=True)


def _printable(said: Any, fonts: tuple[Path, ...]) -> Any:
    match said:
        case str():
            return printable(said, fonts=fonts)
        case dict():
            return {
                name: value if name == "svg" else _printable(value, fonts) for name, value in said.items()
            }
        case list() | tuple():
            return [_printable(each, fonts) for each in said]
        case _:
            return said
