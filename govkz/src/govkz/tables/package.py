"""The doorman of workbooks: unpacks a stranger's ZIP within limits and hands on what was looked at, nothing else.

A workbook is a ZIP of XML. What may be wrong with it is wrong before a table is seen: a bomb, two parts of
one name, a DOCTYPE with its entities. So the parts are unpacked here, counted while they are unpacked,
looked at by the one room for strangers' XML, and packed anew; whoever reads the table reads that.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from govkz.tables.limits import Limits, Unread, Unreadable
from govkz.xml import Limits as XmlLimits
from govkz.xml import Malformed, TooLarge, refuse

_CHUNK = 64 * 1024
_READ = (".xml", ".rels")
_SHOWN_ONLY = ("xl/drawings/", "xl/media/", "xl/charts/", "docprops/", "customxml/", "xl/calcchain.xml")
_STORED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


def looked_at(data: bytes, *, limits: Limits) -> zipfile.ZipFile:
    """Give a package of the parts that tables need, each of them unpacked and looked at. Raise Unreadable."""
    made = io.BytesIO()
    left = limits.unpacked
    with _opened(data) as strange, zipfile.ZipFile(made, "w") as ours:
        for entry in _parts(strange, limits):
            part = _unpacked(strange, entry, most=left)
            left -= len(part)
            _refuse_xml(part, limits)
            ours.writestr(entry.filename, part)
    return zipfile.ZipFile(made)


def look_over(data: bytes, *, limits: Limits) -> None:
    """Look at the list of a package's parts alone. Raise Unreadable."""
    with _opened(data) as strange:
        _parts(strange, limits)


@contextmanager
def _opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """Open a stranger's package; whatever is wrong with it as a ZIP is Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            yield package
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(Unread.BROKEN) from None


def _parts(package: zipfile.ZipFile, limits: Limits) -> list[zipfile.ZipInfo]:
    entries = package.infolist()
    if len(entries) > limits.parts:
        raise Unreadable(Unread.TOO_LARGE)
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names):
        raise Unreadable(Unread.BROKEN)
    if "xl/workbook.xml" not in names:
        raise Unreadable(Unread.NO_TABLE)
    return [entry for entry in entries if _is_needed(entry.filename.lower())]


def _is_needed(name: str) -> bool:
    return name.endswith(_READ) and not name.startswith(_SHOWN_ONLY)


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo, *, most: int) -> bytes:
    """Unpack one part; what its heading says of its size is not believed."""
    if entry.flag_bits & _ENCRYPTED:
        raise Unreadable(Unread.OLD_OR_LOCKED)
    if entry.compress_type not in _STORED:
        raise Unreadable(Unread.BROKEN)
    pieces, size = [], 0
    with package.open(entry) as part:
        while piece := part.read(_CHUNK):
            size += len(piece)
            if size > most:
                raise Unreadable(Unread.TOO_LARGE)
            pieces.append(piece)
    return b"".join(pieces)


def _refuse_xml(part: bytes, limits: Limits) -> None:
    # A cell has its element, its value, and a number, a style and a type in attributes.
    most = (limits.rows + 1) * limits.columns * 4
    try:
        refuse(part, limits=XmlLimits(size=limits.unpacked, elements=most, attributes=most))
    except TooLarge:
        raise Unreadable(Unread.TOO_LARGE) from None
    except Malformed:
        raise Unreadable(Unread.BROKEN) from None
