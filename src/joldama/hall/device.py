"""The device a request comes from: a kiosk shows its secret in a cookie, and nobody else is one."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from joldama.procedures import kiosks
from joldama.reception.models import Kiosk
from joldama.ui.pages import Access

COOKIE = "kiosk"
PATH = "/hall/kiosk/"
LASTS = timedelta(days=400)
"""The longest browsers keep a cookie (RFC 6265bis); it is given anew whenever the kiosk opens its first page."""

_KNOWN = "joldama_kiosk"


def kiosk_of(request: HttpRequest) -> Kiosk | None:
    """Give the kiosk this request comes from, ended or not; one query a request."""
    if not hasattr(request, _KNOWN):
        setattr(request, _KNOWN, kiosks.device_of(secret_in(request)))
    found: Kiosk | None = getattr(request, _KNOWN)
    return found


def known_kiosk(request: HttpRequest) -> Kiosk:
    """Give the kiosk this request comes from; only behind the rule below."""
    kiosk = kiosk_of(request)
    assert kiosk is not None
    return kiosk


def secret_in(request: HttpRequest) -> str:
    """Give the secret a device shows; empty where it shows none."""
    return request.COOKIES.get(COOKIE, "")


def remember(response: HttpResponse, secret: str) -> HttpResponse:
    """Have the device keep its secret; no script and no other site sees or sends it."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=LASTS,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


KIOSK = Access("kiosk", lambda request: kiosk_of(request) is not None)
"""Lets in a device that was set up; a ticket from elsewhere would be a booking (R8.1-d)."""
