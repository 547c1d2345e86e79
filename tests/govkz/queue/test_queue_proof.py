"""The order of a line from its log alone: a strict day is proved, and each forgery is named."""

import doctest
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkz.queue import proof
from govkz.queue.proof import Entry, Fault, Proof, What, prove

NINE = datetime(2026, 3, 16, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
Log = list[Entry]


def entry(what: str, number: int, minute: int, window: int | None = None) -> Entry:
    return Entry(What(what), number, NINE + minute * MINUTE, window)


DAY = [
    entry("taken", 1, 0),
    entry("taken", 2, 1),
    entry("called", 1, 2, 1),
    entry("called", 2, 3, 2),
    entry("taken", 3, 4),
    entry("no_show", 2, 5, 2),
    entry("called", 3, 6, 2),
    entry("served", 1, 7, 1),
    entry("taken", 4, 8),
    entry("served", 3, 9, 2),
    entry("closed", 4, 10),
]


def named(found: Proof) -> list[tuple[Fault, int, tuple[int, ...]]]:
    """Each violation: what, at which entry, and whom it wronged."""
    return [(one.fault, one.place, one.others) for one in found.violations]


def test_a_strict_day_is_proved() -> None:
    found = prove(DAY)

    assert found == Proof(
        taken=4, called=3, no_shows=1, served=2, closed=1, waiting=(), at_windows=(), violations=()
    )
    assert found.holds


def test_a_day_that_still_runs_says_who_waits_and_who_is_at_a_window() -> None:
    found = prove(DAY[:5])

    assert (found.waiting, found.at_windows, found.holds) == ((3,), (1, 2), True)


def test_an_empty_log_proves_nothing_wrong() -> None:
    assert prove([]) == Proof(0, 0, 0, 0, 0, (), (), ())


def test_the_example_of_the_module_is_true() -> None:
    assert doctest.testmod(proof).failed == 0


FORGED: dict[str, tuple[Log, list[tuple[Fault, int, tuple[int, ...]]]]] = {
    "somebody in front was passed over": (
        [*DAY[:2], entry("called", 2, 2, 1)],
        [(Fault.OUT_OF_TURN, 3, (1,))],
    ),
    "several were": (
        [*DAY[:2], entry("taken", 3, 2), entry("called", 3, 3, 1)],
        [(Fault.OUT_OF_TURN, 4, (1, 2))],
    ),
    "somebody in front was closed so that another could be called": (
        [
            *DAY[:2],
            entry("taken", 3, 2),
            entry("closed", 1, 2),
            entry("closed", 2, 2),
            entry("called", 3, 3, 1),
        ],
        [(Fault.CLOSED_OUT_OF_TURN, 6, (1, 2))],
    ),
    "a number that was never taken": (
        [entry("called", 7, 0, 1)],
        [(Fault.NOT_WAITING, 1, ()), (Fault.NUMBER_MISSING, 0, (7,))],
    ),
    "called twice": (
        [*DAY[:3], entry("called", 1, 3, 2)],
        [(Fault.NOT_WAITING, 4, ())],
    ),
    "called after closing": (
        [entry("taken", 1, 0), entry("closed", 1, 1), entry("called", 1, 2, 1)],
        [(Fault.NOT_WAITING, 3, ())],
    ),
    "closed while at a window": (
        [*DAY[:3], entry("closed", 1, 3)],
        [(Fault.NOT_WAITING, 4, ())],
    ),
    "two people at one window": (
        [*DAY[:3], entry("called", 2, 3, 1)],
        [(Fault.WINDOW_TAKEN, 4, (1,))],
    ),
    "a call to nowhere": (
        [entry("taken", 1, 0), entry("called", 1, 1)],
        [(Fault.NO_WINDOW, 2, ())],
    ),
    "served without a call": (
        [entry("taken", 1, 0), entry("served", 1, 1)],
        [(Fault.NOT_CALLED, 2, ())],
    ),
    "served at another window": (
        [*DAY[:3], entry("served", 1, 3, 2)],
        [(Fault.OTHER_WINDOW, 4, ())],
    ),
    "a number is missing": (
        [entry("taken", 1, 0), entry("taken", 3, 1)],
        [(Fault.NUMBER_MISSING, 0, (2,))],
    ),
    "a number was given twice": (
        [entry("taken", 1, 0), entry("taken", 1, 1)],
        [(Fault.NUMBER_DOUBLED, 2, ())],
    ),
    "numbers run backwards": (
        [entry("taken", 2, 0), entry("taken", 1, 1)],
        [(Fault.NUMBER_BACKWARDS, 2, (2,))],
    ),
    "time runs backwards": (
        [entry("taken", 1, 5), entry("taken", 2, 4)],
        [(Fault.TIME_BACKWARDS, 2, ())],
    ),
}


@pytest.mark.parametrize("story", FORGED)
def test_each_forgery_is_named(story: str) -> None:
    log, expected = FORGED[story]

    assert named(prove(log)) == expected


def test_who_comes_after_a_closing_passes_nobody_over() -> None:
    log = [entry("taken", 1, 0), entry("closed", 1, 1), entry("taken", 2, 2), entry("called", 2, 3, 1)]

    assert prove(log).holds


def test_numbers_that_were_given_and_are_not_in_the_log_are_missing() -> None:
    assert named(prove(DAY, given=6)) == [(Fault.NUMBER_MISSING, 0, (5,)), (Fault.NUMBER_MISSING, 0, (6,))]


def test_clocks_may_differ_by_a_little_between_tickets_and_never_within_one() -> None:
    second = timedelta(seconds=1)
    early = [entry("taken", 1, 1), replace(entry("taken", 2, 1), at=NINE + MINUTE - second)]
    called_before = [entry("taken", 1, 1), replace(entry("called", 1, 1, 1), at=NINE + MINUTE - second)]

    assert prove(early, leeway=second).holds
    assert named(prove(early, leeway=second / 2)) == [(Fault.TIME_BACKWARDS, 2, ())]
    assert named(prove(called_before, leeway=second)) == [(Fault.TIME_BACKWARDS, 2, ())]


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="entry 1"):
        prove([Entry(What.TAKEN, 1, datetime(2026, 3, 16))])  # noqa: DTZ001 - it is refused


