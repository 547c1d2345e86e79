"""Every key that code or a template says exists; no topic file keeps a text that nobody says."""

import ast
import re
import tomllib
from collections.abc import Iterator

import pytest

from joldama.standard.words import texts
from tests.house.tree import JOLDAMA, Module, assert_none, code, constants, dotted, patterns, templates

TEXTS = JOLDAMA / "standard" / "texts"
# Functions and tags whose first text is a key.
SAYING = {"say", "parts", "Phrase", "NotYet", "has", "text", "phrase"}
FAMILIES = {key.partition(".")[0] for key in texts()}

# What looks like a key and is something else.
NO_KEYS = {"form.signing": "a form of class signing, as a style sheet names it"}

_KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[A-Za-z0-9_-]+)+")
_BUILT = re.compile(r"[a-z_]+\\\.")  # the pattern of a key begins with its family, or matches too much
_FILE = re.compile(r".*\.(?:toml|csv|json|html|css|js|py|pdf|typ)")
_QUOTED = re.compile(r"""["']([a-z][a-z0-9_]*(?:\.[A-Za-z0-9_-]+)+)["']""")
_TEMPLATE_TAG = re.compile(r"\{[%{](.*?)[%}]\}", re.DOTALL)


def said_in(module: Module) -> Iterator[tuple[str, str]]:
    """Give (place, key) for each key handed to a function that says it, f-strings as patterns."""
    for node in module.walk():
        if not isinstance(node, ast.Call):
            continue
        if dotted(node.func).rpartition(".")[2] in SAYING and node.args:
            place = f"{module.name}:{node.lineno}"
            for key in _keys_of(node.args[0]):
                yield place, key


def _keys_of(argument: ast.expr) -> Iterator[str]:
    if isinstance(argument, ast.IfExp):
        yield from _keys_of(argument.body)
        yield from _keys_of(argument.orelse)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        if _KEY.fullmatch(argument.value):
            yield re.escape(argument.value)
    elif isinstance(argument, ast.JoinedStr):
        yield from (pattern for pattern in patterns(argument) if _BUILT.match(pattern))


def events_of(module: Module) -> Iterator[str]:
    """Give the names of the events a module records in the journal, which look like keys."""
    for node in module.walk():
        if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] == "record" and node.args:
            yield from constants(node.args[0])


def keys_in_templates() -> Iterator[tuple[str, str]]:
    """Give (template, key) for each quoted text of a known family inside a template's tags."""
    for template in templates():
        for tag in _TEMPLATE_TAG.findall(template.text):
            for text in _QUOTED.findall(tag):
                if text.partition(".")[0] in FAMILIES:
                    yield template.name, text


def is_said(pattern: str) -> bool:
    return any(re.fullmatch(pattern, key) for key in texts())


def keys_written() -> set[str]:
    """Return as patterns every text that may be a key, wherever it stands in code and templates."""
    found = {re.escape(key) for _template, key in keys_in_templates()}
    for module in code():
        plain = {text for text in constants(module.tree) if text.partition(".")[0] in FAMILIES}
        found |= {re.escape(text) for text in plain}
        for pattern in patterns(module.tree):
            # `f"{stem}.point"`: the stems are texts of the same module.
            stems = map(re.escape, plain) if pattern.startswith(".+") else [""]
            found |= {stem + pattern.removeprefix(".+") for stem in stems}
    return {pattern for pattern in found if _BUILT.match(pattern)}


def test_every_key_said_in_code_exists():
    unknown = [f"{place}: {key}" for module in code() for place, key in said_in(module) if not is_said(key)]

    assert_none(unknown, "Add the texts (kk, ru, en) or correct the keys:")


def test_every_text_that_looks_like_a_key_is_one():
    written = {text: module.name for module in code() for text in constants(module.tree)}
    events = {text for module in code() for text in events_of(module)}

    unknown = [
        f"{module}: {text}"
        for text, module in written.items()
        if text.partition(".")[0] in FAMILIES
        and _KEY.fullmatch(text)
        and text not in events | set(NO_KEYS)
        and not _FILE.fullmatch(text)
        # A family with its first word stands for the texts below it: f"{stem}.point".
        and not any(key == text or key.startswith(f"{text}.") for key in texts())
    ]

    assert_none(unknown, "Add the texts (kk, ru, en) or correct the keys:")


def test_every_key_said_in_a_template_exists():
    unknown = [f"{name}: {key}" for name, key in keys_in_templates() if key not in texts()]

    assert_none(unknown, "Add the texts (kk, ru, en) or correct the keys:")


def test_no_topic_file_keeps_a_text_that_nobody_says():
    said = re.compile("|".join(sorted(keys_written())))
    unsaid = [
        f"{path.name}: {key}"
        for path in sorted(TEXTS.glob("*.toml"))
        if not path.name.startswith("catalogue-")
        for key in tomllib.loads(path.read_text(encoding="utf-8"))
        if not said.fullmatch(key.removesuffix(".hint"))  # a hint is said with its label (ui.forms)
    ]

    assert_none(unsaid, "Say these texts or take them out:")


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ('say("label.iin", language)', [r"label\.iin"]),
        ('words.say("a.b" if x else "c.d", language)', [r"a\.b", r"c\.d"]),
        ('raise NotYet(f"error.{name}")', [r"error\..+"]),
        ("say(key, language)", []),
    ],
)
def test_a_key_is_found_where_it_is_said(line, keys):
    class Line(Module):
        tree = ast.parse(line)

    assert [key for _place, key in said_in(Line(JOLDAMA / "x.py"))] == keys


def test_an_unknown_key_is_seen():
    assert [is_said(r"label\.iin"), is_said(r"label\.nobody_wrote_this"), is_said(r"label\..+")] == [
        True,
        False,
        True,
    ]
