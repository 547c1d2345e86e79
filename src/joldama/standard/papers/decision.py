"""The decision as the head or his deputy reads and signs it: a result or a reasoned refusal (A36)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from joldama.standard.editions import edition
from joldama.standard.grounds import Ground
from joldama.standard.kinds import DeclaredKind, ResultKind, TrainingKind
from joldama.standard.names import PersonName
from joldama.standard.papers.names import read_name, write_name
from joldama.standard.papers.xml import Reading, Sheet, UnwritablePaper, as_written, moment_text


@dataclass(frozen=True, kw_only=True)
class DecisionPaper:
    """The outcome of one application: a kind with its fields, or a ground with its act.

    `fields` are pairs of a `ResultField` and its text, days in ISO 8601.
    """

    reference: UUID
    application: str
    name: PersonName
    iin: str
    edition: str
    calendar_version: str
    kind: ResultKind | None = None
    training_kind: TrainingKind | None = None
    fields: tuple[tuple[str, str], ...] = ()
    ground: Ground | None = None
    reasons: str = ""
    official: PersonName
    position: str
    deputy_order: str = ""
    office: str
    at: datetime

    def to_xml(self) -> bytes:
        """Return the bytes to be signed, the same every time. Raises UnwritablePaper."""
        if (self.kind is None) == (self.ground is None):
            raise UnwritablePaper("a decision has a kind or a ground, one of them")
        if (self.kind is ResultKind.VOCATIONAL_TRAINING) != (self.training_kind is not None):
            raise UnwritablePaper("training-kind belongs to kind 3 and to it alone")
        sheet = Sheet("decision")
        sheet.add("reference", str(self.reference))
        sheet.add("application", self.application)
        recipient = sheet.open("recipient")
        sheet.add("iin", self.iin, to=recipient)
        write_name(sheet, self.name, to=recipient)
        sheet.add("edition", self.edition)
        sheet.add("calendar", self.calendar_version)
        self._write_outcome(sheet)
        self._write_official(sheet)
        return sheet.written()

    @property
    def declared(self) -> DeclaredKind | None:
        """What the edition of the case says of the kind; None of a refusal. Raises NoEdition."""
        return None if self.kind is None else edition(self.edition).declared(self.kind)

    @classmethod
    def from_xml(cls, data: bytes) -> Self:
        """Read signed bytes. Raises NotThisPaper."""
        reading = Reading(data, "decision")
        kind, training_kind = reading.text("result/kind"), reading.text("result/training-kind")
        ground = reading.text("refusal/ground")
        paper = cls(
            reference=UUID(reading.text("reference")),
            application=reading.text("application"),
            name=read_name(reading, "recipient"),
            iin=reading.text("recipient/iin"),
            edition=reading.text("edition"),
            calendar_version=reading.text("calendar"),
            kind=ResultKind(kind) if kind else None,
            training_kind=TrainingKind(training_kind) if training_kind else None,
            fields=tuple(
                (field.get("name", default=""), field.text or "") for field in reading.all("result/field")
            ),
            ground=Ground(ground) if ground else None,
            reasons=reading.text("reasons"),
            official=read_name(reading, "official"),
            position=reading.text("official/position"),
            deputy_order=reading.text("official/deputy-order"),
            office=reading.text("office"),
            at=reading.moment("at"),
        )
        return as_written(paper, data)

    def _write_outcome(self, sheet: Sheet) -> None:
        if self.kind is not None:
            result = sheet.open("result")
            sheet.add("kind", self.kind, to=result)
            sheet.add("training-kind", self.training_kind, to=result)
            for field, text in self.fields:
                sheet.add("field", text, to=result, name=field)
        if self.ground is not None:
            refusal = sheet.open("refusal")
            sheet.add("ground", self.ground, to=refusal)
            sheet.add("paragraph", self.ground.paragraph, to=refusal)
            if act := self.ground.act:
                sheet.open("act", to=refusal, code=act.code, number=act.number, dated=act.dated.isoformat())
        sheet.add("reasons", self.reasons)

    def _write_official(self, sheet: Sheet) -> None:
        official = sheet.open("official")
        sheet.add("position", self.position, to=official)
        write_name(sheet, self.official, to=official)
        sheet.add("deputy-order", self.deputy_order, to=official)
        sheet.add("office", self.office)
        sheet.add("at", moment_text(self.at))
