"""The ticket on a phone, from taking it to after its day: what it says at each moment, and to whom (¶4 2), ¶8 1))."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from joldama.reception.models import Ticket
from tests.stories.counter import said
from tests.stories.hall import Hall
from tests.stories.town import Town

DAY = "2015-09-15"


@pytest.fixture
def hall(town: Town) -> Hall:
    """The hall of Astana on Tuesday, 15 September 2015."""
    town.at(f"{DAY} 09:00")
    return Hall(town)


def taken_at(hall: Hall, clock: str) -> Ticket:
    hall.town.at(f"{DAY} {clock}")
    return hall.take()


def answer(ticket: Ticket, language: str = "en") -> Any:
    """What a phone is answered that nobody is signed in at."""
    phone = Client()
    phone.cookies["language"] = language
    return phone.get(reverse("hall:ticket", args=[ticket.pk]))


def on_phone(ticket: Ticket, language: str = "en") -> str:
    return said(answer(ticket, language))


def lacking(page: str, *sentences: str) -> list[str]:
    return [sentence for sentence in sentences if sentence not in page]


def test_who_waits_reads_how_many_are_ahead_until_when_and_a_range(hall: Hall) -> None:
    """R4.2-a"""
    taken_at(hall, "09:05")
    hall.call()
    taken_at(hall, "09:06")
    mine = taken_at(hall, "09:07")

    assert lacking(
        on_phone(mine, "kk"),
        "Талон А003",
        "Кезекте",
        "Талоныңыз – А003, алдыңызда 1 адам бар; Сізді 30 минут ішінде, 9:37-ге дейін шақыруға тиіс.",
        "Алдыңызда 1",
        "9:37-ге дейін",
        "10 адамның 9-ы осы аралықта шақырылады",
        "Бұл бетті жаппаңыз",
        hall.world.office.kk,
        hall.world.place.kk,
    ) == []  # fmt: skip
    assert lacking(
        on_phone(mine, "ru"),
        "Ваш талон А003, перед вами человек: 1; вас должны пригласить в течение 30 минут, до 9:37.",
        "9 из 10 человек вызовут за это время",
    ) == []  # fmt: skip
    assert (
        "Your ticket is А003, people ahead of you: 1; you should be called within 30 minutes, by 9:37."
        in (on_phone(mine))
    )


@pytest.mark.parametrize(
    ("clock", "heading", "minutes"),
    [
        ("10:19:59", None, None),
        ("10:20:00", "Past 20 minutes", 20),
        ("10:24:59", "Past 20 minutes", 24),
        ("10:25:00", "Past 25 minutes", 25),
        ("10:30:00", "Past 25 minutes", 30),
        ("10:30:01", "Longer than 30 minutes", 30),
        ("10:44:00", "Longer than 30 minutes", 44),
    ],
)
def test_at_20_and_25_minutes_it_says_what_one_can_do_and_past_30_that_it_was_too_long(
    hall: Hall, clock: str, heading: str | None, minutes: int | None
) -> None:
    """R4.2-b, S03"""
    ticket = taken_at(hall, "10:00:00")
    hall.town.at(f"{DAY} {clock}")

    page = on_phone(ticket)

    headings = ("Past 20 minutes", "Past 25 minutes", "Longer than 30 minutes")
    assert [one for one in headings if one in page] == ([heading] if heading else [])
    told = (
        f"You have waited {minutes} min. The longest permitted time is 30 minutes. Tell a member of staff; "
        "beyond 30 minutes you may complain to the head or the akim."
    )
    assert (told in page, "How to complain" in page) == (bool(heading), bool(heading))
    assert (reverse("portal:complain") in answer(ticket).content.decode()) is bool(heading)


def test_lunch_does_not_count_and_the_place_is_kept(hall: Hall) -> None:
    """S03, A6"""
    ticket = taken_at(hall, "12:45")
    hall.town.at(f"{DAY} 14:00")

    page = on_phone(ticket)

    assert lacking(
        page,
        "by 14:45",
        "It is lunch, which does not count as waiting. Reception goes on at 14:30; you keep your place.",
    ) == []  # fmt: skip
    assert "You have waited" not in page


def test_who_is_called_reads_the_window_and_again_when_called_again(hall: Hall) -> None:
    ticket = taken_at(hall, "09:05")
    hall.town.at(f"{DAY} 09:06")
    hall.call(window=3)
    once = answer(ticket)
    hall.press(ticket, "call-again", after="0")

    again = answer(ticket)

    page = said(once)
    assert (
        lacking(page, "Window 3", "Called", "Window 3 is calling you; come now, or the ticket will be closed")
        == []
    )
    assert "People ahead" not in page
    assert f'data-speak="{ticket.pk}-0"' in once.content.decode()
    assert f'data-speak="{ticket.pk}-1"' in again.content.decode()


def test_who_is_served_reads_until_when_and_afterwards_what_now(hall: Hall) -> None:
    """R4.3-a"""
    ticket = taken_at(hall, "09:05")
    hall.town.at(f"{DAY} 09:06")
    hall.call()
    hall.serve(ticket)
    during = on_phone(ticket, "ru")
    hall.town.at(f"{DAY} 09:20")
    hall.end(ticket)

    after = on_phone(ticket, "kk")

    assert "Вас обслуживают в окне 1; не дольше 30 минут, до 9:36." in during
    assert lacking(
        after,
        "Қызмет көрсету 9:20-да аяқталды; нәтижесі жолдамада немесе жазбаша жауапта көрсетілген.",
        "Енді не істеу керек",
    ) == []  # fmt: skip
    assert "Бұл бетті жаппаңыз" not in after


def test_who_left_with_nothing_is_not_sent_to_a_referral(hall: Hall) -> None:
    """R4.3-a: the serving ends when he leaves, and there is no result to speak of."""
    mine = taken_at(hall, "09:05")
    hall.serve(hall.call())
    hall.town.at(f"{DAY} 09:20")
    hall.end(mine, "LEFT")

    page = on_phone(mine)

    assert lacking(page, "Serving ended at 9:20; no result was given.", "take a new ticket") == []
    assert "the result is in the referral" not in page
    assert "Қызмет көрсету 9:20-да аяқталды; нәтиже берілген жоқ." in on_phone(mine, "kk")


def test_who_did_not_come_and_who_was_not_reached_read_what_to_do(hall: Hall) -> None:
    """R8.1-c, A6"""
    absent, late = taken_at(hall, "17:00"), taken_at(hall, "17:10")
    hall.town.at(f"{DAY} 17:12")
    hall.call()
    hall.press(absent, "ticket-no-show")
    hall.town.at(f"{DAY} 17:40")
    hall.town.sweep()

    assert lacking(
        on_phone(absent, "ru"),
        "На вызов 17:12 вы не подошли, талон закрыт; возьмите новый талон, он будет последним в очереди.",
        "Подать заявление на портале",
    ) == []  # fmt: skip
    assert lacking(
        on_phone(late, "kk"),
        "Қабылдау сағат 17:30-да аяқталды; келесі қабылдау – 16 қыркүйек, сәрсенбі, 9:00, сол кезде жаңа талон",
        "Порталда өтініш беру",
    ) == []  # fmt: skip


def test_yesterdays_ticket_says_so_whatever_became_of_it(hall: Hall) -> None:
    left, served = taken_at(hall, "09:05"), taken_at(hall, "09:06")
    hall.town.at("2015-09-16 09:30")

    page = on_phone(left, "ru")

    assert lacking(
        page,
        "Талон за 15 сентября (вторник)",
        "Талон А001 взят 15 сентября (вторник), сегодня по нему не вызовут.",
        "возьмите новый талон",
    ) == []  # fmt: skip
    assert [word for word in ("вас должны пригласить", "Перед вами", "Включить звук") if word in page] == []
    assert served.number == 2


def test_a_ticket_that_is_not_is_a_page_that_says_what_to_do(hall: Hall) -> None:
    phone = Client()
    phone.cookies["language"] = "en"

    nobodys = phone.get("/hall/tickets/6f6d2a8e-6c43-4a52-9a3e-0d3cf1b3a111/")

    assert nobodys.status_code == 404
    assert lacking(said(nobodys), "There is no such ticket.", "Scan the QR code on the ticket again") == []
    assert nobodys["X-Robots-Tag"] == "noindex, nofollow"


def test_no_search_engine_keeps_a_ticket_and_no_other_site_hears_of_it(hall: Hall) -> None:
    ticket = taken_at(hall, "09:05")

    page = answer(ticket)

    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex, nofollow", "same-origin")
    assert "no-store" in page["Cache-Control"]
    assert '<meta name="robots" content="noindex, nofollow">' in page.content.decode()
    assert '<noscript><meta http-equiv="refresh"' in page.content.decode()


def test_a_ticket_tells_nothing_of_who_gave_it_or_called_it(hall: Hall) -> None:
    ticket = taken_at(hall, "09:05")
    hall.call()

    page = answer(ticket).content.decode()

    staff = hall.world.specialist
    assert [name for name in (staff.surname, staff.given_name, str(staff.pk)) if name in page] == []


def test_a_ticket_costs_the_same_queries_whoever_waits(hall: Hall, django_assert_num_queries: Any) -> None:
    mine = taken_at(hall, "09:05")
    address = reverse("hall:ticket", args=[mine.pk])
    Client().get(address)
    with django_assert_num_queries(QUERIES):
        Client().get(address)
    for _ in range(3):
        hall.take()
    hall.town.at(f"{DAY} 09:06")

    with django_assert_num_queries(QUERIES):
        Client().get(address)


QUERIES = 5
