"""The figures of who may get a kind are dated; ages are counted in full years."""

from datetime import date

import pytest

from joldama.standard.eligibility import AGE_LIMITS, age_limit, full_years
from joldama.standard.kinds import ResultKind


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [
        (date(1985, 9, 16), date(2015, 9, 15), 29),
        (date(1985, 9, 16), date(2015, 9, 16), 30),
        (date(1980, 2, 29), date(2015, 2, 28), 34),
        (date(1980, 2, 29), date(2015, 3, 1), 35),
        (date(1980, 2, 29), date(2016, 2, 29), 36),
        (date(2015, 9, 15), date(2015, 9, 15), 0),
    ],
)
def test_a_person_is_a_year_older_on_his_birthday(born_on: date, on: date, age: int) -> None:
    assert full_years(born_on, on=on) == age


@pytest.mark.parametrize(
    ("on", "oldest"),
    [
        (date(2014, 12, 31), None),
        (date(2015, 1, 1), 29),
        (date(2023, 6, 30), 29),
        (date(2023, 7, 1), 35),
        (date(2026, 11, 22), 35),
    ],
)
def test_a_figure_counts_from_its_day_to_its_day(on: date, oldest: int | None) -> None:
    limit = age_limit(ResultKind.YOUTH_PRACTICE, on=on)

    assert (limit and limit.oldest) == oldest


def test_no_kind_has_two_figures_on_a_day_and_five_kinds_have_none() -> None:
    starts = [limit.since for limit in AGE_LIMITS]

    assert [sum(limit.holds(on) for limit in AGE_LIMITS) for on in starts] == [1, 1]
    assert {limit.kind for limit in AGE_LIMITS} == {ResultKind.YOUTH_PRACTICE}
    assert all(limit.source for limit in AGE_LIMITS)
