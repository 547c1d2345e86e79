"""The suggested budget of a visit: how the 30 minutes of ¶4 3) may be spent, step by step.

A suggestion to the clerk, never a rule: nobody is measured by it, and nothing is refused on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from joldama.standard.roles import Role


class VisitStep(StrEnum):
    """What a visit goes through at the counter, in order."""

    REGISTER = "register"
    DRAFT = "draft"
    SIGN = "sign"
    HAND_OVER = "hand_over"

    @property
    def text_key(self) -> str:
        return f"budget.{self}"


@dataclass(frozen=True, slots=True)
class BudgetStep:
    """One step, who makes it, and the reception minutes suggested for it."""

    step: VisitStep
    by: Role
    minutes: int


@dataclass(frozen=True, slots=True)
class Budget:
    """The suggestion in use from a day on; `is_confirmed` says whether the text it rests on was read."""

    in_force_from: date
    is_confirmed: bool
    steps: tuple[BudgetStep, ...]

    @property
    def minutes(self) -> int:
        """Reception minutes of all steps."""
        return sum(step.minutes for step in self.steps)


# The regulation that belongs to the standard could not be read: its shape is that of the usual regulations of
# 2015, not confirmed. The day is that of the standard's order.
BUDGETS = (
    Budget(
        in_force_from=date(2015, 4, 28),
        is_confirmed=False,
        steps=(
            BudgetStep(VisitStep.REGISTER, Role.SPECIALIST, 10),
            BudgetStep(VisitStep.DRAFT, Role.SPECIALIST, 10),
            BudgetStep(VisitStep.SIGN, Role.HEAD, 5),
            BudgetStep(VisitStep.HAND_OVER, Role.SPECIALIST, 5),
        ),
    ),
)
"""Every suggestion there was, the earliest first."""


def budget_on(day: date, budgets: Sequence[Budget] = BUDGETS) -> Budget:
    """Return the suggestion in use on a day: the latest that had begun, else the first."""
    begun = [budget for budget in budgets if budget.in_force_from <= day]
    return begun[-1] if begun else budgets[0]
