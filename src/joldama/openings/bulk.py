"""Writes the rows of a table, all of them or none: in a few statements, and an event for each that changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from joldama.journal.actors import Actor
from joldama.journal.operations import record_each
from joldama.openings.content import Fault, OpeningSaid, OrganisationSaid
from joldama.openings.folding import folded_of
from joldama.openings.models import Opening, Organisation, Source
from joldama.openings.operations import faults_of_correcting, faults_of_marking, faults_of_pair
from joldama.openings.said import columns_of, facts_of, said_of_opening, said_of_organisation
from joldama.openings.tables.judging import LONGEST_GIVEN, RowFault, RowSaid
from joldama.people.models import Office
from joldama.standard.organisation_numbers import masked

_AT_ONCE = 1000
"""Rows in one statement."""


class NotWritten(ValueError):
    """Nothing was written: `faults` say what does not fit with what stands."""

    def __init__(self, faults: Sequence[RowFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)


@dataclass(frozen=True, kw_only=True)
class HandedIn:
    """Who hands rows in, when and how; `system` is whose own numbers the openings have."""

    office: Office
    by: Actor
    at: datetime
    source: Source
    system: str


@dataclass(frozen=True)
class Touched:
    """What was written: of which row (0: beside one), as which version, and what it said before; None where new."""

    number: int
    thing: Opening | Organisation
    version: int
    before: OpeningSaid | OrganisationSaid | None = None


@dataclass(frozen=True)
class Written:
    """How many rows were new, changed what stood, and said what stood already; `touched` is what was written."""

    entered: int = 0
    corrected: int = 0
    unchanged: int = 0
    touched: tuple[Touched, ...] = ()


def write_organisations(rows: Sequence[RowSaid], handed: HandedIn) -> Written:
    """Enter and correct organisations, in the transaction of the caller. Raise NotWritten."""
    known = _locked([row.organisation_number for row in rows])
    new, changed, faults = [], [], []
    for row in rows:
        assert row.organisation is not None
        stands = known.get(row.organisation_number)
        if stands is None:
            new.append(row.organisation)
        elif _differs(stands, row.organisation):
            changed.append((stands, row.organisation))
            faults += [_of(row, fault) for fault in faults_of_marking(stands, row.organisation)]
    if faults:
        raise NotWritten(faults)
    number = {row.organisation_number: row.number for row in rows}
    before = {stands.pk: said_of_organisation(stands) for stands, _said in changed}
    _all, entered = _enter_organisations(new, handed)
    _correct_organisations(changed, handed)
    touched = [
        Touched(number[one.number], one, one.version, before.get(one.pk))
        for one in (*entered, *(stands for stands, _said in changed))
    ]
    return Written(len(new), len(changed), len(rows) - len(new) - len(changed), tuple(touched))


def write_openings(rows: Sequence[RowSaid], handed: HandedIn) -> Written:
    """Enter and correct openings by their own numbers, in the transaction of the caller. Raise NotWritten.

    An organisation nobody knows yet is entered with them; what stands of a known one stays.
    """
    known_ones = Organisation.objects.known_by(*(row.organisation_number for row in rows))
    organisations = {one.number: one for one in known_ones}
    named = _named(row for row in rows if row.organisation_number not in organisations)
    found = Opening.objects.select_for_update(of=("self",)).select_related("organisation")
    stand = found.filter(
        office=handed.office, external_system=handed.system, external_id__in=[row.external_id for row in rows]
    ).order_by("pk")
    known = {one.external_id: one for one in stand}
    rows = [_as_it_stands(row, known.get(row.external_id)) for row in rows]
    faults = [
        _of(row, fault)
        for row in rows
        for fault in _faults(
            row, organisations.get(row.organisation_number), named, known.get(row.external_id)
        )
    ]
    if faults:
        raise NotWritten(faults)
    stand_now, beside = _enter_organisations(named.values(), handed)
    organisations |= {one.number: one for one in stand_now}
    new, changed = [], []
    touched = [Touched(0, one, one.version) for one in beside]
    for row in rows:
        opening = known.get(row.external_id)
        if opening is None:
            new.append(_made(row, organisations[row.organisation_number], handed))
            touched.append(Touched(row.number, new[-1], new[-1].version))
        elif _differs(opening, row.opening):
            before = said_of_opening(opening)
            changed.append(_changed(opening, row))
            touched.append(Touched(row.number, opening, opening.version, before))
    _save(new, changed, handed)
    return Written(len(new), len(changed), len(rows) - len(new) - len(changed), tuple(touched))


def _as_it_stands(row: RowSaid, stands: Opening | None) -> RowSaid:
    """Keep the first day of an opening where the row says none: each day's file would move it on."""
    if stands is None or row.says_first_day or row.opening is None:
        return row
    return replace(row, opening=replace(row.opening, open_from_on=stands.open_from_on))


