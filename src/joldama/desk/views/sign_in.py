"""An official signs in with password and second factor, on one page; without the latter he makes one first."""

from datetime import timedelta
from io import BytesIO
from urllib.parse import urlencode

import segno
from axes.helpers import get_client_ip_address, get_cool_off
from axes.models import AccessAttempt
from django.contrib.auth import authenticate, logout
from django.contrib.auth.signals import user_login_failed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from joldama.desk.forms import CodeForm, SignInForm
from joldama.installation.clock import now, offset
from joldama.people.models import Account
from joldama.people.second_factor import (
    accept_code,
    address_of,
    confirm,
    has_second_factor,
    letters_of,
    offered_secret,
)
from joldama.standard import words
from joldama.ui.officials import NATIONAL_ZONE, begin, has_left, official, staff_of
from joldama.ui.templatetags.words import language

_ENROLLING = "enrolling"
_ENROL_WITHIN = timedelta(minutes=10)


def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for login, password and code; a fault never says which of them was wrong."""
    if request.method != "POST":
        return (
            HttpResponseRedirect(_next(request))
            if staff_of(request, clock=now)
            else _ask(request, SignInForm())
        )
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, status=422)
    given = form.cleaned_data
    account = authenticate(request, username=given["username"], password=given["password"])
    if not _is_serving(account):
        if account is not None:
            _count_failure(request, given["username"])
        return _refuse(request, form)
    assert isinstance(account, Account)
    if not has_second_factor(account):
        return _to_enrolment(request, account)
    if not accept_code(account, given["code"]):
        _count_failure(request, given["username"])
        return _refuse(request, form)
    back = _next(request)
    begin(request, account, at=now())
    return HttpResponseRedirect(back)


def enrol(request: HttpRequest) -> HttpResponse:
    """Make the second factor: the secret as a QR code and in letters, confirmed by its first code."""
    found = _enrolling(request)
    if found is None:
        return HttpResponseRedirect(reverse("desk:sign-in"))
    account, secret = found
    form = CodeForm(request.POST or None)
    fault: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        if confirm(account, secret, form.cleaned_data["code"]):
            back = _next(request)
            del request.session[_ENROLLING]
            begin(request, account, at=now())
            return HttpResponseRedirect(back)
        fault = words.parts("error.enrol_code", language())
    context = {"form": form, "fault": fault, "letters": letters_of(secret)}
    return render(request, "desk/enrol.html", context, status=422 if fault or form.errors else 200)


def enrol_code(request: HttpRequest) -> HttpResponse:
    """Draw the secret that is being enrolled as a QR code."""
    found = _enrolling(request)
    if found is None:
        raise Http404
    account, secret = found
    drawn = BytesIO()
    code = segno.make(address_of(account, secret), error="m")
    code.save(drawn, kind="svg", scale=5, border=4, light="#fff", xmldecl=False, omitsize=True)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if request.method == "POST":
        logout(request)
    return HttpResponseRedirect(reverse("desk:sign-in"))


def locked_out(request: HttpRequest, original: HttpResponse, credentials: dict[str, str]) -> HttpResponse:
    """Say until when sign-in is closed after too many failures (AXES_LOCKOUT_CALLABLE)."""
    username = (credentials or {}).get("username", "")
    attempts = AccessAttempt.objects.filter(username=username, ip_address=get_client_ip_address(request))
    latest = attempts.order_by("-attempt_time").first()
    began = latest.attempt_time + offset() if latest else now()
    until_at = (began + (get_cool_off(request) or timedelta())).astimezone(NATIONAL_ZONE)
    fault = words.parts("error.locked", language(), until_at=until_at)
    return _ask(request, SignInForm(initial={"username": username}), fault=fault, status=429)


def _ask(
    request: HttpRequest, form: SignInForm, *, fault: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    return render(request, "desk/sign_in.html", {"form": form, "fault": fault}, status=status)


def _refuse(request: HttpRequest, form: SignInForm) -> HttpResponse:
    again = SignInForm(initial={"username": form.cleaned_data["username"]})
    return _ask(request, again, fault=words.parts("error.sign_in", language()), status=422)


def _is_serving(account: object) -> bool:
    staff = official(account)
    return staff is not None and not has_left(staff, clock=now)


def _count_failure(request: HttpRequest, username: str) -> None:
    """Have a wrong code counted as a wrong password is."""
    user_login_failed.send(sender=__name__, credentials={"username": username}, request=request)


def _to_enrolment(request: HttpRequest, account: Account) -> HttpResponse:
    back = urlencode({"next": _next(request)})
    request.session.cycle_key()
    request.session[_ENROLLING] = {
        "account": str(account.pk),
        "secret": offered_secret(),
        "until": (now() + _ENROL_WITHIN).isoformat(),
    }
    return HttpResponseRedirect(f"{reverse('desk:enrol')}?{back}")


def _enrolling(request: HttpRequest) -> tuple[Account, str] | None:
    kept = request.session.get(_ENROLLING)
    if kept is None or kept["until"] < now().isoformat():
        return None
    return Account.objects.select_related("staff").get(pk=kept["account"]), kept["secret"]


def _next(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("desk:work")
