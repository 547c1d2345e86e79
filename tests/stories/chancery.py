"""What a chancery and the addressee do on their pages, step by step, at the town's moment."""

import re
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from joldama.complaints.models import Complaint
from joldama.demo.people import demo_people
from joldama.people.models import Staff
from joldama.standard.office_kinds import OfficeKind
from tests.factories import world
from tests.stories.counter import hidden, said
from tests.stories.town import Town


class Chancery:
    """The chancery of one body: of a provider, of an akimat, or of the quality body; its pages are English."""

    def __init__(self, town: Town, slug: str = "astana") -> None:
        self.town = town
        is_provider = demo_people().office(slug).body is OfficeKind.PROVIDER
        provider = town.office(slug if is_provider else "astana")
        self.body = world.body(slug, of=provider if is_provider else None)

    @property
    def officer(self) -> Client:
        """The chancery officer's browser."""
        return self.browser_of(self.body.officer)

    def browser_of(self, staff: Staff) -> Client:
        """The browser of somebody of the body; he signs in anew, since a session ends after some hours."""
        browser = self.town.browser_of(staff)
        browser.cookies["language"] = "en"
        return browser

    def hand_in(self, **changes: str) -> Any:
        """Type a complaint and press "register"; give the page that answers."""
        browser, address = self.officer, reverse("chancery:new")
        key = hidden(browser.get(address), "key")
        return browser.post(address, {**self.typed(), "key": key, **changes})

    def register(self, **changes: str) -> Complaint:
        """Register a complaint that is to be registered."""
        answer = self.hand_in(**changes)
        assert answer.status_code == 302, said(answer)
        return Complaint.objects.get(pk=id_in(answer.url))

    def typed(self) -> dict[str, str]:
        """What stands in a complaint that names its person and its matter."""
        return {
            "channel": "hand",
            "provider": str(self.body.provider.pk),
            "subject": "INACTION",
            "complainant": "Айша Нұрланова",
            "contact": "Астана, Абай даңғылы, 1",
            "text": "Менен құжат сұрады.",
            "language": "ru",
        }

    def list_page(self, staff: Staff, **asked: str) -> str:
        """What the register says to somebody of the body."""
        return said(self.browser_of(staff).get(reverse("chancery:register"), asked))

    def page(self, staff: Staff, complaint: Complaint) -> Any:
        """The complaint's page as somebody opens it."""
        return self.browser_of(staff).get(reverse("chancery:complaint", args=[complaint.pk]))

    def press(self, staff: Staff, complaint: Complaint, step: str, **typed: str) -> Any:
        """Send a step; give the page that answers."""
        answer = self.browser_of(staff).post(reverse(f"chancery:{step}", args=[complaint.pk]), typed)
        complaint.refresh_from_db()
        return answer

    def take(self, staff: Staff, complaint: Complaint, to: Staff | None = None) -> None:
        """The addressee gives the complaint to an officer, or to himself."""
        answer = self.press(staff, complaint, "assign", to=str((to or staff).pk))
        assert answer.status_code == 302, said(answer)

    def confirmation(self, complaint: Complaint) -> str:
        """What the confirmation says."""
        return said(self.officer.get(reverse("chancery:confirmation", args=[complaint.pk])))


def id_in(address: str) -> UUID:
    """Give the id in an address."""
    found = re.search(r"/([0-9a-f-]{36})/", address)
    assert found, address
    return UUID(found[1])
