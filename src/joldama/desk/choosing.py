"""Openings to which a case may be referred, as the desk shows them: found, chosen, and what may stand instead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from joldama.cases.models import Application
from joldama.cases.rules import is_to_be_decided
from joldama.desk.forms_of_choosing import FindOpeningForm
from joldama.desk.showing import Desk
from joldama.openings.filling import fields_of
from joldama.openings.finding import find_openings, localities, neighbours
from joldama.openings.models import Opening
from joldama.openings.rules import may_send_to
from joldama.procedures.prepare import kinds_wanted
from joldama.referrals.reserving import held_in
from joldama.standard.kinds import ResultField, ResultKind, TrainingKind
from joldama.standard.typography import bound
from joldama.ui.templatetags.words import language


@dataclass(frozen=True)
class Row:
    """An opening as a line of a list tells it, in the language of the page."""

    opening: Opening
    title: str
    organisation: str
    where: str
    money: str
    office: str
    """Whose opening it is, where it is not the office's own."""

    @property
    def kind(self) -> ResultKind:
        return self.opening.result_kind

    @property
    def training_kind(self) -> TrainingKind | None:
        return TrainingKind(self.opening.training_kind) if self.opening.training_kind else None


def rows_of(openings: Iterable[Opening], application: Application) -> list[Row]:
    """Tell openings to which a case may be referred; organisations and offices were read along."""
    return [row_of(opening, application) for opening in openings]


def row_of(opening: Opening, application: Application) -> Row:
    """Tell an opening to which a case may be referred; its organisation and its office were read along."""
    is_own = opening.office_id == application.office_id
    told = fields_of(opening)
    place = (opening.locality, opening.address)
    return Row(
        opening=opening,
        title=opening.course or opening.occupation(language()),
        organisation=opening.organisation.name(language()),
        # An address often begins with the locality.
        where=opening.address if opening.locality in opening.address else ", ".join(filter(None, place)),
        money=bound(told.get(ResultField.WAGE) or told.get(ResultField.STIPEND) or ""),
        office="" if is_own else opening.office.name(language()),
    )


def find_form(application: Application) -> FindOpeningForm | None:
    """Give the form by which an opening is looked for beside the draft; None where no kind sends anywhere."""
    kinds = kinds_that_send(application)
    return FindOpeningForm(kinds=kinds, localities=()) if kinds else None


def asked_form(application: Application, desk: Desk, *, typed: Mapping[str, Any]) -> FindOpeningForm | None:
    """Give the form as it was sent, with the places where openings are to choose from; None as above."""
    kinds = kinds_that_send(application)
    if not kinds:
        return None
    where = localities(kinds, office_id=application.office_id, on=day_of(application, desk))
    return FindOpeningForm(typed, kinds=kinds, localities=where)


def found(application: Application, form: FindOpeningForm, desk: Desk) -> dict[str, Any]:
    """Find what a form that was judged asks for; nothing where it cannot be read."""
    if not form.is_valid():
        return {"rows": [], "has_more": False}
    answer = find_openings(form.wanted, office_id=application.office_id, on=day_of(application, desk))
    return {
        "rows": rows_of(answer.openings, application),
        "has_more": answer.has_more,
        "is_asked": form.has_changed(),
    }


def instead_of(opening: Opening, application: Application, desk: Desk) -> list[Row]:
    """Tell what may stand in the place of an opening that has no place left."""
    return rows_of(neighbours(opening, on=day_of(application, desk)), application)


def opening_named(application: Application, named: str | None) -> Opening | None:
    """Give an opening that the office of the case may fill, of a kind the person would take; None where it is none."""
    try:
        pk = UUID(named or "")
    except ValueError:
        return None
    kinds = [kind.value for kind in kinds_that_send(application)]
    named_so = Opening.objects.select_related("organisation", "office").filter(pk=pk, kind__in=kinds).first()
    return named_so if named_so and may_send_to(named_so, office_id=application.office_id) else None


def opening_held(application: Application) -> Opening | None:
    """Give the opening where the draft of a case holds a place, or its annulled referral left it one (S27)."""
    held = held_in(application) if is_to_be_decided(application) else None
    return Opening.objects.select_related("organisation", "office").get(pk=held.opening_id) if held else None


def typed_of(fields: Mapping[ResultField, str] | Mapping[str, str]) -> dict[str, str]:
    """Give fields of a result as one types them: days as 01.09.2015."""
    typed = {str(name): text for name, text in fields.items()}
    stored = typed.get(ResultField.START_ON)
    return {**typed, ResultField.START_ON: f"{date.fromisoformat(stored):%d.%m.%Y}"} if stored else typed


def kinds_that_send(application: Application) -> tuple[ResultKind, ...]:
    """Give the kinds the person would take for which somebody is sent somewhere."""
    return tuple(kind for kind in kinds_wanted(application) if kind.is_referral)


def day_of(application: Application, desk: Desk) -> date:
    """Give the day it is where the case is kept."""
    return desk.at.astimezone(application.place.zone).date()
