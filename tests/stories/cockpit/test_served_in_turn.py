"""R8.1-c: who may be served without a call, and who has to be called first."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from joldama.cases.models import Application
from joldama.demo.people import demo_people
from joldama.reception.models import Ticket
from tests.stories.cockpit.clerk import INTAKE, at_window, read
from tests.stories.counter import CITIZEN, Counter, hidden, read_off, said
from tests.stories.hall import Hall


def test_who_comes_without_a_ticket_gets_one_and_the_first_of_the_line_is_called(
    hall: Hall, clerk: Client
) -> None:
    """R8.1-c: a ticket given at the window stands at the end like every other."""
    first = hall.take()
    asked = {"window": 1, "with_ticket": "yes", "key": hidden(clerk.get(INTAKE), "key"), "back": "intake"}

    for _ in range(2):
        assert clerk.post(reverse("desk:call-next"), asked).url == INTAKE

    held = Ticket.objects.held_by(hall.world.specialist)
    assert held == first
    assert list(Ticket.objects.waiting().values_list("number", flat=True)) == [2]


@pytest.mark.parametrize("waiting", [True, False])
def test_nobody_is_registered_without_a_call_while_others_wait(
    hall: Hall, clerk: Client, waiting: bool
) -> None:
    """R8.1-c: where nobody waits, whoever stands at the window is the first."""
    if waiting:
        hall.take()

    answer = clerk.post(INTAKE, read())

    assert (answer.status_code, Application.objects.count()) == ((409, 0) if waiting else (302, 1))
    if waiting:
        assert "People are waiting and nobody has been called to your window" in said(answer)
        assert f'value="{CITIZEN.surname}"' in answer.content.decode()


def test_a_ticket_serves_one_person_while_others_wait(hall: Hall, clerk: Client) -> None:
    """R8.1-c: whoever comes along with the person at the window takes a ticket; another application does not."""
    ticket = at_window(hall)
    hall.take()
    companion = read_off(demo_people().applicant("citizen-passport"))

    registered = clerk.post(INTAKE, read(ticket))
    refused = clerk.post(INTAKE, read(ticket, **companion))
    again = clerk.post(INTAKE, read(ticket, kind="PUBLIC_WORKS"))

    assert (registered.status_code, refused.status_code, again.status_code) == (302, 409, 302)
    assert "Another person was registered with ticket А001, and people are waiting" in said(refused)
    assert [case.person.iin for case in Application.objects.all()] == [CITIZEN.iin] * 2
    numbers = Application.objects.order_by("number").values_list("number", flat=True)
    assert [number[-1] for number in numbers] == ["1", "2"]


def test_who_was_called_yesterday_lets_nobody_pass_today(counter: Counter, hall: Hall, clerk: Client) -> None:
    """R8.1-c: a serving that nobody ended is no turn of another day."""
    left = at_window(hall)
    counter.town.at("2015-09-16 10:00")
    hall.take()

    refused = counter.specialist.post(INTAKE, read(left))

    assert (refused.status_code, Application.objects.count()) == (409, 0)
    assert "nobody has been called to your window" in said(refused)


def test_no_ticket_is_given_at_a_window_that_can_call_nobody(hall: Hall) -> None:
    """R8.1-c: a ticket nobody was told of would be called for nobody."""
    at_window(hall)
    colleague = hall.browser(hall.colleague())
    asked = {"with_ticket": "yes", "back": "intake", "key": str(uuid4())}

    busy = colleague.post(reverse("desk:call-next"), {**asked, "window": 1})
    given = Ticket.objects.count()
    free = colleague.post(reverse("desk:call-next"), {**asked, "window": 2})

    assert (busy.status_code, given) == (409, 1)
    assert (free.status_code, Ticket.objects.count()) == (302, 2)
