"""R5.1-a: the registers of a day, made from what really happened, for whoever works at the counter."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from joldama.cases.blanks import PaperBlank
from joldama.cases.models import Application, NonAcceptance
from joldama.demo.people import demo_people
from joldama.journal.models import Look
from joldama.standard.tickets import ServingEnd
from joldama.standard.typography import unbound
from tests.stories.counter import CITIZEN, Counter, hidden, read_off, said
from tests.stories.hall import Hall

DAY = {"on": "15.09.2015"}
IN_KAZAKH = "Қазақстан Республикасы азаматының жеке куәлігі"
IN_RUSSIAN = "удостоверение личности гражданина Республики Казахстан"


@pytest.fixture
def hall(counter: Counter) -> Hall:
    return Hall(counter.town)


def register(counter: Counter, by: Any = None, **asked: str) -> Any:
    return (by or counter.specialist).get(reverse("desk:register"), {**DAY, **asked})


def rows(answer: Any) -> list[list[str]]:
    """Give the cells of the register's rows."""
    page = html.fromstring(answer.content.decode())
    return [
        [" ".join(unbound(cell.text_content()).split()) for cell in row.cssselect("th, td")]
        for row in page.cssselect("table.register:not(.register--windows) tbody tr")
    ]


def a_day(counter: Counter, hall: Hall) -> Application:
    """One served to the end, one who did not come, one with an answer, one nobody called."""
    counter.town.at("2015-09-15 09:50")
    tickets = [hall.take() for _ in range(4)]
    counter.town.at("2015-09-15 09:58")
    first = hall.call()
    counter.town.at("2015-09-15 10:00")
    case = counter.register()
    counter.take(case)
    counter.draft(case)
    counter.sign(case)
    counter.town.work()
    counter.town.at("2015-09-15 10:20")
    counter.offer(case)
    counter.hand_over(case)
    assert first == tickets[0]
    counter.town.at("2015-09-15 10:22")
    hall.press(hall.call(), "ticket-no-show")
    third = hall.call()
    hall.serve(third)
    hall.end(third, ServingEnd.ANSWER)
    return case


def test_the_register_of_a_day_tells_what_happened_in_the_order_of_coming(
    counter: Counter, hall: Hall
) -> None:
    case = a_day(counter, hall)
    counter.town.at("2015-09-15 18:00")
    counter.town.sweep()

    told = rows(register(counter))

    document = CITIZEN.document_number
    last = document[-4:]
    assert told == [
        [
            "А001",
            "09:50",
            "09:58№ 1",
            f"10:00{case.number}",
            case.person.name.full,
            f"{IN_KAZAKH} •••• {last} / {IN_RUSSIAN} •••• {last}",
            "1. Жұмысқа орналасу / 1. Трудоустройство",
            "10:20",
            "",
        ],
        ["А002", "09:50", "10:22№ 1", "–", "–", "–", "Келмеді / Неявка", "–", ""],
        ["А003", "09:50", "10:22№ 1", "–", "–", "–", "Жауап берілді / Дан ответ", "–", ""],
        [
            "А004",
            "09:50",
            "–",
            "–",
            "–",
            "–",
            "Қабылдау аяқталғандықтан жабылды / Закрыт в конце приема",
            "–",
            "",
        ],
    ]
    page = said(register(counter))
    assert document not in page
    assert CITIZEN.iin not in page
    assert "Талон: 4; тіркелді: 1; қабылданбады: 0; келмеді: 1; шақырылмай жабылды: 1" in page
    assert counter.world.specialist.name.short in page


def test_packages_and_notes_without_a_ticket_stand_in_it_too(counter: Counter) -> None:
    counter.town.at("2015-09-15 10:00")
    counter.register()
    counter.specialist.post(
        reverse("desk:not-accepted"),
        {
            "ground": "ID_EXPIRED",
            "name": "Ахметов Нұрлан",
            "remark": "",
            "key": hidden(counter.specialist.get(reverse("desk:not-accepted")), "key"),
        },
    )
    assert NonAcceptance.objects.count() == 1

    told = rows(register(counter))

    assert [(row[0], row[4]) for row in told if row[4] == "Ахметов Нұрлан"] == [("–", "Ахметов Нұрлан")]
    assert len(told) == 2


