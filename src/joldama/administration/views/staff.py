"""Officials: the list, and one of them with everything that may be done."""

from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from joldama.administration.access import desk_of
from joldama.administration.finding import find_official
from joldama.administration.history import done_to
from joldama.people.models import Office
from joldama.people.queries import find_staff, open_resets
from joldama.people.second_factor import has_second_factor
from joldama.standard.roles import Role
from joldama.ui.officials import show

PAGE = 50
"""Rows on a page of the list."""


@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """List officials; find one by name or login, or an office's."""
    desk = desk_of(request)
    asked, office, page = request.GET.get("q", "")[:100], _office(request), _page(request)
    found = list(find_staff(asked, office=office)[(page - 1) * PAGE : page * PAGE + 1])
    return show(
        request,
        "administration/staff.html",
        desk,
        officials=found[:PAGE],
        has_more=len(found) > PAGE,
        page=page,
        asked=asked,
        chosen=str(office or ""),
        offices=list(Office.objects.order_by("territory_id", "code")),
    )


@require_safe
def official(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an official to an administrator."""
    desk, shown = desk_of(request), find_official(pk)
    account = getattr(shown, "account", None)
    return show(
        request,
        "administration/official.html",
        desk,
        official=shown,
        account=account,
        is_self=shown.pk == desk.staff.pk,
        is_deputy=shown.role == Role.DEPUTY,
        has_left=shown.left_on is not None and shown.left_on <= desk.today,
        has_password=account is not None and account.has_usable_password(),
        has_factor=account is not None and has_second_factor(account),
        asked=open_resets().filter(account=account).first() if account else None,
        orders=list(shown.deputisings.order_by("-starts_on", "-id")),
        done=done_to([shown.pk], desk.zone),
    )


def _office(request: HttpRequest) -> UUID | None:
    with suppress(ValueError):
        return UUID(request.GET.get("office", ""))
    return None


def _page(request: HttpRequest) -> int:
    with suppress(ValueError):
        return min(max(int(request.GET.get("page", "1")), 1), 1000)
    return 1
