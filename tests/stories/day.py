"""The hands of a virtual day in the tests: every step through its page, on the tests' clock."""

from dataclasses import replace
from datetime import datetime
from itertools import cycle
from uuid import UUID

from django.urls import reverse

from joldama.cases.models import Application
from joldama.demo.day.typed import TYPED
from joldama.demo.people import demo_people
from joldama.people.models import Staff
from joldama.reception.models import Ticket
from joldama.standard.kinds import ResultKind
from joldama.standard.tickets import ServingEnd
from tests.stories.counter import Counter, hidden, said
from tests.stories.hall import WINDOWS, Hall
from tests.stories.kiosk import Standing, id_in
from tests.stories.town import Town

VISITORS = ("citizen-card", "citizen-passport", "citizen-card", "foreigner", "citizen-card", "stateless")


class Day:
    """A kiosk and three clerks at their windows, each with his own browser."""

    def __init__(self, town: Town) -> None:
        self._town, self._hall = town, Hall(town)
        self._kiosk = Standing(self._hall)
        specialist = self._hall.world.specialist
        self._clerks = [specialist, *(self._hall.colleague() for _ in range(WINDOWS - 1))]
        self._visitors = cycle(demo_people().applicant(slug) for slug in VISITORS)

    def at(self, moment: datetime) -> None:
        self._town.passes_to(f"{moment.astimezone(self._hall.world.place.zone):%Y-%m-%d %H:%M:%S}")

    def take(self) -> UUID | None:
        answer = self._kiosk.ask()
        assert answer.status_code == 302, said(answer)
        return id_in(answer.url) if "tickets/" in answer.url else None

    def open_window(self, window: int) -> None:
        self._hall.open_window(window, by=self._clerk(window))

    def pause(self, window: int) -> None:
        self._press_window(window, "pause")

    def resume(self, window: int) -> None:
        self._press_window(window, "resume")

    def close(self, window: int) -> None:
        self._press_window(window, "close")

    def call(self, window: int) -> UUID:
        return UUID(str(self._hall.call(by=self._clerk(window), window=window).pk))

    def comes(self, window: int, ticket: UUID) -> None:
        self._hall.serve(Ticket.objects.get(pk=ticket), by=self._clerk(window))

    def stays_away(self, window: int, ticket: UUID) -> None:
        answer = self._hall.press(Ticket.objects.get(pk=ticket), "ticket-no-show", by=self._clerk(window))
        assert answer.status_code == 302, said(answer)

    def register(self, window: int, kind: ResultKind) -> UUID:
        training = {"training_kind": "retraining"} if kind is ResultKind.VOCATIONAL_TRAINING else {}
        case = self._counter(window).register(next(self._visitors), kind=kind, **training)
        self._town.work()
        return UUID(str(case.pk))

    def decide(self, window: int, case: UUID, kind: ResultKind) -> None:
        counter, application = self._counter(window), Application.objects.get(pk=case)
        counter.take(application)
        address = reverse("desk:draft", args=[case])
        answer = counter.specialist.post(address, {"kind": kind, **TYPED[kind]})
        assert answer.status_code == 302, said(answer)
        counter.sign(application)
        self._town.work()

    def hand_over(self, window: int, case: UUID) -> None:
        counter, application = self._counter(window), Application.objects.get(pk=case)
        counter.offer(application)
        counter.hand_over(application)

    def not_accepted(self, window: int) -> None:
        browser, address = self._hall.browser(self._clerk(window)), reverse("desk:not-accepted")
        key = hidden(browser.get(address), "key")
        typed = {"ground": "WRONG_ID_KIND", "name": "Ким Д.", "key": key, "remark": ""}
        answer = browser.post(address, typed)
        assert answer.status_code == 302, said(answer)

    def end(self, window: int, ticket: UUID, how: ServingEnd) -> None:
        self._hall.end(Ticket.objects.get(pk=ticket), how, by=self._clerk(window))

    def sweep(self) -> None:
        self._town.sweep()

    def _clerk(self, window: int) -> Staff:
        return self._clerks[window - 1]

    def _counter(self, window: int) -> Counter:
        made = Counter(self._town)
        made.world = replace(made.world, specialist=self._clerk(window))
        return made

    def _press_window(self, window: int, step: str) -> None:
        clerk = self._clerk(window)
        answer = self._hall.press_window(self._hall.window_of(clerk), step, by=clerk)
        assert answer.status_code == 302, said(answer)
