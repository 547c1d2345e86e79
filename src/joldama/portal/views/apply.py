"""The application in steps: one question a page, saved at once, checked from the bytes that are signed.

The signed document is all there is: no paper is asked for and none can be sent (R9.2-a).
"""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joldama.cases.models import Application, Draft
from joldama.installation.clock import now
from joldama.notices.queries import contact_of
from joldama.people.models import Office, Place
from joldama.portal import forms
from joldama.portal.access import CAPITAL, person_of
from joldama.portal.by_phone import begin_on_phone
from joldama.portal.context import edition_today
from joldama.procedures import apply as applying
from joldama.procedures import remote_signing
from joldama.procedures.accept import accept_application
from joldama.procedures.apply import Answers, Incomplete
from joldama.procedures.foresee import foresee
from joldama.procedures.offer import unmet
from joldama.procedures.reckoning import edition_at, portal_term
from joldama.procedures.refusing import NotYet
from joldama.signatures.models import Purpose
from joldama.signatures.remote.tickets import Wish
from joldama.standard import words
from joldama.standard.eligibility import Eligibility, Standing, others
from joldama.standard.kinds import ResultKind
from joldama.standard.papers import ApplicationPaper
from joldama.standard.refusals import Refused
from joldama.ui.kept import take_typed
from joldama.ui.ncalayer import Signer
from joldama.ui.remote import code_on
from joldama.ui.security import may_sign
from joldama.ui.signing import handed_in, read_cms, signing
from joldama.ui.templatetags.words import language

QUESTIONS: dict[str, type[forms.Question]] = {
    "kind": forms.KindQuestion,
    "training": forms.TrainingQuestion,
    "others": forms.OthersQuestion,
    "office": forms.OfficeQuestion,
    "document": forms.DocumentQuestion,
    "oralman": forms.OralmanQuestion,
    "form": forms.FormQuestion,
    "contact": forms.ContactQuestion,
}
NUMBERED = ("kind", "others", "office", "document", "oralman", "form", "contact", "check")
_STEP_OF_ANSWER = {
    "kind": "kind",
    "other_kinds": "others",
    "training_kind": "training",
    "office": "office",
    "document_kind": "document",
    "document_number": "document",
    "is_oralman": "oralman",
    "issue_form": "form",
}


