"""What a person signs to sign in; never accepted for anything else (A37)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from joldama.standard.papers.xml import Reading, Sheet, as_written, moment_text


@dataclass(frozen=True, kw_only=True)
class SignInPaper:
    """A challenge of one place, good once."""

    origin: str
    nonce: str
    at: datetime

    def to_xml(self) -> bytes:
        """Return the bytes to be signed, the same every time. Raises UnwritablePaper."""
        sheet = Sheet("sign-in")
        sheet.add("origin", self.origin)
        sheet.add("nonce", self.nonce)
        sheet.add("at", moment_text(self.at))
        return sheet.written()

    @classmethod
    def from_xml(cls, data: bytes) -> Self:
        """Read signed bytes. Raises NotThisPaper."""
        reading = Reading(data, "sign-in")
        paper = cls(origin=reading.text("origin"), nonce=reading.text("nonce"), at=reading.moment("at"))
        return as_written(paper, data)
