"""The hands of a virtual day against running servers: a kiosk, a browser for each clerk, one for the head."""

from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from joldama.cases.models import Application
from joldama.demo.browser import Browser
from joldama.demo.day.script import WINDOWS
from joldama.demo.day.typed import TYPED
from joldama.demo.entering import enter, until
from joldama.demo.kiosks import secret_of
from joldama.demo.people import DemoOffice, password_of
from joldama.demo.second_factor import give_second_factor
from joldama.demo.signer.clock import tell_signer
from joldama.demo.visitors import new_visitor
from joldama.installation.clock import now
from joldama.people.models import Account, Place, Staff
from joldama.procedures.line import close_lines
from joldama.procedures.windows import close_windows
from joldama.reception.models import Ticket, Window
from joldama.registries.models import Inquiry
from joldama.standard.kinds import ResultKind
from joldama.standard.roles import Role
from joldama.standard.tickets import ServingEnd, TicketState

YOUNG = 2003
"""The year of birth of those who want youth practice."""


class Desks:
    """Everybody who works on the day, signed in; the clock is the file that all processes read."""

    def __init__(self, base_url: str, office: DemoOffice, place: Place) -> None:
        self._office, self._place = office, place
        self._kiosk, self._head = Browser(base_url), Browser(base_url)
        self._clerks = [Browser(base_url) for _ in range(WINDOWS)]
        self._kiosk.carry("kiosk", secret_of(office.slug))

    def __enter__(self) -> Self:
        for number, clerk in enumerate(self._clerks):
            login = self._login(number)
            enter(clerk, login)
            self._clear(number + 1, Staff.objects.get(account__username=login))
        enter(self._head, f"{self._office.slug}.head")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for browser in (self._kiosk, self._head, *self._clerks):
            browser.__exit__()

    def at(self, moment: datetime) -> None:
        """Move the clock on; it never runs back, whatever the steps before have taken."""
        if moment > now():
            tell_signer(Path(settings.DATA), offset=moment - datetime.now(UTC))

    def take(self) -> UUID | None:
        self._kiosk.open(reverse("hall:kiosk"))
        address = reverse("hall:kiosk-take")
        if not self._kiosk.page.cssselect(f'form[action="{address}"]'):
            return None
        self._kiosk.send(action=address)
        if "/tickets/" not in self._kiosk.address:
            return None
        return UUID(self._kiosk.address.split("?")[0].split("/")[-2])

    def open_window(self, window: int) -> None:
        self._press(window, reverse("desk:open-window"), window=str(window))

    def pause(self, window: int) -> None:
        self._press(window, reverse("desk:pause-window", args=[self._sitting(window)]))

    def resume(self, window: int) -> None:
        self._press(window, reverse("desk:resume-window", args=[self._sitting(window)]))

    def close(self, window: int) -> None:
        self._press(window, reverse("desk:close-window", args=[self._sitting(window)]))

    def call(self, window: int) -> UUID:
        self._press(window, reverse("desk:call-next"), window=str(window))
        held = Ticket.objects.filter(line__place=self._place, window=window).at_windows()
        return UUID(str(held.values_list("pk", flat=True).get()))

    def comes(self, window: int, ticket: UUID) -> None:
        self._press(window, reverse("desk:serve-ticket", args=[ticket]))

    def stays_away(self, window: int, ticket: UUID) -> None:
        self._press(window, reverse("desk:ticket-no-show", args=[ticket]))

    def register(self, window: int, kind: ResultKind) -> UUID:
        clerk = self._clerk(window)
        visitor = new_visitor(Path(settings.DATA), born=YOUNG if kind is ResultKind.YOUTH_PRACTICE else None)
        training = {"training_kind": "retraining"} if kind is ResultKind.VOCATIONAL_TRAINING else {}
        clerk.open(f"{reverse('desk:intake')}?another=1")
        clerk.send(
            {
                "document_kind": visitor.document_kind,
                "holder": visitor.holder,
                "iin": visitor.iin,
                "surname": visitor.surname,
                "given_name": visitor.given_name,
                "patronymic": visitor.patronymic,
                "document_number": visitor.document_number,
                "document_valid_until": f"{visitor.document_valid_until:%d.%m.%Y}",
                "kind": kind,
                "language": "kk",
                **training,
            }
        )
        case = UUID(clerk.address.split("/cases/")[1].split("/")[0])
        until(lambda: Inquiry.objects.filter(subject=case, answered_at__isnull=False).exists())
        return case

    def decide(self, window: int, case: UUID, kind: ResultKind) -> None:
        clerk, drafting = self._clerk(window), reverse("desk:draft", args=[case])
        clerk.open(reverse("desk:case", args=[case]))
        clerk.send(action=reverse("desk:take", args=[case]))
        clerk.open(drafting)
        clerk.send({"kind": kind, **TYPED[kind]}, action=drafting)
        self._head.open(reverse("desk:decision", args=[case]))
        self._head.sign(key=f"{self._office.slug}-head")
        until(lambda: Application.objects.filter(pk=case, decision__papers__isnull=False).exists())

    def hand_over(self, window: int, case: UUID) -> None:
        clerk, address = self._clerk(window), reverse("desk:case", args=[case])
        for step in ("offer", "hand-over"):
            clerk.open(address)
            clerk.send(action=reverse(f"desk:{step}", args=[case]))

    def not_accepted(self, window: int) -> None:
        clerk = self._clerk(window)
        clerk.open(reverse("desk:not-accepted"))
        clerk.send({"ground": "WRONG_ID_KIND", "name": "Ким Дмитрий", "remark": ""})

    def end(self, window: int, ticket: UUID, how: ServingEnd) -> None:
        if Ticket.objects.filter(pk=ticket, ended_at=None).exists():
            self._press(window, reverse("desk:end-ticket", args=[ticket]), end=how)

    def sweep(self) -> None:
        """Do what the worker does each minute at the end of the day."""
        close_lines(at=now())
        close_windows(at=now())

    def _clear(self, window: int, clerk: Staff) -> None:
        """End what a day that was broken off has left at a window."""
        held = Ticket.objects.held_by(clerk)
        if held is not None and held.state == TicketState.CALLED:
            self.stays_away(window, held.pk)
        elif held is not None:
            self.end(window, held.pk, ServingEnd.LEFT)
        self.sweep()

    def _press(self, at_window: int, address: str, **typed: str) -> None:
        clerk = self._clerk(at_window)
        clerk.open(reverse("desk:line"))
        clerk.send(typed, action=address)

    def _clerk(self, window: int) -> Browser:
        return self._clerks[window - 1]

    def _sitting(self, window: int) -> UUID:
        at_place = Window.objects.filter(line__place=self._place, number=window).unclosed()
        return UUID(str(at_place.values_list("pk", flat=True).get()))

    def _login(self, number: int) -> str:
        """Name the office's own specialist, or a colleague who is made on the first day."""
        if number == 0:
            return f"{self._office.slug}.specialist"
        login = f"{self._office.slug}.specialist{number + 1}"
        if not Account.objects.filter(username=login).exists():
            colleague = Staff.objects.create(
                role=Role.SPECIALIST,
                office=self._place.office,
                place=self._place,
                surname=("Досова", "Серікбаев")[number % 2],
                given_name=("Гүлнар", "Ерлан")[number % 2],
            )
            account = Account.objects.create_user(login, password_of(login), staff=colleague)
            give_second_factor(account)
        return login
