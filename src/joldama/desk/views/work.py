"""The work list: open cases of the own office by time left, and what waits for the official himself."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from joldama.cases.models import Application
from joldama.desk import queries
from joldama.desk.clocks import Clock, left, result_clock
from joldama.desk.finding import has_paper
from joldama.desk.landing import OWN, landing_of
from joldama.desk.next_steps import NextStep, may_sign_today, next_step
from joldama.desk.queries import PAGE, Shown
from joldama.desk.showing import Desk, desk_of, show
from joldama.standard import words
from joldama.standard.kinds import ResultKind
from joldama.standard.roles import Role
from joldama.ui.templatetags.words import language


@dataclass(frozen=True)
class Row:
    """One case of the list."""

    case: Application
    kind: ResultKind
    due: datetime
    left: str
    is_overdue: bool
    next: NextStep
    clock: Clock | None = None

    @property
    def clock_word(self) -> str:
        """How much of the half hour at the counter is over (R4.1-a)."""
        assert self.clock is not None
        stands = {"passed": self.clock.shown, "limit": self.clock.limit}
        return words.say("cockpit.clock_stands", language(), **stands)

    @property
    def clock_kind(self) -> str:
        """The kind of the clock's tag."""
        assert self.clock is not None
        return _KINDS.get(self.clock.said.state, "")


_KINDS = {"warn": "warn", "late": "warn", "breach": "bad"}


def work(request: HttpRequest) -> HttpResponse:
    """Show what is to be done; whose work is elsewhere is led there."""
    desk = desk_of(request)
    if (landing := landing_of(desk.staff)) != OWN:
        return HttpResponseRedirect(reverse(landing))
    shown, page = _shown(request), _page(request)
    may_sign = may_sign_today(desk.staff, on=desk.today)
    counts = queries.counts(desk.staff, at=desk.at)
    found = queries.open_cases(desk.staff, shown, page=page)
    asked = _to_ask(desk)
    return show(
        request,
        "desk/work.html",
        desk,
        rows=_rows(found[:PAGE], desk, may_sign=may_sign),
        to_sign=_to_sign(desk) if may_sign else [],
        to_annul=_rows(_to_annul(desk, may_sign=may_sign), desk, may_sign=may_sign),
        unknown=_rows(_unknown(desk, may_sign=may_sign), desk, may_sign=may_sign),
        blocked=_rows(queries.blocked(desk.staff), desk, may_sign=may_sign),
        to_ask=_rows([one for one in asked if not one.stated_at], desk, may_sign=may_sign),
        to_confirm=_rows([one for one in asked if one.stated_at], desk, may_sign=may_sign),
        to_hand_over=_rows(_to_hand_over(desk), desk, may_sign=may_sign),
        counts=counts,
        complaints=queries.complaints(desk.staff, on=desk.today, at=desk.at),
        choices=[(choice, counts.of(choice)) for choice in Shown],
        shown=shown,
        page=page,
        has_more=len(found) > PAGE,
        may_register=desk.staff.role == Role.SPECIALIST,
        may_sign=may_sign,
    )


def _to_sign(desk: Desk) -> list[Row]:
    rows = _rows(queries.to_sign(desk.staff), desk, may_sign=True)
    return [replace(row, clock=result_clock(row.case, at=desk.at)) for row in rows]


def _unknown(desk: Desk, *, may_sign: bool) -> list[Application]:
    return queries.unknown_signatures(desk.staff, at=desk.at) if may_sign else []


def _to_annul(desk: Desk, *, may_sign: bool) -> list[Application]:
    return queries.to_annul(desk.staff) if may_sign else []


def _to_ask(desk: Desk) -> list[Any]:
    return queries.to_ask(desk.staff) if desk.staff.role == Role.SPECIALIST else []


def _to_hand_over(desk: Desk) -> list[Application]:
    return queries.to_hand_over(desk.staff) if desk.staff.role == Role.SPECIALIST else []


def _rows(found: list[Application], desk: Desk, *, may_sign: bool) -> list[Row]:
    return [_row(case, desk, may_sign=may_sign) for case in found]


def _row(case: Application, desk: Desk, *, may_sign: bool) -> Row:
    return Row(
        case=case,
        kind=ResultKind(case.kind),
        due=case.due_at.astimezone(case.place.zone),
        left=left(case, at=desk.at),
        is_overdue=case.is_overdue(at=desk.at),
        next=next_step(case, desk.staff, may_sign=may_sign, has_paper=has_paper(case)),
    )


def _shown(request: HttpRequest) -> Shown:
    with suppress(ValueError):
        return Shown(request.GET.get("show", ""))
    return Shown.ALL


def _page(request: HttpRequest) -> int:
    with suppress(ValueError):
        return min(max(int(request.GET.get("page", "1")), 1), 1000)
    return 1
