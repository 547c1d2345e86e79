"""Headers that tell the browser what a page may do: nothing that is not named here."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_RULES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_SIGNING = "joldama_may_sign"
_OWN = "joldama_own_policy"


def may_sign(response: HttpResponse) -> HttpResponse:
    """Let this page speak to the person's NCALayer, and to it alone; a demonstration shows its window."""
    setattr(response, _SIGNING, True)
    return response


def only_this(response: HttpResponse, policy: str) -> HttpResponse:
    """Give an answer a policy of its own, narrower than that of pages."""
    setattr(response, _OWN, policy)
    return response


class ContentSecurityPolicy:
    """Middleware that sets the policy on every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        rules = dict(_RULES)
        if settings.JOLDAMA_LIVE_ORIGIN:
            rules["connect-src"] += f" {settings.JOLDAMA_LIVE_ORIGIN}"
        if getattr(response, _SIGNING, False):
            rules["connect-src"] += f" {settings.JOLDAMA_NCALAYER}"
            if settings.JOLDAMA_SIGNER_URL:
                rules["frame-src"] = settings.JOLDAMA_SIGNER_URL
        usual = "; ".join(f"{k} {v}" for k, v in rules.items())
        response.headers["Content-Security-Policy"] = getattr(response, _OWN, usual)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Permissions-Policy", "geolocation=(), camera=(), microphone=()")
        return response
