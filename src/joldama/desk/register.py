"""The registers of a day at a place, made from what really happened: who came, who was given what (R5.1-a).

Rows stand in the order in which people came: tickets of the machine and of paper, with the cases registered
beside them; packages and notes of non-acceptance without a ticket; who did not come and who was not called.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from joldama.cases.models import Application, NonAcceptance
from joldama.people.models import Place
from joldama.reception.models import PaperTicket, Ticket, TicketCase, Window
from joldama.reception.paper import PaperTicketBlank
from joldama.referrals.models import Referral
from joldama.standard import words
from joldama.standard.channels import Channel
from joldama.standard.documents import DocumentKind
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultField, ResultKind
from joldama.standard.tickets import ServingEnd, TicketState

SIDES = ("kk", "ru")
"""Kazakh and Russian stand side by side on every paper."""

Both = tuple[tuple[str, str], ...]
"""A text in Kazakh and in Russian: language and words."""

_LAST_DIGITS = 4
_UNSHOWN = ("contact", "decision__document", "decision__reasons", "decision__fields")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the register of a day; moments are UTC, empty where nothing happened."""

    came_at: datetime
    ticket: str = ""
    taken_at: datetime | None = None
    called_at: datetime | None = None
    window: int | None = None
    registered_at: datetime | None = None
    number: str = ""
    name: str = ""
    document: Both = ()
    what: Both = ()
    """The kind asked for, or how it ended without a case, in each language."""
    handed_over_at: datetime | None = None
    is_from_paper: bool = False
    case: UUID | None = None
    person: UUID | None = None


@dataclass(frozen=True)
class DayRegister:
    """What happened at a place on a day, and how many of each."""

    rows: tuple[Row, ...]
    windows: tuple[Window, ...]
    tickets: int
    cases: int
    notes: int
    no_shows: int
    closed: int

    @property
    def seen(self) -> list[tuple[UUID, UUID]]:
        """Whose data stands on it: person and case."""
        return [(row.person, row.case) for row in self.rows if row.person and row.case]


def register_of(place: Place, on: date) -> DayRegister:
    """Give the register of a place on a local day; as many queries for a full day as for an empty one."""
    by_ticket, by_blank, alone = _cases(place, on)
    notes = list(NonAcceptance.objects.filter(place=place, at__range=_day(place, on)).order_by("at"))
    tickets = list(Ticket.objects.at(place, on=on).select_related("line").order_by("number"))
    papers = list(PaperTicket.objects.at(place, on=on))
    links = _links(papers)
    by_note = {note.blank_id: note for note in notes if note.blank_id}
    linked = {blank for blanks in links.values() for blank in blanks}
    rows = [row for ticket in tickets for row in _of_ticket(ticket, by_ticket.get(ticket.pk, []))]
    for paper in papers:
        blanks = links.get(paper.pk, [])
        cases = [by_blank[blank] for blank in blanks if blank in by_blank]
        written = [by_note[blank] for blank in blanks if blank in by_note]
        rows += _of_paper(paper, cases, written)
    rows += [_of_case(case) for case in alone if case.blank_id not in linked]
    rows += [_of_note(note) for note in notes if note.blank_id not in linked]
    states = [one.state for one in (*tickets, *papers)]
    windows = Window.objects.filter(line__place=place, line__on=on).select_related("specialist")
    return DayRegister(
        rows=tuple(sorted(rows, key=lambda row: (row.came_at, row.ticket))),
        windows=tuple(windows.order_by("opened_at", "number")),
        tickets=len(states),
        cases=len({row.case for row in rows if row.case}),
        notes=len(notes),
        no_shows=states.count(TicketState.NO_SHOW),
        closed=states.count(TicketState.CANCELLED_AT_CLOSING),
    )


def handed_over(place: Place, on: date) -> list[Referral]:
    """Give the referrals that were handed over at a place on a local day, in order."""
    found = Referral.objects.filter(application__place=place, handed_over_at__range=_day(place, on))
    related = found.select_related("application__person", "decision", "handed_over_by")
    return list(related.defer("application__contact").order_by("handed_over_at", "number"))


def organisation_of(referral: Referral) -> str:
    """Give the organisation a referral leads to; empty for a record of guidance."""
    return str((referral.decision.fields or {}).get(ResultField.ORGANISATION.value, ""))


def in_both(key: str, *, before: str = "", after: str = "") -> Both:
    """Say a text in Kazakh and in Russian, with the same figures before and after it."""
    return tuple((side, f"{before}{words.say(key, side)}{after}") for side in SIDES)


