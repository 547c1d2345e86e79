"""What a receiving organisation signs to say what became of a referral (§3.6, S28)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from joldama.standard.papers.xml import Reading, Sheet, as_written, moment_text


@dataclass(frozen=True, kw_only=True)
class ReplyPaper:
    """The answer of an organisation, known by its BIN, to the referral of a number, as made at one place.

    That of a sole trader names no number of his: the key with which it is signed does.
    `answer` is accepted, rejected or no_show; days are in ISO 8601, `order` names the order with its day.
    """

    id: UUID
    origin: str
    at: datetime
    referral: str
    answer: str
    answered_on: str
    bin: str = ""
    start_on: str = ""
    occupation: str = ""
    order: str = ""
    reason: str = ""

    def to_xml(self) -> bytes:
        """Return the bytes to be signed, the same every time. Raises UnwritablePaper."""
        sheet = Sheet("reply")
        sheet.add("id", str(self.id))
        sheet.add("origin", self.origin)
        sheet.add("at", moment_text(self.at))
        sheet.add("referral", self.referral)
        sheet.add("bin", self.bin)
        sheet.add("answer", self.answer)
        sheet.add("answered-on", self.answered_on)
        sheet.add("start-on", self.start_on)
        sheet.add("occupation", self.occupation)
        sheet.add("order", self.order)
        sheet.add("reason", self.reason)
        return sheet.written()

    @classmethod
    def from_xml(cls, data: bytes) -> Self:
        """Read signed bytes. Raises NotThisPaper."""
        reading = Reading(data, "reply")
        paper = cls(
            id=UUID(reading.text("id")),
            origin=reading.text("origin"),
            at=reading.moment("at"),
            referral=reading.text("referral"),
            bin=reading.text("bin"),
            answer=reading.text("answer"),
            answered_on=reading.text("answered-on"),
            start_on=reading.text("start-on"),
            occupation=reading.text("occupation"),
            order=reading.text("order"),
            reason=reading.text("reason"),
        )
        return as_written(paper, data)
