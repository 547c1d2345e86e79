"""The board of a hall: who is called where, who is next, lunch and closing; no word of a person (¶8 1))."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from joldama.people.models import Place
from joldama.reception.models import Ticket
from joldama.standard.typography import unbound
from tests.stories.hall import Hall
from tests.stories.town import Town

DAY = "2015-09-15"


@pytest.fixture
def hall(town: Town) -> Hall:
    """The hall of Astana on Tuesday, 15 September 2015."""
    town.at(f"{DAY} 09:00")
    return Hall(town)


class Board:
    """The board as somebody opens it."""

    def __init__(self, hall: Hall, language: str = "ru") -> None:
        browser = Client()
        browser.cookies["language"] = language
        self.answer: Any = browser.get(reverse("hall:display", args=[hall.world.place.pk]))
        self.page = html.fromstring(self.answer.content.decode())

    def says(self, part: str) -> str:
        """Give the words of a part that are seen, spaces made plain."""
        (found,) = self.page.cssselect(part)
        return " ".join(unbound(" ".join(_seen(found))).split())

    def aloud(self) -> list[str]:
        """Give what a page says aloud in Kazakh and Russian where it is new."""
        found = self.page.cssselect("[data-speak] [lang=kk], [data-speak] [lang=ru]")
        return [said.text_content() for said in found]


def _seen(element: Any) -> Iterator[str]:
    if "hidden" in element.attrib:
        return
    yield element.text or ""
    for child in element:
        yield from _seen(child)
        yield child.tail or ""


def taken(hall: Hall, *clocks: str) -> list[Ticket]:
    given = []
    for clock in clocks:
        hall.town.at(f"{DAY} {clock}")
        given.append(hall.take())
    return given


def test_the_latest_call_stands_first_with_its_words_and_who_is_next_beside_it(hall: Hall) -> None:
    taken(hall, "09:05", "09:06", "09:07")
    hall.town.at(f"{DAY} 09:08")
    hall.call(window=3)

    board = Board(hall)

    assert board.says("#call") == ("Талон А001 Терезе Окно 3")
    assert board.says("#said") == (
        "А, нөл нөл бір нөмірлі талон, үшінші терезеге келіңіз. "
        "Талон А, ноль ноль один, пройдите к окну номер три."
    )
    assert board.says("#waiting") == "А002 А003 Күтіп тұрғандар: 2 Ожидают: 2"
    assert board.says("#calls") == ""
    assert board.says("#told") == QUIET
    assert board.says("[data-clock]") == "09:08"


def test_kazakh_leads_and_english_stands_beneath_where_it_was_chosen(hall: Hall) -> None:
    taken(hall, "09:05")
    hall.call()

    in_kazakh, in_english = Board(hall, "kk"), Board(hall, "en")

    assert in_kazakh.says("#call-head") == "Қазір шақырылды Сейчас приглашают"
    assert in_english.says("#call-head") == "Қазір шақырылды Сейчас приглашают Now called"
    assert in_english.says("#said").endswith("Ticket А001, please go to window 1.")
    assert [board.page.get("lang") for board in (in_kazakh, in_english)] == ["kk", "en"]


def test_three_earlier_calls_and_six_who_are_next_are_shown_and_all_are_counted(hall: Hall) -> None:
    Place.objects.filter(pk=hall.world.place.pk).update(windows=9)
    taken(hall, *[f"09:{minute:02}" for minute in range(5, 17)])
    for window in range(1, 6):
        hall.town.at(f"{DAY} 09:{20 + window}")
        hall.call(by=hall.colleague(), window=window)

    board = Board(hall)

    assert board.says(".call__no") == "Талон А005"
    assert board.says("#calls") == "А004 Терезе Окно 4 А003 Терезе Окно 3 А002 Терезе Окно 2"
    assert board.says("#waiting").startswith("А006 А007 А008 А009 А010 А011 Күтіп тұрғандар: 7")


def test_a_repeated_call_is_the_latest_again_and_says_so(hall: Hall) -> None:
    first, _second = taken(hall, "09:05", "09:06")
    hall.town.at(f"{DAY} 09:10")
    hall.call()
    hall.town.at(f"{DAY} 09:11")
    hall.call(by=hall.colleague(), window=2)
    before = Board(hall)
    hall.town.at(f"{DAY} 09:12")

    hall.press(first, "call-again", after="0")

    board = Board(hall)
    assert (before.says(".call__no"), board.says(".call__no")) == ("Талон А002", "Талон А001")
    assert board.says("#said") == (
        "Қайта шақырамыз: А, нөл нөл бір нөмірлі талон, бірінші терезеге келіңіз. "
        "Повторный вызов: талон А, ноль ноль один, пройдите к окну номер один."
    )
    marks = {one.get("data-speak") for one in before.page.cssselect("[data-speak]")}
    assert board.page.cssselect("#said [data-speak]")[0].get("data-speak") not in marks


def test_a_board_opened_in_the_second_of_a_call_knows_that_it_stood_there_before(hall: Hall) -> None:
    taken(hall, "09:05")
    hall.town.at(f"{DAY} 09:08:00.200")
    hall.call(window=3)
    hall.town.at(f"{DAY} 09:08:00.700")

    board = Board(hall)

    [called] = board.page.cssselect("#said [data-speak]")
    [opened] = board.page.cssselect("[data-clock]")
    assert datetime.fromisoformat(called.get("data-at")) < datetime.fromisoformat(opened.get("datetime"))


def test_only_whom_nobody_has_met_yet_is_called_aloud(hall: Hall) -> None:
    (ticket,) = taken(hall, "09:05")
    hall.call()
    awaited = Board(hall).aloud()
    hall.serve(ticket)

    come = Board(hall)

    assert awaited == [
        "А, нөл нөл бір нөмірлі талон, бірінші терезеге келіңіз.",
        "Талон А, ноль ноль один, пройдите к окну номер один.",
    ]
    assert (come.says(".call__no"), come.aloud()) == ("Талон А001", [])


QUIET = (
    "Түскі үзіліс 13:00–14:30: кезегіңіз сақталады Обед 13:00–14:30: ваша очередь сохраняется "
    "Қызмет тегін, алдын ала жазылусыз. Анықтама: 1414 Услуга бесплатна, без записи. Справки: 1414"
)
"""What the foot says while nothing is near."""

NOBODY = "Қазір ешкім шақырылған жоқ. Сейчас никого не вызывают."


@pytest.mark.parametrize(
    ("moment", "told", "aloud"),
    [
        (
            "2015-09-15 10:00",
            "Қазір ашық терезе жоқ. Талоныңыз бен кезегіңіз сақталады, шақыруды күтіңіз. "
            "Сейчас ни одно окно не открыто. Ваш талон и очередь сохраняются, ожидайте вызова.",
            [],
        ),
        (
            "2015-09-15 08:40",
            "Қабылдау әлі басталған жоқ. Басталатын уақыты – 9:00. Прием еще не начался. Начало – 9:00.",
            [],
        ),
        (
            "2015-09-15 12:50",
            "10 минуттан кейін түскі үзіліс. Талоныңыз бен кезегіңіз сақталады. "
            "Через 10 мин обеденный перерыв. Ваш талон и очередь сохраняются.",
            [
                "Он минуттан кейін түскі үзіліс. Талоныңыз бен кезегіңіз сақталады.",
                "Через десять минут обеденный перерыв. Ваш талон и очередь сохраняются.",
            ],
        ),
        (
            "2015-09-15 12:53",
            "7 минуттан кейін түскі үзіліс. Талоныңыз бен кезегіңіз сақталады. "
            "Через 7 мин обеденный перерыв. Ваш талон и очередь сохраняются.",
            [],
        ),
        (
            "2015-09-15 13:30",
            "Түскі үзіліс 13:00-ден 14:30-ға дейін. Талоныңыз бен кезегіңіз сақталады. "
            "Обеденный перерыв с 13:00 до 14:30. Ваш талон и очередь сохраняются.",
            [],
        ),
        (
            "2015-09-15 17:20",
            "Қабылдау аяқталуға 10 минут қалды. Бүгін шақырылмаған талон жабылады; порталда өтініш беруге болады. "
            "До конца приема 10 мин. Талоны, которые сегодня не вызовут, будут закрыты; "
            "заявление можно подать на портале.",
            [],
        ),
        (
            "2015-09-18 17:30",
            "Бүгінгі қабылдау аяқталды. Келесі қабылдау – 21 қыркүйек, дүйсенбі, 9:00. "
            "Прием на сегодня окончен. Следующий прием – 21 сентября (понедельник) в 9:00.",
            [],
        ),
        (
            "2015-09-19 11:00",
            "Бүгін қабылдау жоқ. Келесі қабылдау – 21 қыркүйек, дүйсенбі, 9:00. "
            "Сегодня приема нет. Следующий прием – 21 сентября (понедельник) в 9:00.",
            [],
        ),
    ],
)
def test_an_empty_board_says_what_the_clock_of_the_day_says(
    hall: Hall, moment: str, told: str, aloud: list[str]
) -> None:
    """R8.1-a, S03"""
    hall.town.at(moment)

    board = Board(hall)

    assert (board.says("#told"), board.aloud()) == (told, aloud)
    assert board.says("#call") == (told if board.page.cssselect(".told--pause") else NOBODY)
    assert board.says("#waiting") == "Кезекте ешкім жоқ. В очереди никого нет."


def test_over_lunch_the_line_stands_on_the_board_as_it_stood(hall: Hall) -> None:
    taken(hall, "12:40", "12:50")
    hall.town.at(f"{DAY} 12:58")
    hall.call()
    hall.town.at(f"{DAY} 13:30")

    board = Board(hall)

    assert board.says(".call__no") == "Талон А001"
    assert board.says("#waiting") == "А002 Күтіп тұрғандар: 1 Ожидают: 1"


def test_yesterdays_line_is_not_on_todays_board(hall: Hall) -> None:
    taken(hall, "09:05", "09:06")
    hall.call()
    hall.town.at("2015-09-16 09:01")

    board = Board(hall)

    assert (board.says("#call"), board.says("#said")) == (NOBODY, "")
    assert board.says("#waiting") == "Кезекте ешкім жоқ. В очереди никого нет."


def test_the_board_tells_nothing_of_anybody_who_works_or_waits(hall: Hall) -> None:
    taken(hall, "09:05")
    hall.call()

    page = Board(hall).answer.content.decode()

    staff = hall.world.specialist
    assert [name for name in (staff.surname, staff.given_name, str(staff.pk)) if name in page] == []


def test_a_board_is_led_to_by_its_code_and_a_place_that_is_not_has_none(hall: Hall) -> None:
    board = Board(hall)

    nowhere = Client().get("/hall/6f6d2a8e-6c43-4a52-9a3e-0d3cf1b3a111/")

    (code,) = board.page.cssselect(".board__code [role=img]")
    assert (code.get("aria-label"), len(code.cssselect("svg"))) == ("QR-код этого табло для телефона", 1)
    assert nowhere.status_code == 404


def test_the_wait_is_told_while_tickets_are_given_and_not_over_lunch(hall: Hall) -> None:
    taken(hall, "12:40", "12:41")
    hall.call()

    before = Board(hall).says("#wait")
    hall.town.at(f"{DAY} 13:30")
    lunch = Board(hall).says("#wait")

    assert before.startswith("Қазір талон алсаңыз, күтесіз Если взять талон сейчас, ждать")
    assert "10 адамның 9-ы осы аралықта шақырылады 9 из 10 человек вызовут за это время" in before
    assert lunch == ""


def test_a_window_that_opens_beside_others_is_said_while_somebody_waits(hall: Hall) -> None:
    taken(hall, "09:05", "09:06")
    hall.call()
    alone = Board(hall).aloud()
    hall.town.at(f"{DAY} 09:20")
    clerk = hall.colleague()
    assert hall.browser(clerk).post(reverse("desk:open-window"), {"window": 2}).status_code == 302

    now = Board(hall).aloud()
    hall.town.at(f"{DAY} 09:21")
    later = Board(hall).aloud()

    assert [said for said in now if said not in alone] == [
        "Екінші терезе ашылды. Кезек өзгермейді, шақыруды күтіңіз.",
        "Открыто окно номер два. Очередь не меняется, ожидайте вызова.",
    ]
    assert later == alone