def test_what_was_on_paper_stands_beside_its_ticket(counter: Counter, hall: Hall) -> None:
    """S26: one person is one row, also where ticket and package were entered apart."""
    counter.head.post(reverse("desk:paper"), {"count": "1", "sheets": "1"})
    package, sheet = PaperBlank.objects.order_by("number")
    counter.town.at("2015-09-15 16:30")
    address = reverse("desk:paper-enter", args=[package.pk])
    by = str(counter.world.specialist.pk)
    key = hidden(counter.head.get(address), "key")
    typed = {**read_off(CITIZEN), "registered_at": "15.09.2015 10:00", "registered_by": by, "key": key}
    assert counter.head.post(address, typed).status_code == 302
    row = {"taken_1": "9:50", "called_1": "9:58", "window_1": "1", "called_by_1": by}
    row |= {"how_1": "LEFT", "ended_1": "10:05", "blanks_1": "1"}
    entered = counter.head.post(reverse("desk:paper-line", args=[sheet.pk]), {**DAY, **row})
    assert entered.status_code == 302

    told = rows(register(counter))

    assert [(one[0], one[1], one[3]) for one in told] == [
        ("Қ2-01Қағаздан / С бумаги", "09:50", "10:00АСТ-Қ-2015-000001")
    ]


def test_whose_name_stands_in_a_register_the_look_at_him_is_written_down(
    counter: Counter, hall: Hall
) -> None:
    """R14.1-a: each person's look, once a day is asked for and not before."""
    case = a_day(counter, hall)
    counter.specialist.get(reverse("desk:register"))
    assert not Look.objects.filter(page__startswith="desk:register").exists()

    register(counter)
    counter.specialist.get(reverse("desk:register-referrals"), DAY)

    looks = Look.objects.filter(page__startswith="desk:register").order_by("id")
    assert [(look.page, look.person, look.subject, look.staff) for look in looks] == [
        ("desk:register", case.person_id, case.pk, counter.world.specialist.pk),
        ("desk:register-referrals", case.person_id, case.pk, counter.world.specialist.pk),
    ]


def test_the_register_of_referrals_tells_what_was_handed_over_on_a_day(counter: Counter, hall: Hall) -> None:
    case = a_day(counter, hall)

    told = rows(counter.head.get(reverse("desk:register-referrals"), DAY))
    other_day = said(counter.head.get(reverse("desk:register-referrals"), {"on": "14.09.2015"}))

    referral = case.decision.referral
    assert [(row[0], row[1], row[2], row[5], row[7]) for row in told] == [
        (referral.number, "15.09.2015", case.person.name.full, "10:20", "")
    ]
    assert "Nothing happened on this day" in other_day


@pytest.mark.parametrize(("on", "words"), [("16.09.2015", "has not come yet"), ("31.09.2015", ""), ("", "")])
def test_a_day_that_cannot_be_is_said(counter: Counter, on: str, words: str) -> None:
    answer = register(counter, on=on)

    assert answer.status_code == 422
    assert words in said(answer)
    assert "<table" not in answer.content.decode()


def test_a_register_is_of_the_own_place_alone(counter: Counter, hall: Hall) -> None:
    a_day(counter, hall)
    other = counter.town.browser_of(counter.town.office("almaty").head)

    assert rows(register(counter, other)) == []
    assert len(rows(register(counter, counter.head))) == 4


def test_a_full_day_costs_as_much_as_an_empty_one(counter: Counter, hall: Hall) -> None:
    """One query more at most, for what is written down of whom one looked at."""
    browser = counter.specialist
    with CaptureQueriesContext(connection) as empty:
        register(counter, browser)
    counter.register(demo_people().applicant("citizen-passport"))
    a_day(counter, hall)
    browser = counter.specialist
    register(counter, browser)
    with CaptureQueriesContext(connection) as full:
        register(counter, browser)

    assert len(full) <= len(empty) + len(["looks"])