def columns(key: str) -> list[Both]:
    """Give the columns of a register, whose names stand in one text parted by semicolons."""
    names = [[(side, name) for name in words.say(key, side).split("; ")] for side in SIDES]
    return [tuple(column) for column in zip(*names, strict=True)]


def _cases(
    place: Place, on: date
) -> tuple[dict[UUID, list[Application]], dict[UUID, Application], list[Application]]:
    """Give the cases of a day by their ticket, by their blank, and those that belong to no ticket."""
    that_day = Q(registered_at__range=_day(place, on)) | Q(tickets__line__on=on)
    found = (
        Application.objects.filter(that_day, place=place, channel=Channel.PROVIDER)
        .select_related("person", "identity", "decision__referral")
        .defer(*_UNSHOWN)
        .order_by("registered_at", "id")
        .distinct()
    )
    cases = {case.pk: case for case in found}
    by_ticket: dict[UUID, list[Application]] = {}
    for link in TicketCase.objects.filter(application__in=list(cases)).order_by("id"):
        by_ticket.setdefault(link.ticket_id, []).append(cases[link.application_id])
    linked = {case.pk for several in by_ticket.values() for case in several}
    by_blank = {case.blank_id: case for case in cases.values() if case.blank_id}
    return by_ticket, by_blank, [case for case in cases.values() if case.pk not in linked]


def _links(papers: Iterable[PaperTicket]) -> dict[UUID, list[UUID]]:
    links: dict[UUID, list[UUID]] = {}
    found = PaperTicketBlank.objects.filter(ticket__in=[paper.pk for paper in papers]).order_by("id")
    for link in found:
        links.setdefault(link.ticket_id, []).append(link.blank_id)
    return links


def _of_ticket(ticket: Ticket, cases: list[Application]) -> Iterator[Row]:
    row = Row(
        came_at=ticket.taken_at,
        ticket=ticket.name,
        taken_at=ticket.taken_at,
        called_at=ticket.called_at,
        window=ticket.window,
    )
    if not cases:
        yield replace(row, what=_how(ticket))
    for case in cases:
        yield _with_case(row, case)


def _of_paper(paper: PaperTicket, cases: list[Application], notes: list[NonAcceptance]) -> Iterator[Row]:
    row = Row(
        came_at=paper.taken_at,
        ticket=paper.name,
        taken_at=paper.taken_at,
        called_at=paper.called_at,
        window=paper.window,
        is_from_paper=True,
    )
    if not cases and not notes:
        yield replace(row, what=_how(paper))
    for case in cases:
        yield _with_case(row, case)
    for note in notes:
        yield _with_note(row, note)


def _of_case(case: Application) -> Row:
    assert case.registered_at is not None
    return _with_case(Row(came_at=case.registered_at), case)


def _of_note(note: NonAcceptance) -> Row:
    return _with_note(Row(came_at=note.at), note)


def _with_case(row: Row, case: Application) -> Row:
    kind = ResultKind(case.kind)
    return replace(
        row,
        registered_at=case.registered_at,
        number=case.number or "",
        name=case.person.name.full,
        document=in_both(_document(case), after=f" {_masked(case.identity.number)}"),
        what=in_both(kind.short_key, before=f"{kind.number}. "),
        handed_over_at=_given_at(case),
        is_from_paper=row.is_from_paper or case.is_from_paper,
        case=case.pk,
        person=case.person_id,
    )


def _with_note(row: Row, note: NonAcceptance) -> Row:
    return replace(
        row,
        name=note.name,
        what=in_both(Ground(note.ground).name_key),
        handed_over_at=note.at,
        is_from_paper=row.is_from_paper or note.is_from_paper,
    )


def _document(case: Application) -> str:
    return DocumentKind(case.identity.kind).text_key


def _given_at(case: Application) -> datetime | None:
    """Give when the referral was handed over, or the refusal offered."""
    decision = case.decision
    referral = getattr(decision, "referral", None) if decision else None
    if referral is not None:
        return referral.handed_over_at
    return case.offered_at


def _how(ticket: Ticket | PaperTicket) -> Both:
    return in_both(ServingEnd(ticket.end).text_key if ticket.end else TicketState(ticket.state).text_key)


def _masked(number: str) -> str:
    return f"•••• {number[-_LAST_DIGITS:]}"


def _day(place: Place, on: date) -> tuple[datetime, datetime]:
    begins = datetime.combine(on, time(0), tzinfo=place.zone)
    ends = datetime.combine(on + timedelta(days=1), time(0), tzinfo=place.zone)
    return begins, ends - timedelta(microseconds=1)
