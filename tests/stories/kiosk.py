"""A kiosk in the hall of an office: set up as a head and a technician do it, then touched by whoever comes."""

import re
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.urls import reverse

from joldama.reception.models import Kiosk, Ticket
from joldama.standard.kiosks import KioskPaper
from tests.stories.counter import hidden, said
from tests.stories.hall import Hall

CODE = re.compile(r"\b(?:[A-Z2-9]{4} ){2}[A-Z2-9]{4}\b")


class Standing:
    """A kiosk that stands in a hall; `device` is its browser, which nobody is signed in to."""

    def __init__(self, hall: Hall, *, name: str = "1-қабат", paper: KioskPaper = KioskPaper.ROLL) -> None:
        self.hall = hall
        self.device = Client()
        answer = type_code(self.device, code_in(make(hall, name=name, paper=paper)))
        assert answer.status_code == 302, said(answer)
        self.row = Kiosk.objects.get(name=name, place=hall.world.place, ended_at=None)

    def page(self, language: str = "kk") -> str:
        """What its first page says."""
        return said(self.device.get(reverse("hall:kiosk"), {"in": language}))

    def ask(self, *, key: str | None = None, **typed: str) -> Any:
        """Touch the button; give the page that answers."""
        return self.device.post(reverse("hall:kiosk-take"), {"key": key or str(uuid4()), **typed})

    def take(self, **typed: str) -> Ticket:
        """Somebody takes a ticket; it must be given."""
        answer = self.ask(**typed)
        assert answer.status_code == 302, said(answer)
        return Ticket.objects.select_related("line__place__office", "kiosk").get(pk=id_in(answer.url))

    def key_on_page(self) -> str:
        """The key of the form that stands on the first page."""
        return hidden(self.device.get(reverse("hall:kiosk")), "key")

    def ticket_page(self, ticket: Ticket, language: str = "kk") -> str:
        """What the screen shows of a ticket it gave."""
        return said(self.device.get(reverse("hall:kiosk-ticket", args=[ticket.pk]), {"in": language}))

    def again(self, ticket: Ticket) -> Any:
        """Touch "print again"."""
        return self.device.post(reverse("hall:kiosk-again", args=[ticket.pk]))


def make(hall: Hall, *, name: str = "1-қабат", paper: KioskPaper = KioskPaper.ROLL, **typed: Any) -> Any:
    """The head adds a kiosk; give the page that answers."""
    browser = hall.browser(hall.world.head)
    return browser.post(reverse("desk:kiosks"), {"name": name, "paper": paper, **typed})


def code_in(answer: Any) -> str:
    """The set-up code that is shown once."""
    found = CODE.search(said(answer))
    assert found, said(answer)
    return found[0]


def type_code(device: Client, code: str) -> Any:
    """The technician types a set-up code; give the page that answers."""
    device.cookies["language"] = "en"
    return device.post(reverse("hall:kiosk-set-up"), {"code": code})


def id_in(address: str) -> UUID:
    """The ticket an address names."""
    return UUID(address.split("?")[0].split("/")[-2])
