"""What the repository holds: nothing of the machine it was written on, and no module of two things."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import GOVKZ, JOLDAMA, ROOT, assert_none, files, modules

LONGEST_MODULE = 400
"""Lines; past it a second thing has moved in."""
NOT_TEXT = {
    ".woff2",
    ".ttf",
    ".png",
    ".jpg",
    ".ico",
    ".pdf",
    ".der",
    ".cer",
    ".crt",
    ".crl",
    ".p12",
    ".cms",
    ".gz",
}

# Written in pieces, so that this file does not find itself.
FOREIGN = [rf"(?<![\w.])/{folder}/" for folder in ("work", "home", "root", "Users")] + [
    r"/tmp/" + "plan",
    r"pypi" + r"\.(?:org|io)",
    r"files\.python" + "hosted",
    r"index-url[= ]+" + r"https?://",
    r"(?i)\b(?:devpi|artifactory|nexus)" + r"\.",
]
# Said to people: where a program is told to look, not where it was written.
SPOKEN_OF = {"tests/joldama/config/test_bootstrap.py", "tests/house/test_locks.py"}
NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "data", "info", "misc", "common"}


def foreign_to(text: str) -> list[str]:
    return [found.group() for pattern in FOREIGN for found in re.finditer(pattern, text)]


def texts() -> list[Path]:
    return [path for path in files() if path.suffix not in NOT_TEXT and path.name not in ("LICENSE",)]


def test_no_file_speaks_of_the_machine_it_was_written_on():
    speaking = [
        f"{path.relative_to(ROOT)}: {found}"
        for path in texts()
        if path.relative_to(ROOT).as_posix() not in SPOKEN_OF
        for found in foreign_to(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert_none(speaking, "A path or an address of one machine:")


@pytest.mark.parametrize(
    ("text", "is_foreign"),
    [
        ("see /" + "work/main", True),
        ("https://pypi" + ".org/simple", True),
        ("docs/work/plan.md", False),
        ("/var/lib/joldama and /etc/joldama", False),
    ],
)
def test_a_path_of_a_machine_is_seen(text, is_foreign):
    assert bool(foreign_to(text)) is is_foreign


def test_every_module_is_one_thing():
    long = [
        f"{module.name}: {len(module.text.splitlines())} lines"
        for module in modules(JOLDAMA, GOVKZ)
        if len(module.text.splitlines()) > LONGEST_MODULE
    ]

    assert_none(long, f"Longer than {LONGEST_MODULE} lines; which second thing moved in?")


def test_modules_have_names_that_say_something():
    nameless = [
        m.name for m in modules(JOLDAMA, GOVKZ) if m.path.stem in NAMES or m.path.parent.name in NAMES
    ]

    assert nameless == []


def test_every_module_opens_with_a_sentence():
    silent = [
        module.name
        for module in modules(JOLDAMA, GOVKZ)
        if "migrations" not in module.path.parts
        and module.path.name != "apps.py"
        and module.tree.body
        and not ast.get_docstring(module.tree)
    ]

    assert_none(silent, "Say in the first line which one thing this module tells:")


def test_no_line_was_left_for_later():
    later = [
        f"{module.name}:{number}"
        for module in modules(JOLDAMA, GOVKZ)
        for number, line in enumerate(module.text.splitlines(), 1)
        if re.search(r"#.*\b(?:TODO|FIXME|XXX|HACK)\b", line)
    ]

    assert_none(later, "An issue, or a line in docs/moves.md, is found again:")
