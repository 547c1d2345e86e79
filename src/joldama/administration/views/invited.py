"""An invited official sets his password with the one-time secret he was handed."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from joldama.administration.forms import InvitedForm
from joldama.installation.clock import now
from joldama.people.models import Invitation
from joldama.procedures import admit
from joldama.standard import words
from joldama.ui.forms import Fault
from joldama.ui.officials import has_left
from joldama.ui.templatetags.words import language


@never_cache
@sensitive_post_parameters("secret", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest) -> HttpResponse:
    """Ask for login, secret and a new password; a fault never says which of the first two was wrong."""
    form = InvitedForm(request.POST or None)
    fault: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        invitation = _invitation(form)
        if invitation and _accepted(form, invitation):
            return HttpResponseRedirect(reverse("desk:sign-in"))
        if not form.errors:
            fault = words.parts("error.invitation", language())
    context = {"form": form, "fault": fault}
    return render(
        request, "administration/invited.html", context, status=422 if fault or form.errors else 200
    )


def _invitation(form: InvitedForm) -> Invitation | None:
    given = form.cleaned_data
    found = admit.invitation_for(given["username"], given["secret"], at=now())
    staff = found.account.staff if found else None
    return found if staff and not has_left(staff, clock=now) else None


def _accepted(form: InvitedForm, invitation: Invitation) -> bool:
    try:
        return admit.accept_invitation(invitation, password=form.cleaned_data["password"], at=now())
    except admit.WeakPassword:
        form.add_error("password", Fault("error.weak_password"))
        return False
