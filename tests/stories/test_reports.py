"""A head reads the figures of his office's month, the auditor those of all; each number opens its rows."""

import csv
import html
import re
from datetime import UTC, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from joldama.demo.people import demo_people
from joldama.people.models import Staff
from joldama.reports.month import Month
from joldama.reports.sheets import plain, sheet
from joldama.standard.roles import Role
from joldama.standard.typography import unbound
from tests.stories.counter import CITIZEN, Counter, said
from tests.stories.hall import Hall
from tests.stories.town import Town

PASSPORT = demo_people().applicant("citizen-passport")
OTHERS = [demo_people().applicant(slug) for slug in ("foreigner", "stateless")]
REPORT = reverse("reports:report")


@pytest.fixture
def auditor(town: Town) -> Staff:
    return Staff.objects.create(role=Role.AUDITOR, surname="Тұрсынов", given_name="Марат")


def browser(town: Town, staff: Staff, language: str = "en") -> Client:
    made = town.browser_of(staff)
    made.cookies["language"] = language
    return made


def table(response, key: str) -> list[list[str]]:
    """Give the cells of a table of the page, row by row."""
    page = response.content.decode()
    found = re.search(rf'<section[^>]*aria-labelledby="t-{key}">(.*?)</section>', page, re.DOTALL)
    assert found, key
    hidden = re.sub(r'<span class="vh">.*?</span>', "", found[1], flags=re.DOTALL)
    body = hidden.split("<tbody>")[1] if "<tbody>" in hidden else ""
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [
        [" ".join(unbound(html.unescape(re.sub(r"<[^>]+>", " ", cell))).split()) for cell in cells]
        for cells in (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows)
    ]


def links(response) -> list[str]:
    found = re.findall(r'href="([^"]*/reports/rows/[^"]*)"', response.content.decode())
    return [html.unescape(address) for address in found]


def a_day(counter: Counter) -> None:
    """One issued in time, one refused late, one still open; a fourth in the month before."""
    town = counter.town
    town.at("2015-08-28 16:00")
    counter.register(OTHERS[0])
    town.at("2015-09-15 09:00")
    issued = counter.register(CITIZEN)
    counter.take(issued)
    counter.draft(issued)
    counter.sign(issued)
    town.work()
    counter.offer(issued)
    refused = counter.register(PASSPORT, kind="PUBLIC_WORKS")
    counter.take(refused)
    counter.refuse(refused, ground="DATA_NOT_CONFIRMED", reasons="Дерек расталмады.")
    town.at("2015-09-15 10:30")
    counter.sign(refused)
    town.at("2015-09-15 11:00")
    counter.register(OTHERS[1])


def test_a_head_reads_the_figures_of_his_office(counter: Counter) -> None:
    a_day(counter)
    counter.town.at("2015-09-15 11:10")

    page = browser(counter.town, counter.world.head).get(REPORT, {"month": "2015-09"})

    office = counter.world.office.en
    assert page.status_code == 200
    assert table(page, "terms") == [[office, "3", "1", "1", "1"]]
    assert table(page, "kinds") == [[office, "2", "1", "0", "0", "0", "0"]]
    assert table(page, "refusals") == [[office, "1"]]
    assert table(page, "clocks") == [[office, "0", "–", "0", "0", "–", "0"]]
    assert table(page, "complaints") == [[office, "0", "0"]]


def test_a_term_that_ran_out_meanwhile_counts_as_missed(counter: Counter) -> None:
    a_day(counter)
    counter.town.at("2015-09-15 11:31")

    page = browser(counter.town, counter.world.head).get(REPORT)

    assert table(page, "terms") == [[counter.world.office.en, "3", "1", "2", "0"]]


def test_each_number_opens_as_many_rows_and_none_names_anybody(counter: Counter) -> None:
    a_day(counter)
    counter.town.at("2015-09-15 11:10")
    head = browser(counter.town, counter.world.head)
    page = head.get(REPORT, {"month": "2015-09"})
    numbers = [cell for row in table(page, "terms") + table(page, "kinds") for cell in row[1:] if cell != "0"]

    opened = [head.get(address) for address in links(page)]
    rows = [len(re.findall(r'<tr><th scope="row"', answer.content.decode())) for answer in opened]

    assert [answer.status_code for answer in opened] == [200] * 7
    assert rows[: len(numbers)] == [int(number) for number in numbers]
    for answer in opened:
        for visitor in (CITIZEN, PASSPORT, *OTHERS):
            assert visitor.surname not in answer.content.decode()
            assert visitor.iin not in answer.content.decode()
    assert "АСТ-2015-000002" in said(opened[1])


def test_the_waiting_line_is_measured_and_its_breaches_open(town: Town) -> None:
    """R4.2-a, R4.3-a: 31 minutes of waiting where 30 are allowed, then 35 of serving where 30 are."""
    town.at("2015-09-15 09:00")
    hall = Hall(town)
    quick, slow = hall.take(), hall.take()
    hall.call()
    hall.serve(quick)
    town.at("2015-09-15 09:20")
    hall.end(quick)
    town.at("2015-09-15 09:31")
    hall.call()
    hall.serve(slow)
    town.at("2015-09-15 10:06")
    hall.end(slow)

    head = browser(town, hall.world.head)
    page = head.get(REPORT)
    breaches = [head.get(one) for one in links(page) if "breached" in one]

    office = hall.world.office.en
    assert table(page, "clocks") == [[office, "2", "16 min", "1", "2", "28 min", "1"]]
    assert [said(answer).count("А002") for answer in breaches] == [1, 1]
    assert [said(answer).count("А001") for answer in breaches] == [0, 0]


