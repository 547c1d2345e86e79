"""S19: a ticket at the kiosk of the hall, and nowhere from afar (¶8 1)); no person is known to it."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from joldama.journal.models import Event
from joldama.people.models import Place
from joldama.reception.models import Kiosk, Ticket
from joldama.standard.kiosks import KioskPaper
from joldama.standard.terms import ClosedReason
from tests.stories.counter import said
from tests.stories.hall import Hall
from tests.stories.kiosk import Standing, code_in, id_in, make, type_code
from tests.stories.town import Town, wall

DAY = "2015-09-15"


@pytest.fixture
def hall(town: Town) -> Hall:
    """The hall of Astana on Tuesday, 15 September 2015."""
    town.at(f"{DAY} 09:00")
    return Hall(town)


@pytest.fixture
def kiosk(hall: Hall) -> Standing:
    return Standing(hall)


def events(subject: object) -> list[tuple[str, str, str]]:
    found = Event.objects.filter(subject=subject).order_by("id")
    return [(one.name, one.actor_kind, str(one.actor)) for one in found]


def test_s19_a_ticket_of_the_kiosk_and_one_of_the_desk_stand_in_one_line(kiosk: Standing) -> None:
    """R8.1-a, R8.1-c: and the journal says who gave which."""
    hall = kiosk.hall
    hall.town.at(f"{DAY} 09:05")
    first = kiosk.take()
    hall.town.at(f"{DAY} 09:06")
    second = hall.take()
    hall.town.at(f"{DAY} 09:07")
    third = kiosk.take()

    assert [one.name for one in (first, second, third)] == ["А001", "А002", "А003"]
    assert (first.kiosk, first.given_by) == (kiosk.row, None)
    assert (second.kiosk, second.given_by) == (None, hall.world.specialist)
    assert events(first.pk) == [("ticket.taken", "device", str(kiosk.row.pk))]
    assert events(second.pk) == [("ticket.taken", "staff", str(hall.world.specialist.pk))]
    assert [hall.call().name] == ["А001"]


def test_the_journal_follows_a_kiosk_from_its_making_to_its_end(kiosk: Standing) -> None:
    head = kiosk.hall.world.head
    browser = kiosk.hall.browser(head)
    page = said(browser.get(reverse("desk:kiosks")))
    assert ("1-қабат" in page, "Works" in page) == (True, True)

    unreasoned = browser.post(reverse("desk:kiosk-end", args=[kiosk.row.pk]))
    ended = browser.post(reverse("desk:kiosk-end", args=[kiosk.row.pk]), {"why": "LOST"})
    twice = browser.post(reverse("desk:kiosk-end", args=[kiosk.row.pk]), {"why": "BROKEN"})

    assert (unreasoned.status_code, ended.status_code, twice.status_code) == (422, 302, 302)
    assert events(kiosk.row.pk) == [
        ("kiosk.made", "staff", str(head.pk)),
        ("kiosk.set_up", "device", str(kiosk.row.pk)),
        ("kiosk.ended", "staff", str(head.pk)),
    ]
    assert Event.objects.get(name="kiosk.ended").facts == {"why": "LOST"}
    assert "1-қабат: Lost or stolen" in said(browser.get(reverse("desk:kiosks")))


def test_an_ended_kiosk_says_so_and_gives_nothing(kiosk: Standing) -> None:
    """R8.1-a"""
    before = kiosk.take()
    kiosk.hall.browser(kiosk.hall.world.head).post(
        reverse("desk:kiosk-end", args=[kiosk.row.pk]), {"why": "BROKEN"}
    )

    answer = kiosk.ask()

    assert (answer.status_code, answer.url) == (302, "/hall/kiosk/?in=kk")
    assert kiosk.again(before).status_code == 404
    page = kiosk.page()
    assert "Бұл терминал талон бермейді." in page
    assert "Этот терминал талоны не выдает." in page
    assert "This kiosk gives no tickets." in page
    assert "Талон алу" not in page
    assert [one.name for one in Ticket.objects.waiting()] == ["А001"]


def test_s19_nobody_takes_a_ticket_from_afar(kiosk: Standing) -> None:
    """R8.1-d: without the cookie of a device there is no button, and the address of the button refuses."""
    town = kiosk.hall.town
    afar, official = Client(), kiosk.hall.browser(kiosk.hall.world.head)
    guessed = Client()
    guessed.cookies["kiosk"] = str(kiosk.row.pk)

    for stranger in (afar, official, guessed):
        shown = stranger.get(reverse("hall:kiosk"))
        asked = stranger.post(reverse("hall:kiosk-take"), {"key": "0" * 32})
        assert (shown.status_code, shown.url) == (302, reverse("hall:kiosk-set-up"))
        assert asked.status_code == 403
    assert Ticket.objects.count() == 0
    assert "Талон тек мекеменің күту залында" in said(afar.get(reverse("hall:kiosk-set-up")))
    town.at(f"{DAY} 09:30")
    assert kiosk.take().name == "А001"


def test_the_cookie_of_a_device_is_its_own_and_only_its_hash_is_kept(kiosk: Standing) -> None:
    cookie = kiosk.device.cookies["kiosk"]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/hall/kiosk/")
    assert cookie["max-age"] == 400 * 24 * 60 * 60
    assert cookie.value.encode() not in bytes(kiosk.row.secret_hash)
    assert settings.SESSION_COOKIE_NAME not in kiosk.device.cookies
    kiosk.take()
    assert settings.SESSION_COOKIE_NAME not in kiosk.device.cookies


@pytest.mark.parametrize("paper", list(KioskPaper))
def test_a_set_up_code_opens_once_and_for_an_hour(hall: Hall, paper: KioskPaper) -> None:
    code = code_in(make(hall, paper=paper))
    device, late, second = Client(), Client(), Client()

    hall.town.at(f"{DAY} 10:00")
    assert type_code(late, code).status_code == 422
    hall.town.at(f"{DAY} 09:59")
    assert type_code(device, code.lower().replace(" ", "-")).status_code == 302
    again = type_code(second, code)

    assert again.status_code == 422
    assert "There is no such code, it was used, or its time has passed." in said(again)
    assert device.get(reverse("hall:kiosk")).status_code == 200


def test_a_new_code_moves_the_kiosk_to_another_device(kiosk: Standing) -> None:
    head = kiosk.hall.browser(kiosk.hall.world.head)
    code = code_in(head.post(reverse("desk:kiosk-code", args=[kiosk.row.pk])))
    assert kiosk.device.get(reverse("hall:kiosk")).status_code == 200
    other = Client()

    assert type_code(other, code).status_code == 302

    assert kiosk.device.get(reverse("hall:kiosk")).status_code == 302
    assert other.get(reverse("hall:kiosk")).status_code == 200


def test_codes_are_not_tried_out(hall: Hall) -> None:
    code = code_in(make(hall))
    thief = Client(REMOTE_ADDR="10.0.0.9")
    for _ in range(10):
        assert type_code(thief, "AAAA BBBB CCCC").status_code == 422

    barred = type_code(thief, code)
    assert "Too many wrong codes were typed in this network." in said(barred)
    assert type_code(Client(REMOTE_ADDR="10.0.1.1"), code).status_code == 302

    hall.town.at(f"{DAY} 09:11")
    assert "There is no such code" in said(type_code(thief, code))


def test_who_keeps_kiosks(hall: Hall) -> None:
    other = Hall(hall.town, "temirtau")
    kiosk = Standing(hall)

    def status(browser: Client, name: str) -> int:
        return browser.get(
            reverse(f"desk:{name}", args=[kiosk.row.pk] if name == "kiosk-end" else [])
        ).status_code

    assert {
        "specialist": status(hall.browser(), "kiosks"),
        "head": status(hall.browser(hall.world.head), "kiosk-end"),
        "deputy": status(hall.browser(hall.world.deputy), "kiosks"),
        "another head": status(other.browser(other.world.head), "kiosk-end"),
        "stranger": status(Client(), "kiosks"),
    } == {"specialist": 403, "head": 200, "deputy": 200, "another head": 404, "stranger": 302}


def test_two_kiosks_of_a_place_have_two_names_and_each_office_its_own(hall: Hall) -> None:
    make(hall)

    twice = make(hall)
    unnamed = make(hall, name="")
    elsewhere = make(Hall(hall.town, "temirtau"))

    assert (twice.status_code, unnamed.status_code, elsewhere.status_code) == (409, 422, 200)
    assert "There is a kiosk named “1-қабат” here already." in said(twice)
    assert Kiosk.objects.count() == 2


def test_the_head_chooses_among_the_places_of_the_office(hall: Hall) -> None:
    place = hall.world.place
    second = Place.objects.create(
        office=place.office,
        kk="Екінші",
        ru="Второе",
        en="Second",
        windows=1,
        zone_name=place.zone_name,
        is_main=False,
    )

    make(hall, place=str(second.pk))

    assert Kiosk.objects.get().place == second
    assert make(hall, place="0", name="x").status_code == 422


def test_the_first_page_says_what_one_came_for_in_three_languages(kiosk: Standing) -> None:
    """R8.1-d, R9.1-a: free, without booking, the four documents and no other."""
    kiosk.take()
    page, russian, english = (kiosk.page(language) for language in ("kk", "ru", "en"))

    for sentence in (
        "Адамдарға жұмыспен қамтуға жәрдемдесудің белсенді нысандарына қатысуға жолдамалар беру",
        "Талон алу Взять талон Take a ticket",
        "Кезекте күтіп тұрған адам саны: 1",
        "Мемлекеттік қызмет тегін көрсетіледі",
        "алдын ала жазылусыз",
        "Қазақстан Республикасы азаматының жеке куәлігі",
        "азаматтығы жоқ адамның куәлігі",
        "оралман куәлігі",
        "Басқа құжат талап етілмейді.",
    ):
        assert sentence in page
    assert "Сейчас в очереди человек: 1" in russian
    assert "People waiting now: 1" in english


def test_a_kiosk_speaks_kazakh_first_whatever_was_chosen_before(kiosk: Standing) -> None:
    kiosk.device.cookies["language"] = "ru"
    page = kiosk.device.get(reverse("hall:kiosk"), headers={"accept-language": "en"})

    assert '<html lang="kk">' in page.content.decode()


CLOSED = [
    (f"{DAY} 08:59:59", ClosedReason.BEFORE_OPENING, "9:00", []),
    (
        f"{DAY} 13:00",
        ClosedReason.LUNCH,
        "14:30",
        ["Түскі үзіліс.", "Обеденный перерыв.", "It is the lunch break."],
    ),
    (f"{DAY} 17:30", ClosedReason.AFTER_CLOSING, "9:00", ["16 қыркүйек", "16 сентября", "16 September"]),
    ("2015-09-19 11:00", ClosedReason.DAY_OFF, "9:00", ["21 қыркүйек", "21 сентября", "21 September"]),
]


@pytest.mark.parametrize(("moment", "reason", "clock", "told"), CLOSED, ids=[str(one[1]) for one in CLOSED])
def test_out_of_hours_the_button_is_gone_and_the_next_opening_stands_there(
    kiosk: Standing, moment: str, reason: ClosedReason, clock: str, told: list[str]
) -> None:
    """R8.1-a: the reason and the opening, in all three languages at once."""
    kiosk.hall.town.at(moment)

    page, answer = kiosk.page(), kiosk.ask()

    assert "Талон алу" not in page
    assert page.count(clock) >= 3
    assert [sentence for sentence in told if sentence not in page] == []
    assert (answer.status_code, answer.url) == (302, "/hall/kiosk/?in=kk")
    assert Ticket.objects.count() == 0


def test_at_lunch_whoever_has_a_ticket_reads_that_it_is_kept(kiosk: Standing) -> None:
    """R8.1-c: and in the evening nobody reads so, for the ticket is closed then."""
    kiosk.hall.town.at(f"{DAY} 13:00")
    assert "Если талон у вас уже есть, он сохраняется" in kiosk.page()

    kiosk.hall.town.at(f"{DAY} 17:30")
    assert "он сохраняется" not in kiosk.page()


def test_the_last_second_before_lunch_gives_a_ticket_and_the_first_after_it_too(kiosk: Standing) -> None:
    """R8.1-a: 9.00 ≤ t < 13.00 and 14.30 ≤ t < 17.30"""
    for clock in ("09:00:00", "12:59:59", "14:30:00", "17:29:59"):
        kiosk.hall.town.at(f"{DAY} {clock}")
        kiosk.take()

    assert [wall(one.taken_at)[-8:] for one in Ticket.objects.order_by("number")] == [
        "09:00:00",
        "12:59:59",
        "14:30:00",
        "17:29:59",
    ]


def test_the_same_tap_gives_one_ticket_however_often_it_is_sent(kiosk: Standing) -> None:
    """R8.1-c: a double tap, a line that broke, a server that was started anew; also after the doors closed."""
    town, key = kiosk.hall.town, kiosk.key_on_page()
    town.at(f"{DAY} 12:59")
    first = kiosk.ask(key=key)
    town.at(f"{DAY} 13:01")
    again = kiosk.ask(key=key)
    nonsense = kiosk.ask(key="not a key")

    assert id_in(first.url) == id_in(again.url)
    assert nonsense.url == "/hall/kiosk/?in=kk"
    assert Ticket.objects.count() == 1


def test_a_key_of_another_kiosk_shows_nothing_of_it(kiosk: Standing) -> None:
    other = Standing(kiosk.hall, name="2-қабат")
    key = kiosk.key_on_page()
    ticket = kiosk.take(key=key)

    assert other.ask(key=key).status_code == 404
    assert other.device.get(reverse("hall:kiosk-given", args=[key])).status_code == 404
    assert other.device.get(reverse("hall:kiosk-ticket", args=[ticket.pk])).status_code == 404
    assert other.again(ticket).status_code == 404
    assert Ticket.objects.count() == 1


def test_a_ticket_that_was_given_and_never_shown_is_found_after_a_power_cut(kiosk: Standing) -> None:
    """R8.1-c: nobody doubled, nobody lost; whoever went away meanwhile is not kept waiting for."""
    town, key = kiosk.hall.town, kiosk.key_on_page()
    address = reverse("hall:kiosk-given", args=[key])
    never_sent = kiosk.device.get(address)
    ticket = kiosk.take(key=key)
    town.at(f"{DAY} 09:08")
    found = kiosk.device.get(address)
    town.at(f"{DAY} 09:11")
    late = kiosk.device.get(address)

    assert (never_sent.status_code, found.status_code, late.status_code) == (404, 302, 404)
    assert id_in(found.url) == ticket.pk


def test_a_ticket_that_is_called_already_is_not_shown_anew(kiosk: Standing) -> None:
    key = kiosk.key_on_page()
    kiosk.take(key=key)
    kiosk.hall.call()

    assert kiosk.device.get(reverse("hall:kiosk-given", args=[key])).status_code == 404


def test_the_screen_shows_the_ticket_how_many_are_ahead_and_until_when(kiosk: Standing) -> None:
    """R4.2-a, R8.1-c"""
    kiosk.hall.town.at(f"{DAY} 12:49")
    kiosk.take()
    kiosk.hall.town.at(f"{DAY} 12:50")
    ticket = kiosk.take()

    page = kiosk.ticket_page(ticket)

    for sentence in (
        "Талоныңыз А002",
        "Алдыңызда: 1 адам",
        "14:50-ге дейін",
        "Кезекті телефоннан көру",
        "Талоныңызды терминалдан алыңыз.",
        f"/hall/tickets/{ticket.pk}/",
        "Взят: 15 сентября 2015 г. в 12:50",
    ):
        assert sentence in page
    assert "Taken" not in page
    assert "Taken: 12:50 on 15 September 2015" in kiosk.ticket_page(ticket, "en")


def test_a_ticket_stands_on_the_screen_for_minutes_only(kiosk: Standing) -> None:
    ticket = kiosk.take()
    address = reverse("hall:kiosk-ticket", args=[ticket.pk])

    kiosk.hall.town.at(f"{DAY} 09:11")

    assert kiosk.device.get(address).status_code == 302


def prints_by_itself(kiosk: Standing, address: str) -> bool:
    return "data-print-now" in kiosk.device.get(address).content.decode()


def test_a_ticket_prints_by_itself_once_and_again_only_as_a_marked_copy(kiosk: Standing) -> None:
    """R8.1-c: within the minute it was taken; the paper says so and when it was first printed."""
    town = kiosk.hall.town
    answer = kiosk.ask()
    ticket = Ticket.objects.get()
    first = kiosk.ticket_page(ticket)
    assert prints_by_itself(kiosk, answer.url)
    assert not prints_by_itself(kiosk, reverse("hall:kiosk-ticket", args=[ticket.pk]))

    town.at(f"{DAY} 09:01")
    again = kiosk.again(ticket)
    copied = kiosk.ticket_page(ticket)
    town.at_instant(town.now + timedelta(seconds=1))
    late = kiosk.again(ticket)

    assert prints_by_itself(kiosk, again.url)
    assert "Қайта басылған дана" not in first
    assert (
        "Қайта басылған дана. Талон бірінші рет басып шығарылған уақыт: 2015 ж. 15 қыркүйек, сағат 9:00"
        in copied
    )
    assert "Повторный экземпляр" in copied
    assert not prints_by_itself(kiosk, late.url)
    assert "қызметкерге айтыңыз" in kiosk.ticket_page(ticket)
    assert [name for name, *_ in events(ticket.pk)] == ["ticket.taken", "ticket.reprinted"]


def test_the_first_page_offers_to_print_the_last_ticket_again_for_a_minute(kiosk: Standing) -> None:
    ticket = kiosk.take()

    assert f"{ticket.name} талоны шықпай қалды ма?" in kiosk.page()
    kiosk.hall.town.at(f"{DAY} 09:02")
    assert "шықпай қалды ма?" not in kiosk.page()


def test_without_a_printer_the_screen_tells_to_photograph_the_code(hall: Hall) -> None:
    kiosk = Standing(hall, paper=KioskPaper.NONE)
    answer = kiosk.ask()
    ticket = Ticket.objects.get()

    page = kiosk.ticket_page(ticket)

    assert "QR-кодты телефонмен суретке түсіріп алыңыз" in page
    assert not prints_by_itself(kiosk, answer.url)
    assert kiosk.again(ticket).status_code == 404
    assert "<svg" in kiosk.device.get(reverse("hall:kiosk-ticket", args=[ticket.pk])).content.decode()


@pytest.mark.parametrize("paper", [KioskPaper.ROLL, KioskPaper.NONE])
def test_the_desk_prints_a_ticket_first_and_then_copies_of_it(hall: Hall, paper: KioskPaper) -> None:
    """R8.1-c: each printing is an event; what came out of a kiosk is the first one."""
    ticket = Standing(hall, paper=paper).take()
    browser = hall.browser()
    address = reverse("desk:ticket", args=[ticket.pk])
    unprinted = said(browser.get(address))
    hall.town.at(f"{DAY} 09:03")
    for _ in range(2):
        assert hall.press(ticket, "print-ticket").url == f"{address}?print"
        hall.town.at(f"{DAY} 09:05")
    printed = said(browser.get(address))

    did_print = paper is KioskPaper.ROLL
    first_at = "9:00" if did_print else "9:03"
    assert "Taken at the kiosk: 1-қабат" in unprinted
    assert ("Print again F9" in unprinted) is did_print
    assert f"Reprint. The ticket was first printed: {first_at} on 15 September 2015" in printed
    names = ["ticket.reprinted" if did_print else "ticket.printed", "ticket.reprinted"]
    assert [name for name, *_ in events(ticket.pk)] == ["ticket.taken", *names]


def test_who_may_print_at_the_desk(kiosk: Standing) -> None:
    hall, ticket = kiosk.hall, kiosk.take()
    other = Hall(hall.town, "temirtau")

    assert hall.press(ticket, "print-ticket", by=hall.world.head).status_code == 403
    assert other.press(ticket, "print-ticket").status_code == 404
    assert events(ticket.pk)[1:] == []


def test_the_kiosk_works_without_a_script_and_comes_back_by_itself(kiosk: Standing) -> None:
    page = kiosk.device.get(reverse("hall:kiosk")).content.decode()
    ticket = kiosk.device.get(kiosk.ask().url).content.decode()

    refresh = r'<noscript><meta http-equiv="refresh" content="(\d+);url=/hall/kiosk/"></noscript>'
    assert [int(found[1]) for text in (page, ticket) if (found := re.search(refresh, text))] == [60 + 1, 40]
    assert 'data-return="40"' in ticket


def test_the_first_page_is_asked_for_anew_when_the_doors_open(kiosk: Standing) -> None:
    kiosk.hall.town.at(f"{DAY} 14:29:50")

    assert 'data-return="11"' in kiosk.device.get(reverse("hall:kiosk")).content.decode()


def test_a_kiosk_that_is_not_heard_from_is_said_to_be_silent(kiosk: Standing) -> None:
    head = kiosk.hall.browser(kiosk.hall.world.head)
    kiosk.hall.town.at(f"{DAY} 09:04")
    kiosk.page()
    kiosk.hall.town.at(f"{DAY} 09:08")
    assert "Last heard from at 9:04 on 15 September 2015" in said(head.get(reverse("desk:kiosks")))
    kiosk.hall.town.at(f"{DAY} 09:10")
    assert "Not heard from" in said(head.get(reverse("desk:kiosks")))


def test_a_ticket_at_the_kiosk_costs_few_queries(kiosk: Standing, django_assert_num_queries) -> None:
    """Who the device is; then in one transaction: line, key, the one before, its count, the ticket, the event."""
    kiosk.take()
    with django_assert_num_queries(9):  # seven and the two of the transaction
        kiosk.ask()
