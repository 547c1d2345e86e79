"""What a page answers when a step cannot be made: somebody was faster, it waits, or it is not his."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from govkz.workflow import IllegalMove
from joldama.cases.operations import SomebodyWasFaster
from joldama.desk.faster import latest_act, told_of
from joldama.desk.showing import Desk, desk_of, show
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.referrals.operations import ReferralIsElsewhere
from joldama.referrals.reserving import NoPlaceLeft
from joldama.ui.templatetags.words import language

View = Callable[..., HttpResponse]


def telling(view: View) -> View:
    """Have what stops a view shown as a page that says what is offered: somebody was faster, no place is left…"""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, pk: UUID, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, pk=pk, **kwargs)
        except (SomebodyWasFaster, ReferralIsElsewhere, IllegalMove):
            return somebody_was_faster(request, pk)
        except (NotYet, NoPlaceLeft) as waits:
            return say_of_case(request, desk_of(request), pk, waits.parts(language()))
        except NotAllowed as error:
            raise Http404 from error

    return told


def to_case(pk: UUID) -> HttpResponse:
    """Lead to the case."""
    return HttpResponseRedirect(reverse("desk:case", args=[pk]))


def somebody_was_faster(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say who changed the case meanwhile, and what he did; the same official's second click leads to the case."""
    desk = desk_of(request)
    latest = latest_act(pk, desk.zone)
    if latest is not None and latest.actor == desk.staff.pk:
        return to_case(pk)
    return say_of_case(request, desk, pk, told_of(latest))


def say_of_case(
    request: HttpRequest, desk: Desk, pk: UUID, parts: tuple[str, ...], *, status: int = 409
) -> HttpResponse:
    """Show a message of three parts with the way back to the case."""
    return show(request, "desk/told.html", desk, status=status, parts=parts, pk=pk)
