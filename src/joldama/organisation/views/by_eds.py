"""The organisation signs its answer with its own EDS: by NCALayer, on a phone with eGov Business, or by file."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from joldama.installation.clock import now
from joldama.organisation.held import drop_document, kept_document
from joldama.organisation.showing import told_of
from joldama.procedures import remote_signing, reply, reply_signed
from joldama.procedures.refused_signature import SignatureRefused
from joldama.procedures.refusing import NotYet
from joldama.procedures.slip import CannotHaveAnswered
from joldama.referrals.models import Referral, Reply
from joldama.signatures.models import Purpose
from joldama.standard import words
from joldama.standard.papers import ReplyPaper
from joldama.ui.ncalayer import Signer
from joldama.ui.remote import code_on, keep_ticket, screen_of
from joldama.ui.security import may_sign
from joldama.ui.signing import read_cms, signing
from joldama.ui.templatetags.words import language


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest) -> HttpResponse:
    """Show what is signed, take the signature."""
    kept = kept_document(request)
    if kept is None:
        return render(request, "organisation/lost.html", status=410)
    taken = reply_signed.signed_answer(kept[1])
    if taken is not None:
        return _receipt(request, taken)
    referral = reply.referral_to_answer(kept[0])
    if request.method != "POST":
        return _page(request, referral, kept[1])
    cms = read_cms(request, request.POST)
    if not cms:
        return _page(request, referral, kept[1], fault=words.parts("error.no_signature", language()))
    try:
        taken = reply_signed.by_eds(referral, cms, origin=settings.JOLDAMA_ORIGIN, at=now())
    except (SignatureRefused, NotYet) as refused:
        return _page(request, referral, kept[1], fault=refused.parts(language()))
    except CannotHaveAnswered as cannot:
        return _page(request, referral, kept[1], fault=words.parts(cannot.key, language(), **cannot.values))
    return _receipt(request, taken)


@require_http_methods(["GET", "HEAD", "POST"])
def by_phone(request: HttpRequest) -> HttpResponse:
    """Ask for a signature on a phone; go on to the receipt once it has signed."""
    kept = kept_document(request)
    if kept is None:
        return render(request, "organisation/lost.html", status=410)
    taken = reply_signed.signed_answer(kept[1])
    if taken is not None:
        return _receipt(request, taken)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("organisation:sign"))
    referral = reply.referral_to_answer(kept[0])
    if "go_on" in request.POST:
        return _page(request, referral, kept[1], fault=words.parts("qr.not_yet", language()))
    at = now()
    try:
        wish = reply_signed.wish(referral, kept[1], language=language(), at=at)
        keep_ticket(request, remote_signing.start(wish, screen=screen_of(request), at=at))
    except (SignatureRefused, NotYet) as refused:
        return _page(request, referral, kept[1], fault=refused.parts(language()))
    return HttpResponseRedirect(f"{reverse('organisation:sign')}#qr")


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """Hand out the very bytes to sign, for those who sign in a program of their own."""
    kept = kept_document(request)
    if kept is None:
        raise Http404
    response = HttpResponse(kept[1], content_type="application/xml")
    response["Content-Disposition"] = 'attachment; filename="answer.xml"'
    return response


def _receipt(request: HttpRequest, taken: Reply) -> HttpResponse:
    drop_document(request)
    return HttpResponseRedirect(reverse("organisation:given", args=[taken.pk]))


def _page(
    request: HttpRequest, referral: Referral, document: bytes, *, fault: tuple[str, ...] = ()
) -> HttpResponse:
    at = now()
    paper = ReplyPaper.from_xml(document)
    is_trader = reply_signed.is_to_sole_trader(referral)
    signer = Signer.PERSON if is_trader else Signer.OFFICIAL
    context = {
        **told_of(referral, reply.answerable(referral), at=at),
        "paper": paper,
        "sign_key": "reply.trader.sign" if is_trader else "reply.sign.text",
        "answer_key": f"reply.form.{paper.answer}",
        "bytes": document.decode(),
        "fault": fault,
        **signing(document, by=signer, document_url=reverse("organisation:document")),
        **code_on(
            request,
            remote_signing.look,
            purpose=Purpose.REPLY,
            subject=paper.id,
            url=reverse("organisation:sign-qr"),
            zone=referral.application.place.zone,
            at=at,
        ),
    }
    return may_sign(render(request, "organisation/sign.html", context, status=422 if fault else 200))
