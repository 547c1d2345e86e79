"""The clerk's own screen, from the call to the next person: what it offers and refuses (¶4, ¶8.1, A13)."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from joldama.cases.models import Application, NonAcceptance
from joldama.journal.models import Look
from joldama.reception.models import TicketCase
from tests.factories import world
from tests.stories.cockpit.clerk import DAY, INTAKE, at_window, called, read
from tests.stories.counter import Counter, said
from tests.stories.hall import Hall
from tests.stories.town import wall


def names_asked(page: Any) -> set[str]:
    return {
        name
        for name in ("surname", "iin", "document_kind", "kind")
        if f'name="{name}"' in page.content.decode()
    }


def test_while_nobody_is_there_the_screen_shows_who_waits_and_asks_nothing(hall: Hall, clerk: Client) -> None:
    """R4.2-b, R8.1-c"""
    hall.take()
    hall.town.at(f"{DAY} 10:21")
    hall.take()

    page = clerk.get(INTAKE)

    assert "Nobody is at your window" in said(page)
    assert "Waiting: 2" in said(page)
    assert "А001 Past 20 minutes 21:00" in said(page)
    assert "А002 Waiting 00:00" in said(page)
    assert "Call next" in said(page)
    assert names_asked(page) == set()


def test_s01_the_screen_leads_from_the_call_to_the_next_person(
    counter: Counter, hall: Hall, clerk: Client
) -> None:
    """R4.2-a, R4.3-a, A19: each step leads to the screen of the following one."""
    ticket = hall.take()
    call = {"window": 1, "back": "intake"}

    led = [clerk.post(reverse("desk:call-next"), call).url]
    asks = said(clerk.get(INTAKE))
    counter.town.at(f"{DAY} 10:01")
    led.append(clerk.post(reverse("desk:serve-ticket", args=[ticket.pk]), {"back": "intake"}).url)
    form = clerk.get(INTAKE)
    counter.town.at(f"{DAY} 10:08")
    registered = clerk.post(INTAKE, read(ticket))
    application = Application.objects.get()
    back = clerk.get(INTAKE)

    assert led == [INTAKE, INTAKE]
    assert "Ticket А001: has the person come to your window?" in asks
    assert names_asked(form) == {"surname", "iin", "document_kind", "kind"}
    assert registered.url == back.url == reverse("desk:case", args=[application.pk])
    assert TicketCase.objects.get().ticket == ticket
    assert wall(application.due_at) == f"{DAY} 10:38:00"
    case = said(clerk.get(registered.url))
    assert "А001" in case
    assert "Waiting Standard ¶4.2 00:00" in case
    assert "Serving Standard ¶4.3 08:00" in case
    assert "Result Standard ¶4.1 00:00" in case
    assert "Due by 10:38 on 15 September 2015" in case


def test_handing_over_ends_the_serving_and_offers_the_next_person(
    counter: Counter, hall: Hall, clerk: Client
) -> None:
    """R4.3-a"""
    ticket = at_window(hall)
    following = hall.take()
    application = in_hand(counter)
    counter.town.at(f"{DAY} 10:23")

    led = clerk.post(reverse("desk:hand-over", args=[application.pk]))
    page = said(clerk.get(led.url))

    ticket.refresh_from_db()
    assert (led.url, ticket.state, ticket.end) == (INTAKE, "SERVED", "RESULT")
    assert "Visitor before: А001 · Result given" in page
    assert "Ended at 10:23; the serving took 23 min" in page
    assert f"{following.name} Past 20 minutes 23:00" in page
    assert "Call next" in page


def in_hand(counter: Counter) -> Application:
    """A case of whoever is at the window, offered and not yet handed over."""
    application = counter.register()
    counter.town.work()
    counter.take(application)
    counter.draft(application)
    counter.sign(application)
    counter.town.work()
    counter.offer(application)
    return application


def test_who_has_two_applications_is_served_until_both_are_in_the_hand(
    counter: Counter, hall: Hall, clerk: Client
) -> None:
    ticket = at_window(hall)
    first = in_hand(counter)
    form = clerk.get(INTAKE, {"another": "1"})
    second = counter.register(kind="PUBLIC_WORKS")

    led = clerk.post(reverse("desk:hand-over", args=[first.pk]))
    page = said(clerk.get(led.url))

    ticket.refresh_from_db()
    assert names_asked(form) == {"surname", "iin", "document_kind", "kind"}
    assert first.number in said(form)
    assert (led.url, ticket.state) == (reverse("desk:case", args=[first.pk]), "SERVING")
    assert f"{second.number} Enter" in page
    assert clerk.get(INTAKE).url == reverse("desk:case", args=[second.pk])


def test_s08_in_the_lunch_break_the_screen_says_when_it_opens_and_calls_nobody(
    hall: Hall, clerk: Client
) -> None:
    """R8.1-a, A6"""
    hall.take()
    hall.town.at(f"{DAY} 13:00")

    page = said(clerk.get(INTAKE))
    answer = clerk.post(reverse("desk:call-next"), {"window": 1, "back": "intake"})

    assert "It is the lunch break" in page
    assert "Reception opens again at 14:30" in page
    assert answer.status_code == 409
    assert "The next person was not called. It is not reception time" in said(answer)
    assert "Nobody is at your window" in said(answer)


def test_s19_who_does_not_come_is_noted_and_the_screen_is_free_again(hall: Hall, clerk: Client) -> None:
    ticket = called(hall)

    led = clerk.post(reverse("desk:ticket-no-show", args=[ticket.pk]), {"back": "intake"})

    assert led.url == INTAKE
    assert "Visitor before: А001 · Did not come" in said(clerk.get(INTAKE))


def test_a_note_ends_the_serving_as_an_answer_and_registers_nothing(hall: Hall, clerk: Client) -> None:
    """R9.1-e, R4.3-a"""
    ticket = called(hall)
    note = {"key": str(uuid4()), "ground": "NO_ID", "name": "", "remark": ""}
    hall.town.at(f"{DAY} 10:04")

    for _ in range(2):
        led = clerk.post(reverse("desk:not-accepted"), note)
    page = clerk.get(led.url)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.end, wall(ticket.ended_at)) == ("SERVED", "ANSWER", f"{DAY} 10:04:00")
    assert (NonAcceptance.objects.count(), Application.objects.count()) == (1, 0)
    assert "To the next person" in said(page)
    assert "Visitor before: А001 · Answer given" in said(clerk.get(INTAKE))


def test_a_note_leaves_a_person_served_who_has_a_case_in_hand(
    counter: Counter, hall: Hall, clerk: Client
) -> None:
    ticket = at_window(hall)
    counter.register()

    clerk.post(reverse("desk:not-accepted"), {"key": str(uuid4()), "ground": "NO_ID"})

    ticket.refresh_from_db()
    assert ticket.state == "SERVING"


def steps_of(page: Any) -> Iterator[str]:
    """Give the marks of the suggested steps: done, now, ahead."""
    listed = page.content.decode().split('<ol class="budget">', 1)[1].split("</ol>", 1)[0]
    for item in listed.split("<li")[1:]:
        yield "done" if "is-done" in item else "now" if 'aria-current="step"' in item else "ahead"


def test_the_suggested_steps_go_on_with_the_visit(counter: Counter, hall: Hall, clerk: Client) -> None:
    """A suggestion of 10 + 10 + 5 + 5 minutes, no rule: nothing is measured by it."""
    at_window(hall)
    seen = [list(steps_of(clerk.get(INTAKE)))]
    application = counter.register()
    case = reverse("desk:case", args=[application.pk])
    seen.append(list(steps_of(clerk.get(case))))
    counter.take(application)
    counter.draft(application)
    seen.append(list(steps_of(clerk.get(case))))
    counter.sign(application)
    seen.append(list(steps_of(clerk.get(case))))
    counter.town.work()
    counter.offer(application)
    seen.append(list(steps_of(clerk.get(case))))

    assert seen == [
        ["now", "ahead", "ahead", "ahead"],
        ["done", "now", "ahead", "ahead"],
        ["done", "done", "now", "ahead"],
        ["done", "done", "done", "now"],
        ["done", "done", "done", "now"],
    ]
    assert "Document, registration · 10 min" in said(clerk.get(case))


def test_a_refusal_given_at_the_window_ends_the_serving_as_a_refusal(
    counter: Counter, hall: Hall, clerk: Client
) -> None:
    """R4.3-a"""
    ticket = at_window(hall)
    application = counter.register()
    counter.take(application)
    counter.refuse(application, ground="FALSE_DATA", reasons="Берілген мәліметтер расталмады.")
    counter.sign(application)

    page = clerk.get(reverse("desk:case", args=[application.pk]))
    led = clerk.post(
        reverse("desk:end-ticket", args=[ticket.pk]), {"end": hidden_end(page), "back": "intake"}
    )

    ticket.refresh_from_db()
    assert "Refusal given Enter" in said(page)
    assert (led.url, ticket.state, ticket.end) == (INTAKE, "SERVED", "REFUSAL")


def hidden_end(page: Any) -> str:
    return str(page.context["ended_as"])


def test_a_waiting_page_asks_how_far_the_case_is_without_looking_at_the_person(
    counter: Counter, hall: Hall, clerk: Client, django_assert_num_queries: Any
) -> None:
    """R14.1-a: only who opens a case looks at it; the page learns of signature and document all the same."""
    at_window(hall)
    application = counter.register()
    address = reverse("desk:case-turn", args=[application.pk])
    clerk.get(address)
    looks = Look.objects.count()
    turns = [clerk.get(address).content.decode()]
    counter.town.work()
    turns.append(clerk.get(address).content.decode())
    counter.take(application)
    counter.draft(application)
    turns.append(clerk.get(address).content.decode())
    counter.sign(application)
    turns.append(clerk.get(address).content.decode())
    counter.town.work()
    with django_assert_num_queries(5):
        turns.append(clerk.get(address).content.decode())

    assert turns == [
        "take False False False",
        "take False True False",
        "wait_signature False True False",
        "wait_paper False True False",
        "offer True True False",
    ]
    assert Look.objects.filter(page="desk:case-turn").count() == 0
    assert Look.objects.count() > looks  # of the pages that were opened meanwhile
    stranger = counter.town.browser_of(world.office("temirtau").specialist)
    assert stranger.get(address).status_code == 404


def test_the_head_signs_the_counters_decisions_first_and_sees_their_half_hour(
    counter: Counter, hall: Hall
) -> None:
    """R4.1-a, A36"""
    counter.town.at("2015-09-14 16:00")
    online = counter.town.apply(kind="PUBLIC_WORKS")
    counter.town.work()
    counter.take(online)
    counter.draft(online)
    counter.town.at(f"{DAY} 17:10")
    at_window(hall)
    walk_in = counter.register()
    counter.take(walk_in)
    counter.draft(walk_in)
    counter.town.at(f"{DAY} 17:29:59")

    page = counter.head.get(reverse("desk:work"))

    listed = said(page).split("Open cases", 1)[0]
    assert online.due_at < walk_in.due_at
    assert listed.index(walk_in.number) < listed.index(online.number)
    assert "19:59 of 30 minutes gone" in listed
    assert listed.count("minutes gone") == 1
    assert '<div id="to-sign" data-live="5">' in page.content.decode()


QUERIES = {"free": 8, "called": 5, "form": 7, "case": 11}


@pytest.mark.parametrize("waiting", [1, 3])
def test_the_screen_costs_the_same_queries_for_one_and_for_three_who_wait(
    counter: Counter, hall: Hall, clerk: Client, django_assert_num_queries: Any, waiting: int
) -> None:
    clerk.get(INTAKE)
    ticket = hall.take()
    for _ in range(waiting):
        hall.take()

    with django_assert_num_queries(QUERIES["free"]):
        clerk.get(INTAKE)
    hall.call()
    with django_assert_num_queries(QUERIES["called"]):
        clerk.get(INTAKE)
    hall.serve(ticket)
    with django_assert_num_queries(QUERIES["form"]):
        clerk.get(INTAKE)
    application = counter.register()
    with django_assert_num_queries(QUERIES["case"]):
        clerk.get(reverse("desk:case", args=[application.pk]))
