"""A table is read as people's programs save it; what is no table is refused, and costs nothing."""

import contextlib
import io
import time
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import from_excel

from govkz.tables import (
    Cell,
    CellKind,
    Limits,
    Row,
    Sheet,
    Table,
    Unread,
    Unreadable,
    glance,
    is_formula_like,
    protected,
    read,
    write_text,
    write_workbook,
)

# A spreadsheet knows no zones.
MORNING = from_excel(46349 + 9.5 / 24)
MIDNIGHT = from_excel(46349)
HEADINGS = ("БСН", "Кәсіп", "Орын саны")
TEXTS = ("120340005679", "Дәнекерлеуші, ІІ санат", "3")
TABLE = Table(HEADINGS, (Row(2, tuple(Cell(text) for text in TEXTS)),))
KZ1048 = "БСН;Кәсіп;Орын саны\r\n120340005679;Дәнекерлеуші, ІІ санат;3\r\n".encode("kz1048")


def lines(separator: str, *, quoted: bool = False) -> str:
    mark = '"' if quoted else ""
    return "".join(separator.join(f"{mark}{one}{mark}" for one in row) + "\r\n" for row in (HEADINGS, TEXTS))


SAVED = {
    "UTF-8 with its mark and semicolons, as Excel saves it": lines(";").encode("utf-8-sig"),
    "UTF-8 without a mark": lines(";").encode(),
    "the Kazakh page of Windows": KZ1048,
    "UTF-16 with tabulators, Excel's 'Unicode text'": lines("\t").encode("utf-16"),
    "UTF-16, the other way round": b"\xfe\xff" + lines("\t").encode("utf-16-be"),
    "commas and quotation marks": lines(",", quoted=True).encode(),
    "the separator in a line of its own": ("sep=|\r\n" + lines("|")).encode("utf-8-sig"),
    "lines that end as in Unix": lines(";").replace("\r\n", "\n").encode(),
    "no end of the last line": lines(";").rstrip().encode(),
    "empty columns at the end": lines(";").replace("\r\n", ";;;\r\n").encode(),
    "empty rows at the end": (lines(";") + ";;\r\n\r\n").encode(),
}


@pytest.mark.parametrize("data", SAVED.values(), ids=SAVED.keys())
def test_a_text_is_read_in_whatever_shape_it_is_saved(data):
    assert read(data) == TABLE


def test_the_cyrillic_page_of_windows_is_read_as_well():
    assert (
        read("БИН;Профессия\r\n1;Сварщик ёлок\r\n".encode("cp1251")).rows[0].cells[1].text == "Сварщик ёлок"
    )


def test_a_row_keeps_the_number_its_spreadsheet_shows():
    data = 'БСН;Кәсіп\r\n\r\n1;"екі\r\nжол"\r\n;;\r\n2;б\r\n'.encode("utf-8-sig")

    assert [row.number for row in read(data).rows] == [3, 5]


