"""A browser on a computer whose page asks for a signature on a phone."""

from typing import Any

from django.test import Client
from django.urls import reverse

from joldama.cases.models import Application
from joldama.signatures.models import RemoteSigning, Signature
from tests.stories.phone import content_on
from tests.stories.town import text_of

SIGN_IN, BY_PHONE = "/sign-in/", "/sign-in/qr/"
CHECK, CHECK_BY_PHONE = "/apply/check/", "/apply/check/qr/"


class Screen:
    """A browser on a computer, before a page that asks for a signature."""

    def __init__(self, browser: Client, page: str, by_phone: str) -> None:
        self.browser, self.page, self.by_phone = browser, page, by_phone

    def ask(self) -> str:
        """Ask for a code; give what it holds."""
        answer = self.browser.post(self.by_phone)
        assert (answer.status_code, answer.url) == (302, f"{self.page}#qr"), answer.content.decode()
        return content_on(self.shown)

    @property
    def shown(self) -> str:
        answer = self.browser.get(self.page)
        assert answer.status_code == 200
        return answer.content.decode()

    @property
    def said(self) -> str:
        return text_of(self.shown)

    @property
    def state(self) -> dict[str, Any]:
        """What the page is told each second."""
        return self.browser.get(self._address("state")).json()

    def cancel(self) -> Any:
        return self.browser.post(self._address("cancel"), {"back": self.page})

    def go_on(self) -> Any:
        return self.browser.post(self.by_phone, {"go_on": "yes"})

    def _address(self, name: str) -> str:
        return reverse(f"mobile:{name}", args=[RemoteSigning.objects.latest("made_at", "pk").pk])


def message(answer: Any) -> str:
    """What a call says is wrong; in three languages, and nothing of it is empty."""
    said = answer.json()
    assert all(said[name] for name in ("message", "messageKz", "messageRu", "messageEn"))
    return said["message"]


def nothing_was_taken() -> bool:
    return not Signature.objects.exists() and not Application.objects.exists()
