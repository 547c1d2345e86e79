"""The demonstration's people of every role: how each of them signs in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joldama.demo.people import demo_people, password_of
from joldama.demo.second_factor import present_codes
from joldama.installation.clock import now, offset
from joldama.installation.identity import is_demo
from joldama.people.models import Account
from joldama.people.queries import main_places


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List everybody with his login, password and present code; in a demonstration only."""
    if not is_demo():
        raise Http404
    accounts = {
        account.username: account
        for account in Account.objects.filter(staff__isnull=False).select_related("staff__office")
    }
    codes = present_codes(list(accounts.values()))
    staff = [
        {
            "shipped": shipped,
            "account": account,
            "password": password_of(shipped.login),
            "code": codes[account.pk],
        }
        for shipped in demo_people().staff
        if (account := accounts.get(shipped.login))
    ]
    place = main_places().first()
    return render(
        request,
        "demo/people.html",
        {
            "applicants": demo_people().applicants,
            "staff": staff,
            "local_now": now().astimezone(place.zone) if place else None,
            "is_own_clock": bool(offset()),
        },
    )
