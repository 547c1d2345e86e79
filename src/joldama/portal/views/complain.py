"""A complaint in steps: one question a page, saved at once, checked from the bytes that are signed (¶10.6)."""

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joldama.complaints.models import Complaint, ComplaintDraft
from joldama.installation.clock import now
from joldama.people.models import Office, Staff
from joldama.people.queries import main_place
from joldama.portal import forms_of_complaints as forms
from joldama.portal.access import person_of
from joldama.portal.by_phone import begin_on_phone
from joldama.procedures import complain as complaining
from joldama.procedures import remote_signing
from joldama.procedures.apply import Incomplete
from joldama.procedures.complain import Answers, Matter
from joldama.procedures.refusing import NotYet
from joldama.signatures.models import Purpose
from joldama.signatures.remote.tickets import Wish
from joldama.standard import words
from joldama.standard.complaints import ComplaintAddressee
from joldama.standard.papers import ComplaintPaper
from joldama.standard.refusals import Refused
from joldama.ui.kept import take_typed
from joldama.ui.ncalayer import Signer
from joldama.ui.remote import code_on
from joldama.ui.security import may_sign
from joldama.ui.signing import handed_in, read_cms, signing
from joldama.ui.templatetags.words import language

QUESTIONS: dict[str, type[forms.Question]] = {
    "case": forms.CaseQuestion,
    "provider": forms.ProviderQuestion,
    "subject": forms.SubjectQuestion,
    "official": forms.OfficialQuestion,
    "addressee": forms.AddresseeQuestion,
    "text": forms.TextQuestion,
}
STEPS = (*QUESTIONS, "check")
_STEP_OF_ANSWER = {"application": "case"}


