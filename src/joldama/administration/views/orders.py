"""Orders by which a deputy stands for the head: entered, and called off."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from joldama.administration.access import desk_of
from joldama.administration.finding import find_official
from joldama.administration.forms import OrderForm
from joldama.administration.showing import ask
from joldama.people.models import Deputising
from joldama.procedures import appoint


@require_http_methods(["GET", "HEAD", "POST"])
def enter_order(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter an order."""
    desk, deputy = desk_of(request), find_official(pk)
    form = OrderForm(request.POST or None)
    back = reverse("administration:official", args=[pk])

    def act() -> str:
        appoint.enter_order(deputy, **form.cleaned_data, by=desk.staff, at=desk.at)
        return back

    return ask(
        request,
        desk,
        form,
        act=act,
        title="administration.enter_order",
        lead="administration.enter_order.text",
        about=deputy.name.full,
        back=back,
    )


@require_POST
def call_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call an order off; a second click finds it called off already, and leads to the same page."""
    desk = desk_of(request)
    chosen = request.POST.get("order", "")
    order = (
        Deputising.objects.select_related("staff").filter(staff=pk, pk=chosen).first()
        if chosen.isdecimal()
        else None
    )
    if order is None:
        raise Http404
    appoint.call_off_order(order, by=desk.staff, at=desk.at)
    return HttpResponseRedirect(reverse("administration:official", args=[pk]))
