"""An administrator appoints an official and changes a post; never his own."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from joldama.administration.access import desk_of
from joldama.administration.finding import find_official
from joldama.administration.forms import AppointForm, PostForm
from joldama.administration.showing import ask
from joldama.procedures import appoint as appointing


@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest) -> HttpResponse:
    """Appoint an official."""
    desk = desk_of(request)
    form = AppointForm(request.POST or None)

    def act() -> str:
        account = appointing.appoint(form.post, login=form.cleaned_data["login"], by=desk.staff, at=desk.at)
        return reverse("administration:official", args=[account.staff_id])

    back = reverse("administration:staff")
    lead = "administration.appoint.text"
    return ask(request, desk, form, act=act, title="administration.appoint", lead=lead, back=back)


@require_http_methods(["GET", "HEAD", "POST"])
def change_post(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change who an official is, his role, where he works."""
    desk, changed = desk_of(request), find_official(pk)
    form = PostForm(request.POST or None, initial=PostForm.of(changed))
    back = reverse("administration:official", args=[pk])

    def act() -> str:
        version = form.cleaned_data["version"]
        appointing.change_post(changed, form.post, version=version, by=desk.staff, at=desk.at)
        return back

    return ask(
        request,
        desk,
        form,
        act=act,
        standing=lambda: PostForm.of(find_official(pk)),
        subject=pk,
        title="administration.change_post",
        about=changed.name.full,
        back=back,
    )