def test_the_month_is_that_of_the_places_wall_clock(counter: Counter) -> None:
    a_day(counter)

    page = browser(counter.town, counter.world.head).get(REPORT, {"month": "2015-08"})
    months = [Month.read(text) for text in ("2015-09", "2015-12")]
    [september, december] = [month for month in months if month]

    assert table(page, "terms") == [[counter.world.office.en, "1", "0", "1", "0"]]
    assert september.bounds(ZoneInfo("Asia/Almaty")) == (
        datetime(2015, 8, 31, 18, tzinfo=UTC),
        datetime(2015, 9, 30, 18, tzinfo=UTC),
    )
    assert (str(december.next), str(december.before)) == ("2016-01", "2015-11")


def test_the_auditor_reads_all_offices_and_a_head_none_but_his(counter: Counter, auditor: Staff) -> None:
    a_day(counter)
    town = counter.town
    other = Counter(town, "temirtau")
    other.register(demo_people().applicant("oralman"), is_oralman="on", oralman_certificate="123456")

    all_offices = browser(town, auditor).get(REPORT)
    of_another = [address for address in links(all_offices) if str(other.world.office.pk) in address]
    stranger = browser(town, counter.world.head)

    assert table(all_offices, "terms") == [
        [other.world.office.en, "1", "0", "0", "1"],
        [counter.world.office.en, "3", "1", "1", "1"],
        ["Total", "4", "1", "1", "2"],
    ]
    assert of_another
    assert {stranger.get(address).status_code for address in of_another} == {404}
    assert {browser(town, auditor).get(address).status_code for address in of_another} == {200}


def test_the_file_is_for_a_spreadsheet_in_the_readers_language(counter: Counter) -> None:
    a_day(counter)
    counter.town.at("2015-09-15 11:10")
    head = browser(counter.town, counter.world.head, "ru")

    answer = head.get(reverse("reports:report-csv"), {"month": "2015-09"})
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))

    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="joldama-2015-09.csv"'
    assert rows[0][:5] == [
        "Орган",
        "Зарегистрировано заявлений",
        "Завершено в срок",
        "Срок нарушен",
        "Открыто, срок не истек",
    ]
    assert rows[1][:5] == [counter.world.office.ru, "3", "1", "1", "1"]
    assert len(rows) == 2


def test_the_rows_are_a_file_too(counter: Counter) -> None:
    a_day(counter)
    counter.town.at("2015-09-15 11:10")
    head = browser(counter.town, counter.world.head)
    address = next(one for one in links(head.get(REPORT)) if "figure=missed" in one)

    answer = head.get(address.replace("/rows/", "/rows.csv"))
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))

    assert rows[1] == [
        "АСТ-2015-000003",
        "Public works",
        "2015-09-15 09:00",
        "2015-09-15 09:30",
        "2015-09-15 10:30",
        "Refused with reasons",
    ]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+7 701", "'+7 701"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        (" =1", "' =1"),
        ("Ақкөл", "Ақкөл"),
        (5, 5),
        (None, ""),
    ],
)
def test_no_cell_is_taken_for_a_formula(cell: object, written: object) -> None:
    assert plain(cell) == written


def test_a_cell_with_the_separator_is_quoted() -> None:
    assert sheet("x", ["а"], [["б;в"]]).content.decode("utf-8-sig") == 'а\r\n"б;в"\r\n'


@pytest.mark.parametrize("month", ["2015-13", "сентябрь", "2015", "1999-01", "9999-99"])
def test_a_month_that_makes_no_sense_is_said_and_what_was_typed_stays(counter: Counter, month: str) -> None:
    answer = browser(counter.town, counter.world.head).get(REPORT, {"month": month})

    assert answer.status_code == 422
    assert "The month is not clear." in said(answer)
    assert f'value="{month}"' in answer.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"month": "2015-09", "figure": "registered", "office": "x"},
        {"month": "2015-09", "figure": "nothing"},
        {"month": "2015-09", "figure": "registered", "kind": "x"},
        {"month": "x", "figure": "registered"},
    ],
)
def test_what_is_no_figure_answers_like_a_missing_page(counter: Counter, asked: dict[str, str]) -> None:
    given = {"office": str(counter.world.office.pk), **asked}

    assert browser(counter.town, counter.world.head).get(reverse("reports:rows"), given).status_code == 404


def test_nobody_else_reads_reports(counter: Counter) -> None:
    specialist = browser(counter.town, counter.world.specialist)

    assert {
        specialist.get(reverse(f"reports:{name}")).status_code for name in ("report", "report-csv", "rows")
    } == {403}


def test_the_report_costs_the_same_for_one_office_and_for_three(counter: Counter, auditor: Staff) -> None:
    town = counter.town
    reader = browser(town, auditor)
    reader.get(REPORT)

    def queries() -> int:
        with CaptureQueriesContext(connection) as taken:
            assert reader.get(REPORT).status_code == 200
        return len(taken)

    few = queries()
    for slug in ("temirtau", "akkol"):
        Counter(town, slug)

    assert queries() == few


def test_the_rows_cost_the_same_for_one_and_for_three(counter: Counter) -> None:
    counter.register(CITIZEN)
    head = browser(counter.town, counter.world.head)
    [address] = [one for one in links(head.get(REPORT)) if "figure=registered" in one and "kind" not in one]

    def queries() -> int:
        with CaptureQueriesContext(connection) as taken:
            head.get(address)
        return len(taken)

    few = queries()
    for visitor in OTHERS:
        counter.register(visitor)

    assert queries() == few


def test_the_auditors_work_begins_here(town: Town, auditor: Staff) -> None:
    town.at("2015-09-15 09:00")

    assert browser(town, auditor).get(reverse("desk:work")).url == REPORT
