"""The paper series of an office: blanks are prepared before the power goes, and those not used voided by act (A38)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from joldama.cases.blanks import PaperBlank
from joldama.cases.blanks import void as void_blank
from joldama.cases.numbers import Register, next_number
from joldama.journal.operations import record
from joldama.people.models import Place, Staff
from joldama.procedures.refusing import NotAllowed
from joldama.procedures.written import CannotBeSo, place_of_signer
from joldama.standard.blanks import BlankKind

MOST_BLANKS = 50
"""Blanks of a kind prepared at once; a morning needs fewer."""


@transaction.atomic
def print_blanks(
    counts: Mapping[BlankKind, int], *, by: Staff, at: datetime, place: Place | None = None
) -> list[PaperBlank]:
    """Give an office further blanks, numbered in their own series without gaps (A38), to lie at one of its places.

    Raises NotAllowed; ValueError for none or too many.
    """
    own = place_of_signer(by, at=at)
    place = place or own
    if place.office_id != own.office_id:
        raise NotAllowed
    if not any(counts.values()) or not all(0 <= count <= MOST_BLANKS for count in counts.values()):
        raise ValueError(counts)
    made = [
        PaperBlank.objects.create(
            office=place.office,
            kind=kind,
            place=place,
            number=next_number(Register.BLANKS, office=place.office, place=place, at=at),
            printed_at=at,
            printed_by=by,
        )
        for kind in BlankKind
        for _ in range(counts.get(kind, 0))
    ]
    for blank in made:
        record("blank.printed", subject=blank.pk, by=by.actor, at=at, paragraph="5")
    return made


@transaction.atomic
def void_blanks(blanks: Iterable[UUID], *, act: str, act_on: date, by: Staff, at: datetime) -> int:
    """Void blanks of the office by an act of a day; say how many were (A38).

    Of a sheet of the line that was begun, the tickets not torn off are voided. Raises NotAllowed; CannotBeSo
    where the act is dated in the future, or before a blank was prepared.
    """
    place = place_of_signer(by, at=at)
    if act_on > at.astimezone(place.zone).date():
        raise CannotBeSo("error.paper.act_in_future", "act_on")
    unused = PaperBlank.objects.usable().of_office(place.office_id).filter(pk__in=list(blanks))
    found = list(unused.order_by("number").select_for_update(of=("self",)))
    for blank in found:
        printed_on = blank.printed_at.astimezone(place.zone).date()
        if act_on < printed_on:
            raise CannotBeSo("error.paper.act_before_blank", "act_on", printed_on=printed_on)
    voided = [blank for blank in found if void_blank(blank, act=act, act_on=act_on, by=by, at=at)]
    for blank in voided:
        record("blank.voided", subject=blank.pk, by=by.actor, at=at, paragraph="5")
    return len(voided)
