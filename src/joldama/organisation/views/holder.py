"""Whoever holds the paper: its number, date and control code lead to the ways to answer."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joldama.installation.clock import now
from joldama.organisation.forms import AnswerForm
from joldama.organisation.held import Held, held_by, keep_document, kept_document
from joldama.organisation.showing import today_of, told_of
from joldama.procedures import letters, remote_signing, reply, reply_signed
from joldama.procedures.refusing import NotYet
from joldama.procedures.slip import CannotHaveAnswered
from joldama.standard.papers import UnwritablePaper
from joldama.ui.forms import Fault
from joldama.ui.holding import VerifyForm
from joldama.ui.remote import screen_of, ticket_in
from joldama.ui.templatetags.words import language


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Ask for the three that stand on the paper, then what became of the person."""
    asked = request.POST if request.method == "POST" else request.GET
    if not {"n", "d", "c"} & set(asked):
        return render(request, _FIND, {"form": VerifyForm()})
    held = held_by(request, asked)
    if held.referral is None:
        return _unknown(request, held)
    form = AnswerForm(asked if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _take(request, held, form, asked)
    return _page(request, held, form, at=now())


@require_POST
def letter(request: HttpRequest) -> HttpResponse:
    """Send a one-time code to the contact staff confirmed; whose address it is, is not told here."""
    held = held_by(request, request.POST)
    if held.referral is None:
        return _unknown(request, held)
    at = now()
    try:
        reply.check_open(held.referral)
        letters.send_code(held.referral, at=at)
    except NotYet as refused:
        return _page(request, held, AnswerForm(), at=at, fault=refused.parts(language()))
    return HttpResponseRedirect(reverse("organisation:sent"))


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say that a letter is on its way."""
    return render(request, "organisation/sent.html")


def _take(request: HttpRequest, held: Held, form: AnswerForm, asked: QueryDict) -> HttpResponse:
    at = now()
    assert held.referral is not None
    slip = form.slip(answered_on=today_of(held.referral, at=at))
    try:
        if asked.get("way") == "stated":
            stated = reply.state(held.referral, slip, at=at)
            return HttpResponseRedirect(reverse("organisation:given", args=[stated.pk]))
        document = reply_signed.document(held.referral, slip, origin=settings.JOLDAMA_ORIGIN, at=at)
    except CannotHaveAnswered as cannot:
        form.add_error("start_on", Fault(cannot.key, **cannot.values))
    except UnwritablePaper:
        form.add_error("reason", Fault("error.characters", place="…"))
    except NotYet as refused:
        return _page(request, held, form, at=at, fault=refused.parts(language()))
    else:
        _forget_code(request, at=at)
        keep_document(request, held.referral, document)
        return HttpResponseRedirect(reverse("organisation:sign"))
    return _page(request, held, form, at=at)


def _forget_code(request: HttpRequest, *, at: datetime) -> None:
    """Let no phone sign the answer that was filled in before in this browser."""
    ticket = ticket_in(request) if kept_document(request) else None
    if ticket is not None:
        remote_signing.cancel(ticket, screen=screen_of(request), at=at)


def _unknown(request: HttpRequest, held: Held) -> HttpResponse:
    context: dict[str, Any] = {"form": held.form, "fault": held.fault}
    return render(request, _FIND, context, status=held.status)


def _page(
    request: HttpRequest, held: Held, form: AnswerForm, *, at: datetime, fault: tuple[str, ...] = ()
) -> HttpResponse:
    assert held.referral is not None
    standing = reply.answerable(held.referral)
    context = {
        **told_of(held.referral, standing, at=at),
        "form": form,
        "holder": held.typed,
        "fault": fault,
        "has_contact": letters.contact_of(held.referral) is not None,
        "has_number": bool(reply_signed.number_of(held.referral)),
    }
    return render(request, "organisation/holder.html", context, status=422 if form.is_bound or fault else 200)


_FIND = "organisation/find.html"
