"""A row of a table is judged with everything that is wrong with it, in the words of the table."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkz.tables import Cell, CellKind, read, write_text
from joldama.openings.content import OpeningSaid, OrganisationSaid
from joldama.openings.tables.columns import TableSort, column_named, columns_of
from joldama.openings.tables.judging import RowFault, RowSaid, judge
from joldama.standard import words
from joldama.standard.kinds import ResultKind, TrainingKind

TODAY = date(2026, 11, 23)
BIN = "120340005670"
KAZAKH = ("Орынның өз нөмірі", "БСН", "Жолдама түрі", "Кәсіп қазақша", "Жұмыс немесе оқу орнының мекенжайы")
WELDER = ("A-1", BIN, "1", "Дәнекерлеуші", "Астана, Мәңгілік Ел 8", "3")
HEADINGS = (*KAZAKH, "Орын саны")


def judged(*rows, headings=HEADINGS, sort=TableSort.OPENINGS):
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerows([headings, *rows])
    return judge(read(written.getvalue().encode()), sort, today=TODAY)


def with_cell(heading, text):
    """Judge the welder's row with one more cell, or another one."""
    row = dict(zip(HEADINGS, WELDER, strict=True)) | {heading: text}
    return judged(tuple(row.values()), headings=tuple(row))


def test_a_row_gives_the_opening_it_says():
    assert judged(WELDER).rows == (
        RowSaid(
            number=2,
            organisation_number=BIN,
            external_id="A-1",
            opening=OpeningSaid(
                kind=ResultKind.JOB_PLACEMENT,
                occupation_kk="Дәнекерлеуші",
                address="Астана, Мәңгілік Ел 8",
                places=3,
                open_from_on=TODAY,
            ),
        ),
    )


def test_a_course_makes_its_organisation_one_of_training():
    row = dict(zip(HEADINGS, WELDER, strict=True)) | {
        "Жолдама түрі": "Профессиональная подготовка, переподготовка, повышение квалификации",
        "Кәсіп қазақша": "",
        "Вид обучения": "переподготовка",
        "Course": "Дәнекерлеу негіздері",
        "Ұйымның қазақша атауы": "«Білім» колледжі",
        "Стипендия": "41 000,00",
        "Дата начала": "1.12.2026",
        "open_until_on": "2026-11-30",
    }

    found = judged(tuple(row.values()), headings=tuple(row))

    assert found.faults == ()
    assert found.rows[0].organisation == OrganisationSaid(
        number=BIN, name_kk="«Білім» колледжі", is_training=True
    )
    assert found.rows[0].opening == OpeningSaid(
        kind=ResultKind.VOCATIONAL_TRAINING,
        training_kind=TrainingKind.RETRAINING,
        course="Дәнекерлеу негіздері",
        address="Астана, Мәңгілік Ел 8",
        stipend=41_000,
        start_on=date(2026, 12, 1),
        places=3,
        open_from_on=TODAY,
        open_until_on=date(2026, 11, 30),
    )


def test_an_organisation_is_read_with_its_mark():
    headings = ("BIN", "Название организации на русском", "Адрес организации", "Учебная организация")

    found = judged((BIN, "ТОО «Шебер»", "Астана", "иә"), headings=headings, sort=TableSort.ORGANISATIONS)

    assert found.rows == (
        RowSaid(
            number=2,
            organisation_number=BIN,
            organisation=OrganisationSaid(
                number=BIN, name_ru="ТОО «Шебер»", address="Астана", is_training=True
            ),
        ),
    )


