"""The waiting line knows one order: no code of it skips a locked row, and no page names whom to call."""

import pytest

from tests.house.tree import JOLDAMA, Module, assert_none, modules

THE_LINE = (
    *modules(JOLDAMA / "reception"),
    Module(JOLDAMA / "procedures" / "line.py"),
    Module(JOLDAMA / "procedures" / "windows.py"),
    Module(JOLDAMA / "desk" / "views" / "line.py"),
)


def skipping(module: Module) -> list[str]:
    """Name the lines that would leave a locked row out: whoever is behind it would overtake."""
    return [
        f"{module.name}:{number}"
        for number, line in enumerate(module.text.splitlines(), 1)
        if "skip_locked=" in line or "FOR UPDATE SKIP" in line.upper()
    ]


def test_no_code_of_the_line_skips_a_locked_row():
    """R8.1-c"""
    assert_none((line for module in THE_LINE for line in skipping(module)), "Wait for the row instead:")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Line.objects.select_for_update(skip_locked=True)", ["src/joldama/x.py:1"]),
        ('"SELECT 1\\\nfor update skip locked"', ["src/joldama/x.py:2"]),
        ("Line.objects.select_for_update()  # never SKIP LOCKED", []),
    ],
)
def test_a_skipped_row_is_seen(text, lines):
    class Line(Module):
        text = property(lambda self: written)

    written = text

    assert skipping(Line(JOLDAMA / "x.py")) == lines
