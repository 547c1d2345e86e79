"""The official who works: his session, his wall clock, and the pages shown to him, for every interface of staff.

A session ends after 12 hours at most. Interfaces hand in the moment, or the clock where most pages need none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from joldama.people.models import Account, Place, Staff
from joldama.schedule.calendar import know, latest_correction
from joldama.standard.roles import Role
from joldama.ui.pages import Access

Clock = Callable[[], datetime]

SESSION_LASTS = timedelta(hours=12)
NATIONAL_ZONE = ZoneInfo("Asia/Almaty")
"""The wall clock shown to those who belong to no place."""

_BEGUN = "desk_begun_at"
_SIGN_IN = "desk:sign-in"
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Desk:
    """Who works, at what moment."""

    staff: Staff
    at: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The zone of his place."""
        return zone_of(self.staff)

    @property
    def place(self) -> Place:
        """The place he works at; only behind rules that ask for an office's official."""
        assert self.staff.place is not None
        return self.staff.place

    @property
    def local_now(self) -> datetime:
        """The moment as the wall clock of his place shows it."""
        return self.at.astimezone(self.zone)

    @property
    def today(self) -> date:
        """The day at his place."""
        return self.local_now.date()


def desk_at(request: HttpRequest, *, at: datetime) -> Desk:
    """Give the desk of the official who is signed in; only behind a rule that lets in officials alone."""
    staff = staff_of(request, clock=lambda: at)
    assert staff is not None
    return Desk(staff, at)


def show(
    request: HttpRequest, template: str, desk: Desk, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Show a page to the official."""
    shown = {"staff": desk.staff, "local_now": desk.local_now, "zone": desk.zone, **context}
    return render(request, template, shown, status=status)


def staff_of(request: HttpRequest, *, clock: Clock) -> Staff | None:
    """Give the official who is signed in; None for anybody else, a leaver, and after 12 hours."""
    staff = official(request.user)
    if staff is None:
        return None
    if _is_over(request, clock) or has_left(staff, clock=clock):
        logout(request)
        return None
    return staff


def official(account: object) -> Staff | None:
    """Give the official of an account with his office and place, and know the calendar, in one query."""
    if not isinstance(account, Account) or account.staff_id is None:
        return None
    if not Account._meta.get_field("staff").is_cached(account):
        found = Staff.objects.select_related("office", "place").annotate(calendar=latest_correction())
        account.staff = found.get(pk=account.staff_id)
        know(account.staff.calendar)
    return account.staff


def has_left(staff: Staff, *, clock: Clock) -> bool:
    """Say whether his last day at this post has passed, by the wall clock of his place."""
    return staff.left_on is not None and staff.left_on <= clock().astimezone(zone_of(staff)).date()


def zone_of(staff: Staff) -> ZoneInfo:
    """Give the zone of the official's place."""
    return staff.place.zone if staff.place else NATIONAL_ZONE


def begin(request: HttpRequest, account: Account, *, at: datetime) -> None:
    """Sign an official in."""
    login(request, account, backend=_BACKEND)
    request.session[_BEGUN] = at.isoformat()


def begun_at(request: HttpRequest) -> datetime | None:
    """Give the moment the session began."""
    stored = request.session.get(_BEGUN)
    return datetime.fromisoformat(stored) if stored else None


def anybody(name: str, *, clock: Clock) -> Access:
    """Let in every official."""
    return Access(name, lambda request: staff_of(request, clock=clock) is not None, _SIGN_IN)


def one_of(*roles: Role, clock: Clock, name: str = "") -> Access:
    """Let in officials of these roles."""

    def allows(request: HttpRequest) -> bool:
        staff = staff_of(request, clock=clock)
        return staff is not None and staff.duty in roles

    return Access(name or " or ".join(roles), allows, _SIGN_IN)


def _is_over(request: HttpRequest, clock: Clock) -> bool:
    begun = begun_at(request)
    return begun is not None and clock() - begun > SESSION_LASTS
