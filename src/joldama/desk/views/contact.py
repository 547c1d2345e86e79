"""Where the person wishes to be told, as he says it at the counter (R9.2-c)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from joldama.desk.answers import telling, to_case
from joldama.desk.finding import find_case, find_case_to_move
from joldama.desk.showing import desk_of, show
from joldama.notices.queries import contact_of
from joldama.procedures import notify
from joldama.ui.forms import AddressForm


@telling
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for an address."""
    desk = desk_of(request)
    if request.method == "POST":
        case = find_case_to_move(desk, pk, page="desk:contact")
        form = AddressForm(request.POST)
        if form.is_valid():
            notify.set_contact(case.person, form.cleaned_data["email"], by=desk.staff, at=desk.at)
            return to_case(pk)
        known = contact_of(case.person)
        return show(request, "desk/contact.html", desk, status=422, case=case, form=form, known=known)
    case = find_case(desk, pk, page="desk:contact")
    known = contact_of(case.person)
    form = AddressForm(initial={"email": known.email if known else ""})
    return show(request, "desk/contact.html", desk, case=case, form=form, known=known)


@telling
@require_POST
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forget the address; a second click finds it forgotten."""
    desk = desk_of(request)
    case = find_case_to_move(desk, pk, page="desk:contact")
    notify.remove_contact(case.person, by=desk.staff, at=desk.at)
    return to_case(pk)
