"""The clerk's own screen: who is called next, and the person at the window, from the document to the receipt."""

from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from joldama.cases.models import Application
from joldama.desk import queries
from joldama.desk.answers import to_case
from joldama.desk.cockpit import intake_page, judged, window_page
from joldama.desk.forms import IntakeForm, LookUpForm, NoteForm
from joldama.desk.forms_of_document import SeenForm
from joldama.desk.line_page import held_by
from joldama.desk.showing import Desk, desk_of, show
from joldama.desk.visit import case_at_window, queue_of, to_window
from joldama.journal.operations import record_look
from joldama.procedures import accept
from joldama.procedures.reckoning import edition_at
from joldama.procedures.refusing import NotYet
from joldama.reception.models import Ticket
from joldama.standard import words
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind
from joldama.standard.names import PersonName
from joldama.standard.refusals import Refused
from joldama.standard.tickets import TicketState
from joldama.ui.kept import begun, drop_kept, keep_begun, keep_typed, take_typed
from joldama.ui.templatetags.words import language


def intake(request: HttpRequest) -> HttpResponse:
    """Call the next one; then read off the document, hear the request, register: one form registers once."""
    desk = desk_of(request)
    return _register(request, desk) if request.method == "POST" else _stand(request, desk)


@require_POST
def typed(request: HttpRequest) -> HttpResponse:
    """Keep what was typed so far, and say at once what speaks against the document; nothing is stored."""
    desk = desk_of(request)
    keep_begun(request, path=reverse("desk:intake"))
    form = SeenForm(request.POST)
    form.is_valid()
    return show(request, "desk/_seen.html", desk, **judged(form, desk))


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show who waits, for the screen of a case: it is asked for without looking at the case anew."""
    desk = desk_of(request)
    return show(request, "desk/_queue.html", desk, **queue_of(desk))


def look_up(request: HttpRequest) -> HttpResponse:
    """Find the person's earlier cases at this office; the number stands in no address."""
    desk = desk_of(request)
    held = held_by(desk)
    if request.method != "POST":
        kept = take_typed(request)
        if kept is None:
            return to_window()
        return intake_page(request, desk, IntakeForm.keeping(kept), held=held, is_kept=True)
    asked = LookUpForm(request.POST)
    if not asked.is_valid():
        fault = tuple(error for errors in asked.errors.values() for error in errors)
        form = IntakeForm.keeping(request.POST)
        return intake_page(request, desk, form, held=held, status=422, iin_fault=fault)
    iin = asked.cleaned_data["iin"]
    person, cases = queries.known_here(iin, desk.staff)
    known: dict[str, Any] = {"iin": iin}
    if person is not None:
        record_look(person=person.pk, by=desk.staff.actor, at=desk.at, page="desk:look-up")
        known |= {**person.stated_name, **({"holder": person.holder} if person.holder else {})}
    found = [(case, ResultKind(case.kind)) for case in cases]
    form = IntakeForm.keeping(request.POST, **known)
    return intake_page(request, desk, form, held=held, found=found, is_looked_up=True)


def not_accepted(request: HttpRequest) -> HttpResponse:
    """Write the note of non-acceptance on a ground of the closed list (A13); no case arises."""
    desk = desk_of(request)
    if request.method == "POST" and "open" in request.POST:
        return _begin_note(request, desk)
    kept = take_typed(request) if request.method != "POST" else None
    given = kept or (request.POST if request.method == "POST" else None)
    form = NoteForm(given) if given is not None else NoteForm(initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid():
        written = form.cleaned_data
        note = accept.note_non_acceptance(
            Ground(written["ground"]),
            key=written["key"],
            place=desk.place,
            name=written["name"],
            remark=written["remark"],
            by=desk.staff,
            at=desk.at,
        )
        drop_kept(request)
        return HttpResponseRedirect(reverse("desk:note", args=[note.pk]))
    status = 422 if form.is_bound and kept is None else 200
    return show(request, "desk/not_accepted.html", desk, status=status, form=form)


def _register(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = IntakeForm(request.POST)
    form.offer(edition_at(desk.place, desk.at))
    held = held_by(desk)
    if not form.is_valid():
        return intake_page(request, desk, form, held=held, status=422)
    if _is_of_another_visit(request.POST, held) and not _is_registered(form):
        fault = words.parts("error.other_ticket", language())
        return intake_page(request, desk, form, held=held, status=409, fault=fault)
    try:
        application = accept.register_walk_in(form.intake, place=desk.place, by=desk.staff, at=desk.at)
    except Refused as refused:
        note = NoteForm.with_ground(refused.ground, name=form.name.full, key=uuid4())
        said = refused.parts(language())
        return intake_page(request, desk, form, held=held, status=422, refused=said, note=note)
    except NotYet as waits:
        fault = waits.parts(language())
        return intake_page(request, desk, form, held=held, status=409, fault=fault, must_call=held is None)
    drop_kept(request)
    return to_case(application.pk)


def _stand(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show where the visit stands: nobody there, called, the form to fill in, or the case to go on with."""
    held = held_by(desk)
    kept = _kept_for(held, take_typed(request) or begun(request))
    if kept is not None:
        return intake_page(request, desk, IntakeForm.keeping(kept), held=held, is_kept=True)
    if held is None or held.state == TicketState.CALLED:
        return window_page(request, desk, held=held)
    going_on = None if "another" in request.GET else case_at_window(held)
    if going_on is not None:
        return to_case(going_on.pk)
    return intake_page(request, desk, IntakeForm.empty(language=language()), held=held)


def _kept_for(held: Ticket | None, kept: QueryDict | None) -> QueryDict | None:
    """Give what was typed unless it tells of another visit, or was registered meanwhile."""
    if kept is None or ("ticket" in kept and (held is None or kept["ticket"] != str(held.pk))):
        return None
    key = kept.get("key", "")
    with suppress(ValueError):
        if key and Application.objects.filter(key=UUID(key)).exists():
            return None
    return kept


def _is_of_another_visit(sent: QueryDict, held: Ticket | None) -> bool:
    """Say whether the page was opened for a ticket that is no longer the one at the window."""
    return sent.get("ticket") not in (None, str(held.pk) if held else "")


def _is_registered(form: IntakeForm) -> bool:
    return Application.objects.filter(key=form.cleaned_data["key"]).exists()


def _begin_note(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Open the note with what the form knows: the ground the document gives, the name; all typed is kept."""
    keep_typed(request, path=reverse("desk:intake"))
    seen = SeenForm(request.POST)
    seen.is_valid()
    parts = {part: request.POST.get(part, "").strip() for part in ("surname", "given_name", "patronymic")}
    ground = _ground_in(request.POST, seen, desk)
    form = NoteForm.with_ground(ground, name=PersonName(**parts).full, key=uuid4())
    return show(request, "desk/not_accepted.html", desk, form=form)


def _ground_in(sent: QueryDict, seen: SeenForm, desk: Desk) -> Ground | None:
    """Give the ground that was refused for, else the one the document itself gives; None where it gives none."""
    with suppress(ValueError):
        return Ground(sent.get("open", ""))
    return judged(seen, desk)["ground"]
