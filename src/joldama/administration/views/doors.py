"""What opens an official's door: an invitation, whose secret is shown once, and resets of second factors."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from joldama.administration.access import desk_of
from joldama.administration.finding import find_account
from joldama.administration.showing import tell
from joldama.people.models import SecondFactorReset
from joldama.people.queries import open_resets
from joldama.procedures import admit
from joldama.procedures.administer import Barred
from joldama.ui.officials import show, zone_of
from joldama.ui.templatetags.words import language


@never_cache
@require_POST
def invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Issue a one-time secret and show it once, to be handed over; sent again, the newest one opens."""
    desk, account = desk_of(request), find_account(pk)
    try:
        secret, until_at = admit.invite(account, by=desk.staff, at=desk.at)
    except Barred as barred:
        back = reverse("administration:official", args=[pk])
        return tell(request, desk, barred.parts(language()), back=back)
    assert account.staff is not None
    return show(
        request,
        "administration/invitation.html",
        desk,
        official=account.staff,
        login=account.username,
        secret=secret,
        until=until_at.astimezone(zone_of(account.staff)),
    )


@require_POST
def ask_reset(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for an official's second factor to be taken away."""
    desk, account = desk_of(request), find_account(pk)
    admit.ask_reset(account, by=desk.staff, at=desk.at)
    return HttpResponseRedirect(reverse("administration:official", args=[pk]))


@require_safe
def resets(request: HttpRequest) -> HttpResponse:
    """List what waits for a second person."""
    desk = desk_of(request)
    waiting = [(asked, asked.asked_at.astimezone(desk.zone)) for asked in open_resets()]
    return show(request, "administration/resets.html", desk, waiting=waiting)


@require_POST
def confirm_reset(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm what another administrator asked."""
    desk, asked = desk_of(request), _asked(pk)
    back = reverse("administration:resets")
    try:
        admit.confirm_reset(asked, by=desk.staff, at=desk.at)
    except Barred as barred:
        return tell(request, desk, barred.parts(language()), back=back)
    return HttpResponseRedirect(back)


@require_POST
def call_off_reset(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Drop a request."""
    desk, asked = desk_of(request), _asked(pk)
    admit.call_off_reset(asked, by=desk.staff, at=desk.at)
    return HttpResponseRedirect(reverse("administration:resets"))


def _asked(pk: UUID) -> SecondFactorReset:
    found = SecondFactorReset.objects.select_related("account__staff").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
