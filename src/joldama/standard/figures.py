"""The figures of an edition of the standard: minutes, business days and hours, each with its point.

Amounts are those of ¶4, ¶8 and ¶10; the return of a slip is a setting, and the term for forwarding a complaint
comes from another act (A16): neither is a rule of the standard. How long a referral is good, its kind says.
"""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from govkz.workdays import Hours

FOLDER = Path(__file__).parent / "editions"
"""Where the editions lie that are shipped: their texts, kinds and figures."""


class FigureUnit(StrEnum):
    """What a figure counts: minutes of reception time (A2, A6, A8) or business days (A1)."""

    RECEPTION_MINUTE = "reception_minute"
    BUSINESS_DAY = "business_day"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure and the point of the standard it comes from; no point for a setting."""

    amount: int
    unit: FigureUnit
    paragraph: str | None

    @property
    def length(self) -> timedelta:
        """Return a figure in minutes as a length of reception time. Raises ValueError for business days."""
        if self.unit is not FigureUnit.RECEPTION_MINUTE:
            raise ValueError("business days have no length")
        return timedelta(minutes=self.amount)


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one edition, named after the day of its text; and the sentences that say its terms."""

    edition: str
    hours: Hours
    hours_paragraph: str
    portal_hours_paragraph: str
    counter_result: Figure
    portal_result: Figure
    wait: Figure
    serving: Figure
    complaint_to_head: Figure
    complaint_to_akim: Figure
    complaint_to_quality_body: Figure
    complaint_forwarding: Figure
    slip_return: Figure
    counter_rule_key: str
    portal_rule_key: str


def read_figures(edition: str, folder: Path) -> Figures:
    """Read the figures of an edition from `{edition}-edition.toml`. Raises KeyError, ValueError."""
    rows = tomllib.loads((folder / f"{edition}-edition.toml").read_text(encoding="utf-8"))["figures"]
    hours = rows.pop("hours")
    hours_paragraph = hours.pop("paragraph")
    counter_rule, portal_rule = rows.pop("counter_rule"), rows.pop("portal_rule")
    portal_hours = rows.pop("portal_hours_paragraph")
    figures: dict[str, Any] = {name: _figure(row) for name, row in rows.items()}
    return Figures(
        edition=edition,
        hours=Hours(**hours),
        hours_paragraph=hours_paragraph,
        portal_hours_paragraph=portal_hours,
        counter_rule_key=counter_rule,
        portal_rule_key=portal_rule,
        **figures,
    )


def _figure(row: dict[str, Any]) -> Figure:
    """One figure counts either minutes or business days."""
    (unit,) = row.keys() - {"paragraph"}
    return Figure(row[unit], _UNITS[unit], row.get("paragraph"))


_UNITS = {"minutes": FigureUnit.RECEPTION_MINUTE, "business_days": FigureUnit.BUSINESS_DAY}

FIGURES_2015_04_28 = read_figures("2015-04-28", FOLDER)
