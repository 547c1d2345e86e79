"""The annulment of a referral as the second person reads and signs it (R6.2-b, A36)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from joldama.standard.names import PersonName
from joldama.standard.papers.names import read_name, write_name
from joldama.standard.papers.xml import Reading, Sheet, as_written, moment_text


@dataclass(frozen=True, kw_only=True)
class AnnulmentPaper:
    """Which referral is annulled, why, who proposed it and who confirms it.

    `application` and `referral` are numbers of the registers (A38); `is_corrected` says that a corrected referral
    will be given in its place.
    """

    reference: UUID
    application: str
    referral: str
    name: PersonName
    iin: str
    edition: str
    calendar_version: str
    reason: str
    is_corrected: bool
    proposer: PersonName
    proposed_at: datetime
    official: PersonName
    position: str
    deputy_order: str = ""
    office: str
    at: datetime

    def to_xml(self) -> bytes:
        """Return the bytes to be signed, the same every time. Raises UnwritablePaper."""
        sheet = Sheet("annulment")
        sheet.add("reference", str(self.reference))
        sheet.add("application", self.application)
        sheet.add("referral", self.referral)
        recipient = sheet.open("recipient")
        sheet.add("iin", self.iin, to=recipient)
        write_name(sheet, self.name, to=recipient)
        sheet.add("edition", self.edition)
        sheet.add("calendar", self.calendar_version)
        sheet.add("reason", self.reason)
        sheet.add("corrected", "true" if self.is_corrected else "false")
        proposer = sheet.open("proposer")
        write_name(sheet, self.proposer, to=proposer)
        sheet.add("at", moment_text(self.proposed_at), to=proposer)
        official = sheet.open("official")
        sheet.add("position", self.position, to=official)
        write_name(sheet, self.official, to=official)
        sheet.add("deputy-order", self.deputy_order, to=official)
        sheet.add("office", self.office)
        sheet.add("at", moment_text(self.at))
        return sheet.written()

    @classmethod
    def from_xml(cls, data: bytes) -> Self:
        """Read signed bytes. Raises NotThisPaper."""
        reading = Reading(data, "annulment")
        paper = cls(
            reference=UUID(reading.text("reference")),
            application=reading.text("application"),
            referral=reading.text("referral"),
            name=read_name(reading, "recipient"),
            iin=reading.text("recipient/iin"),
            edition=reading.text("edition"),
            calendar_version=reading.text("calendar"),
            reason=reading.text("reason"),
            is_corrected=reading.text("corrected") == "true",
            proposer=read_name(reading, "proposer"),
            proposed_at=reading.moment("proposer/at"),
            official=read_name(reading, "official"),
            position=reading.text("official/position"),
            deputy_order=reading.text("official/deputy-order"),
            office=reading.text("office"),
            at=reading.moment("at"),
        )
        return as_written(paper, data)
