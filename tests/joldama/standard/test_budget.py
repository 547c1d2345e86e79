"""The suggested budget of a visit: it is data with a day, and fills the minutes of ¶4 exactly."""

from dataclasses import replace
from datetime import date, timedelta

from joldama.standard.budget import BUDGETS, VisitStep, budget_on
from joldama.standard.editions import edition_on
from joldama.standard.roles import Role


def test_every_budget_fills_the_minutes_of_its_edition_and_goes_through_every_step():
    for budget in BUDGETS:
        figures = edition_on(budget.in_force_from).figures
        assert budget.minutes == figures.serving.amount == figures.counter_result.amount
        assert [step.step for step in budget.steps] == list(VisitStep)


def test_the_suggestion_is_ten_ten_five_and_five_and_the_head_signs():
    steps = budget_on(date(2026, 3, 17)).steps

    assert [step.minutes for step in steps] == [10, 10, 5, 5]
    assert [step.by for step in steps if step.step is VisitStep.SIGN] == [Role.HEAD]


def test_a_later_suggestion_holds_from_its_day_on():
    first, begins = BUDGETS[0], date(2027, 1, 1)
    later = replace(first, in_force_from=begins)

    days = [date(2000, 1, 1), begins - timedelta(days=1), begins]

    assert [budget_on(day, (first, later)) is later for day in days] == [False, False, True]
