"""Reckons terms with the calendar and the edition that are in force at a moment."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from govkz.workdays import WorkingCalendar, reception_of
from joldama.cases.models import Application
from joldama.people.models import Place
from joldama.schedule.calendar import working_calendar
from joldama.standard import terms
from joldama.standard.complaints import ComplaintAddressee, ComplaintChannel
from joldama.standard.editions import Edition, edition_on
from joldama.standard.kinds import ResultKind


def calendar() -> WorkingCalendar:
    """Give the working calendar of Kazakhstan with its corrections (R8.2-d)."""
    return working_calendar()


def edition_at(place: Place, at: datetime) -> Edition:
    """Give the edition of the standard in force at a place on the local day of this moment."""
    return edition_on(at.astimezone(place.zone).date())


def edition_of(application: Application) -> Edition:
    """Give the edition a case stays under: the one in force when it came, whatever came after (R0.1-a, S67)."""
    return edition_at(application.place, came_at(application))


def came_at(application: Application) -> datetime:
    """Give the moment a case came: sent on the portal, or registered at the counter."""
    moment = application.submitted_at or application.registered_at
    assert moment is not None
    return moment


def portal_term(place: Place, at: datetime) -> terms.Term:
    """Reckon acceptance and due moment of a portal application (A4)."""
    return terms.portal(at, zone=place.zone, calendar=calendar(), figures=edition_at(place, at).figures)


def counter_term(place: Place, at: datetime, *, is_registered: bool = False) -> terms.Term:
    """Reckon the 30 minutes of a package registered at a moment (A2, A3).

    Raises terms.Closed out of hours, unless it `is_registered` already: it was written on paper.
    """
    figures = edition_at(place, at).figures
    return terms.counter(
        at, zone=place.zone, calendar=calendar(), figures=figures, is_registered=is_registered
    )


def term_anew(application: Application, *, explain: bool = True) -> terms.Term:
    """Reckon the term of a case from when it came, by the calendar as it is now (R4.1-a)."""
    place, came = application.place, came_at(application)
    known, figures = calendar(), edition_of(application).figures
    if application.submitted_at is not None:
        return terms.portal(came, zone=place.zone, calendar=known, figures=figures, explain=explain)
    return terms.counter(
        came, zone=place.zone, calendar=known, figures=figures, explain=explain, is_registered=True
    )


def valid_until(application: Application, kind: ResultKind, *, on: date) -> date | None:
    """Give the last day of a case's referral issued on a local day; a record of guidance has none (A9)."""
    declared = edition_of(application).declared(kind)
    if declared.validity is None:
        return None
    return terms.validity(on, declared, calendar=calendar(), explain=False).valid_until_on


@dataclass(frozen=True)
class ComplaintTerm:
    """When a complaint is accepted and answered; from which day the answer can be had; until when forwarded."""

    term: terms.Term
    answer_from_on: date
    forward_by_at: datetime


def complaint_term(
    place: Place, addressee: ComplaintAddressee, channel: ComplaintChannel, at: datetime
) -> ComplaintTerm:
    """Reckon the answer to a complaint; raise terms.Closed for one handed in out of hours (A7, A16, A29)."""
    known: dict[str, Any] = {
        "zone": place.zone,
        "calendar": calendar(),
        "figures": edition_at(place, at).figures,
    }
    term = terms.complaint(addressee, at, channel=channel, **known)
    return ComplaintTerm(
        term, terms.first_day(term.accepted_at, **known), terms.forward_by(term.accepted_at, **known)
    )


def opens_at(place: Place, at: datetime) -> datetime | None:
    """Give the next opening; None while the place is open (R8.1-a)."""
    doors = doors_of(place, at)
    return None if doors.is_open else doors.opens_at


def closes_at(place: Place, at: datetime) -> datetime:
    """Give the end of the stretch of reception that runs at this moment, or of the next one."""
    return doors_of(place, at).closes_at


def doors_of(place: Place, at: datetime) -> terms.Opening:
    """Tell whether a place receives at this moment, why not, and when it opens (R8.1-a)."""
    return terms.opening(at, zone=place.zone, calendar=calendar(), figures=edition_at(place, at).figures)


def day_closes_at(place: Place, on: date) -> datetime | None:
    """Give the moment reception closes for a local day; None for a day off."""
    spans = reception_of(calendar(), edition_on(on).figures.hours, place.zone).spans(on)
    return spans[-1].closes_at if spans else None
