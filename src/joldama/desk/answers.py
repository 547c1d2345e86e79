"""What a page answers when a step cannot be made: somebody was faster, it waits, or it is not his."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from govkz.workflow import IllegalMove
from joldama.cases.models import Application
from joldama.cases.operations import SomebodyWasFaster
from joldama.desk.showing import Desk, desk_of, show
from joldama.desk.timeline import Happening, happened
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.referrals.operations import ReferralIsElsewhere
from joldama.referrals.reserving import NoPlaceLeft
from joldama.standard import words
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
    """Say who changed the case meanwhile; the same official's second click leads to the case."""
    desk = desk_of(request)
    latest = happened([pk], desk.zone)[-1:]
    if latest and latest[0].actor == desk.staff.pk:
        return to_case(pk)
    return say_of_case(request, desk, pk, _faster(pk, latest, desk))


def say_of_case(
    request: HttpRequest, desk: Desk, pk: UUID, parts: tuple[str, ...], *, status: int = 409
) -> HttpResponse:
    """Show a message of three parts with the way back to the case."""
    return show(request, "desk/told.html", desk, status=status, parts=parts, pk=pk)


def _faster(pk: UUID, latest: list[Happening], desk: Desk) -> tuple[str, ...]:
    actor = latest[0].by if latest else words.say("role.system", language())
    decided_at = Application.objects.values_list("decided_at", flat=True).get(pk=pk)
    if decided_at is None:
        return words.parts("error.stale", language(), actor=actor)
    values = {"decided_at": decided_at.astimezone(desk.zone), "actor": actor}
    return words.parts("error.decided_by_other", language(), **values)
