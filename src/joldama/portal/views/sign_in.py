"""A person signs in with his EDS: a document of this purpose, bound to this session, good once (A37)."""

import base64

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joldama.installation.clock import now
from joldama.people.models import Account
from joldama.portal.access import CAPITAL
from joldama.portal.by_phone import begin_on_phone
from joldama.procedures import remote_signing
from joldama.procedures import sign_in as signing_in
from joldama.procedures.refusing import NotYet
from joldama.signatures.models import Purpose, RemoteState
from joldama.signatures.remote.tickets import Ticket, Wish
from joldama.standard import words
from joldama.standard.refusals import Refused
from joldama.ui.ncalayer import Signer
from joldama.ui.remote import code_on, drop_ticket, screen_of, ticket_in
from joldama.ui.security import may_sign
from joldama.ui.signing import read_cms, signing
from joldama.ui.templatetags.words import language

_CHALLENGE = "challenge"
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show what is to be signed; take the signature and lead back to where the person was."""
    if request.user.is_authenticated and request.user.person_id:
        return HttpResponseRedirect(_next(request))
    if request.method != "POST":
        return _ask(request)
    cms = read_cms(request, request.POST)
    expected = request.session.pop(_CHALLENGE, None)
    if not cms:
        return _ask(request, fault=words.parts("error.no_signature", language()))
    try:
        account = signing_in.sign_in(cms, expected=_bytes(expected), at=now())
    except Refused as refused:
        return _ask(request, fault=refused.parts(language()))
    return _enter(request, account)


@require_http_methods(["GET", "HEAD", "POST"])
def by_phone(request: HttpRequest) -> HttpResponse:
    """Ask for a signature on a phone; sign this session in once its phone has signed."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("portal:sign-in"))
    if "go_on" in request.POST:
        return _go_on(request)
    challenge = signing_in.challenge(origin=settings.JOLDAMA_ORIGIN, at=now())
    wish = Wish(purpose=Purpose.SIGN_IN, document=challenge, language=language())
    try:
        return begin_on_phone(request, wish, back=reverse("portal:sign-in"))
    except NotYet as waits:
        return _ask(request, fault=waits.parts(language()))


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """Hand out the document to sign, for those who sign in a program of their own."""
    challenge = request.session.get(_CHALLENGE)
    if challenge is None:
        return HttpResponseRedirect(reverse("portal:sign-in"))
    response = HttpResponse(_bytes(challenge), content_type="application/xml")
    response["Content-Disposition"] = 'attachment; filename="sign-in.xml"'
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(reverse("portal:start"))


def _go_on(request: HttpRequest) -> HttpResponse:
    ticket = ticket_in(request)
    if ticket is None:
        return HttpResponseRedirect(reverse("portal:sign-in"))
    try:
        account = remote_signing.take_sign_in(ticket, screen=screen_of(request), at=now())
    except Refused as refused:
        drop_ticket(request)
        return _ask(request, fault=refused.parts(language()))
    if account is None:
        return _ask(request, fault=_not_taken(request, ticket))
    drop_ticket(request)
    return _enter(request, account)


def _not_taken(request: HttpRequest, ticket: Ticket) -> tuple[str, ...]:
    """Say why there is nothing to take: the phone has yet to sign, or its signature waited too long."""
    seen = remote_signing.look(ticket, screen=screen_of(request), at=now())
    if seen is None or seen.state != RemoteState.SIGNED:
        return words.parts("qr.not_yet", language())
    drop_ticket(request)
    minutes = remote_signing.minutes_of(remote_signing.TAKEN_WITHIN)
    return words.parts("qr.taken_late", language(), minutes=minutes)


def _enter(request: HttpRequest, account: Account) -> HttpResponse:
    back = _next(request)
    login(request, account, backend=_BACKEND)
    return HttpResponseRedirect(back)


def _ask(request: HttpRequest, fault: tuple[str, ...] = ()) -> HttpResponse:
    back = _next(request)
    kept = _bytes(request.session.get(_CHALLENGE))
    challenge = signing_in.challenge(origin=settings.JOLDAMA_ORIGIN, at=now(), kept=kept)
    request.session[_CHALLENGE] = base64.b64encode(challenge).decode()
    request.session["next"] = back
    context = {
        "fault": fault,
        **signing(challenge, by=Signer.PERSON, document_url=reverse("portal:sign-in-document")),
        **code_on(
            request,
            remote_signing.look,
            purpose=Purpose.SIGN_IN,
            url=reverse("portal:sign-in-qr"),
            zone=CAPITAL,
            at=now(),
        ),
    }
    return may_sign(render(request, "portal/sign_in.html", context, status=422 if fault else 200))


def _bytes(encoded: str | None) -> bytes:
    return base64.b64decode(encoded or "")


def _next(request: HttpRequest) -> str:
    wanted = request.GET.get("next") or request.session.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("portal:account")
