"""Every line of code stands in its room: imports, foreign keys and the clock go downstairs only."""

import ast
from collections.abc import Iterable

import pytest
from django.apps import apps

from tests.house.tree import JOLDAMA, Module, code, dotted, floors, modules, templates

# Who may read the clock of the world, and why; everybody else is handed the moment or asks
# joldama.installation.clock.
THE_CLOCK = "src/joldama/installation/clock.py"
ROOMS_OF_THE_WORLD = {
    "config": "the command line and the start run before there is an installation",
    "demo": "the clock of a demonstration is set by the world's; a second factor counts in it (RFC 6238)",
}
CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "timezone.now",
    "timezone.localtime",
    "timezone.localdate",
    "time.time",
    "time.localtime",
}


def climbing(pairs: Iterable[tuple[str, str]], heights: dict[str, int]) -> list[str]:
    """Name the pairs (from, to) that do not go down; a room may point to itself."""
    return [
        f"{source} → {target}"
        for source, target in pairs
        if source != target and not heights[target] < heights[source]
    ]


def clock_readings(tree: ast.AST) -> list[str]:
    calls = [dotted(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [name for name in calls if ".".join(name.split(".")[-2:]) in CLOCKS]


def test_every_package_of_joldama_has_a_floor():
    packages = {path.parent.name for path in JOLDAMA.glob("*/__init__.py")}

    assert packages - set(floors()) == set()


def test_every_folder_with_code_is_a_package():
    folders = {module.path.parent for module in modules(JOLDAMA)}

    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_foreign_keys_point_down_also_where_they_are_written_as_text():
    pairs = {
        (model.__module__.split(".")[1], field.related_model.__module__.split(".")[1])
        for model in apps.get_models(include_auto_created=True)
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if model.__module__.startswith("joldama.")
        and field.is_relation
        and field.related_model.__module__.startswith("joldama.")
    }

    assert ("cases", "people") in pairs
    assert climbing(sorted(pairs), floors()) == []


def test_a_foreign_key_that_climbs_is_named():
    pairs = [("cases", "people"), ("people", "cases"), ("registries", "signatures")]

    assert climbing(pairs, floors()) == ["people → cases", "registries → signatures"]


def test_nobody_imports_relatively():
    relative = [
        f"{module.name}:{node.lineno}"
        for module in code()
        for node in module.walk()
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert relative == []


def test_the_clock_of_the_world_is_read_where_it_is_allowed_only():
    readers = [module for module in code() if clock_readings(module.tree)]

    assert [m.name for m in readers if m.name != THE_CLOCK and m.room not in ROOMS_OF_THE_WORLD] == []


@pytest.mark.parametrize(
    ("line", "readings"),
    [
        ("datetime.now(UTC)", ["datetime.now"]),
        ("datetime.datetime.now()", ["datetime.datetime.now"]),
        ("timezone.now()", ["timezone.now"]),
        ("now()", []),
        ("time.monotonic()", []),
    ],
)
def test_a_reading_of_the_clock_is_seen(line, readings):
    assert clock_readings(ast.parse(line)) == readings


def test_no_template_reads_the_clock():
    assert [template.name for template in templates() if "{% now" in template.text] == []


def test_a_room_is_the_package_under_joldama():
    assert [Module(JOLDAMA / "cases" / "models.py").room, Module(JOLDAMA / "__init__.py").room] == [
        "cases",
        "",
    ]
