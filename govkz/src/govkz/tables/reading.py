"""Turn the bytes of a spreadsheet into a table, or say why they are none.

What it is is seen by the bytes, never by a name: a workbook is a ZIP, all else is text.
"""

from types import ModuleType

from govkz.tables import separated, workbook
from govkz.tables.cells import Table
from govkz.tables.limits import Limits as Limits
from govkz.tables.limits import Unread as Unread
from govkz.tables.limits import Unreadable as Unreadable

_USUAL = Limits()
_ZIP = b"PK\x03\x04"
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_FOREIGN = (b"%PDF", b"{\\rtf", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"\x89PNG", b"\xff\xd8\xff")


def read(data: bytes, *, limits: Limits = _USUAL) -> Table:
    """Read a file as people's programs save it; of a workbook its first sheet. Raise Unreadable."""
    _refuse_foreign(data, limits)
    found: Table = _reader_of(data).read(data, limits=limits)
    return found


def glance(data: bytes, *, limits: Limits = _USUAL) -> None:
    """Raise Unreadable for what is seen to be no table without reading a row; what passes may yet be unreadable."""
    _refuse_foreign(data, limits)
    _reader_of(data).glance(data, limits=limits)


def _refuse_foreign(data: bytes, limits: Limits) -> None:
    if len(data) > limits.size:
        raise Unreadable(Unread.TOO_LARGE)
    if data.startswith(_COMPOUND):
        raise Unreadable(Unread.OLD_OR_LOCKED)
    if data.startswith(_FOREIGN):
        raise Unreadable(Unread.NO_TABLE)


def _reader_of(data: bytes) -> ModuleType:
    return workbook if data.startswith(_ZIP) else separated
