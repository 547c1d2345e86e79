"""Tests can fail, and none is left out in silence."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.tree import PYPROJECT, ROOT, TESTS, assert_none, dotted, modules

SUITE = [module for module in modules(TESTS) if module.path.name.startswith("test_")]
# Calls that fail by themselves when something is not as it should be.
_HOLDING = re.compile(r"(?:^|_)(?:assert|expect)")
_RAISING = {"pytest.raises", "pytest.warns", "pytest.fail"}
_LEAVING_OUT = {"skip", "skipif", "xfail", "importorskip"}


def written_tests(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node


def can_fail(node: ast.AST, helpers: frozenset[str] = frozenset()) -> bool:
    """Say whether something in a function can fail; `helpers` are functions known to."""
    for part in ast.walk(node):
        if isinstance(part, ast.Assert):
            return True
        if isinstance(part, ast.Call):
            name = dotted(part.func) or getattr(part.func, "attr", "")
            if name in _RAISING or name in helpers or _HOLDING.search(name.rpartition(".")[2]):
                return True
    return False


def helpers_of(tree: ast.Module) -> frozenset[str]:
    """Return the functions of a module, tests excepted, that can fail by themselves."""
    written = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return frozenset(node.name for node in written if not node.name.startswith("test_") and can_fail(node))


def left_out_in_silence(tree: ast.AST) -> list[int]:
    """Return the lines at which a test is left out without saying why."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    called = {id(call.func) for call in calls}
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and id(node) not in called]
    bare = [node for node in named if _leaves_out(node)]
    silent = [call for call in calls if _leaves_out(call.func) and not _says_why(call)]
    return sorted(node.lineno for node in (*bare, *silent))


def _leaves_out(node: ast.AST) -> bool:
    name = dotted(node)
    return name.startswith("pytest.") and name.rpartition(".")[2] in _LEAVING_OUT


def _says_why(call: ast.Call) -> bool:
    if any(keyword.arg == "reason" for keyword in call.keywords):
        return True
    return dotted(call.func) in ("pytest.skip", "pytest.xfail", "pytest.importorskip") and bool(call.args)


def test_warnings_are_errors_the_network_is_shut_and_markers_are_known():
    options = PYPROJECT["tool"]["pytest"]["ini_options"]

    assert options["filterwarnings"][0] == "error"
    assert {"--disable-socket", "--strict-markers"} <= set(options["addopts"].split())


def test_every_warning_that_is_let_through_says_why():
    lines = [line.strip() for line in (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()]
    let_through = PYPROJECT["tool"]["pytest"]["ini_options"]["filterwarnings"][1:]

    said = {
        lines[number].strip("\"',") for number in range(1, len(lines)) if lines[number - 1].startswith("#")
    }

    assert_none(set(let_through) - said, "Say above it why this warning is let through:")


def test_every_test_can_fail():
    idle = [
        f"{module.name}: {test.name}"
        for module in SUITE
        for test in written_tests(module.tree)
        if not can_fail(test, helpers_of(module.tree))
    ]

    assert_none(idle, "A test without an assertion proves nothing:")


def test_no_test_is_left_out_without_a_reason():
    silent = [f"{module.name}:{line}" for module in SUITE for line in left_out_in_silence(module.tree)]

    assert_none(silent, "Say why the test is left out:")


def test_no_test_stands_twice_in_a_module():
    doubled = [
        f"{module.name}: {name}"
        for module in SUITE
        for name in _doubled([test.name for test in module.tree.body if isinstance(test, ast.FunctionDef)])
    ]

    assert_none(doubled, "The second hides the first:")


def test_no_test_sleeps():
    sleeping = [
        f"{module.name}:{node.lineno}"
        for module in SUITE
        for node in module.walk()
        if isinstance(node, ast.Call) and dotted(node.func) in ("time.sleep", "asyncio.sleep", "sleep")
    ]

    assert_none(sleeping, "Wait for the thing, not for the time:")


def test_the_files_of_tests_have_names_of_their_own():
    # Folders without __init__.py share one space of names.
    shared = [m.path.name for m in SUITE if not (m.path.parent / "__init__.py").exists()]

    assert _doubled(shared) == []


def _doubled(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


@pytest.mark.parametrize(
    ("body", "fails"),
    [
        ("assert x", True),
        ("with pytest.raises(ValueError): x()", True),
        ("expect(page).to_have_title('a')", True),
        ("assert_none(x, 'y')", True),
        ("with django_assert_num_queries(3): x()", True),
        ("print(x)", False),
    ],
)
def test_a_test_that_cannot_fail_is_seen(body, fails):
    assert can_fail(ast.parse(f"def test_it():\n    {body}")) is fails


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("@pytest.mark.skip\ndef test_it(): ...", [1]),
        ("@pytest.mark.skip(reason='slow')\ndef test_it(): ...", []),
        ("@pytest.mark.skipif(x)\ndef test_it(): ...", [1]),
        ("pytest.skip('no browser')", []),
        ("pytest.skip()", [1]),
    ],
)
def test_a_test_left_out_in_silence_is_seen(line, found):
    assert left_out_in_silence(ast.parse(line)) == found