def workbook(*rows, title="Орындар", more=()):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for one in more:
        one(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_workbook_gives_figures_days_and_texts():
    data = workbook(
        ("БСН", "Жалақы", "Күні", "Сағат", "Белгі"),
        (20340005679, 85000.0, date(2026, 11, 23), MORNING, True),
        ("020340005679", 0.1, MIDNIGHT, None, "  бос орын  "),
    )

    assert [row.cells for row in read(data).rows] == [
        (
            Cell("20340005679", CellKind.NUMBER),
            Cell("85000", CellKind.NUMBER),
            Cell("2026-11-23", CellKind.DAY),
            Cell("2026-11-23 09:30"),
            Cell("true"),
        ),
        (
            Cell("020340005679"),
            Cell("0.1", CellKind.NUMBER),
            Cell("2026-11-23", CellKind.DAY),
            Cell(""),
            Cell("бос орын"),
        ),
    ]


def test_rows_that_stand_empty_in_a_workbook_are_left_out_and_counted():
    assert [row.number for row in read(workbook(("а", "б"), (), ("1",), (), ("2",))).rows] == [3, 5]


def test_the_first_sheet_that_is_seen_is_read():
    def hide(book):
        book.worksheets[0].sheet_state = "hidden"
        book.create_sheet("Көрінетін").append(["БСН"])

    assert read(workbook(("жасырын",), more=[hide])).headings == ("БСН",)


def test_a_formula_is_told_from_its_value():
    rows = read(workbook(("а",), ("=1+1",), ("@SUM(A1)",), ("-5",), ("+7 701 000 00 00",))).rows

    assert [row.cells[0].kind for row in rows] == [CellKind.FORMULA] * 2 + [CellKind.TEXT] * 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("=1+1", True),
        ("+cmd|' /C calc'!AB1", True),
        ("@SUM(1)", True),
        ("-2+3", True),
        ("-5", False),
        ("+7 701 123 45 67", False),
        ("дәнекерлеуші", False),
        ("", False),
    ],
)
def test_a_text_is_formula_like_where_a_spreadsheet_would_reckon(text, found):
    assert is_formula_like(text) is found
    assert protected(text) == (f"'{text}" if found else text)


def test_a_broken_quotation_names_its_row():
    with pytest.raises(Unreadable) as caught:
        read('БСН;Кәсіп\r\n1;а\r\n2;"б\r\n3;в\r\n'.encode())

    assert (caught.value.why, caught.value.row) == (Unread.BROKEN, 3)


def rebuilt(data, change):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry.filename)))
    return made.getvalue()


def in_sheet(old, new):
    def change(name, part):
        return part.replace(old, new) if name.endswith("sheet1.xml") else part

    return change


