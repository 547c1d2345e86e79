"""A person at the counter: look-up, registration with its receipt, or the note of non-acceptance."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from joldama.desk import queries
from joldama.desk.forms import IntakeForm, LookUpForm, NoteForm
from joldama.desk.line_page import clock_of, held_by
from joldama.desk.showing import Desk, desk_of, show
from joldama.journal.operations import record_look
from joldama.procedures import accept
from joldama.procedures.reckoning import counter_term, edition_at
from joldama.standard import words
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind
from joldama.standard.refusals import Refused
from joldama.standard.terms import Closed, tell
from joldama.ui.kept import take_typed
from joldama.ui.templatetags.words import language


def intake(request: HttpRequest) -> HttpResponse:
    """Read off the document, hear the request, register; the same form registers once."""
    desk = desk_of(request)
    if request.method != "POST":
        typed = take_typed(request)
        form = IntakeForm.keeping(typed) if typed else IntakeForm.empty(language=language())
        return _page(request, desk, form)
    form = IntakeForm(request.POST)
    form.offer(edition_at(desk.place, desk.at).kinds)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    try:
        application = accept.register_walk_in(form.intake, place=desk.place, by=desk.staff, at=desk.at)
    except Refused as refused:
        note = NoteForm.with_ground(refused.ground, name=form.name.full, key=uuid4())
        return _page(request, desk, form, status=422, refused=refused.parts(language()), note=note)
    return HttpResponseRedirect(reverse("desk:case", args=[application.pk]))


def look_up(request: HttpRequest) -> HttpResponse:
    """Find the person's earlier cases at this office; the number stands in no address."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("desk:intake"))
    desk = desk_of(request)
    asked = LookUpForm(request.POST)
    if not asked.is_valid():
        fault = tuple(error for errors in asked.errors.values() for error in errors)
        return _page(request, desk, IntakeForm.keeping(request.POST), status=422, iin_fault=fault)
    iin = asked.cleaned_data["iin"]
    person, cases = queries.known_here(iin, desk.staff)
    known: dict[str, Any] = {"iin": iin}
    if person is not None:
        record_look(person=person.pk, by=desk.staff.actor, at=desk.at, page="desk:look-up")
        known |= {**person.stated_name, **({"holder": person.holder} if person.holder else {})}
    found = [(case, ResultKind(case.kind)) for case in cases]
    return _page(request, desk, IntakeForm.keeping(request.POST, **known), found=found, is_looked_up=True)


def not_accepted(request: HttpRequest) -> HttpResponse:
    """Write the note of non-acceptance on a ground of the closed list (A13); no case arises."""
    desk = desk_of(request)
    form = NoteForm(request.POST) if request.method == "POST" else NoteForm(initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        note = accept.note_non_acceptance(
            Ground(given["ground"]),
            key=given["key"],
            place=desk.place,
            name=given["name"],
            remark=given["remark"],
            by=desk.staff,
            at=desk.at,
        )
        return HttpResponseRedirect(reverse("desk:note", args=[note.pk]))
    return show(request, "desk/not_accepted.html", desk, status=422 if form.is_bound else 200, form=form)


def _page(
    request: HttpRequest, desk: Desk, form: IntakeForm, *, status: int = 200, **shown: Any
) -> HttpResponse:
    form.offer(edition_at(desk.place, desk.at).kinds)
    held = held_by(desk)
    return show(
        request,
        "desk/intake.html",
        desk,
        status=status,
        form=form,
        held=held,
        clock=clock_of(held, at=desk.at),
        **_if_now(desk),
        **shown,
    )


def _if_now(desk: Desk) -> dict[str, Any]:
    """Tell what registering now would mean: until when, and whether lunch or closing comes between."""
    try:
        term = counter_term(desk.place, desk.at)
    except Closed as closed:
        opens_at = closed.opens_at.astimezone(desk.zone)
        ground = Refused(Ground.OUTSIDE_RECEPTION_HOURS, opens_at=opens_at)
        return {
            "closed": ground.parts(language()),
            "closed_why": words.say(closed.reason.text_key, language()),
        }
    due = term.due_at.astimezone(desk.zone)
    return {"due_if_now": due, "warning": tell(term.warning, language()) if term.warning else ""}