# Any day.


@st.composite
def strict_days(draw: Any, *, first: tuple[str, ...] = ()) -> Log:
    """A day of a strict line, whatever its windows do: people come, are called, go; at last reception closes."""
    windows = range(1, draw(st.integers(1, 4)) + 1)
    steps = draw(st.lists(st.sampled_from(["take", "take", "call", "end", "end"]), max_size=60))
    log: Log = []
    waiting: list[int] = []
    busy: dict[int, int] = {}
    given_out = 0
    for minute, step in enumerate([*first, *steps]):
        free = [window for window in windows if window not in busy]
        if step == "take":
            given_out += 1
            waiting.append(given_out)
            log.append(entry("taken", given_out, minute))
        elif step == "call" and waiting and free:
            window = draw(st.sampled_from(free))
            busy[window] = waiting.pop(0)
            log.append(entry("called", busy[window], minute, window))
        elif step == "end" and busy:
            window = draw(st.sampled_from(sorted(busy)))
            how = draw(st.sampled_from(["served", "no_show"]))
            log.append(entry(how, busy.pop(window), minute, window))
    closing = len(first) + 60
    if draw(st.booleans()):
        log += [entry("closed", number, closing) for number in waiting]
    return log


@given(strict_days())
def test_every_strict_day_is_proved(log: Log) -> None:
    found = prove(log, given=sum(one.what is What.TAKEN for one in log))

    assert named(found) == []
    assert found.taken == found.called + found.closed + len(found.waiting)
    assert found.called == found.no_shows + found.served + len(found.at_windows)


BUSY = strict_days(first=("take", "take", "call", "end", "call"))
"""Days on which at least two people were called."""


def _places(log: Log, *what: What) -> list[int]:
    return [place for place, one in enumerate(log) if one.what in what]


@given(BUSY, st.data())
def test_two_calls_that_were_exchanged_are_named(log: Log, data: st.DataObject) -> None:
    calls = _places(log, What.CALLED)
    first = data.draw(st.sampled_from(calls[:-1]))
    second = data.draw(st.sampled_from([place for place in calls if place > first]))
    forged = list(log)
    forged[first] = replace(log[first], number=log[second].number)
    forged[second] = replace(log[second], number=log[first].number)

    faults = {(one.fault, one.place) for one in prove(forged).violations}

    was_there = log[second].number in {one.number for one in log[:first]}
    assert ((Fault.OUT_OF_TURN if was_there else Fault.NOT_WAITING), first + 1) in faults


@given(BUSY, st.data())
def test_an_entry_that_was_taken_out_is_named(log: Log, data: st.DataObject) -> None:
    """Of a ticket that went on: a log that ends sooner is one that still runs."""
    later = {(place, one.number) for place, one in enumerate(log)}
    gone = [
        p for p, one in enumerate(log) if any(number == one.number and other > p for other, number in later)
    ]
    place = data.draw(st.sampled_from(gone))

    found = prove(log[:place] + log[place + 1 :])

    assert not found.holds
    if log[place].what is What.TAKEN:
        assert (Fault.NUMBER_MISSING, 0, (log[place].number,)) in named(found)


@given(BUSY, st.data())
def test_an_entry_that_stands_twice_is_named(log: Log, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(log) - 1))

    assert not prove(log[: place + 1] + log[place:]).holds


@given(BUSY, st.data())
def test_a_moment_put_back_is_named(log: Log, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(log) - 1))
    forged = list(log)
    forged[place] = replace(log[place], at=log[place - 1].at - timedelta(microseconds=1))

    assert (Fault.TIME_BACKWARDS, place + 1) in {(one.fault, one.place) for one in prove(forged).violations}


ANYTHING = st.lists(
    st.builds(
        entry,
        st.sampled_from([one.value for one in What]),
        st.integers(1, 4),
        st.integers(0, 5),
        st.none() | st.integers(1, 2),
    ),
    max_size=12,
)


@given(ANYTHING)
def test_whatever_a_log_says_the_calls_that_passed_somebody_over_are_those_and_no_others(log: Log) -> None:
    """An independent reckoning of the one rule that matters, over logs that make no sense at all."""
    expected = Counter()
    for place, one in enumerate(log):
        if one.what is not What.CALLED:
            continue
        before = log[:place]
        for number in range(1, one.number):
            taken = [
                p for p, other in enumerate(before) if other.number == number and other.what is What.TAKEN
            ]
            gone = [
                p for p, other in enumerate(before) if other.number == number and other.what is not What.TAKEN
            ]
            # Who was taken in once waits until something else happens to him; a second taking does not count.
            if taken and not any(p > taken[0] for p in gone):
                expected[place + 1, number] += 1

    found = Counter(
        (one.place, number)
        for one in prove(log).violations
        if one.fault is Fault.OUT_OF_TURN
        for number in one.others
    )

    assert found == expected
