"""Who may open which page of the desk (§4.8); a session of an official ends after 12 hours at most."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth import login, logout
from django.http import HttpRequest

from joldama.installation.clock import now
from joldama.people.models import Account, Staff
from joldama.people.rules import COUNTER_ROLES
from joldama.standard.roles import Role
from joldama.ui.pages import Access

SESSION_LASTS = timedelta(hours=12)
NATIONAL_ZONE = ZoneInfo("Asia/Almaty")
"""The wall clock shown to those who belong to no place."""

_BEGUN = "desk_begun_at"
_SIGN_IN = "desk:sign-in"
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def staff_of(request: HttpRequest) -> Staff | None:
    """Give the official who is signed in; None for anybody else, a leaver, and after 12 hours."""
    staff = official(request.user)
    if staff is None:
        return None
    if _is_over(request) or has_left(staff):
        logout(request)
        return None
    return staff


def official(account: object) -> Staff | None:
    """Give the official of an account, with his office and place in one query."""
    if not isinstance(account, Account) or account.staff_id is None:
        return None
    if not Account._meta.get_field("staff").is_cached(account):
        account.staff = Staff.objects.select_related("office", "place").get(pk=account.staff_id)
    return account.staff


def has_left(staff: Staff) -> bool:
    """Say whether his last day at this post has passed, by the wall clock of his place."""
    return staff.left_on is not None and staff.left_on <= now().astimezone(zone_of(staff)).date()


def zone_of(staff: Staff) -> ZoneInfo:
    """Give the zone of the official's place."""
    return staff.place.zone if staff.place else NATIONAL_ZONE


def begin(request: HttpRequest, account: Account) -> None:
    """Sign an official in."""
    login(request, account, backend=_BACKEND)
    request.session[_BEGUN] = now().isoformat()


def begun_at(request: HttpRequest) -> datetime | None:
    """Give the moment the session began."""
    stored = request.session.get(_BEGUN)
    return datetime.fromisoformat(stored) if stored else None


def _is_over(request: HttpRequest) -> bool:
    begun = begun_at(request)
    return begun is not None and now() - begun > SESSION_LASTS


def _is_one_of(*roles: Role) -> Access:
    def allows(request: HttpRequest) -> bool:
        staff = staff_of(request)
        return staff is not None and Role(staff.role) in roles

    return Access(" or ".join(roles), allows, _SIGN_IN)


STAFF = Access("staff", lambda request: staff_of(request) is not None, _SIGN_IN)
COUNTER = Access("counter", _is_one_of(*COUNTER_ROLES).allows, _SIGN_IN)
SPECIALIST = _is_one_of(Role.SPECIALIST)
ADMINISTRATOR = _is_one_of(Role.ADMINISTRATOR)
SIGNER = _is_one_of(Role.HEAD, Role.DEPUTY)
