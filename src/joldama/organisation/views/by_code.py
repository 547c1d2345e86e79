"""The page a letter leads to: the answer, with the code that stands in the letter. Opening it changes nothing."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from joldama.installation.clock import now
from joldama.organisation.forms import CodeForm
from joldama.organisation.showing import today_of, told_of
from joldama.procedures import reply
from joldama.procedures.refusing import NotYet
from joldama.procedures.reply import CodeOver, WrongCode
from joldama.procedures.slip import CannotHaveAnswered
from joldama.referrals.replies import CodeEnd, ReplyCode
from joldama.ui.forms import Fault
from joldama.ui.templatetags.words import language


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask what became of the person; take the answer with the code."""
    code = reply.code_of(pk)
    if code is None:
        raise Http404
    given = getattr(code, "reply", None)
    if given is not None:
        return HttpResponseRedirect(reverse("organisation:given", args=[given.pk]))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _take(request, code, form)
    return _page(request, code, form, at=now())


def _take(request: HttpRequest, code: ReplyCode, form: CodeForm) -> HttpResponse:
    at = now()
    slip = form.slip(answered_on=today_of(code.referral, at=at))
    try:
        taken = reply.by_code(code, form.cleaned_data["code"], slip, at=at)
    except WrongCode as wrong:
        form.add_error("code", Fault("reply.wrong_code", count=wrong.left))
    except CannotHaveAnswered as cannot:
        form.add_error("start_on", Fault(cannot.key, **cannot.values))
    except CodeOver:
        code.refresh_from_db()
    except NotYet as refused:
        return _page(request, code, form, at=at, fault=refused.parts(language()))
    else:
        return HttpResponseRedirect(reverse("organisation:given", args=[taken.pk]))
    return _page(request, code, form, at=at)


def _page(
    request: HttpRequest, code: ReplyCode, form: CodeForm, *, at: datetime, fault: tuple[str, ...] = ()
) -> HttpResponse:
    standing = reply.answerable(code.referral)
    is_over = not code.is_open(at=at) or code.contact.ended_at is not None
    context = {
        **told_of(code.referral, standing, at=at),
        "form": form,
        "fault": fault,
        "over_key": _over_key(code) if is_over else "",
    }
    status = 422 if form.is_bound or fault else 200
    return render(request, "organisation/by_code.html", context, status=410 if is_over else status)


def _over_key(code: ReplyCode) -> str:
    if code.ended_why == CodeEnd.LOCKED:
        return "reply.code_locked"
    return "reply.code_replaced" if code.ended_why == CodeEnd.REPLACED else "reply.code_over"
