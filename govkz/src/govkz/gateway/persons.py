"""What the register of persons is asked and what it answers, as values.

A value of a dictionary is an `Entry`. The lists of codes are not public: whoever uses an answer brings the
codes he has been told. Left out of a person: places, addresses, certificates, and the statuses that an
answer leaves half empty (capable, missing, disappeared, excluded, imprisoned).
"""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Entry:
    """A value of one of the register's dictionaries."""

    code: str
    ru: str = ""
    kk: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonRequest:
    """A question in one of three ways that exclude each other: by IIN, by names and birth, by a document.

    `kdp_token` and `public_key` belong to the edition with consent (GBDFLUniversal_token); the one without
    (GBDFL_UniversalServiceSync) leaves them empty. Raises ValueError where no way or several are taken.
    """

    message_id: str
    sent_at: datetime | None
    sender_code: str
    iin: str = ""
    surname: str = ""
    name: str = ""
    patronymic: str = ""
    born_on: date | None = None
    document_number: str = ""
    kdp_token: str = field(default="", repr=False)
    public_key: str = ""

    def __post_init__(self) -> None:
        has_names = bool(self.surname or self.name)
        is_by_names = has_names and self.born_on is not None
        partly = has_names or self.patronymic or self.born_on is not None
        if [bool(self.iin), is_by_names, bool(self.document_number)].count(True) != 1:
            raise ValueError("asks in no way, or in several")
        if partly and not is_by_names:
            raise ValueError("asks by names without a birth, or by a birth without names")


@dataclass(frozen=True, kw_only=True)
class Document:
    """An identity document; outdated ones stand in an answer beside those in force."""

    kind: Entry
    number: str
    status: Entry
    series: str = ""
    issued_on: date | None = None
    valid_until: date | None = None
    issuer: Entry | None = None
    invalid_since: date | None = None
    surname: str = ""
    name: str = ""
    patronymic: str = ""
    born_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Repatriation:
    """The status of an oralman (kandas): its days, as far as the register tells them."""

    status: Entry | None = None
    since: date | None = None
    until: date | None = None
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person as the register knows him; what it does not tell is empty or None."""

    iin: str
    surname: str = ""
    name: str = ""
    patronymic: str = ""
    born_on: date | None = None
    died_on: date | None = None
    gender: Entry | None = None
    nationality: Entry | None = None
    citizenship: Entry | None = None
    life_status: Entry | None = None
    repatriation: Repatriation | None = None
    documents: tuple[Document, ...] = ()
    is_removed: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonResponse:
    """The answer to the question `request_id`; nobody is in it where the register knows no such person."""

    message_id: str
    sent_at: datetime | None
    request_id: str
    result: Entry
    sender: Entry = Entry("")
    receiver: Entry = Entry("")
    persons: tuple[Person, ...] = ()
