"""A technician makes a device the kiosk of a place, with the code the head was shown once."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from joldama.hall.device import remember
from joldama.hall.forms_of_kiosk import SetUpForm
from joldama.installation.clock import now
from joldama.procedures import kiosks
from joldama.procedures.refusing import NotYet
from joldama.ui.address import network_of
from joldama.ui.templatetags.words import language


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Ask for the set-up code; the right one makes this device a kiosk."""
    form = SetUpForm(request.POST if request.method == "POST" else None)
    fault: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            secret = kiosks.set_up(form.cleaned_data["code"], network=network_of(request), at=now())
        except NotYet as refused:
            fault = refused.parts(language())
        else:
            return remember(HttpResponseRedirect(reverse("hall:kiosk")), secret)
    status = 422 if form.errors or fault else 200
    return render(request, "hall/kiosk_set_up.html", {"form": form, "fault": fault}, status=status)