@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """Say who applies and with what, before the first question (A40)."""
    return render(request, "portal/apply/begin.html", {"first": reverse("portal:step", args=["kind"])})


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, name: str) -> HttpResponse:
    """Ask one question; its answer is saved before the next is asked."""
    question = QUESTIONS.get(name)
    if question is None:
        raise Http404
    draft = _draft(request)
    answers = Answers.of(draft) if draft else Answers()
    typed = request.POST if request.method == "POST" else take_typed(request)
    foreseen = _foreseen(request, answers) if name in ("kind", "others") else []
    form = question(typed, initial=_initial(request, question, answers), **_extra(name, answers, foreseen))
    if request.method == "POST" and form.is_valid():
        answers = _answered(answers, form)
        applying.save(draft or applying.start(by=person_of(request), at=now()), answers, at=now())
        return HttpResponseRedirect(_onward(request, name, answers))
    context = {
        "form": form,
        "name": name,
        "number": NUMBERED.index("kind" if name == "training" else name) + 1,
        "total": len(NUMBERED),
        "back": _before(name, answers, request),
        "draft": draft,
        "closed": _closed(foreseen, answers.kind, "eligibility.foreseen") if name == "others" else (),
    }
    return render(request, "portal/apply/step.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Show the application from the bytes that are signed; take the signature."""
    form = handed_in(request)
    sent = applying.sent_under(form.get("draft", ""), by=person_of(request)) if form is not None else None
    if sent is not None:
        return _receipt(sent)
    draft = _draft(request)
    if draft is None:
        return _without_draft(request)
    try:
        paper = applying.render(draft, origin=settings.JOLDAMA_ORIGIN, language=language(), at=now())
    except Incomplete as incomplete:
        return _to_missing(incomplete)
    if form is None:
        return _check_page(request, draft, paper)
    cms = read_cms(request, form)
    if not cms:
        return _check_page(request, draft, paper, fault=words.parts("error.no_signature", language()))
    try:
        application = accept_application(draft, cms, by=person_of(request), at=now())
    except Refused as refused:
        return _check_page(request, draft, paper, fault=refused.parts(language()))
    except Incomplete as incomplete:
        return _to_missing(incomplete)
    return _receipt(application)


@require_http_methods(["GET", "HEAD", "POST"])
def by_phone(request: HttpRequest) -> HttpResponse:
    """Ask for a signature on a phone; go on to the receipt once it has signed."""
    draft = _draft(request)
    if draft is None:
        return _without_draft(request)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("portal:check"))
    try:
        paper = applying.render(draft, origin=settings.JOLDAMA_ORIGIN, language=language(), at=now())
    except Incomplete as incomplete:
        return _to_missing(incomplete)
    if "go_on" in request.POST:
        return _check_page(request, draft, paper, fault=words.parts("qr.not_yet", language()))
    person = person_of(request)
    wish = Wish(
        purpose=Purpose.APPLICATION,
        document=paper,
        language=language(),
        subject=draft.pk,
        person=person,
        office=Place.objects.select_related("office").get(pk=ApplicationPaper.from_xml(paper).place).office,
    )
    try:
        return begin_on_phone(request, wish, back=reverse("portal:check"))
    except NotYet as waits:
        return _check_page(request, draft, paper, fault=waits.parts(language()))


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """Hand out the very bytes to sign, for those who sign in a program of their own."""
    draft = _draft(request)
    if draft is None or draft.document is None:
        raise Http404
    response = HttpResponse(draft.document, content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="application-{draft.reference}.xml"'
    return response


@require_POST
def delete(request: HttpRequest) -> HttpResponse:
    """Delete a draft at the person's wish."""
    draft = _draft(request)
    if draft is not None:
        applying.discard(draft)
    return HttpResponseRedirect(reverse("portal:account"))


def _initial(request: HttpRequest, question: type[forms.Question], answers: Answers) -> dict[str, Any]:
    """Give what stood there before; an address the person left once is not asked for again."""
    initial = question.initial_of(answers)
    if "email" in initial and not initial["email"]:
        known = contact_of(person_of(request))
        initial["email"] = known.email if known else ""
    return initial


def _without_draft(request: HttpRequest) -> HttpResponse:
    """Go on where nothing is left to sign: whoever lost the answer to what he sent comes to its receipt (A38)."""
    sent = applying.latest_sent(by=person_of(request))
    return _receipt(sent) if sent else HttpResponseRedirect(reverse("portal:apply"))


def _receipt(application: Application) -> HttpResponse:
    return HttpResponseRedirect(reverse("portal:receipt", args=[application.pk]))


def _to_missing(incomplete: Incomplete) -> HttpResponse:
    """Ask what is still to be answered, or anew what no longer may be asked for."""
    return HttpResponseRedirect(reverse("portal:step", args=[_STEP_OF_ANSWER[incomplete.missing[0]]]))


def _draft(request: HttpRequest) -> Draft | None:
    return applying.open_draft(person_of(request))


def _answered(answers: Answers, form: forms.Question) -> Answers:
    changed = replace(answers, **form.answers())
    if changed.kind is not ResultKind.VOCATIONAL_TRAINING:
        changed = replace(changed, training_kind=None)
    return replace(changed, other_kinds=tuple(k for k in changed.other_kinds if k is not changed.kind))


def _foreseen(request: HttpRequest, answers: Answers) -> list[Eligibility]:
    """Judge the kinds by what is known of the person already (A14)."""
    office = Office.objects.filter(pk=answers.office).first() if answers.office else None
    return foresee(person_of(request), office=office, on=now().astimezone(CAPITAL).date())


def _closed(foreseen: list[Eligibility], asked: ResultKind | None, key: str) -> tuple[str, ...]:
    """Say why the kind asked for seems closed to the person and which are open; nothing where it is not."""
    for one in foreseen:
        if one.kind is asked and one.standing is Standing.NOT_MET:
            open_ones = others(foreseen, asked=one.kind)
            named = tuple(each.declared for kind in open_ones for each in foreseen if each.kind is kind)
            return words.parts(key, language(), kind=one.declared, condition=unmet(one), other_kinds=named)
    return ()


def _extra(name: str, answers: Answers, foreseen: list[Eligibility]) -> dict[str, Any]:
    match name:
        case "kind":
            return {"foreseen": foreseen}
        case "training":
            return {"sorts": edition_today().training_kinds}
        case "others":
            return {"foreseen": foreseen, "asked": answers.kind}
        case _:
            return {}


def _onward(request: HttpRequest, name: str, answers: Answers) -> str:
    if "later" in request.POST:
        return reverse("portal:account")
    if name == "kind" and answers.kind is ResultKind.VOCATIONAL_TRAINING:
        return reverse("portal:step", args=["training"])
    if request.GET.get("change") and not answers.missing:
        return reverse("portal:check")
    following = NUMBERED[NUMBERED.index("kind" if name == "training" else name) + 1]
    return reverse("portal:check") if following == "check" else reverse("portal:step", args=[following])


def _before(name: str, answers: Answers, request: HttpRequest) -> str:
    if request.GET.get("change"):
        return reverse("portal:check")
    if name == "training":
        return reverse("portal:step", args=["kind"])
    if name == "others" and answers.kind is ResultKind.VOCATIONAL_TRAINING:
        return reverse("portal:step", args=["training"])
    place = NUMBERED.index(name)
    return reverse("portal:step", args=[NUMBERED[place - 1]]) if place else reverse("portal:apply")


def _check_page(
    request: HttpRequest, draft: Draft, document: bytes, fault: tuple[str, ...] = ()
) -> HttpResponse:
    paper = ApplicationPaper.from_xml(document)
    place = Place.objects.select_related("office").get(pk=paper.place)
    at = now()
    edition = edition_at(place, at)
    context = {
        "paper": paper,
        "kind": edition.declared(paper.kind),
        "other_kinds": [edition.declared(kind) for kind in paper.other_kinds],
        "place": place,
        "closed": _closed(
            foresee(person_of(request), office=place.office, on=at.astimezone(place.zone).date()),
            paper.kind,
            "eligibility.foreseen.at_check",
        ),
        "due": portal_term(place, at).due_at.astimezone(place.zone),
        "local_now": at.astimezone(place.zone),
        "fault": fault,
        "number": len(NUMBERED),
        "total": len(NUMBERED),
        "document_text": document.decode(),
        **signing(
            document, by=Signer.PERSON, document_url=reverse("portal:apply-document"), draft=draft.reference
        ),
        **code_on(
            request,
            remote_signing.look,
            purpose=Purpose.APPLICATION,
            subject=draft.pk,
            url=reverse("portal:check-qr"),
            zone=place.zone,
            at=at,
        ),
    }
    return may_sign(render(request, "portal/apply/check.html", context, status=422 if fault else 200))