@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """How to complain: to whom, about what, until when, by which way (R10.1-a, R10.2-a)."""
    return render(
        request, "portal/complain/begin.html", {"first": reverse("portal:complain-step", args=["case"])}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, name: str) -> HttpResponse:
    """Ask one question; its answer is saved before the next is asked."""
    question = QUESTIONS.get(name)
    if question is None:
        raise Http404
    person = person_of(request)
    answers = _answers(request)
    typed = request.POST if request.method == "POST" else take_typed(request)
    form = question(typed, person=person, answers=answers)
    if name not in ("case", "provider") and answers.provider is None:
        return HttpResponseRedirect(reverse("portal:complain-step", args=["case"]))
    if request.method == "POST" and form.is_valid():
        changed = _changed(answers, form)
        stopped = _stopped(request, changed, form) if name == "addressee" else None
        if stopped is not None:
            return stopped
        complaining.save(changed, by=person, at=now())
        return HttpResponseRedirect(_onward(request, name, changed))
    return _step_page(request, name, form, answers, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Show the complaint from the bytes that are signed; take the signature."""
    form = handed_in(request)
    sent = complaining.sent_under(form.get("draft", ""), by=person_of(request)) if form is not None else None
    if sent is not None:
        return _receipt(sent)
    draft = complaining.open_draft(person_of(request))
    if draft is None:
        return _without_draft(request)
    paper = _rendered(draft)
    if isinstance(paper, HttpResponse):
        return paper
    if form is None:
        return _check_page(request, draft, paper)
    cms = read_cms(request, form)
    if not cms:
        return _check_page(request, draft, paper, fault=words.parts("error.no_signature", language()))
    try:
        complaint = complaining.send(draft, cms, by=person_of(request), at=now())
    except Refused as refused:
        return _check_page(request, draft, paper, fault=refused.parts(language()))
    return _receipt(complaint)


@require_http_methods(["GET", "HEAD", "POST"])
def by_phone(request: HttpRequest) -> HttpResponse:
    """Ask for a signature on a phone; go on to the receipt once it has signed."""
    person = person_of(request)
    draft = complaining.open_draft(person)
    if draft is None:
        return _without_draft(request)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("portal:complain-check"))
    paper = _rendered(draft)
    if isinstance(paper, HttpResponse):
        return paper
    if "go_on" in request.POST:
        return _check_page(request, draft, paper, fault=words.parts("qr.not_yet", language()))
    wish = Wish(
        purpose=Purpose.COMPLAINT,
        document=paper,
        language=language(),
        subject=draft.pk,
        person=person,
        office=Office.objects.get(code=ComplaintPaper.from_xml(paper).body),
    )
    try:
        return begin_on_phone(request, wish, back=reverse("portal:complain-check"))
    except NotYet as waits:
        return _check_page(request, draft, paper, fault=waits.parts(language()))


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """Hand out the very bytes to sign, for those who sign in a program of their own."""
    draft = complaining.open_draft(person_of(request))
    if draft is None or draft.document is None:
        raise Http404
    response = HttpResponse(draft.document, content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="complaint-{draft.reference}.xml"'
    return response


@require_POST
def delete(request: HttpRequest) -> HttpResponse:
    """Delete the complaint that was not sent, at the person's wish."""
    complaining.discard(person_of(request))
    return HttpResponseRedirect(reverse("portal:account"))


def _rendered(draft: ComplaintDraft) -> bytes | HttpResponse:
    """Give the bytes to sign, or lead to the question that stands in their way."""
    try:
        return complaining.render(draft, origin=settings.JOLDAMA_ORIGIN, language=language(), at=now())
    except Incomplete as incomplete:
        first = _STEP_OF_ANSWER.get(incomplete.missing[0], incomplete.missing[0])
        return HttpResponseRedirect(reverse("portal:complain-step", args=[first]))
    except NotYet:
        return HttpResponseRedirect(reverse("portal:complain-step", args=["addressee"]))


def _without_draft(request: HttpRequest) -> HttpResponse:
    """Go on where nothing is left to sign: whoever lost the answer to what he sent comes to its receipt."""
    sent = complaining.latest_sent(by=person_of(request))
    return _receipt(sent) if sent else HttpResponseRedirect(reverse("portal:complain"))


def _receipt(complaint: Complaint) -> HttpResponse:
    return HttpResponseRedirect(reverse("portal:complaint-receipt", args=[complaint.pk]))


def _answers(request: HttpRequest) -> Answers:
    draft = complaining.open_draft(person_of(request))
    answers = Answers.of(draft) if draft else Answers()
    asked = request.GET.get("about", "")
    if draft is None and asked:
        # From the page of a case: its question stands answered, and is asked all the same.
        return replace(answers, asked=("application",), application=_id(asked))
    return answers


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _changed(answers: Answers, form: forms.Question) -> Answers:
    given = form.answer()
    changed = replace(answers, **given, asked=tuple(dict.fromkeys([*answers.asked, form.name])))
    if changed.provider == answers.provider and changed.application == answers.application:
        return changed
    # Another office has other officials and another akim: these are asked anew.
    asked = tuple(name for name in changed.asked if name != "official")
    return replace(changed, asked=asked, official=None, addressee=None, keeps_head=False)


def _stopped(request: HttpRequest, answers: Answers, form: forms.Question) -> HttpResponse | None:
    """Explain before sending what the addressee chosen means (S59, S60); None where nothing stands in the way."""
    assert answers.addressee is not None
    matter = complaining.matter_of(answers, by=person_of(request))
    try:
        complaining.check_addressee(answers.addressee, matter)
    except NotYet as why:
        parts = why.parts(language())
        return _step_page(request, "addressee", form, answers, fault=parts, status=422)
    if answers.addressee is ComplaintAddressee.HEAD and matter.is_about_head and not answers.keeps_head:
        return _own_head(request, matter)
    return None


def _own_head(request: HttpRequest, matter: Matter) -> HttpResponse:
    has_akim = ComplaintAddressee.AKIM in complaining.addressees(matter.provider)
    context = {"parts": words.parts("error.complaint_own_head", language()), "has_akim": has_akim}
    return render(request, "portal/complain/own_head.html", context, status=422)


def _step_page(
    request: HttpRequest,
    name: str,
    form: forms.Question,
    answers: Answers,
    *,
    fault: tuple[str, ...] = (),
    status: int,
) -> HttpResponse:
    context = {
        "form": form,
        "fault": fault,
        "number": STEPS.index(name) + 1,
        "total": len(STEPS),
        "back": _before(request, name, answers),
    }
    return render(request, "portal/complain/step.html", context, status=status)


def _onward(request: HttpRequest, name: str, answers: Answers) -> str:
    if "later" in request.POST:
        return reverse("portal:account")
    if request.GET.get("change") and not answers.missing:
        return reverse("portal:complain-check")
    following = STEPS[STEPS.index(name) + 1]
    if following == "provider" and answers.application is not None:
        following = "subject"
    return _address(following)


def _before(request: HttpRequest, name: str, answers: Answers) -> str:
    if request.GET.get("change"):
        return reverse("portal:complain-check")
    place = STEPS.index(name)
    if not place:
        return reverse("portal:complain")
    before = STEPS[place - 1]
    return _address("case" if before == "provider" and answers.application is not None else before)


def _address(name: str) -> str:
    return (
        reverse("portal:complain-check") if name == "check" else reverse("portal:complain-step", args=[name])
    )


def _check_page(
    request: HttpRequest, draft: ComplaintDraft, document: bytes, fault: tuple[str, ...] = ()
) -> HttpResponse:
    paper = ComplaintPaper.from_xml(document)
    body = Office.objects.get(code=paper.body)
    zone = main_place(body).zone
    at = now()
    reckoned = complaining.reckon(paper, at=at)
    context = {
        "paper": paper,
        "body": body,
        "provider": Office.objects.get(code=paper.provider),
        "official": Staff.objects.filter(pk=paper.official).first() if paper.official else None,
        "registers": reckoned.term.accepted_at.astimezone(zone),
        "due": reckoned.term.due_at.astimezone(zone),
        "local_now": at.astimezone(zone),
        "fault": fault,
        "number": len(STEPS),
        "total": len(STEPS),
        "document_text": document.decode(),
        **signing(
            document,
            by=Signer.PERSON,
            document_url=reverse("portal:complaint-document"),
            draft=draft.reference,
        ),
        **code_on(
            request,
            remote_signing.look,
            purpose=Purpose.COMPLAINT,
            subject=draft.pk,
            url=reverse("portal:complaint-qr"),
            zone=zone,
            at=at,
        ),
    }
    return may_sign(render(request, "portal/complain/check.html", context, status=422 if fault else 200))
