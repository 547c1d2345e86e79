"""Finds openings as a specialist asks for them: by occupation, place, wage and kind, in any alphabet (¶6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce

from joldama.openings.models import Opening
from joldama.openings.queries import Openings
from joldama.openings.rules import OF_ANY_OFFICE
from joldama.standard.kinds import ResultKind
from joldama.standard.spelling import spelling_key

MOST = 20
"""Openings told at once: what does not fit on a screen is found by another word sooner than by reading on."""

_NEIGHBOURS = 3


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for; what is empty is not asked.

    `words` begin words of the occupation, the course, the place or the organisation. `locality` is one of
    `localities`. `least_wage` is in tenge a month; an opening that does not tell its wage is not found by it.
    """

    kinds: tuple[ResultKind, ...]
    words: str = ""
    locality: str = ""
    least_wage: int | None = None


@dataclass(frozen=True)
class Found:
    """Openings with places left, the office's own before those of others, each the best paid first.

    `has_more` says that not all are told.
    """

    openings: tuple[Opening, ...]
    has_more: bool


def find_openings(wanted: Wanted, *, office_id: UUID, on: date) -> Found:
    """Find openings that take somebody on a day of the office's place: its own, then those of others it may fill.

    One query where its own are enough, else two.
    """
    rows = _found(wanted, Opening.objects.of_office(office_id), wanted.kinds, on=on)
    others = [kind for kind in wanted.kinds if kind in OF_ANY_OFFICE]
    if others and len(rows) <= MOST:
        rows += _found(wanted, Opening.objects.not_of_office(office_id), others, on=on)
    return Found(tuple(rows[:MOST]), has_more=len(rows) > MOST)


def localities(kinds: Sequence[ResultKind], *, office_id: UUID, on: date) -> list[str]:
    """Give the places where openings of an office are, each in one of its spellings."""
    taking = _taking(kinds, office_id=office_id, on=on).exclude(locality="")
    named = taking.order_by("locality").values_list("locality", flat=True).distinct()
    by_key = {spelling_key(name): name for name in reversed(named)}
    return [by_key[key] for key in sorted(by_key)]


def neighbours(opening: Opening, *, on: date) -> list[Opening]:
    """Give what may be taken in the place of an opening, of its office and kind: the nearest before the better paid.

    Of the same occupation, and where there is none of any; first those in the same locality, as it is written there.
    """
    others = _taking([opening.result_kind], office_id=opening.office_id, on=on).exclude(pk=opening.pk)
    told = f"{opening.occupation_kk} {opening.occupation_ru} {opening.course}"
    alike = _nearest(others.alike(told), opening)
    return alike or _nearest(others, opening)


def _found(wanted: Wanted, openings: Openings, kinds: Sequence[ResultKind], *, on: date) -> list[Opening]:
    """Give one more than is told, so that it is known whether there are more."""
    found = _open_of(openings, kinds, on=on).told_as(f"{wanted.words} {wanted.locality}")
    if wanted.least_wage is not None:
        found = found.filter(wage__gte=wanted.least_wage)
    return list(_best_first(found)[: MOST + 1])


def _taking(kinds: Sequence[ResultKind], *, office_id: Any, on: date) -> Openings:
    return _open_of(Opening.objects.of_office(office_id), kinds, on=on)


def _open_of(openings: Openings, kinds: Sequence[ResultKind], *, on: date) -> Openings:
    return openings.open_on(on).with_places().filter(kind__in=[kind.value for kind in kinds])


def _nearest(openings: Openings, opening: Opening) -> list[Opening]:
    is_near = Q(locality=opening.locality)
    return list(_best_first(openings.annotate(is_near=is_near), "-is_near")[:_NEIGHBOURS])


def _best_first(openings: Openings, *before: str) -> Openings:
    paid = Coalesce("wage", "stipend").desc(nulls_last=True)
    return openings.select_related("organisation", "office").order_by(*before, paid, "-entered_at", "pk")
