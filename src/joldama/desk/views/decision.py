"""The head reads the decision back from its stored bytes and signs it with his own EDS (A36)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from govkz.eds import Report
from joldama.cases.models import Application, Decision
from joldama.desk.answers import telling, to_case
from joldama.desk.case_page import told_fields
from joldama.desk.finding import find_case
from joldama.desk.next_steps import may_sign_today
from joldama.desk.showing import Desk, desk_of, show
from joldama.procedures import decide, remote_signing
from joldama.procedures.decide import SignatureRefused
from joldama.procedures.refusing import NotYet
from joldama.signatures.models import Purpose
from joldama.signatures.remote.tickets import Wish
from joldama.standard import words
from joldama.standard.papers import DecisionPaper
from joldama.ui.errors import no_right
from joldama.ui.ncalayer import Signer
from joldama.ui.remote import code_on, keep_ticket, screen_of
from joldama.ui.security import may_sign
from joldama.ui.signing import handed_in, read_cms, signing
from joldama.ui.templatetags.words import language

_WAITS_SECONDS = "5"
"""After how long a page that waits for the centre's answer is asked for anew."""


@telling
def decision(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what is decided, take the signature; a deputy needs an order of this day."""
    desk = desk_of(request)
    application = find_case(desk, pk, page="desk:decision")
    if not may_sign_today(desk.staff, on=desk.today):
        return no_right(request)
    form = handed_in(request)
    if form is not None:
        return _sign(request, desk, application, form)
    drafted = application.decision
    if drafted is None or drafted.signed_at:
        return to_case(pk)
    return _page(request, desk, application)


@telling
def by_phone(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a signature on a phone; go on to the case once it has signed."""
    desk = desk_of(request)
    application = find_case(desk, pk, page="desk:decision")
    if not may_sign_today(desk.staff, on=desk.today):
        return no_right(request)
    drafted = application.decision
    if drafted is None or drafted.signed_at:
        return to_case(pk)
    if request.method != "POST" or decide.waiting_signature(drafted) is not None:
        return HttpResponseRedirect(reverse("desk:decision", args=[pk]))
    if "go_on" in request.POST:
        return _page(request, desk, application, fault=words.parts("qr.not_yet", language()))
    try:
        return _begin_on_phone(request, desk, application)
    except NotYet as waits:
        return _page(request, desk, application, fault=waits.parts(language()))


@telling
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out the very bytes to sign, for those who sign in a program of their own."""
    desk = desk_of(request)
    application = find_case(desk, pk, page="desk:decision-document")
    rendered = Decision.objects.filter(standing_for=application, document_for=desk.staff).first()
    if rendered is None or rendered.document is None:
        raise Http404
    response = HttpResponse(rendered.document, content_type="application/xml")
    response["Content-Disposition"] = 'attachment; filename="decision.xml"'
    return response


def _begin_on_phone(request: HttpRequest, desk: Desk, application: Application) -> HttpResponse:
    rendered = decide.render(application, by=desk.staff, at=desk.at)
    assert rendered.document is not None
    wish = Wish(
        purpose=Purpose.DECISION,
        document=rendered.document,
        language=language(),
        subject=rendered.pk,
        staff=desk.staff,
        office=application.office,
    )
    keep_ticket(request, remote_signing.start(wish, screen=screen_of(request), at=desk.at))
    return HttpResponseRedirect(f"{reverse('desk:decision', args=[application.pk])}#qr")


def _sign(request: HttpRequest, desk: Desk, application: Application, form: QueryDict) -> HttpResponse:
    cms = read_cms(request, form)
    if not cms:
        return _page(request, desk, application, fault=words.parts("error.no_signature", language()))
    try:
        taken = decide.sign(application, cms, by=desk.staff, at=desk.at)
    except SignatureRefused as refused:
        return _page(request, desk, application, fault=words.parts(refused.text_key, language()))
    if taken.signed_at is None:
        return HttpResponseRedirect(reverse("desk:decision", args=[application.pk]))
    return to_case(application.pk)


def _page(
    request: HttpRequest, desk: Desk, application: Application, *, fault: tuple[str, ...] = ()
) -> HttpResponse:
    rendered = decide.render(application, by=desk.staff, at=desk.at)
    assert rendered.document is not None
    waits = decide.waiting_signature(rendered) is not None
    failed = decide.failed_signature(rendered) if not fault and not waits else None
    if failed is not None:
        refused = SignatureRefused(frozenset(Report.from_dict(failed.report).reasons))
        fault = words.parts(refused.text_key, language())
    paper = DecisionPaper.from_xml(rendered.document)
    response = show(
        request,
        "desk/decision.html",
        desk,
        status=422 if fault and failed is None else 200,
        case=application,
        paper=paper,
        fields=told_fields(paper.fields, paper.declared),
        fault=fault,
        waits=waits,
        document=rendered.document.decode(),
        **signing(
            rendered.document,
            by=Signer.OFFICIAL,
            document_url=reverse("desk:decision-document", args=[application.pk]),
        ),
        **code_on(
            request,
            remote_signing.look,
            purpose=Purpose.DECISION,
            subject=rendered.pk,
            url=reverse("desk:decision-qr", args=[application.pk]),
            zone=desk.zone,
            at=desk.at,
        ),
    )
    if waits:
        response.headers["Refresh"] = _WAITS_SECONDS
    return may_sign(response)