@pytest.mark.parametrize(
    ("heading", "text", "key", "column"),
    [
        ("Орынның өз нөмірі", "", "tables.fault.required", "external_id"),
        ("Орынның өз нөмірі", "A" * 121, "error.too_long", "external_id"),
        ("БСН", "12034000567", "error.number_length", "bin"),
        ("БСН", "120340005678", "error.bin_check", "bin"),
        ("БСН", "1,2034E+11", "tables.fault.bin_number", "bin"),
        ("Жолдама түрі", "7", "tables.fault.kind", "kind"),
        ("Жолдама түрі", "6", "openings.fault.kind", "kind"),
        ("Жолдама түрі", "2", "openings.fault.contract", "contract_number"),
        ("Жолдама түрі", "3", "openings.fault.training_kind", "training_kind"),
        ("Вид обучения", "жай", "tables.fault.training_kind", "training_kind"),
        ("Кәсіп қазақша", "", "openings.fault.occupation", "occupation_kk"),
        ("Кәсіп қазақша", "Д?некерлеуші", "tables.fault.letters_lost", "occupation_kk"),
        ("Кәсіп қазақша", "\u202eішуелрекенәД", "error.characters", "occupation_kk"),
        ("Кәсіп қазақша", "电焊工", "error.letters", "occupation_kk"),
        ("Жұмыс немесе оқу орнының мекенжайы", "", "openings.fault.address", "address"),
        ("Орын саны", "0", "openings.fault.places", "places"),
        ("Орын саны", "үш", "tables.fault.number", "places"),
        ("Орын саны", "2,5", "tables.fault.number", "places"),
        ("Орын саны", "-3", "tables.fault.number", "places"),
        ("Жалақы", "85.000", "tables.fault.number", "wage"),
        ("Жалақы", "999999999", "openings.fault.money", "wage"),
        ("Басталатын күні", "31.02.2026", "error.date_format", "start_on"),
        ("Басталатын күні", "46349", "error.date_format", "start_on"),
        ("Қай күнге дейін ашық", "22.11.2026", "openings.fault.open_until", "open_until_on"),
        ("Шарт нөмірі", "12", "openings.fault.contract_whole", "contract_on"),
    ],
)
def test_what_is_wrong_with_a_cell_is_said_of_its_row_and_column(heading, text, key, column):
    found = with_cell(heading, text)

    assert found.rows == ()
    assert {(fault.row, fault.column, fault.key) for fault in found.faults} >= {(2, column, key)}
    for fault in found.faults:
        assert all(words.parts(fault.key, one, **fault.values) for one in words.LANGUAGES)


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", '=HYPERLINK("http://x.kz")', "+A1", "-A1"])
def test_a_formula_is_never_taken_for_a_text(text):
    table = read(f'external_id;occupation_kk\r\n1;"{text.replace(chr(34), chr(34) * 2)}"\r\n'.encode())

    assert table.rows[0].cells[1].kind is CellKind.FORMULA
    found = judge(table, TableSort.OPENINGS, today=TODAY)
    assert "tables.fault.no_column" in {one.key for one in found.faults}


def test_every_fault_of_a_row_is_said_at_once_and_other_rows_are_judged_too():
    found = judged(WELDER, ("A-2", "1", "9", "=A1", "", "x"), WELDER)

    assert [(one.row, one.column, one.given, one.key) for one in found.faults] == [
        (3, "bin", "1", "error.number_length"),
        (3, "kind", "9", "tables.fault.kind"),
        (3, "occupation_kk", "=A1", "tables.fault.formula"),
        (3, "places", "x", "tables.fault.number"),
        (4, "external_id", "A-1", "tables.fault.twice"),
    ]
    assert [row.number for row in found.rows] == [2]


def test_headings_are_judged_before_rows():
    found = judged(("1", "2", "3"), headings=("БСН", "БИН", "Түсі"))

    assert found.faults == (
        RowFault(1, "БИН", "БИН", "tables.fault.column_twice"),
        RowFault(1, "Түсі", "Түсі", "tables.fault.unknown_column"),
        *(RowFault(1, name, "", "tables.fault.no_column") for name in ("external_id", "kind", "places")),
    )


def test_a_row_that_a_separator_tore_is_seen():
    assert [one.key for one in judged((*WELDER, "ә")).faults] == ["tables.fault.beside"]


def test_headings_alone_are_no_table():
    assert [one.key for one in judged().faults] == ["tables.fault.no_rows"]


@pytest.mark.parametrize("sort", TableSort)
def test_each_heading_is_one_columns_in_every_language(sort):
    for column in columns_of(sort):
        for language in words.LANGUAGES:
            heading = words.say(column.text_key, language)
            assert column_named(sort, heading) is column
            assert column_named(sort, f"{heading.upper()} * (мысалы)") is column
            assert words.has(f"{column.text_key}.hint")


def test_zeros_that_a_spreadsheet_dropped_from_a_bin_are_given_back():
    table = read(write_text(HEADINGS, [WELDER]))
    row = table.rows[0]
    cells = (row.cells[0], Cell("1140000015", CellKind.NUMBER), *row.cells[2:])

    found = judge(type(table)(table.headings, (type(row)(2, cells),)), TableSort.OPENINGS, today=TODAY)

    assert [one.organisation_number for one in found.rows] == ["001140000015"]


@given(st.text("=+-@;\"'?\n\t 0123456789.абәіQé\u202e", max_size=200))
def test_no_cells_do_anything_but_become_rows_or_faults(text):
    table = read(f"{';'.join(HEADINGS)}\n{text.replace(chr(34), '')}".encode())

    found = judge(table, TableSort.OPENINGS, today=TODAY)

    told = {row.number for row in found.rows} | {one.row for one in found.faults}
    assert told == {row.number for row in table.rows} or not table.rows
