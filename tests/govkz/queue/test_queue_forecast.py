"""The range of a wait: 9 of 10 people of many virtual days are called in the range they were told."""

import pytest
from tests.govkz.queue.days import Told, days, last_of

from govkz.queue.forecast import CALLS, ENOUGH, LONGEST, Past, Spread, forecast

MINUTE = 60.0
PAST = Past(calls=tuple(300.0 + 10 * n for n in range(60)), turns=(15.0,) * 60)


def share(told: list[Told]) -> float:
    return sum(one.held for one in told) / len(told)


@pytest.mark.parametrize("seed", [1, 2])
def test_nine_of_ten_are_called_in_the_range_they_were_told(seed: int) -> None:
    told = days(6, seed=seed)

    assert len(told) > 450
    assert 0.85 <= share(told) <= 0.96
    assert 0.85 <= share([one for one in told if one.waited > MINUTE]) <= 0.96


def test_a_range_half_as_wide_would_be_found_out() -> None:
    """The negative control: the same days, told with half the range around its middle."""

    def half(windows: tuple[float | None, ...], ahead: int, past: Past) -> Spread | None:
        whole = last_of(windows, ahead, past)
        if whole is None:
            return None
        middle, reach = (whole.shortest + whole.longest) / 2, (whole.longest - whole.shortest) / 4
        return Spread(middle - reach, middle + reach)

    assert share(days(6, seed=1, tell=half)) < 0.85


def test_the_same_line_and_past_give_the_same_range() -> None:
    told = forecast((None, 240.0), 3, PAST)
    forecast.cache_clear()

    assert forecast((None, 240.0), 3, PAST) == told


def test_nothing_is_told_where_no_window_is_open() -> None:
    assert forecast((), 5, PAST) == ()
    assert forecast((None,), 0, PAST) == ()


def test_who_stands_further_back_waits_longer() -> None:
    spreads = forecast((120.0, None), 12, PAST)

    assert len(spreads) == 12
    assert sorted(spreads, key=lambda one: (one.longest, one.shortest)) == list(spreads)
    assert all(one.shortest <= one.longest for one in spreads)


def test_a_free_window_calls_within_the_time_between_two_people() -> None:
    [spread] = forecast((None,), 1, PAST)

    assert spread == Spread(15.0, 15.0)


def test_a_second_window_shortens_the_wait() -> None:
    alone, together = forecast((60.0,), 6, PAST)[-1], forecast((60.0, 60.0), 6, PAST)[-1]

    assert together.longest < alone.shortest


def test_a_serving_longer_than_any_before_has_no_known_end() -> None:
    [spread] = forecast((3600.0,), 1, PAST)

    assert spread.shortest < 2 * MINUTE
    assert spread.longest > 15 * MINUTE


def test_a_place_without_a_past_is_told_by_the_assumption() -> None:
    [spread] = forecast((0.0,), 1, Past())

    assert spread.shortest >= min(CALLS)
    assert spread.longest <= max(CALLS) + 2 * MINUTE


def test_enough_calls_of_the_place_replace_the_assumption() -> None:
    seen = Past(calls=(600.0,) * ENOUGH, turns=(0.0,) * ENOUGH)

    assert forecast((0.0,), 2, seen) == (Spread(600.0, 600.0), Spread(1200.0, 1200.0))


def test_a_long_line_costs_no_more_than_its_bound() -> None:
    assert len(forecast((None,) * 8, 1000, PAST)) == LONGEST


def test_a_serving_that_begins_later_is_refused() -> None:
    with pytest.raises(ValueError, match="later than now"):
        forecast((-1.0,), 1, PAST)
