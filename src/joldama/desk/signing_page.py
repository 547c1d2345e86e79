"""The page on which an official reads a paper and signs it with his own EDS: by NCALayer, on a phone, or by file (A36).

The decision and the annulment are such papers; each says how it is rendered, taken and shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from joldama.cases.models import Application
from joldama.desk.answers import to_case
from joldama.desk.finding import find_case
from joldama.desk.next_steps import may_sign_today
from joldama.desk.showing import Desk, desk_of, show
from joldama.procedures import remote_signing
from joldama.procedures.official_signing import SignatureRefused, ToSign
from joldama.procedures.refusing import NotYet
from joldama.signatures.models import Purpose
from joldama.signatures.remote.tickets import Wish
from joldama.standard import words
from joldama.ui.errors import no_right
from joldama.ui.ncalayer import Signer
from joldama.ui.remote import code_on, keep_ticket, screen_of
from joldama.ui.security import may_sign
from joldama.ui.signing import handed_in, read_cms, signing
from joldama.ui.templatetags.words import language

_WAITS_SECONDS = "5"
"""After how long a page that waits for the centre's answer is asked for anew."""


@dataclass(frozen=True, kw_only=True)
class OfficialsPaper:
    """One sort of paper: `page` names its page, whose neighbours end in `-qr` and `-document`.

    `render` and `take` are of its procedure; `take` says whether the paper is in force, or its signature still being
    checked. `is_awaited` says of a case whether there is such a paper to sign; `told` is what its template shows of
    the bytes.
    """

    purpose: Purpose
    page: str
    template: str
    is_awaited: Callable[[Application], bool]
    render: Callable[..., ToSign]
    take: Callable[..., bool]
    told: Callable[[bytes], dict[str, Any]]

    def address(self, application: Application, beside: str = "") -> str:
        """Give the address of its page, or of a neighbour."""
        return reverse(f"{self.page}{beside}", args=[application.pk])


def answer(request: HttpRequest, pk: UUID, paper: OfficialsPaper) -> HttpResponse:
    """Show the paper, take the signature; a deputy needs an order of this day."""
    desk = desk_of(request)
    application = find_case(desk, pk, page=paper.page)
    if not may_sign_today(desk.staff, on=desk.today):
        return no_right(request)
    form = handed_in(request)
    if form is not None:
        return _take(request, desk, application, paper, form)
    return _read(request, desk, application, paper) if paper.is_awaited(application) else to_case(pk)


def answer_by_phone(request: HttpRequest, pk: UUID, paper: OfficialsPaper) -> HttpResponse:
    """Ask for a signature on a phone; go on to the case once it has signed."""
    desk = desk_of(request)
    application = find_case(desk, pk, page=paper.page)
    if not may_sign_today(desk.staff, on=desk.today):
        return no_right(request)
    if not paper.is_awaited(application):
        return to_case(pk)
    return _sign_on_phone(request, desk, application, paper)


def hand_out(document: bytes | None, *, name: str) -> HttpResponse:
    """Hand out the very bytes to sign, for those who sign in a program of their own."""
    if document is None:
        raise Http404
    response = HttpResponse(document, content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _take(
    request: HttpRequest, desk: Desk, application: Application, paper: OfficialsPaper, form: QueryDict
) -> HttpResponse:
    cms = read_cms(request, form)
    if not cms:
        fault = words.parts("error.no_signature", language())
        return _read(request, desk, application, paper, fault=fault)
    try:
        is_in_force = paper.take(application, cms, by=desk.staff, at=desk.at)
    except SignatureRefused as refused:
        return _read(request, desk, application, paper, fault=words.parts(refused.text_key, language()))
    return to_case(application.pk) if is_in_force else HttpResponseRedirect(paper.address(application))


def _sign_on_phone(
    request: HttpRequest, desk: Desk, application: Application, paper: OfficialsPaper
) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseRedirect(paper.address(application))
    rendered = paper.render(application, by=desk.staff, at=desk.at)
    if rendered.checked is not None:
        return HttpResponseRedirect(paper.address(application))
    if "go_on" in request.POST:
        fault = words.parts("qr.not_yet", language())
        return _read(request, desk, application, paper, fault=fault)
    try:
        _ask_phone(request, desk, application, paper, rendered)
    except NotYet as waits:
        return _read(request, desk, application, paper, fault=waits.parts(language()))
    return HttpResponseRedirect(f"{paper.address(application)}#qr")


def _read(
    request: HttpRequest,
    desk: Desk,
    application: Application,
    paper: OfficialsPaper,
    *,
    fault: tuple[str, ...] = (),
) -> HttpResponse:
    """Show the paper from its stored bytes, and the ways to sign it; `fault` says why a signature was not taken."""
    rendered = paper.render(application, by=desk.staff, at=desk.at)
    status = 422 if fault else 200
    if rendered.failed is not None and not fault:
        fault = words.parts(rendered.failed.text_key, language())
    if rendered.blocked is not None and not fault:
        fault = rendered.blocked.parts(language())
    response = show(
        request,
        paper.template,
        desk,
        status=status,
        case=application,
        fault=fault,
        checked=rendered.checked,
        document=rendered.document.decode(),
        **paper.told(rendered.document),
        **signing(
            rendered.document, by=Signer.OFFICIAL, document_url=paper.address(application, "-document")
        ),
        **code_on(
            request,
            remote_signing.look,
            purpose=paper.purpose,
            subject=rendered.subject,
            url=paper.address(application, "-qr"),
            zone=desk.zone,
            at=desk.at,
        ),
    )
    if rendered.checked is not None:
        response.headers["Refresh"] = _WAITS_SECONDS
    return may_sign(response)


def _ask_phone(
    request: HttpRequest, desk: Desk, application: Application, paper: OfficialsPaper, rendered: ToSign
) -> None:
    wish = Wish(
        purpose=paper.purpose,
        document=rendered.document,
        language=language(),
        subject=rendered.subject,
        staff=desk.staff,
        office=application.office,
    )
    keep_ticket(request, remote_signing.start(wish, screen=screen_of(request), at=desk.at))
