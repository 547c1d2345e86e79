"""S20: where people are sent comes in tables of others, whole or with every fault of every row (R6.1-e)."""

import io
from uuid import uuid4

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from govkz.tables import Sheet, read, write_text, write_workbook
from joldama.openings.models import Import, Opening, Organisation
from joldama.openings.tables.columns import TableSort, columns_of
from joldama.standard import words
from tests.stories.counter import Counter, hidden, said
from tests.stories.town import Town

HEADINGS = ("external_id", "bin", "name_kk", "kind", "occupation_kk", "address", "places", "start_on")
ROW = ("A-1", "120340005670", "«Шебер» ЖШС", "1", "Дәнекерлеуші", "Астана", "3", "01.10.2015")


def browser(counter: Counter, language: str = "en") -> Client:
    found = counter.specialist
    found.cookies["language"] = language
    return found


def send(client: Client, data: bytes, *, sort: str = "openings", name: str = "орындар.csv", key: str = ""):
    typed = {"sort": sort, "file": SimpleUploadedFile(name, data), "key": key or str(uuid4())}
    return client.post(reverse("desk:imports"), typed)


def entered(counter: Counter, data: bytes, **given: str):
    """Send a table, and let the worker do what it left."""
    answer = send(counter.specialist, data, **given)
    counter.town.work()
    return answer


def test_a_workbook_is_filled_in_from_the_template_and_taken_whole(counter: Counter) -> None:
    """S20: two vacancies and a course, typed below the headings of the template."""
    client = counter.specialist
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("desk:openings-template")).content))
    sheet = book.worksheets[0]
    at = {column.name: place for place, column in enumerate(columns_of(TableSort.OPENINGS), start=1)}
    course = {
        **dict(zip(HEADINGS, ROW, strict=True)),
        "external_id": "К-1",
        "kind": "3",
        "training_kind": "retraining",
    }
    for line, row in enumerate(
        (dict(zip(HEADINGS, ROW, strict=True)), {**course, "course": "Бухгалтер"}), start=2
    ):
        for name, value in row.items():
            sheet.cell(line, at[name]).value = value
    written = io.BytesIO()
    book.save(written)

    answer = entered(counter, written.getvalue(), name="openings.xlsx")

    page = said(client.get(answer.url))
    assert "Every row of the table was entered." in page
    assert "New 2" in page
    found = Opening.objects.order_by("kind").values_list("external_id", "kind", "source", "office")
    office = counter.world.office.pk
    assert list(found) == [
        ("A-1", "JOB_PLACEMENT", "import", office),
        ("К-1", "VOCATIONAL_TRAINING", "import", office),
    ]
    assert Organisation.objects.get().is_training


def test_every_fault_is_shown_by_row_and_column_and_handed_out_in_three_languages(counter: Counter) -> None:
    client = counter.specialist
    rows = [ROW, ("A-2", "12034000567", "", "9", "=1+1", "Астана", "үш", "31.02.2015")]
    answer = entered(counter, "\r\n".join(";".join(row) for row in (HEADINGS, *rows)).encode("utf-8-sig"))

    page = client.get(answer.url)
    text, book = (read(client.get(f"{answer.url}report.{kind}").content) for kind in ("csv", "xlsx"))

    assert not Opening.objects.exists()
    assert "Nothing of the table was entered. Faults: 5." in said(page)
    assert "Write the value itself." in said(page)
    assert [[cell.text for cell in row.cells[:3]] for row in text.rows] == [
        ["3", "BIN (IIN of a sole trader)", "12034000567"],
        ["3", "Kind of referral", "9"],
        ["3", "Occupation in Kazakh", "'=1+1"],
        ["3", "Number of places", "үш"],
        ["3", "Start date", "31.02.2015"],
    ]
    assert [cell.text for cell in text.rows[1].cells[3:]] == [
        words.say("tables.fault.kind", language) for language in words.LANGUAGES
    ]
    assert len(book.rows) == 5
    listed = said(client.get(reverse("desk:imports")))
    assert "Not entered" in listed
    assert "Faults: 5." in listed


