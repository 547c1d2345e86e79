"""Who may get which kind of result, by dated rules of the acts beside the standard (A14, A39).

Three answers: met, not met, not known. What is not known neither refuses nor passes, and nobody is asked for a
paper because of it (R9.1-d).
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from joldama.standard.acts import EMPLOYMENT_2001, SOCIAL_CODE_2023, Act
from joldama.standard.editions import edition_on
from joldama.standard.kinds import DeclaredKind, ResultKind

RULES = Path(__file__).parent / "rules.toml"
"""Where the rules stand."""

_ACTS = {act.code: act for act in (EMPLOYMENT_2001, SOCIAL_CODE_2023)}


class Fact(StrEnum):
    """What an office may know of a person from its own register or an information system."""

    UNEMPLOYED = "unemployed"
    TARGET_GROUP = "target_group"
    GRADUATE = "graduate"
    NEEDS_PROFESSION = "needs_profession"

    @property
    def text_key(self) -> str:
        return f"fact.{self}"


class Standing(StrEnum):
    """How somebody stands to a condition, or to all conditions of a kind."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"

    @property
    def text_key(self) -> str:
        return f"eligibility.{self}"

    @property
    def kind_key(self) -> str:
        """Key of the sentence that tells a person how he stands to a whole kind."""
        return f"eligibility.kind.{self}"


@dataclass(frozen=True)
class Condition:
    """One condition of a rule: a fact that holds, or an age not exceeded; from a day to a day, both included."""

    rule: str
    fact: Fact | None
    most_age: int | None
    valid_from: date
    valid_until: date | None
    act: Act
    source: str
    is_confirmed: bool

    @property
    def text_key(self) -> str:
        return f"condition.{self.fact}" if self.fact else "condition.age"

    @property
    def values(self) -> dict[str, Any]:
        return {"most": self.most_age} if self.most_age is not None else {}

    def is_in_force(self, *, on: date) -> bool:
        """Say whether the condition holds on a day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True)
class Judged:
    """A condition and how the person stands to it."""

    condition: Condition
    standing: Standing


@dataclass(frozen=True)
class Eligibility:
    """How a person stands to a kind of an edition: every condition with its answer, so that it explains itself."""

    declared: DeclaredKind
    judged: tuple[Judged, ...]

    @property
    def kind(self) -> ResultKind:
        return self.declared.kind

    @property
    def standing(self) -> Standing:
        """One condition not met is enough; else one not known."""
        found = {one.standing for one in self.judged}
        if Standing.NOT_MET in found:
            return Standing.NOT_MET
        return Standing.NOT_KNOWN if Standing.NOT_KNOWN in found else Standing.MET

    @property
    def not_met(self) -> tuple[Condition, ...]:
        """The conditions that are not met."""
        return tuple(one.condition for one in self.judged if one.standing is Standing.NOT_MET)


def eligibility(
    kind: ResultKind, *, on: date, born_on: date | None, facts: Mapping[Fact, bool]
) -> Eligibility:
    """Judge a kind for a person on a local day; a fact or a birth date that is missing is not known.

    Which rule a kind follows says the edition of the day. Raises NoEdition, or LookupError for a kind it lacks.
    """
    declared = edition_on(on).declared(kind)
    found = conditions(declared, on=on)
    return Eligibility(declared, tuple(Judged(one, _standing(one, on, born_on, facts)) for one in found))


def conditions(declared: DeclaredKind, *, on: date) -> tuple[Condition, ...]:
    """Return the conditions of a kind that are in force on a day; none where it is open to whoever applies."""
    return tuple(one for one in rule(declared) if one.is_in_force(on=on))


def rule(declared: DeclaredKind) -> tuple[Condition, ...]:
    """Return every condition of a kind, of whatever day, in the order of the rules."""
    return tuple(one for one in read_rules(RULES) if one.rule == declared.rule)


def others(judged: Iterable[Eligibility], *, asked: ResultKind) -> tuple[ResultKind, ...]:
    """Return the other kinds that are surely open, in the order they come; guidance last and always (A14)."""
    guidance = ResultKind.CAREER_GUIDANCE
    open_ones = [one.kind for one in judged if one.standing is Standing.MET]
    return (*(kind for kind in open_ones if kind not in (asked, guidance)), guidance)


def age(born_on: date, *, on: date) -> int:
    """Return the years of age on a day; who was born on 29 February is a year older on 1 March."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _standing(condition: Condition, on: date, born_on: date | None, facts: Mapping[Fact, bool]) -> Standing:
    if condition.fact is not None:
        holds = facts.get(condition.fact)
    else:
        assert condition.most_age is not None
        holds = None if born_on is None else age(born_on, on=on) <= condition.most_age
    if holds is None:
        return Standing.NOT_KNOWN
    return Standing.MET if holds else Standing.NOT_MET


class Undecidable(ValueError):
    """A condition asks for something nobody may be judged by, for two things at once, or for none."""


@cache
def read_rules(file: Path) -> tuple[Condition, ...]:
    """Read the conditions of every rule, in their order. Raises Undecidable, ValueError, KeyError."""
    return tuple(map(_condition, tomllib.loads(file.read_text(encoding="utf-8"))["conditions"]))


_KNOWN = {"rule", "fact", "most_age", "valid_from", "valid_until", "act", "source", "is_confirmed"}


def _condition(row: dict[str, Any]) -> Condition:
    if row.keys() - _KNOWN or ("fact" in row) == ("most_age" in row):
        raise Undecidable(f"a condition of {row['rule']} asks for one fact or one highest age, nothing else")
    return Condition(
        rule=row["rule"],
        fact=Fact(row["fact"]) if "fact" in row else None,
        most_age=row.get("most_age"),
        valid_from=row["valid_from"],
        valid_until=row.get("valid_until"),
        act=_ACTS[row["act"]],
        source=row["source"],
        is_confirmed=row["is_confirmed"],
    )
