"""What the specialist and the head of an office do on their pages, step by step, at the town's moment."""

import base64
import html
import re
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.urls import reverse

from joldama.cases.models import Application
from joldama.demo.people import DemoApplicant, demo_people
from joldama.people.models import Staff
from joldama.reception.models import Ticket
from tests.factories import pki
from tests.factories.steps import ALTHOUGH, FIELDS
from tests.stories.town import Town, document_on

CITIZEN = demo_people().applicant("citizen-card")


class Counter:
    """The desk of one office; its pages are English."""

    def __init__(self, town: Town, office: str = "astana") -> None:
        self.town = town
        self.world = town.office(office)

    @property
    def specialist(self) -> Client:
        """The specialist's browser; he signs in anew, since a session ends after some hours."""
        return self._desk_of(self.world.specialist)

    @property
    def head(self) -> Client:
        """The head's browser."""
        return self._desk_of(self.world.head)

    def receive(self) -> None:
        """Somebody takes a ticket, is called to the window and comes."""
        browser, address = self.specialist, reverse("desk:intake")
        key = hidden(browser.get(address), "key")
        called = {"window": 1, "with_ticket": "yes", "key": key, "back": "intake"}
        assert browser.post(reverse("desk:call-next"), called).url == address
        held = Ticket.objects.held_by(self.world.specialist)
        assert browser.post(reverse("desk:serve-ticket", args=[held.pk]), {"back": "intake"}).url == address

    def intake_page(self) -> str:
        """What the page says before anybody, or another application of the visitor, is registered."""
        return said(self.specialist.get(reverse("desk:intake"), {"another": "1"}))

    def show_document(self, visitor: DemoApplicant = CITIZEN, **changes: Any) -> Any:
        """Type what stands in a visitor's document and press "register"; give the page that answers."""
        typed = {**read_off(visitor), "key": str(uuid4()), **changes}
        return self.specialist.post(reverse("desk:intake"), typed)

    def register(self, visitor: DemoApplicant = CITIZEN, **changes: Any) -> Application:
        """Register a visitor who is to be accepted."""
        answer = self.show_document(visitor, **changes)
        assert answer.status_code == 302, said(answer)
        return Application.objects.get(pk=UUID(answer.url.split("/")[-2]))

    def take(self, application: Application) -> None:
        """The specialist takes the case."""
        self.press(application, "take")

    def draft(self, application: Application, **changes: str) -> Any:
        """The specialist types the referral; give the page that answers."""
        fields = {str(name): text for name, text in FIELDS.items()}
        typed = {"kind": application.kind, "although": ALTHOUGH, **fields, **changes}
        return self._send(application, "draft", typed)

    def refuse(self, application: Application, *, ground: str, reasons: str) -> Any:
        """The specialist types a reasoned refusal; give the page that answers."""
        return self.specialist.post(
            reverse("desk:refuse", args=[application.pk]), {"ground": ground, "reasons": reasons}
        )

    def sign(self, application: Application) -> Any:
        """The head reads the decision from the bytes of his page and signs exactly these."""
        browser, address = self.head, reverse("desk:decision", args=[application.pk])
        document = document_on(browser.get(address).content.decode())
        key = pki.official(self.world.head.iin or "", self.world.office.bin)
        cms = key.sign(document, at=self.town.now)
        answer = browser.post(address, {"cms": base64.b64encode(cms).decode()})
        assert answer.status_code == 302, said(answer)
        application.refresh_from_db()
        return answer

    def offer(self, application: Application) -> None:
        """The specialist offers the sealed result."""
        self.press(application, "offer")

    def hand_over(self, application: Application) -> None:
        """The specialist hands the referral over."""
        self.press(application, "hand-over")

    def annul(self, application: Application, reason: str, *, with_correction: bool = False) -> Any:
        """The head annuls the result; give the page that answers."""
        typed = {"reason": reason, **({"with_correction": "on"} if with_correction else {})}
        return self.head.post(reverse("desk:annul", args=[application.pk]), typed)

    def press(self, application: Application, step: str) -> None:
        """Press the one button of a case."""
        answer = self._send(application, step, {})
        assert answer.status_code == 302, said(answer)
        application.refresh_from_db()

    def case_page(self, application: Application) -> str:
        """What the case's screen says."""
        return said(self.specialist.get(reverse("desk:case", args=[application.pk])))

    def receipt(self, application: Application) -> str:
        """What the receipt says."""
        return said(self.specialist.get(reverse("desk:receipt", args=[application.pk])))

    def paper(self, application: Application) -> bytes:
        """The sealed PDF as the desk prints it."""
        answer = self.specialist.get(reverse("desk:referral-pdf", args=[application.pk]))
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        return answer.content

    def _send(self, application: Application, step: str, typed: dict[str, str]) -> Any:
        """Send a form of the case's screen; it has to be there."""
        browser, address = self.specialist, reverse(f"desk:{step}", args=[application.pk])
        page = browser.get(reverse("desk:case", args=[application.pk])).content.decode()
        assert f'action="{address}"' in page, f"{step} is not offered"
        return browser.post(address, typed)

    def _desk_of(self, staff: Staff) -> Client:
        browser = self.town.browser_of(staff)
        browser.cookies["language"] = "en"
        return browser


def read_off(visitor: DemoApplicant) -> dict[str, str]:
    """What a specialist reads off a visitor's document, and the kind he asks for."""
    return {
        "document_kind": visitor.document_kind,
        "holder": visitor.holder,
        "iin": visitor.iin,
        "surname": visitor.surname,
        "given_name": visitor.given_name,
        "patronymic": visitor.patronymic,
        "document_number": visitor.document_number,
        "document_valid_until": f"{visitor.document_valid_until:%d.%m.%Y}",
        "kind": "JOB_PLACEMENT",
        "language": "ru",
    }


def said(response: Any) -> str:
    """Give the words of a page's main part, spaces made plain."""
    page = response.content.decode().split("<main", 1)[-1]
    plain = re.sub(r"<template.*?</template>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(plain).replace("\u00a0", " ").split())


def hidden(response: Any, name: str) -> str:
    """Give the value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, name
    return found[1]
