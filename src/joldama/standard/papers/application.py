"""The application as the applicant reads, signs and sends it (¶9, A34, A37)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from joldama.standard.channels import IssueForm
from joldama.standard.documents import DocumentKind
from joldama.standard.kinds import ResultKind, TrainingKind
from joldama.standard.names import PersonName
from joldama.standard.papers.names import read_name, write_name
from joldama.standard.papers.xml import Reading, Sheet, UnwritablePaper, as_written, moment_text


@dataclass(frozen=True, kw_only=True)
class ApplicationPaper:
    """One request for one kind of result, with the other kinds the person would take, in order."""

    id: UUID
    draft: str
    origin: str
    language: str
    at: datetime
    office: str
    place: UUID
    kind: ResultKind
    training_kind: TrainingKind | None = None
    other_kinds: tuple[ResultKind, ...] = ()
    is_oralman: bool = False
    issue_form: IssueForm
    iin: str
    name: PersonName
    document_kind: DocumentKind
    document_number: str
    email: str = ""
    phone: str = ""

    def to_xml(self) -> bytes:
        """Return the bytes to be signed, the same every time. Raises UnwritablePaper."""
        if self.kind.needs_training_kind != (self.training_kind is not None):
            raise UnwritablePaper("training-kind belongs to kind 3 and to it alone")
        if self.kind in self.other_kinds:
            raise UnwritablePaper("other-kinds repeat the kind asked for")
        sheet = Sheet("application")
        self._write_request(sheet)
        self._write_person(sheet)
        return sheet.written()

    @classmethod
    def from_xml(cls, data: bytes) -> Self:
        """Read signed bytes. Raises NotThisPaper."""
        reading = Reading(data, "application")
        training_kind = reading.text("training-kind")
        paper = cls(
            id=UUID(reading.text("id")),
            draft=reading.text("draft"),
            origin=reading.text("origin"),
            language=reading.text("language"),
            at=reading.moment("at"),
            office=reading.text("office"),
            place=UUID(reading.text("place")),
            kind=ResultKind(reading.text("kind")),
            training_kind=TrainingKind(training_kind) if training_kind else None,
            other_kinds=tuple(map(ResultKind, reading.texts("other-kinds/kind"))),
            is_oralman=reading.text("oralman") == "yes",
            issue_form=IssueForm(reading.text("issue-form")),
            iin=reading.text("person/iin"),
            name=read_name(reading, "person"),
            document_kind=DocumentKind(reading.text("document/kind")),
            document_number=reading.text("document/number"),
            email=reading.text("contact/email"),
            phone=reading.text("contact/phone"),
        )
        return as_written(paper, data)

    def _write_request(self, sheet: Sheet) -> None:
        sheet.add("id", str(self.id))
        sheet.add("draft", self.draft)
        sheet.add("origin", self.origin)
        sheet.add("language", self.language)
        sheet.add("at", moment_text(self.at))
        sheet.add("office", self.office)
        sheet.add("place", str(self.place))
        sheet.add("kind", self.kind)
        sheet.add("training-kind", self.training_kind)
        others = sheet.open("other-kinds")
        for kind in self.other_kinds:
            sheet.add("kind", kind, to=others)
        sheet.add("oralman", "yes" if self.is_oralman else "no")
        sheet.add("issue-form", self.issue_form)

    def _write_person(self, sheet: Sheet) -> None:
        person = sheet.open("person")
        sheet.add("iin", self.iin, to=person)
        write_name(sheet, self.name, to=person)
        document = sheet.open("document")
        sheet.add("kind", self.document_kind, to=document)
        sheet.add("number", self.document_number, to=document)
        if self.email or self.phone:
            contact = sheet.open("contact")
            sheet.add("email", self.email, to=contact)
            sheet.add("phone", self.phone, to=contact)
