"""The repository as the tests of the house read it: modules, templates, texts, floors."""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JOLDAMA = ROOT / "src" / "joldama"
GOVKZ = ROOT / "govkz" / "src" / "govkz"
TESTS = ROOT / "tests"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

_NOT_OURS = {".git", ".venv", ".hypothesis", "__pycache__", "node_modules", "results", "var", "dist", "build"}


@dataclass(frozen=True)
class Module:
    """A Python file: where it stands, and what it says."""

    path: Path

    @property
    def name(self) -> str:
        """Its path from the root of the repository."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def room(self) -> str:
        """The package directly under joldama in which it stands; empty for anything else."""
        if not self.path.is_relative_to(JOLDAMA):
            return ""
        inside = self.path.relative_to(JOLDAMA).parts
        return inside[0] if len(inside) > 1 else ""

    @property
    def text(self) -> str:
        return _text(self.path)

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.path)

    def walk(self) -> Iterator[ast.AST]:
        return ast.walk(self.tree)


@dataclass(frozen=True)
class Template:
    """A template: its file, and the name by which it is loaded."""

    path: Path
    name: str

    @property
    def text(self) -> str:
        return _text(self.path)


@cache
def modules(*folders: Path) -> tuple[Module, ...]:
    """Return every Python file below the folders."""
    return tuple(
        Module(path) for folder in folders for path in sorted(folder.rglob("*.py")) if _is_ours(path)
    )


def code() -> tuple[Module, ...]:
    """Return the modules of both distributions, migrations excluded."""
    return tuple(module for module in modules(JOLDAMA, GOVKZ) if "migrations" not in module.path.parts)


@cache
def templates() -> tuple[Template, ...]:
    """Return every template of joldama, pages and papers alike."""
    found = []
    for folder in sorted(JOLDAMA.glob("*/templates")):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                found.append(Template(path, path.relative_to(folder).as_posix()))
    return tuple(found)


def files(*suffixes: str) -> tuple[Path, ...]:
    """Return the files of the repository with one of these suffixes (all without one)."""
    return tuple(path for path in _every_file() if not suffixes or path.suffix in suffixes)


@cache
def floors() -> dict[str, int]:
    """Return the floor of each package of joldama, 0 at the bottom, as the import contract says."""
    contracts = PYPROJECT["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["name"] == "the floors of joldama")
    return {
        name.strip(" ()"): height
        for height, layer in enumerate(reversed(layers))
        for name in re.split(r"[|:]", layer)
    }


def assert_none(found: Iterable[object], todo: str) -> None:
    """Hold that nothing was found; say otherwise what was, a line each, and what to do about it."""
    listed = [str(each) for each in found]

    assert not listed, "\n  ".join([todo, *listed])


def dotted(node: ast.AST) -> str:
    """Return the name of an expression like `a.b.c`; empty where it is something else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def constants(tree: ast.AST) -> Iterator[str]:
    """Give every text constant of a tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def patterns(tree: ast.AST) -> Iterator[str]:
    """Give each f-string of a tree as a regular expression; what is filled in may be anything."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values
            )


@cache
def _every_file() -> tuple[Path, ...]:
    found = []
    for path in sorted(ROOT.rglob("*")):
        if path.is_file() and _is_ours(path):
            found.append(path)
    return tuple(found)


def _is_ours(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    caches = [part for part in parts if part.endswith(("_cache", ".egg-info"))]
    return not caches and _NOT_OURS.isdisjoint(parts)


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(_text(path), filename=str(path))
