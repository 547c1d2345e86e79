"""What the specialist and the head of an office do on their pages, step by step, at the town's moment."""

import base64
import html
import re
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.urls import reverse

from govkz.eds import Role
from govkz.eds.pki import Identity
from joldama.cases.models import Application
from joldama.demo.people import DemoApplicant, demo_people
from joldama.people.models import Staff
from joldama.reception.models import Ticket
from joldama.standard.typography import unbound
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
        answer = self.sign_paper(reverse("desk:decision", args=[application.pk]), by=self.world.head)
        assert answer.status_code == 302, said(answer)
        application.refresh_from_db()
        return answer

    def offer(self, application: Application) -> None:
        """The specialist offers the sealed result."""
        self.press(application, "offer")

    def hand_over(self, application: Application) -> None:
        """The specialist hands the referral over."""
        self.press(application, "hand-over")

    def propose(self, application: Application, reason: str, *, with_correction: bool = False) -> Any:
        """The specialist proposes to annul the result; give the page that answers."""
        typed = {"reason": reason, **({"with_correction": "on"} if with_correction else {})}
        return self.specialist.post(reverse("desk:annul", args=[application.pk]), typed)

    def confirm(self, application: Application, *, by: Staff | None = None) -> Any:
        """The head, or another who signs for the office, reads a proposed annulment and signs it."""
        address = reverse("desk:annulment", args=[application.pk])
        return self.sign_paper(address, by=by or self.world.head)

    def sign_paper(self, address: str, *, by: Staff) -> Any:
        """An official reads a paper from the bytes of its page and signs exactly these; give what answers."""
        browser = self._desk_of(by)
        return browser.post(address, {"cms": self.signature_on(browser.get(address), by=by)})

    def signature_on(self, page: Any, *, by: Staff) -> str:
        """Sign what a page shows, with an official's own key."""
        duty = {} if by == self.world.head else {"role": Role.SIGNATORY}
        key = pki.official(by.iin or "", self.world.office.bin, **duty)
        return self.signed(self.document_of(page), key)

    @staticmethod
    def document_of(page: Any) -> bytes:
        """Give the bytes that a page asks to sign."""
        return document_on(page.content.decode())

    def signed(self, document: bytes, key: Identity) -> str:
        """Sign bytes with any key, as a form hands it in."""
        return base64.b64encode(key.sign(document, at=self.town.now)).decode()

    def annul(self, application: Application, reason: str, *, with_correction: bool = False) -> Any:
        """The specialist proposes, the head confirms; give the page that answers the one who was refused, or him."""
        proposed = self.propose(application, reason, with_correction=with_correction)
        return self.confirm(application) if proposed.status_code == 302 else proposed

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
    return " ".join(unbound(html.unescape(plain)).split())


def hidden(response: Any, name: str) -> str:
    """Give the value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, name
    return found[1]
