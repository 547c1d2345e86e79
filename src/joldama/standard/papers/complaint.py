"""The complaint as the complainant reads and signs it on the portal (¶10.6)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from joldama.standard.complaints import ComplaintAddressee, ComplaintSubject
from joldama.standard.names import PersonName
from joldama.standard.papers.names import read_name, write_name
from joldama.standard.papers.xml import Reading, Sheet, as_written, moment_text


@dataclass(frozen=True, kw_only=True)
class ComplaintPaper:
    """Who complains to whom about what; `provider` and `body` are codes of offices (A38).

    `application` and `result` are numbers, empty where the complaint names none; `official` is the one
    complained of.
    """

    id: UUID
    draft: str
    origin: str
    language: str
    at: datetime
    addressee: ComplaintAddressee
    body: str
    provider: str
    subject: ComplaintSubject
    official: UUID | None = None
    application: str = ""
    result: str = ""
    iin: str
    name: PersonName
    text: str

    def to_xml(self) -> bytes:
        """Return the bytes to be signed, the same every time. Raises UnwritablePaper."""
        sheet = Sheet("complaint")
        sheet.add("id", str(self.id))
        sheet.add("draft", self.draft)
        sheet.add("origin", self.origin)
        sheet.add("language", self.language)
        sheet.add("at", moment_text(self.at))
        sheet.add("addressee", self.addressee)
        sheet.add("body", self.body)
        sheet.add("provider", self.provider)
        sheet.add("subject", self.subject)
        sheet.add("official", str(self.official) if self.official else None)
        sheet.add("application", self.application)
        sheet.add("result", self.result)
        person = sheet.open("person")
        sheet.add("iin", self.iin, to=person)
        write_name(sheet, self.name, to=person)
        sheet.add("text", self.text)
        return sheet.written()

    @classmethod
    def from_xml(cls, data: bytes) -> Self:
        """Read signed bytes. Raises NotThisPaper."""
        reading = Reading(data, "complaint")
        official = reading.text("official")
        paper = cls(
            id=UUID(reading.text("id")),
            draft=reading.text("draft"),
            origin=reading.text("origin"),
            language=reading.text("language"),
            at=reading.moment("at"),
            addressee=ComplaintAddressee(reading.text("addressee")),
            body=reading.text("body"),
            provider=reading.text("provider"),
            subject=ComplaintSubject(reading.text("subject")),
            official=UUID(official) if official else None,
            application=reading.text("application"),
            result=reading.text("result"),
            iin=reading.text("person/iin"),
            name=read_name(reading, "person"),
            text=reading.text("text"),
        )
        return as_written(paper, data)
