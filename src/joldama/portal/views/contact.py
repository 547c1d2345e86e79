"""Where the person wishes to be told: set, changed and removed in the personal account (R9.2-c)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from joldama.installation.clock import now
from joldama.notices.queries import contact_of
from joldama.portal.access import person_of
from joldama.procedures import notify
from joldama.ui.forms import AddressForm


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Ask for an address."""
    person = person_of(request)
    known = contact_of(person)
    form = AddressForm(request.POST or None, initial={"email": known.email if known else ""})
    if request.method == "POST" and form.is_valid():
        notify.set_contact(person, form.cleaned_data["email"], by=person, at=now())
        return HttpResponseRedirect(f"{reverse('portal:account')}#told")
    context = {"form": form, "known": known, "section": "account"}
    return render(request, "portal/contact.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Forget the address; a second click finds it forgotten."""
    person = person_of(request)
    notify.remove_contact(person, by=person, at=now())
    return HttpResponseRedirect(f"{reverse('portal:account')}#told")
