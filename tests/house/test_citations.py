"""Requirements, readings and scenarios: each that is cited exists, each that is not yet met is listed.

A requirement stands in docs/standard/open.txt until it is met whole; it may leave the list only when code
and a test cite its id, and nothing is ever added to the list.
"""

import pytest
from tools.trace_requirements import CODE, OPEN, TARGET, TESTS, cited_below, cited_in, traced

from joldama.standard.editions import EDITIONS
from tests.house.tree import assert_none

MOST_OPEN = 0
"""How many requirements may stand open: lowered whenever lines are taken out of the list, never raised."""

REQUIREMENTS = {requirement.id for edition in EDITIONS for requirement in edition.requirements}
READINGS = {f"A{number}" for number in range(1, 42)}
SCENARIOS = {f"S{number:02}" for number in (*range(1, 29), *range(30, 48), *range(50, 68))}


def open_requirements() -> list[str]:
    return OPEN.read_text(encoding="utf-8").split()


def test_every_cited_requirement_reading_and_scenario_exists():
    known = REQUIREMENTS | READINGS | SCENARIOS

    unknown = {name: ids - known for name, ids in cited_below((*CODE, *TESTS)).items()}

    assert_none(((name, ids) for name, ids in unknown.items() if ids), "Nothing has these ids:")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("as R4.1-a says (A4), S07", {"R4.1-a", "A4", "S07"}),
        ("RP.1-b, R10.8-a", {"RP.1-b", "R10.8-a"}),
        ("PDF/A-3b on A4x, 1A2, S1", set()),
    ],
)
def test_an_id_is_recognised(text, ids):
    assert cited_in(text) == ids


def test_every_requirement_has_code_and_a_test_or_stands_open():
    in_code = set().union(*cited_below(CODE).values())
    in_tests = set().union(*cited_below(TESTS).values())

    missing = REQUIREMENTS - (in_code & in_tests) - set(open_requirements())

    assert_none(sorted(missing), f"Cite these in code and in a test, or leave them in {OPEN.name}:")


def test_the_list_of_open_requirements_only_shrinks():
    listed = open_requirements()

    assert len(listed) <= MOST_OPEN
    assert sorted(set(listed)) == sorted(listed)
    assert set(listed) - REQUIREMENTS == set()


def test_the_table_of_requirements_says_what_is_cited():
    assert TARGET.read_text(encoding="utf-8") == traced(), "run: python tools/trace_requirements.py"


def test_the_table_names_code_and_tests_of_each_met_requirement():
    rows = [
        line.split(" | ")
        for line in TARGET.read_text(encoding="utf-8").splitlines()
        if line.startswith("| R")
    ]
    met = [row for row in rows if len(row) == 4 and "*open*" not in row[0] and row[0] != "| Requirement"]

    assert len(met) == len(REQUIREMENTS) - len(open_requirements())
    assert [row[0] for row in met if "`src/" not in row[2] and "`govkz/" not in row[2]] == []
    assert [row[0] for row in met if "`tests/" not in row[3]] == []
