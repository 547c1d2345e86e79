"""The six kinds of result (¶6), and how an edition of the standard declares each of them.

What a kind asks for, whom it sends to and how long it is good is data of the edition (`{edition}-kinds.toml`). A case
is judged by the edition of the day on which it came: `edition.declared(kind)`. What a kind answers by itself is
what the first edition says of it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from joldama.standard.figures import FOLDER, Figure, FigureUnit
from joldama.standard.result_fields import Receiver, ResultDocument, ResultField, TrainingKind

__all__ = [
    "DeclaredKind",
    "Receiver",
    "ResultDocument",
    "ResultField",
    "ResultKind",
    "TrainingKind",
    "Undeclarable",
    "declared_kinds",
]

FIRST_EDITION = "2015-04-28"


class ResultKind(StrEnum):
    """The codes of the kinds of ¶6, in its order; what they answer is what the first edition says of them."""

    JOB_PLACEMENT = "JOB_PLACEMENT"
    PUBLIC_WORKS = "PUBLIC_WORKS"
    VOCATIONAL_TRAINING = "VOCATIONAL_TRAINING"
    SOCIAL_WORKPLACE = "SOCIAL_WORKPLACE"
    YOUTH_PRACTICE = "YOUTH_PRACTICE"
    CAREER_GUIDANCE = "CAREER_GUIDANCE"

    @property
    def _declared(self) -> "DeclaredKind":
        return _first()[self]

    @property
    def number(self) -> int:
        """The number of the kind in ¶6, from 1 to 6 (R6.1-a)."""
        return self._declared.number

    @property
    def paragraph(self) -> str:
        """The item of ¶6 that names it: "6.1" to "6.6"."""
        return self._declared.paragraph

    @property
    def text_key(self) -> str:
        return self._declared.text_key

    @property
    def short_key(self) -> str:
        """Key of the short name for choices and tables."""
        return self._declared.short_key

    @property
    def explanation_key(self) -> str:
        """Key of the sentence that tells a person what the kind is."""
        return self._declared.explanation_key

    @property
    def title_key(self) -> str:
        """Key of the title on the paper."""
        return self._declared.title_key

    @property
    def receiver(self) -> Receiver:
        """To whom it sends the person."""
        return self._declared.receiver

    @property
    def is_referral(self) -> bool:
        """Whether somebody is sent somewhere; kind 6 is a service with a record of its own (A9)."""
        return self._declared.is_referral

    @property
    def needs_training_kind(self) -> bool:
        return self._declared.needs_training_kind

    def field_key(self, field: ResultField) -> str:
        """Key of a field's name in a result of this kind: a course is held somewhere, work is done somewhere."""
        return self._declared.field_key(field)

    @property
    def required(self) -> tuple[ResultField, ...]:
        """What must be filled in before the head can sign (R6.1-d, R6.1-e)."""
        return self._declared.required

    @property
    def optional(self) -> tuple[ResultField, ...]:
        """What may be filled in."""
        return self._declared.optional


@dataclass(frozen=True, kw_only=True)
class DeclaredKind:
    """A kind as one edition declares it.

    `number` is its place in ¶6, from 1. `validity` counts business days after the day of issue, None for a record.
    `rule` names the conditions of `standard.eligibility`; None where it is open to whoever applies. `training_kinds`
    are those it can be for. `field_words` are the keys of fields that bear another name here.
    """

    edition: str
    kind: ResultKind
    number: int
    paragraph: str
    text_key: str
    title_key: str
    receiver: Receiver
    document: ResultDocument
    validity: Figure | None
    rule: str | None
    required: tuple[ResultField, ...]
    optional: tuple[ResultField, ...]
    training_kinds: tuple[TrainingKind, ...]
    field_words: Mapping[ResultField, str] = field(hash=False)

    def __str__(self) -> str:
        return str(self.kind)

    @property
    def short_key(self) -> str:
        """Key of the short name for choices and tables."""
        return f"{self.text_key}.short"

    @property
    def explanation_key(self) -> str:
        """Key of the sentence that tells a person what the kind is."""
        return f"{self.text_key}.text"

    @property
    def asked(self) -> tuple[Any, ...]:
        """Everything a form asks of it: kinds that are asked the same can share one."""
        return self.required, self.optional, self.training_kinds, self.field_words

    @property
    def is_referral(self) -> bool:
        """Whether somebody is sent somewhere."""
        return self.document is ResultDocument.REFERRAL

    @property
    def needs_training_kind(self) -> bool:
        return bool(self.training_kinds)

    def field_key(self, field: ResultField) -> str:
        """Key of a field's name in a result of this kind."""
        return self.field_words.get(field, field.text_key)


class Undeclarable(ValueError):
    """The data of a kind contradict themselves; names edition and kind."""


@cache
def declared_kinds(edition: str, folder: Path) -> tuple[DeclaredKind, ...]:
    """Read the kinds of an edition, in the order of its text. Raises Undeclarable, ValueError, KeyError."""
    text = (folder / f"{edition}-kinds.toml").read_text(encoding="utf-8")
    found = tuple(
        _checked(_declared(row, edition, number))
        for number, row in enumerate(tomllib.loads(text)["kind"], start=1)
    )
    if len({one.kind for one in found}) != len(found):
        raise Undeclarable(f"{edition}: a kind stands twice")
    return found


def _declared(row: dict[str, Any], edition: str, number: int) -> DeclaredKind:
    days = row.get("validity")
    return DeclaredKind(
        edition=edition,
        kind=ResultKind(row["code"]),
        number=number,
        paragraph=row["paragraph"],
        text_key=row["words"],
        title_key=row["title"],
        receiver=Receiver(row["receiver"]),
        document=ResultDocument(row["document"]),
        validity=None if days is None else Figure(days, FigureUnit.BUSINESS_DAY, None),
        rule=row.get("rule"),
        required=tuple(map(ResultField, row["required"])),
        optional=tuple(map(ResultField, row["optional"])),
        training_kinds=tuple(map(TrainingKind, row.get("training_kinds", ()))),
        field_words={ResultField(name): key for name, key in row.get("field_words", {}).items()},
    )


def _checked(one: DeclaredKind) -> DeclaredKind:
    """A referral goes to somebody, who is named, and ends; a record does neither."""
    ends, sends = one.validity is not None, one.receiver is not Receiver.NOBODY
    names = ResultField.ORGANISATION in one.required
    if {ends, sends, names} != {one.is_referral}:
        raise Undeclarable(f"{one.edition}: {one.kind} sends somebody somewhere, or it does not")
    if set(one.required) & set(one.optional):
        raise Undeclarable(f"{one.edition}: a field of {one.kind} is both required and optional")
    return one


@cache
def _first() -> dict[ResultKind, DeclaredKind]:
    return {one.kind: one for one in declared_kinds(FIRST_EDITION, FOLDER)}
