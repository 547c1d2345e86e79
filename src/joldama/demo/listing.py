"""Everybody of the demonstration with what opens his door, for the start page and a page of its own."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse

from joldama.demo.people import demo_people, password_of
from joldama.demo.second_factor import unused_codes
from joldama.installation.clock import now, offset
from joldama.installation.identity import NotPrepared, is_demo
from joldama.people.models import Account
from joldama.people.queries import main_places

ZONE = ZoneInfo("Asia/Almaty")
"""The wall clock of the first demo office, by which the banner tells the time."""


def everybody() -> dict[str, Any]:
    """Give applicants and officials with logins, passwords and present codes, and the clock's time."""
    accounts = {
        account.username: account
        for account in Account.objects.filter(staff__isnull=False).select_related("staff__office")
    }
    codes = unused_codes(list(accounts.values()))
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
    return {
        "applicants": demo_people().applicants,
        "traders": demo_people().traders,
        "staff": staff,
        "halls": demo_people().providers,
        "clock": now().astimezone(place.zone) if place else None,
        "is_own_clock": bool(offset()),
    }


def clock_in_banner(request: HttpRequest) -> dict[str, Any]:
    """Tell the banner of every page what time it is in the demonstration, where that is its own (no query)."""
    try:
        return {"demo_clock": now().astimezone(ZONE)} if is_demo() and offset() else {}
    except NotPrepared:
        return {}


def on_start_page(request: HttpRequest) -> dict[str, Any]:
    """Add the people to the start page of a demonstration (a context processor); nothing elsewhere."""
    if request.path != reverse("portal:start"):
        return {}
    try:
        return {"start_listing": "demo/_people.html", **everybody()} if is_demo() else {}
    except NotPrepared:
        return {}
