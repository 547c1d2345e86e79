"""Each variable that is read from the environment is documented, and each documented one is read."""

import ast
import re

import pytest

from tests.house.tree import ROOT, Module, code, constants, modules

DOCUMENT = ROOT / "docs" / "settings.md"
SCRIPTS = [ROOT / "joldama", ROOT / ".ci" / "run"]
PROOFS = modules(ROOT / "tests", ROOT / "bench", ROOT / "tools")

# Set by us for Django itself.
NOT_OURS = {"DJANGO_SETTINGS_MODULE"}

_OURS = re.compile(r"(?:JOLDAMA|GOVKZ)_[A-Z]+(?:_[A-Z]+)*|DATABASE_URL|XDG_(?:[A-Z]+_HOME|RUNTIME_DIR)")
_ROW = re.compile(r"(?m)^\| `([A-Z_]+)` \|")


def read_by(tree: ast.AST) -> set[str]:
    """Return the names of variables that stand as a text of their own in a tree."""
    return {text for text in constants(tree) if _OURS.fullmatch(text)}


def read_anywhere() -> set[str]:
    names = {name for module in (*code(), *PROOFS) if _is_read(module) for name in read_by(module.tree)}
    for script in SCRIPTS:
        names |= set(_OURS.findall(script.read_text(encoding="utf-8")))
    return names - NOT_OURS


def _is_read(module: Module) -> bool:
    return "environ" in module.text and module.path.parent.name != "house"


def test_settings_and_their_document_name_the_same_variables():
    assert set(_ROW.findall(DOCUMENT.read_text(encoding="utf-8"))) == read_anywhere()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ('os.environ.get("JOLDAMA_DATA")', {"JOLDAMA_DATA"}),
        ('os.environ["DATABASE_URL"]', {"DATABASE_URL"}),
        ('"JOLDAMA_DATA names no folder"', set()),
        ('VARIABLE = "GOVKZ_GOST_BACKEND"', {"GOVKZ_GOST_BACKEND"}),
        ("settings.JOLDAMA_KEYS", set()),
    ],
)
def test_a_variable_is_found_where_it_is_read(line, names):
    assert read_by(ast.parse(line)) == names
