"""Read and write the tables people keep in spreadsheets: text with separators (CSV) and workbooks (XLSX).

>>> table = read("БСН;Орын саны\\r\\n120340005679;3\\r\\n".encode("utf-8-sig"))
>>> table.headings
('БСН', 'Орын саны')
>>> [(row.number, [cell.text for cell in row.cells]) for row in table.rows]
[(2, ['120340005679', '3'])]
"""

from govkz.tables.cells import Cell, CellKind, Row, Table, is_formula_like, protected
from govkz.tables.reading import Limits, Unread, Unreadable, glance, read
from govkz.tables.writing import Sheet, write_text, write_workbook

__all__ = [
    "Cell",
    "CellKind",
    "Limits",
    "Row",
    "Sheet",
    "Table",
    "Unread",
    "Unreadable",
    "glance",
    "is_formula_like",
    "protected",
    "read",
    "write_text",
    "write_workbook",
]
