"""S25: the conditions of kinds are dated data, and judged in three answers (A14, A39)."""

from datetime import date

import pytest

from joldama.standard.editions import current
from joldama.standard.eligibility import Fact, Standing, age, conditions, eligibility
from joldama.standard.kinds import ResultKind

DAY = date(2015, 9, 15)
YOUTH = {Fact.UNEMPLOYED: True, Fact.GRADUATE: True}


@pytest.mark.parametrize(
    ("born_on", "standing"),
    [
        (date(1985, 9, 16), Standing.MET),
        (date(1985, 9, 15), Standing.NOT_MET),
        (None, Standing.NOT_KNOWN),
    ],
)
def test_s25_youth_practice_is_for_those_up_to_29_on_the_day(born_on, standing):
    found = eligibility(ResultKind.YOUTH_PRACTICE, on=DAY, born_on=born_on, facts=YOUTH)

    assert found.standing is standing


def test_one_condition_not_met_weighs_more_than_one_not_known():
    found = eligibility(ResultKind.YOUTH_PRACTICE, on=DAY, born_on=date(1980, 1, 1), facts={})

    assert [one.standing for one in found.judged] == [
        Standing.NOT_MET,
        Standing.NOT_KNOWN,
        Standing.NOT_KNOWN,
    ]
    assert (found.standing, [one.most_age for one in found.not_met]) == (Standing.NOT_MET, [29])


@pytest.mark.parametrize("kind", [ResultKind.JOB_PLACEMENT, ResultKind.CAREER_GUIDANCE])
def test_work_and_guidance_are_open_to_whoever_applies(kind):
    assert eligibility(kind, on=DAY, born_on=None, facts={}).standing is Standing.MET


def test_every_condition_names_its_act_its_source_and_its_days():
    found = [one for declared in current().declared_kinds for one in conditions(declared, on=DAY)]

    assert len(found) == 7
    assert [one for one in found if not one.source.startswith("http") or not one.act.number] == []


@pytest.mark.parametrize(("on", "oldest"), [(date(2023, 6, 30), 29), (date(2023, 7, 1), 35)])
def test_a_figure_counts_from_its_day_to_its_day(on, oldest):
    declared = current().declared(ResultKind.YOUTH_PRACTICE)
    found = [one.most_age for one in conditions(declared, on=on) if one.most_age]

    assert found == [oldest]


@pytest.mark.parametrize(
    ("on", "years"),
    [(date(2015, 2, 28), 34), (date(2015, 3, 1), 35), (date(2016, 2, 28), 35), (date(2016, 2, 29), 36)],
)
def test_who_was_born_on_29_february_is_a_year_older_on_1_march(on, years):
    assert age(date(1980, 2, 29), on=on) == years
