"""One edition of the standard: where it is published, what it says, which figures and lists it sets (R0.1-a)."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from joldama.standard.channels import Channel
from joldama.standard.documents import DocumentKind, Supplement
from joldama.standard.editions.passages import (
    Chapter,
    Passage,
    Requirement,
    chapters,
    passages,
    requirements,
)
from joldama.standard.figures import Figures, read_figures
from joldama.standard.grounds import Ground
from joldama.standard.kinds import DeclaredKind, ResultKind, TrainingKind, declared_kinds
from joldama.standard.provider_kinds import ProviderKind


@dataclass(frozen=True)
class Registration:
    """The number and the day under which the order was registered by the Ministry of Justice."""

    number: str
    registered_on: date


@dataclass(frozen=True, kw_only=True)
class Edition:
    """The standard as it is in force from a day until a day, both included; None while it has no end.

    All editions are of one service (R1.1-a); `phones` are those of its reference services (R15.1-a). Its text
    lies in `folder` under its id, as do its kinds. A case stays under the edition of the day on which it came (S67).
    """

    id: str
    order: str
    dated: date
    annex: int
    registration: Registration
    in_force_from: date
    in_force_until: date | None
    figures: Figures
    provider_kinds: tuple[ProviderKind, ...]
    channels: tuple[Channel, ...]
    documents: tuple[DocumentKind, ...]
    supplements: tuple[Supplement, ...]
    grounds: tuple[Ground, ...]
    phones: tuple[str, ...]
    contact_centre: str
    site: str
    portal: str

    title_key: str
    reference_key: str
    folder: Path

    service = "EMPLOYMENT_REFERRALS"

    def is_in_force(self, *, on: date) -> bool:
        return self.in_force_from <= on and (self.in_force_until is None or on <= self.in_force_until)

    @property
    def kinds(self) -> tuple[ResultKind, ...]:
        """The kinds of result it has, in the order of ¶6 (R6.1-a)."""
        return tuple(one.kind for one in self.declared_kinds)

    @property
    def declared_kinds(self) -> tuple[DeclaredKind, ...]:
        """What it says of each of its kinds."""
        return declared_kinds(self.id, self.folder)

    @property
    def training_kinds(self) -> tuple[TrainingKind, ...]:
        """What training can be for, of the kind that is for training (R6.1-c)."""
        return tuple(sort for one in self.declared_kinds for sort in one.training_kinds)

    def declared(self, kind: ResultKind) -> DeclaredKind:
        """Return what it says of a kind. Raises LookupError if it does not have this kind."""
        for one in self.declared_kinds:
            if one.kind is kind:
                return one
        raise LookupError(f"the edition {self.id} has no kind {kind}")

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        return chapters(self.id, self.folder)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The whole text, passage by passage, in its order."""
        return passages(self.id, self.folder)

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """What follows from the text for the software."""
        return requirements(self.id, self.folder)

    @property
    def order_of_appeal(self) -> tuple[Passage, ...]:
        """What ¶10 and ¶11 say of complaints and courts (R10.5-a)."""
        return (*self.of("10"), *self.of("11"))

    def of(self, paragraph: str) -> tuple[Passage, ...]:
        """Return the passages of a point with its items ("8"), or of one item or part ("8.1", "10.3").

        Raises LookupError if there is no such paragraph.
        """
        found = tuple(passage for passage in self.passages if passage.is_within(paragraph))
        if not found:
            raise LookupError(f"the edition {self.id} has no paragraph «{paragraph}»")
        return found


class BrokenOrder(ValueError):
    """Editions do not follow each other day by day: one ends before the next begins, or after."""


def read_editions(folder: Path) -> tuple[Edition, ...]:
    """Read every edition that lies in a folder, the oldest first. Raises BrokenOrder, ValueError, KeyError."""
    read = (_read(file, folder) for file in folder.glob("*-edition.toml"))
    found = tuple(sorted(read, key=lambda each: each.in_force_from))
    for earlier, later in pairwise(found):
        if earlier.in_force_until != later.in_force_from - timedelta(days=1):
            raise BrokenOrder(
                f"{earlier.id} ends on {earlier.in_force_until}, {later.id} begins on {later.in_force_from}"
            )
    return found


def _read(file: Path, folder: Path) -> Edition:
    row = tomllib.loads(file.read_text(encoding="utf-8"))
    return Edition(
        id=row["id"],
        order=row["order"],
        dated=row["dated"],
        annex=row["annex"],
        registration=Registration(**row["registration"]),
        in_force_from=row["in_force_from"],
        in_force_until=row.get("in_force_until"),
        figures=read_figures(row["id"], folder),
        provider_kinds=tuple(map(ProviderKind, row["provider_kinds"])),
        channels=tuple(map(Channel, row["channels"])),
        documents=tuple(map(DocumentKind, row["documents"])),
        supplements=tuple(map(Supplement, row["supplements"])),
        grounds=tuple(map(Ground, row["grounds"])),
        phones=tuple(row["phones"]),
        contact_centre=row["contact_centre"],
        site=row["site"],
        portal=row["portal"],
        title_key=row["title"],
        reference_key=row["reference"],
        folder=folder,
    )