def _faults(
    row: RowSaid,
    organisation: Organisation | None,
    named: dict[str, OrganisationSaid],
    stands: Opening | None,
) -> Iterable[Fault]:
    assert row.opening is not None
    if organisation is None and row.organisation_number not in named:
        yield Fault("bin", "tables.fault.organisation")
        return
    yield from faults_of_pair(
        organisation or Organisation(**columns_of(named[row.organisation_number])), row.opening
    )
    if stands is None:
        return
    if stands.organisation.number != row.organisation_number:
        yield Fault("bin", "tables.fault.other_organisation")
    if stands.closed_at is not None:
        if _differs(stands, row.opening):
            yield Fault("external_id", "tables.fault.closed")
        return
    yield from faults_of_correcting(stands, row.opening)


def _named(rows: Iterable[RowSaid]) -> dict[str, OrganisationSaid]:
    """Give what is said of each organisation nobody knows: by the first row that names it; a course makes it train."""
    found: dict[str, OrganisationSaid] = {}
    for row in rows:
        if row.organisation is None:
            continue
        first = found.setdefault(row.organisation_number, row.organisation)
        if row.organisation.is_training and not first.is_training:
            found[row.organisation_number] = replace(first, is_training=True)
    return found


def _locked(numbers: Iterable[str]) -> dict[str, Organisation]:
    found = Organisation.objects.select_for_update(of=("self",)).known_by(*numbers).order_by("pk")
    return {one.number: one for one in found}


def _enter_organisations(
    new: Iterable[OrganisationSaid], handed: HandedIn
) -> tuple[list[Organisation], list[Organisation]]:
    """Give those that stand now, and of them those that were entered by this."""
    made = [Organisation(**columns_of(one), source=handed.source, entered_at=handed.at) for one in new]
    if not made:
        return [], []
    # Another office may enter the same one at this moment; who is first names it.
    Organisation.objects.bulk_create(made, batch_size=_AT_ONCE, ignore_conflicts=True)
    stand = list(Organisation.objects.known_by(*(one.number for one in made)))
    ours = {one.pk for one in made}
    entered = [one for one in stand if one.pk in ours]
    _record("organisation.entered", [one.pk for one in entered], handed)
    return stand, entered


def _correct_organisations(changed: list[tuple[Organisation, OrganisationSaid]], handed: HandedIn) -> None:
    for organisation, said in changed:
        _apply(organisation, said)
    rows = [one for one, _said in changed]
    columns = ["name_kk", "name_ru", "address", "is_training", "version"]
    Organisation.objects.bulk_update(rows, columns, batch_size=_AT_ONCE)
    by_key = {one.pk: one for one in rows}
    found = Opening.objects.select_for_update(of=("self",)).filter(organisation__in=rows).order_by("pk")
    openings = list(found)
    for opening in openings:
        opening.organisation = by_key[opening.organisation_id]
        opening.folded = folded_of(opening)
    Opening.objects.bulk_update(openings, ["folded"], batch_size=_AT_ONCE)
    _record("organisation.corrected", [one.pk for one in rows], handed)


def _made(row: RowSaid, organisation: Organisation, handed: HandedIn) -> Opening:
    assert row.opening is not None
    made = Opening(
        **_told(row.opening),
        organisation=organisation,
        office=handed.office,
        source=handed.source,
        external_system=handed.system,
        external_id=row.external_id,
        entered_at=handed.at,
    )
    made.folded = folded_of(made)
    return made


def _changed(opening: Opening, row: RowSaid) -> Opening:
    _apply(opening, row.opening)
    opening.folded = folded_of(opening)
    return opening


def _save(new: list[Opening], changed: list[Opening], handed: HandedIn) -> None:
    Opening.objects.bulk_create(new, batch_size=_AT_ONCE)
    columns = [*(field.name for field in fields(OpeningSaid)), "folded", "version"]
    Opening.objects.bulk_update(changed, columns, batch_size=_AT_ONCE)
    _record("opening.entered", [one.pk for one in new], handed)
    _record("opening.corrected", [one.pk for one in changed], handed)


def _differs(stands: object, said: Any) -> bool:
    return any(getattr(stands, name) != value for name, value in _told(said).items())


def _told(said: Any) -> dict[str, Any]:
    # Not asdict, which copies each value: a tenth of the time of a whole table.
    return {field.name: getattr(said, field.name) for field in fields(said)}


def _apply(row: Organisation | Opening, said: Any) -> None:
    told = facts_of(said) if isinstance(said, OrganisationSaid) else _told(said)
    for name, value in told.items():
        setattr(row, name, value)
    row.version += 1


def _record(name: str, subjects: list[UUID], handed: HandedIn) -> None:
    office = handed.office.pk
    record_each(
        name, subjects=subjects, by=handed.by, at=handed.at, office=office, source=handed.source.value
    )


def _of(row: RowSaid, fault: Fault) -> RowFault:
    given = {"bin": masked(row.organisation_number), "external_id": row.external_id}.get(fault.field, "")
    if not given and row.opening is not None:
        given = str(getattr(row.opening, fault.field, "") or "")
    return RowFault(row.number, fault.field, given[:LONGEST_GIVEN], fault.key, fault.values)
