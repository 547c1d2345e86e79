"""What happens in the hall of one office: tickets, calls, servings, each through its page, at the town's moment."""

from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from joldama.people.models import Place, Staff
from joldama.reception.models import Ticket, Window
from joldama.standard.roles import Role
from tests.stories.counter import hidden, said
from tests.stories.town import Town

WINDOWS = 3


class Hall:
    """The hall of an office with three windows; its pages are English."""

    def __init__(self, town: Town, office: str = "astana") -> None:
        self.town = town
        self.world = town.office(office)
        Place.objects.filter(pk=self.world.place.pk).update(windows=WINDOWS)

    def colleague(self) -> Staff:
        """Another specialist of the office."""
        place = self.world.place
        return Staff.objects.create(
            role=Role.SPECIALIST, office=place.office, place=place, surname="Досова", given_name="Гүлнар"
        )

    def page(self, by: Staff | None = None) -> str:
        """What the page of the line says."""
        return said(self.browser(by).get(reverse("desk:line")))

    def take(self) -> Ticket:
        """Somebody takes a ticket; it must be given."""
        answer = self.ask_ticket()
        assert answer.status_code == 302, said(answer)
        return Ticket.objects.get(pk=UUID(answer.url.split("/")[-2]))

    def ask_ticket(self) -> Any:
        """Press "take a ticket"; give the page that answers."""
        browser = self.browser()
        key = hidden(browser.get(reverse("desk:line")), "key")
        return browser.post(reverse("desk:take-ticket"), {"key": key})

    def call(self, *, by: Staff | None = None, window: int = 1) -> Ticket:
        """Press "call next"; give who was called."""
        answer = self.ask_next(by=by, window=window)
        assert answer.status_code == 302, said(answer)
        return Ticket.objects.select_related("line__place").held_by(by or self.world.specialist)

    def ask_next(self, *, by: Staff | None = None, window: int = 1, **typed: str) -> Any:
        """Press "call next"; give the page that answers."""
        return self.browser(by).post(reverse("desk:call-next"), {"window": window, **typed})

    def ask_window(self, window: int = 1, *, by: Staff | None = None, **typed: str) -> Any:
        """Press "open the window"; give the page that answers."""
        return self.browser(by).post(reverse("desk:open-window"), {"window": window, **typed})

    def open_window(self, window: int = 1, *, by: Staff | None = None) -> Window:
        """Open a window; give it. It must be opened."""
        answer = self.ask_window(window, by=by)
        assert answer.status_code == 302, said(answer)
        return self.window_of(by)

    def window_of(self, by: Staff | None = None) -> Window:
        """The window at which an official sits."""
        return Window.objects.select_related("line__place").of(by or self.world.specialist)

    def press_window(self, window: Window, step: str, *, by: Staff | None = None, **typed: str) -> Any:
        """Press a button of a window; give the page that answers."""
        answer = self.browser(by).post(reverse(f"desk:{step}-window", args=[window.pk]), typed)
        window.refresh_from_db()
        return answer

    def press(self, ticket: Ticket, step: str, *, by: Staff | None = None, **typed: str) -> Any:
        """Press a button of a ticket; give the page that answers."""
        answer = self.browser(by).post(reverse(f"desk:{step}", args=[ticket.pk]), typed)
        ticket.refresh_from_db()
        return answer

    def serve(self, ticket: Ticket, *, by: Staff | None = None) -> None:
        """The person has come to the window."""
        assert self.press(ticket, "serve-ticket", by=by).status_code == 302

    def end(self, ticket: Ticket, how: str = "RESULT", *, by: Staff | None = None) -> None:
        """The serving is over."""
        assert self.press(ticket, "end-ticket", by=by, end=how).status_code == 302

    def display(self, language: str = "ru") -> str:
        """What the display of the hall says."""
        browser = Client()
        browser.cookies["language"] = language
        return said(browser.get(reverse("hall:display", args=[self.world.place.pk])))

    def browser(self, by: Staff | None = None) -> Client:
        """The browser of an official of the office."""
        made = self.town.browser_of(by or self.world.specialist)
        made.cookies["language"] = "en"
        return made
