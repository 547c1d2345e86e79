"""What a complainant does on the portal, page by page, at the town's moment."""

import base64
from typing import Any

from django.test import Client
from django.urls import reverse

from joldama.complaints.models import Complaint, ComplaintDraft
from joldama.people.models import Person
from tests.factories import pki, world
from tests.stories.counter import said
from tests.stories.town import Town, document_on


class Complainant:
    """A person with a key; his pages are English."""

    def __init__(self, town: Town, person: Person | None = None) -> None:
        self.town = town
        self.person = person or world.applicant("citizen-card")

    @property
    def browser(self) -> Client:
        """His browser, signed in."""
        browser = self.town.browser_of(self.person)
        browser.cookies["language"] = "en"
        return browser

    def answer(self, name: str, **typed: str) -> Any:
        """Answer one question; give the page that follows."""
        return self.browser.post(reverse("portal:complain-step", args=[name]), typed)

    def write(self, *, case: str = "none", addressee: str = "head", **changes: str) -> Any:
        """Answer every question; give the answer to the addressee's."""
        given = {
            "provider": str(self.town.office().office.pk),
            "subject": "INACTION",
            "official": "none",
            "text": "Менен құжат сұрады.",
            **changes,
        }
        self.answer("case", application=case)
        if case == "none":
            self.answer("provider", provider=given["provider"])
        self.answer("subject", subject=given["subject"])
        self.answer("official", official=given["official"])
        self.answer("text", text=given["text"])
        return self.answer("addressee", addressee=addressee)

    def sign(self, *, changed: bool = False) -> Any:
        """Sign what the check page shows and send it; give the page that answers."""
        browser, address = self.browser, reverse("portal:complain-check")
        document = document_on(browser.get(address).content.decode())
        if changed:
            document = document.replace("сұрады".encode(), "алды".encode())
        cms = pki.person(self.person.iin).sign(document, at=self.town.now)
        return browser.post(address, {"cms": base64.b64encode(cms).decode()})

    def sign_again(self) -> Any:
        """Send once more what was sent: a form that the browser posts anew."""
        sent = ComplaintDraft.objects.get(person=self.person)
        return self.browser.post(reverse("portal:complain-check"), {"cms": "AAAA", "draft": sent.reference})

    def send(self, **written: str) -> Complaint:
        """Write a complaint and send it."""
        self.write(**written)
        answer = self.sign()
        assert answer.status_code == 302, said(answer)
        return Complaint.objects.get(person=self.person, delivered_at=self.town.now)

    def page(self, complaint: Complaint) -> str:
        """What the complaint's page in his account says."""
        return said(self.browser.get(reverse("portal:complaint", args=[complaint.pk])))

    def account(self) -> str:
        """What his account says."""
        return said(self.browser.get(reverse("portal:account")))
