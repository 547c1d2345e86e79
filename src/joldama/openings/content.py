"""What is said of an organisation or an opening, and what is wrong with it: one judge for form, file and API."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date
from typing import Any

from govkz import iin
from joldama.standard.kinds import ResultField, ResultKind, TrainingKind

MOST_PLACES = 10_000
MOST_MONEY = 100_000_000
"""Tenge a month; more is a slip of the hand."""

BY_CONTRACT = frozenset({ResultKind.PUBLIC_WORKS, ResultKind.SOCIAL_WORKPLACE})
"""Kinds whose places come into being by a contract with the local executive body (2001 law)."""


_NUMBER_FAULTS = {iin.Fault.LENGTH: "error.number_length", iin.Fault.CHARACTERS: "error.number_chars"}


@dataclass(frozen=True)
class Fault:
    """What is wrong: the name of the field, and the key of the sentence with its values."""

    field: str
    key: str
    values: Mapping[str, Any] = made(default_factory=dict)


def faults_of_number(digits: str) -> Iterator[Fault]:
    """Give what is wrong with a BIN or a sole trader's IIN, if anything is."""
    try:
        iin.parse_either(digits)
    except iin.InvalidNumber as wrong:
        check = "error.bin_check" if isinstance(wrong, iin.InvalidBin) else "error.trader_check"
        key = _NUMBER_FAULTS.get(wrong.fault, check)
        yield Fault("bin", key, {"count": len(digits)} if wrong.fault is iin.Fault.LENGTH else {})


@dataclass(frozen=True, kw_only=True)
class OrganisationSaid:
    """An organisation as it is known: BIN or sole trader's IIN, name in one language at least, address as written."""

    number: str
    name_kk: str = ""
    name_ru: str = ""
    address: str = ""
    is_training: bool = False

    def faults(self) -> Iterator[Fault]:
        """Give everything that is wrong; nothing where it can be entered."""
        yield from faults_of_number(self.number)
        if not (self.name_kk or self.name_ru):
            yield Fault("name_kk", "openings.fault.name")


@dataclass(frozen=True, kw_only=True)
class OpeningSaid:
    """An opening as it is known: money in tenge a month, days of the place; what is not known is empty.

    An occupation stands in one language at least. The last day to send somebody is included, None is open-ended.
    """

    kind: ResultKind
    places: int
    open_from_on: date
    open_until_on: date | None = None
    training_kind: TrainingKind | None = None
    occupation_kk: str = ""
    occupation_ru: str = ""
    course: str = ""
    locality: str = ""
    address: str = ""
    wage: int | None = None
    stipend: int | None = None
    work_hours: str = ""
    duration: str = ""
    start_on: date | None = None
    contract_number: str = ""
    contract_on: date | None = None

    def faults(self) -> Iterator[Fault]:
        """Give everything that is wrong; nothing where it can be entered."""
        yield from self._faults_of_kind()
        if not 1 <= self.places <= MOST_PLACES:
            yield Fault("places", "openings.fault.places", {"most": MOST_PLACES})
        if self.open_until_on is not None and self.open_until_on < self.open_from_on:
            yield Fault("open_until_on", "openings.fault.open_until", {"first": self.open_from_on})
        for name in ("wage", "stipend"):
            money = getattr(self, name)
            if money is not None and not 0 < money <= MOST_MONEY:
                yield Fault(name, "openings.fault.money", {"most": MOST_MONEY})
        if bool(self.contract_number) != (self.contract_on is not None):
            missing = "contract_on" if self.contract_number else "contract_number"
            yield Fault(missing, "openings.fault.contract_whole")

    def _faults_of_kind(self) -> Iterator[Fault]:
        if not self.kind.is_referral:
            yield Fault("kind", "openings.fault.kind")
            return
        if self.kind.needs_training_kind != (self.training_kind is not None):
            yield Fault(
                "training_kind", "openings.fault.training_kind", {"kind": ResultKind.VOCATIONAL_TRAINING}
            )
        required = self.kind.required
        if ResultField.OCCUPATION in required and not (self.occupation_kk or self.occupation_ru):
            yield Fault("occupation_kk", "openings.fault.occupation")
        if ResultField.COURSE in required and not self.course:
            yield Fault("course", "openings.fault.course")
        if not self.address:
            yield Fault("address", "openings.fault.address")
        if self.kind in BY_CONTRACT and not self.contract_number and self.contract_on is None:
            yield Fault("contract_number", "openings.fault.contract", {"kind": self.kind})
