"""The day from which an official has left, and taking it back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from joldama.administration.access import desk_of
from joldama.administration.finding import find_official
from joldama.administration.forms import LeavingForm
from joldama.administration.showing import ask, tell
from joldama.people.establishing import ChangedMeanwhile
from joldama.people.models import Staff
from joldama.procedures import appoint
from joldama.procedures.administer import Barred
from joldama.ui.officials import zone_of
from joldama.ui.templatetags.words import language


@require_http_methods(["GET", "HEAD", "POST"])
def set_leaving(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set the day."""
    desk, leaver = desk_of(request), find_official(pk)
    form = LeavingForm(request.POST or None, initial=_standing(leaver))
    back = reverse("administration:official", args=[pk])

    def act() -> str:
        appoint.set_leaving(
            leaver,
            left_on=form.cleaned_data["left_on"],
            today=desk.at.astimezone(zone_of(leaver)).date(),
            version=form.cleaned_data["version"],
            by=desk.staff,
            at=desk.at,
        )
        return back

    return ask(
        request,
        desk,
        form,
        act=act,
        standing=lambda: _standing(find_official(pk)),
        subject=pk,
        title="administration.leaving",
        lead="administration.leaving.text",
        about=leaver.name.full,
        back=back,
        is_grave=True,
    )


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the day of leaving back."""
    desk, stayer = desk_of(request), find_official(pk)
    back = reverse("administration:official", args=[pk])
    try:
        appoint.take_leaving_back(stayer, version=stayer.version, by=desk.staff, at=desk.at)
    except Barred as barred:
        return tell(request, desk, barred.parts(language()), back=back)
    except ChangedMeanwhile:  # the page it leads to shows what stands
        return HttpResponseRedirect(back)
    return HttpResponseRedirect(back)


def _standing(leaver: Staff) -> dict[str, object]:
    return {
        "left_on": f"{leaver.left_on:%d.%m.%Y}" if leaver.left_on else "",
        "version": leaver.version,
    }
