"""What a specialist has at his window, on Tuesday, 15 September 2015, from ten o'clock on."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from joldama.reception.models import Ticket
from tests.stories.counter import CITIZEN, Counter, read_off
from tests.stories.hall import Hall

DAY = "2015-09-15"
INTAKE = "/desk/intake/"
EXPIRED = {"document_valid_until": "14.09.2015"}


@pytest.fixture
def hall(counter: Counter) -> Hall:
    """The hall of the same office, on Tuesday, 15 September 2015, at 10:00."""
    counter.town.at(f"{DAY} 10:00")
    return Hall(counter.town)


@pytest.fixture
def clerk(counter: Counter, hall: Hall) -> Client:
    """The browser in which the specialist works the whole day."""
    return counter.specialist


def called(hall: Hall) -> Ticket:
    hall.take()
    return hall.call()


def at_window(hall: Hall) -> Ticket:
    ticket = called(hall)
    hall.serve(ticket)
    return ticket


def read(ticket: Ticket | None = None, **changes: Any) -> dict[str, Any]:
    """What the form holds: read off a citizen's card, opened for a ticket."""
    return {"key": str(uuid4()), "ticket": str(ticket.pk) if ticket else "", **read_off(CITIZEN), **changes}
