"""What can have been written on paper: what is impossible is not entered, what is doubtful is asked about once.

It happened, so what is unusual is entered too: with a remark of the head that it stands so on the paper (S26).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as column
from datetime import datetime
from typing import Any
from uuid import UUID

from govkz.workdays import OutsideCalendar
from joldama.cases.blanks import PaperBlank
from joldama.cases.blanks import use as use_blank
from joldama.people.models import Place, Staff
from joldama.people.rules import may_sign_for_office, works_for
from joldama.procedures.reckoning import doors_of
from joldama.procedures.refusing import NotAllowed
from joldama.standard.blanks import BlankKind
from joldama.standard.editions import NoEdition, edition_on
from joldama.standard.roles import Role


@dataclass(frozen=True)
class Remark:
    """One thing about what was written: `key` and `values` say it, `field` and `row` where it stands."""

    key: str
    field: str
    values: dict[str, Any] = column(default_factory=dict)
    row: int | None = None


class CannotBeSo(ValueError):
    """What was written cannot have been so; nothing was entered.

    `remarks` name everything that is wrong; `key`, `values` and `field` are those of the first.
    """

    def __init__(self, key: str, field: str, **values: Any) -> None:
        super().__init__(key)
        self.remarks: tuple[Remark, ...] = (Remark(key, field, values),)

    @classmethod
    def all(cls, remarks: Iterable[Remark]) -> "CannotBeSo":
        """Give one refusal for several things that cannot be."""
        found = tuple(remarks)
        made = cls(found[0].key, found[0].field)
        made.remarks = found
        return made

    @property
    def key(self) -> str:
        return self.remarks[0].key

    @property
    def field(self) -> str:
        return self.remarks[0].field

    @property
    def values(self) -> dict[str, Any]:
        return self.remarks[0].values


class Doubtful(Exception):
    """What was written is unusual; nothing was entered until somebody confirms it with a remark."""

    def __init__(self, remarks: Iterable[Remark]) -> None:
        super().__init__("doubtful")
        self.remarks = tuple(remarks)


def place_of_signer(by: Staff, *, at: datetime) -> Place:
    """Give the place of the head, or of the deputy by order; nobody else enters what was on paper."""
    place = by.place
    if place is None or not may_sign_for_office(by, by.office_id, on=at.astimezone(place.zone).date()):
        raise NotAllowed
    return place


def locked_blank(blank: UUID, kind: BlankKind, place: Place) -> PaperBlank:
    """Lock a blank of the office until the transaction ends. Raises NotAllowed, CannotBeSo where it is gone."""
    found = (
        PaperBlank.objects.select_for_update(of=("self",))
        .filter(pk=blank, kind=kind.value, office=place.office)
        .first()
    )
    if found is None:
        raise NotAllowed
    if found.voided_at is not None or (found.used_at is not None and kind is not BlankKind.LINE):
        raise CannotBeSo("error.paper.blank_used", "", number=found.number)
    return found


def use_up(blank: PaperBlank, *, by: Staff, at: datetime, remark: str = "") -> None:
    """Use a blank that was locked here; remember what was remarked on it."""
    if not use_blank(blank, by=by, at=at, remark=remark):
        raise CannotBeSo("error.paper.blank_used", "", number=blank.number)


def require_specialist(staff: Staff, place: Place, field: str) -> None:
    """Let a specialist of the office pass, one who has left too. Raises CannotBeSo."""
    if staff.role != Role.SPECIALIST or not works_for(staff, place.office_id):
        raise CannotBeSo("error.paper.not_his_office", field)


def impossible_moment(
    moment: datetime, field: str, *, place: Place, blank: PaperBlank, at: datetime, row: int | None = None
) -> Iterator[Remark]:
    """Tell why a moment cannot stand on a blank: it has not come, no edition held, or the blank was not there."""
    zone = place.zone
    if moment > at:
        yield Remark("error.paper.future", field, {"now_at": at.astimezone(zone)}, row)
        return
    try:
        edition_on(moment.astimezone(zone).date())
    except NoEdition:
        yield Remark("error.paper.before_edition", field, row=row)
        return
    if moment < blank.printed_at.replace(second=0, microsecond=0):  # a hand writes minutes
        yield Remark(
            "error.paper.before_blank", field, {"printed_at": blank.printed_at.astimezone(zone)}, row
        )


def outside_hours(moment: datetime, field: str, *, place: Place, row: int | None = None) -> Iterator[Remark]:
    """Tell that there was no reception at a moment (R8.1-a); of an impossible moment nothing is asked."""
    try:
        doors = doors_of(place, moment)
    except (NoEdition, OutsideCalendar):
        return
    if not doors.is_open:
        opens = doors.opens_at.astimezone(place.zone)
        yield Remark("error.paper.outside_hours", field, {"opens_at": opens}, row)


def settle(impossible: Iterable[Remark], doubts: Iterable[Remark], *, as_written: bool) -> None:
    """Refuse what cannot be; ask about what is unusual, unless it was confirmed."""
    if wrong := list(impossible):
        raise CannotBeSo.all(wrong)
    if not as_written and (unusual := list(doubts)):
        raise Doubtful(unusual)
