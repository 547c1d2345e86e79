"""S25: asking is fair: rules answer alike whoever asks, and knowing more takes no answer back (A14, A39)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joldama.standard.editions import current
from joldama.standard.eligibility import (
    RULES,
    Fact,
    Standing,
    Undecidable,
    conditions,
    eligibility,
    others,
    read_rules,
    rule,
)
from joldama.standard.kinds import ResultKind

_HEIGHT = {Standing.NOT_MET: 0, Standing.NOT_KNOWN: 1, Standing.MET: 2}
_TRUTH = {False: 0, None: 1, True: 2}

days = st.dates(date(2015, 4, 28), date(2030, 12, 31))
births = st.none() | st.dates(date(1930, 1, 1), date(2010, 12, 31))
facts = st.dictionaries(st.sampled_from(Fact), st.booleans())
kinds = st.sampled_from(ResultKind)


@given(kinds, days, births, facts, facts, births)
def test_knowing_more_settles_what_was_open_and_takes_back_nothing(
    kind, on, born_on, known, more, born_later
):
    """A39"""
    before = eligibility(kind, on=on, born_on=born_on, facts=known).standing

    after = eligibility(kind, on=on, born_on=born_on or born_later, facts={**more, **known}).standing

    assert before in (after, Standing.NOT_KNOWN)


@given(kinds, days, births, facts, facts)
def test_who_fulfils_more_is_never_worse_off(kind, on, born_on, less, more):
    """Of every fact at least as much holds: no answer falls."""
    better = {fact: max(less.get(fact), more.get(fact), key=_TRUTH.__getitem__) for fact in Fact}
    better = {fact: holds for fact, holds in better.items() if holds is not None}

    low, high = (eligibility(kind, on=on, born_on=born_on, facts=each).standing for each in (less, better))

    assert _HEIGHT[low] <= _HEIGHT[high]


@given(kinds, days, births.filter(bool), facts, st.integers(0, 20_000))
def test_who_is_younger_is_never_worse_off(kind, on, born_on, known, later):
    """Every age there is, is a highest one."""
    younger = min(born_on + timedelta(days=later), on)

    old, young = (eligibility(kind, on=on, born_on=each, facts=known).standing for each in (born_on, younger))

    assert born_on > on or _HEIGHT[old] <= _HEIGHT[young]


@given(kinds, days, births, births, facts)
def test_age_changes_nothing_where_no_condition_is_of_age(kind, on, born_on, other, known):
    of_age = any(one.most_age is not None for one in conditions(current().declared(kind), on=on))

    one, two = (eligibility(kind, on=on, born_on=each, facts=known) for each in (born_on, other))

    assert of_age or one == two


@given(kinds, days, births, facts, facts)
def test_what_no_condition_names_changes_nothing(kind, on, born_on, known, besides):
    named = {one.fact for one in conditions(current().declared(kind), on=on)}
    irrelevant = {fact: holds for fact, holds in besides.items() if fact not in named}

    assert eligibility(kind, on=on, born_on=born_on, facts={**known, **irrelevant}) == eligibility(
        kind, on=on, born_on=born_on, facts=known
    )


@given(kinds, days, births, facts, st.permutations(ResultKind))
def test_the_others_are_those_surely_open_in_the_order_asked_and_guidance_last_and_always(
    asked, on, born_on, known, order
):
    """A14"""
    judged = [eligibility(kind, on=on, born_on=born_on, facts=known) for kind in order]

    found = others(judged, asked=asked)

    *first, last = found
    open_ones = {one.kind for one in judged if one.standing is Standing.MET}
    assert last is ResultKind.CAREER_GUIDANCE
    assert first == [kind for kind in order if kind in open_ones - {asked, ResultKind.CAREER_GUIDANCE}]


@given(days, births, facts)
def test_guidance_and_work_are_open_to_whoever_applies(on, born_on, known):
    for kind in (ResultKind.CAREER_GUIDANCE, ResultKind.JOB_PLACEMENT):
        assert eligibility(kind, on=on, born_on=born_on, facts=known).standing is Standing.MET


def test_every_rule_a_kind_names_exists_and_every_rule_is_named():
    named = {one.rule for one in current().declared_kinds if one.rule}

    assert named == {one.rule for one in read_rules(RULES)}
    assert all(rule(one) for one in current().declared_kinds if one.rule)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('fact = "unemployed"', 'fact = "woman"'),
        ('fact = "graduate"', 'fact = "kazakh_speaker"'),
        ("most_age = 29", 'citizenship = "KZ"'),
        ("most_age = 29", 'most_age = 29\nfact = "unemployed"'),
        ("most_age = 29", "least_age = 18"),
    ],
)
def test_a_condition_can_ask_for_nothing_but_the_closed_list_of_facts_and_an_age(tmp_path, before, after):
    """No protected trait can come in as data: sex, language, citizenship are not in the list."""
    text = RULES.read_text(encoding="utf-8")
    assert before in text
    changed = tmp_path / "rules.toml"
    changed.write_text(text.replace(before, after, 1), encoding="utf-8")

    with pytest.raises((Undecidable, ValueError)):
        read_rules(changed)
