"""Requirements, readings and scenarios: each that is cited exists, each that is not yet met is listed.

A requirement stands in docs/standard/open.txt until it is met whole; it may leave the list only when code
and a test cite its id, and nothing is ever added to the list.
"""

import re
from pathlib import Path

import pytest

from joldama.standard.editions import EDITIONS
from tests.house.tree import GOVKZ, JOLDAMA, ROOT, TESTS, assert_none, files

OPEN = ROOT / "docs" / "standard" / "open.txt"
MOST_OPEN = 47
"""How many requirements may stand open: lowered whenever lines are taken out of the list, never raised."""

REQUIREMENTS = {requirement.id for edition in EDITIONS for requirement in edition.requirements}
READINGS = {f"A{number}" for number in range(1, 42)}
SCENARIOS = {f"S{number:02}" for number in (*range(1, 29), *range(30, 48), *range(50, 68))}

_CITED = re.compile(r"\b(R(?:\d+|P)\.\d+-[a-z]|A\d{1,2}|S\d{2})\b")
_READ = (".py", ".html", ".typ")
_DATA = "requirements.toml"


def cited_in(text: str) -> set[str]:
    return set(_CITED.findall(text))


def cited_below(*folders: Path) -> dict[str, set[str]]:
    """Return the ids cited in each file below the folders, this one excepted."""
    return {
        path.relative_to(ROOT).as_posix(): cited_in(path.read_text(encoding="utf-8"))
        for path in files(*_READ)
        if any(path.is_relative_to(folder) for folder in folders) and path != Path(__file__)
    }


def open_requirements() -> list[str]:
    return OPEN.read_text(encoding="utf-8").split()


def test_every_cited_requirement_reading_and_scenario_exists():
    known = REQUIREMENTS | READINGS | SCENARIOS

    unknown = {name: ids - known for name, ids in cited_below(JOLDAMA, GOVKZ, TESTS).items()}

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
    in_code = set().union(*cited_below(JOLDAMA, GOVKZ).values())
    in_tests = set().union(*cited_below(TESTS).values())

    missing = REQUIREMENTS - (in_code & in_tests) - set(open_requirements())

    assert_none(sorted(missing), f"Cite these in code and in a test, or leave them in {OPEN.name}:")


def test_the_list_of_open_requirements_only_shrinks():
    listed = open_requirements()

    assert len(listed) <= MOST_OPEN
    assert sorted(set(listed)) == sorted(listed)
    assert set(listed) - REQUIREMENTS == set()
