"""Whoever rings or comes asks how his case stands; the answer is read to him (¶14).

What is typed is sent, never put into an address; the answer is the page itself.
"""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from joldama.helpdesk.access import desk_of
from joldama.helpdesk.forms import StatusForm
from joldama.people.rules import answers_in_person
from joldama.procedures.ask_status import MOST_MISSES, Answer, Finding, ask_by_number, ask_in_person
from joldama.referrals.status import status_of
from joldama.ui.kept import take_typed
from joldama.ui.officials import Desk, show

_CODES = {Finding.TOLD: 200, Finding.NOT_FOUND: 422, Finding.OTHER_PROVIDER: 403, Finding.TOO_MANY: 429}


@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """Ask for number and IIN, or answer about them."""
    desk = desk_of(request)
    in_person = answers_in_person(desk.staff)
    typed = request.POST if request.method == "POST" else take_typed(request)
    form = StatusForm(typed, in_person=in_person)
    if request.method != "POST" or not form.is_valid():
        return _page(request, desk, form, code=422 if request.method == "POST" else 200)
    answer = _answer(form.cleaned_data, desk)
    again = StatusForm(in_person=in_person) if answer.finding is Finding.TOLD else form
    return _page(request, desk, again, code=_CODES[answer.finding], **_told(answer, desk))


def _answer(given: dict[str, Any], desk: Desk) -> Answer:
    if given["number"]:
        return ask_by_number(given["number"], given["iin"], by=desk.staff, at=desk.at)
    return ask_in_person(given["iin"], by=desk.staff, at=desk.at)


def _told(answer: Answer, desk: Desk) -> dict[str, Any]:
    wait = answer.again_at - desk.at if answer.again_at else timedelta()
    return {
        "finding": answer.finding,
        "told": [(one, status_of(one, at=desk.at)) for one in answer.cases],
        "misses": MOST_MISSES,
        "minutes": -(-wait // timedelta(minutes=1)),
    }


def _page(request: HttpRequest, desk: Desk, form: StatusForm, *, code: int, **shown: Any) -> HttpResponse:
    return show(request, "helpdesk/status.html", desk, status=code, form=form, section="status", **shown)