def test_the_page_of_a_table_says_how_far_it_is_and_then_what_became_of_it(counter: Counter) -> None:
    """The request only keeps the file; whoever closes the page finds the result there later."""
    client = counter.specialist

    answer = send(client, write_text(HEADINGS, [ROW]))

    waits = client.get(answer.url)
    assert "waits for its turn" in said(waits)
    assert 'http-equiv="refresh"' in waits.content.decode()
    assert 'data-live="2"' in waits.content.decode()
    assert client.get(f"{answer.url}report.csv").status_code == 404
    assert "Being read" in said(client.get(reverse("desk:imports")))
    assert not Opening.objects.exists()
    Import.objects.update(begun=1)
    assert "The file is being read." in said(client.get(answer.url))
    Import.objects.update(rows=9_000, judged=500)
    assert "Checked: 500, of all: 9000." in said(client.get(answer.url))
    Import.objects.update(judged=9_000)
    assert "the table is being entered. Rows: 9000." in said(client.get(answer.url))

    counter.town.work()

    done = client.get(answer.url)
    assert "Every row of the table was entered." in said(done)
    assert 'http-equiv="refresh"' not in done.content.decode()
    assert "data-live=" not in done.content.decode()


def test_too_many_tables_that_wait_are_told(counter: Counter) -> None:
    for n in range(11):
        answer = send(counter.specialist, write_text(HEADINGS, [(f"A-{n}", *ROW[1:])]))

    assert answer.status_code == 422
    assert "Tables of the office that are not dealt with yet: 10." in said(answer)


def test_a_form_sent_twice_and_a_table_sent_again_enter_nothing_twice(counter: Counter) -> None:
    client = counter.specialist
    data = write_text(HEADINGS, [ROW])
    key = hidden(client.get(reverse("desk:imports")), "key")

    first, twice, again = send(client, data, key=key), send(client, data, key=key), send(client, data)
    counter.town.work()

    assert first.url == twice.url != again.url
    assert "Unchanged 1" in said(client.get(again.url))
    assert Opening.objects.count() == 1


def test_a_file_that_is_no_table_is_told_where_it_was_chosen(counter: Counter) -> None:
    client = counter.specialist

    for data, told in (
        (b"%PDF-1.7", "The file is no table."),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
            "It is an old XLS, or a table locked by a password.",
        ),
        (b"", "The file is empty."),
        (b"x" * 5_100_000, "At most 5 MB are taken."),
    ):
        answer = send(client, data)
        assert answer.status_code == 422
        assert told in said(answer), told
    nothing = client.post(reverse("desk:imports"), {"key": str(uuid4())})
    assert (nothing.status_code, Import.objects.count()) == (422, 0)
    assert "Choose one" in said(nothing) or "is empty" in said(nothing)


def test_a_file_of_two_megabytes_reaches_the_page_and_no_other_page(counter: Counter) -> None:
    """The usual limit of a form is one megabyte: only this page takes more, and from officials alone."""
    rows = [
        (f"A-{n}", *ROW[1:5], "Астана қаласы, " + "Мәңгілік Ел даңғылы " * 5, *ROW[6:]) for n in range(1, 31)
    ]
    big = write_text(HEADINGS, rows) + b";\r\n" * 500_000
    assert len(big) > 1_500_000

    assert entered(counter, big).status_code == 302
    assert send(Client(), big).status_code in (302, 403)
    assert Opening.objects.count() == 30


def test_tables_of_an_office_are_its_own(counter: Counter, town: Town) -> None:
    done = entered(counter, write_text(HEADINGS, [ROW]))
    other = Counter(town, "almaty")

    assert other.specialist.get(done.url).status_code == 404
    assert "No table was handed in yet." in said(other.specialist.get(reverse("desk:imports")))
    assert counter.head.get(done.url).status_code == 200
    assert Client().get(done.url).status_code == 302


def test_a_taken_table_has_no_report(counter: Counter) -> None:
    client = counter.specialist
    done = entered(counter, write_workbook([Sheet("Орындар", HEADINGS, [ROW])]))

    assert client.get(f"{done.url}report.csv").status_code == 404


def test_the_page_lists_tables_at_the_same_cost(counter: Counter, django_assert_max_num_queries) -> None:
    client = counter.specialist
    for n in range(3):
        entered(counter, write_text(HEADINGS, [(f"A-{n}", *ROW[1:])]))
        with django_assert_max_num_queries(8):
            client.get(reverse("desk:imports"))