BOOK = workbook(HEADINGS, TEXTS)
LAUGHS = b"<!DOCTYPE w [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><worksheet"
REFUSED = {
    "nothing": (b"", Unread.EMPTY),
    "empty rows": (b";;;\r\n;;\r\n", Unread.EMPTY),
    "a picture": (b"\x89PNG\r\n\x1a\n", Unread.NO_TABLE),
    "a PDF": (b"%PDF-1.7", Unread.NO_TABLE),
    "bytes": (bytes(range(256)), Unread.NO_TABLE),
    "half of UTF-16": (b"\xff\xfe\x41", Unread.NO_TABLE),
    "an old or locked workbook": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 500, Unread.OLD_OR_LOCKED),
    "a ZIP of something else": (b"PK\x03\x04", Unread.BROKEN),
    "half a workbook": (BOOK[: len(BOOK) // 2], Unread.BROKEN),
    "entities": (rebuilt(BOOK, in_sheet(b"<worksheet", LAUGHS)), Unread.BROKEN),
    "another encoding": (
        rebuilt(BOOK, in_sheet(b"<worksheet", b"<?xml version='1.0' encoding='UTF-7'?><worksheet")),
        Unread.BROKEN,
    ),
    "XML that ends too early": (rebuilt(BOOK, in_sheet(b"</worksheet>", b"")), Unread.BROKEN),
    "a row of a million": (
        rebuilt(BOOK, in_sheet(b'r="A2"', b'r="A1048576"')),
        Unread.TOO_MANY_ROWS,
    ),
    "a workbook without rows": (workbook(), Unread.EMPTY),
}


@pytest.mark.parametrize(("data", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_table_is_refused(data, why):
    with pytest.raises(Unreadable) as caught:
        read(data)

    assert caught.value.why is why


SEEN_AT_A_GLANCE = [
    "nothing",
    "a picture",
    "a PDF",
    "bytes",
    "half of UTF-16",
    "an old or locked workbook",
    "a ZIP of something else",
    "half a workbook",
]


def at_a_glance(data: bytes) -> Unread | None:
    try:
        glance(data)
    except Unreadable as unread:
        return unread.why
    return None


def test_a_glance_sees_what_is_no_table_and_leaves_the_rest_to_the_reader():
    seen = {name: at_a_glance(data) for name, (data, _why) in REFUSED.items()}

    assert {name for name, why in seen.items() if why} == set(SEEN_AT_A_GLANCE)
    assert all(seen[name] is REFUSED[name][1] for name in SEEN_AT_A_GLANCE)


@pytest.mark.parametrize("data", [*SAVED.values(), BOOK], ids=[*SAVED, "a workbook"])
def test_what_can_be_read_passes_the_glance(data):
    assert at_a_glance(data) is None


def test_a_row_that_calls_itself_a_billion_costs_nothing():
    data = rebuilt(BOOK, in_sheet(b'<row r="2"', b'<row r="999999999"'))
    started = time.perf_counter()

    assert read(data).rows == ()
    assert time.perf_counter() - started < 1


def bomb():
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, b" " * 20_000_000 if name.endswith("sheet1.xml") else old.read(name))
    return made.getvalue()


def test_a_bomb_is_unpacked_to_the_limit_and_no_further():
    data = bomb()

    assert len(data) < 50_000
    with pytest.raises(Unreadable) as caught:
        read(data, limits=Limits(unpacked=1_000_000))
    assert caught.value.why is Unread.TOO_LARGE


def test_two_parts_of_one_name_are_refused():
    made = io.BytesIO(BOOK)
    with zipfile.ZipFile(made, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")

    with pytest.raises(Unreadable) as caught:
        read(made.getvalue())
    assert caught.value.why is Unread.BROKEN


def test_more_rows_than_the_limit_are_refused_and_as_many_are_read():
    text = "а\r\n" + "1\r\n" * 3

    assert len(read(text.encode(), limits=Limits(rows=3)).rows) == 3
    for data in (text.encode(), workbook(("а",), *[("1",)] * 3)):
        with pytest.raises(Unreadable) as caught:
            read(data, limits=Limits(rows=2))
        assert caught.value.why is Unread.TOO_MANY_ROWS


@pytest.mark.parametrize("data", [b"a;b;c;d\r\n", workbook(("a", "b", "c", "d"))])
def test_more_columns_than_the_limit_are_refused(data):
    with pytest.raises(Unreadable) as caught:
        read(data, limits=Limits(columns=3))

    assert caught.value.why is Unread.TOO_MANY_COLUMNS


def test_what_was_written_is_read_again_and_reckons_nothing():
    rows = [("=HYPERLINK(1)", "Ұңғыма; бұрғылаушы", "a\x01b")]
    sheet = Sheet("Қателер", HEADINGS, rows)

    text, book = write_text(HEADINGS, rows), write_workbook([sheet])

    assert text.startswith(b"\xef\xbb\xbf")
    assert read(text).rows == (
        Row(2, (Cell("'=HYPERLINK(1)"), Cell("Ұңғыма; бұрғылаушы"), Cell("a\ufffdb"))),
    )
    opened = openpyxl.load_workbook(io.BytesIO(book)).active
    assert (opened["A2"].data_type, opened.column_dimensions["A"].number_format) == ("s", "@")
    assert read(book).headings == HEADINGS


@given(st.lists(st.text("=+-@;,|\"'?0123456789.абәіQé\u4e00\U0001f600", min_size=1), min_size=1))
def test_any_text_that_is_written_comes_back(texts):
    read_again = read(write_text(["а"], [[text] for text in texts]))

    assert [row.cells[0].text for row in read_again.rows] == [protected(text) for text in texts]


@given(st.binary(max_size=300))
def test_no_bytes_do_anything_but_become_a_table_or_be_refused(data):
    with contextlib.suppress(Unreadable):
        assert read(data).headings


@given(st.integers(0, len(BOOK) - 1), st.integers(1, 255))
def test_no_damage_of_a_workbook_does_anything_else(at, by):
    damaged = bytearray(BOOK)
    damaged[at] ^= by
    with contextlib.suppress(Unreadable):
        assert read(bytes(damaged)).headings
