"""The tables are those of the models, and old migrations do not lean on new code."""

import ast

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import TextField
from django.utils import translation

from tests.house.tree import JOLDAMA, Module, assert_none, modules

MIGRATIONS = [m for m in modules(JOLDAMA) if m.path.parent.name == "migrations" and m.path.stem != "__init__"]
OURS = {config.label for config in apps.get_app_configs() if config.name.startswith("joldama.")}

# What of ours a migration may import: column types, and functions that make a column's default. They are
# part of the schema: they may be extended, and neither renamed nor removed.
STANDING = {
    "joldama.vault.fields": "column types",
    "joldama.cases.codes": "default of references and control codes",
}


def changes(state: ProjectState) -> dict[str, list[str]]:
    """Return what a migration from the recorded ones to `state` would do, by app of ours."""
    loader = MigrationLoader(None)
    with translation.override(None):  # names of Django's own columns would differ by language
        detected = MigrationAutodetector(loader.project_state(), state).changes(graph=loader.graph)
    return {
        app: [operation.describe() for migration in migrations for operation in migration.operations]
        for app, migrations in detected.items()
        if app in OURS
    }


def imported_of_ours(module: Module) -> set[str]:
    found = set()
    for node in module.walk():
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return {name for name in found if name.startswith(("joldama", "govkz"))}


def test_no_model_has_changed_without_its_migration():
    assert changes(ProjectState.from_apps(apps)) == {}


def test_a_column_without_its_migration_is_seen():
    state = ProjectState.from_apps(apps)
    model = ModelState.from_model(apps.get_model("people", "Person"))
    model.fields["nickname"] = TextField(null=True)
    state.models["people", "person"] = model

    assert changes(state) == {"people": ["Add field nickname to person"]}


def test_migrations_import_of_ours_only_what_stands():
    leaning = {
        f"{module.name}: {name}" for module in MIGRATIONS for name in imported_of_ours(module) - set(STANDING)
    }

    assert_none(sorted(leaning), "A migration must not change its meaning when code does:")


def test_migrations_were_read():
    assert "src/joldama/cases/migrations/0001_initial.py" in {module.name for module in MIGRATIONS}
