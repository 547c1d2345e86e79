"""Documents are held to the code: examples run, links lead somewhere, named files and commands exist."""

import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import govkz
from joldama.config.cli import CONTENTS
from tests.house.tree import ROOT, assert_none, files, floors

DOCUMENTS = [path for path in files(".md") if "node_modules" not in path.parts]
NAMES = [path.relative_to(ROOT).as_posix() for path in DOCUMENTS]
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
_PATH = re.compile(r"`((?:src|tests|docs|govkz|tools|bench)/[\w./-]+)`")
_COMMAND = re.compile(r"(?m)(?:^|`)(?:\./)?joldama ([a-z]+)")


def broken_links(document: Path) -> list[str]:
    found = _LINK.findall(document.read_text(encoding="utf-8"))
    return [link for link in found if "://" not in link and not (document.parent / link).exists()]


def missing_files(document: Path) -> list[str]:
    return [
        path for path in _PATH.findall(document.read_text(encoding="utf-8")) if not (ROOT / path).exists()
    ]


def unknown_commands(text: str) -> list[str]:
    known = {command.name for commands in CONTENTS.values() for command in commands}
    return [name for name in _COMMAND.findall(text) if name not in known]


def test_the_examples_of_govkz_run():
    result = doctest.testfile(str(ROOT / "govkz" / "README.md"), module_relative=False, encoding="utf-8")

    assert (result.failed, result.attempted > 10) == (0, True)


def test_the_examples_in_the_docstrings_of_govkz_run():
    names = [module.name for module in pkgutil.walk_packages(govkz.__path__, "govkz.")]

    results = {name: doctest.testmod(importlib.import_module(name)) for name in names}

    assert {name: result for name, result in results.items() if result.failed} == {}
    assert sum(result.attempted for result in results.values()) > 0


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_links_lead_to_files_that_exist(document):
    assert broken_links(document) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_files_named_in_documents_exist(document):
    assert missing_files(document) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_commands_named_in_documents_exist(document):
    assert unknown_commands(document.read_text(encoding="utf-8")) == []


def test_a_broken_link_a_lost_file_and_an_unknown_command_are_seen(tmp_path):
    document = tmp_path / "lost.md"
    document.write_text("[here](nowhere.md), `src/joldama/nowhere.py`, `./joldama fly`", encoding="utf-8")

    assert broken_links(document) == ["nowhere.md"]
    assert missing_files(document) == ["src/joldama/nowhere.py"]
    assert unknown_commands(document.read_text(encoding="utf-8")) == ["fly"]


def test_decisions_are_numbered_without_a_gap():
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_one_page_of_context_decision_and_consequences(decision):
    text = decision.read_text(encoding="utf-8")

    assert re.findall(r"(?m)^## (.+)$", text) == ["Context", "Decision", "Consequences"]
    assert re.match(rf"# {int(decision.name[:4])}\. \S", text)
    assert len(text.splitlines()) <= 60


def test_every_room_of_the_floors_stands_on_the_napkin():
    architecture = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    napkin = architecture.split("```")[1]

    assert_none((room for room in floors() if not re.search(rf"\b{room}\b", napkin)), "Draw these rooms:")
