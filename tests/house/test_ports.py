"""Whoever stands in for the outside has the signatures of the port it implements.

An adapter, a demonstration's or a test's stand-in names its port in its docstring: "Implements
registries.ports.IdentityRegister".
"""

import importlib
import inspect
import re
from typing import Protocol, get_type_hints

import pytest

from tests.house.tree import JOLDAMA, ROOT, TESTS, modules

_IMPLEMENTS = re.compile(r"Implements ([a-z_]+\.ports\.\w+)")


def ports() -> dict[str, type]:
    found = {}
    for path in sorted(JOLDAMA.glob("*/ports.py")):
        module = importlib.import_module(f"joldama.{path.parent.name}.ports")
        for name, value in vars(module).items():
            if inspect.isclass(value) and getattr(value, "_is_protocol", False) and value is not Protocol:
                found[f"{path.parent.name}.ports.{name}"] = value
    return found


def implementations() -> list[tuple[str, type]]:
    """Return (port, class) for each class that says which port it implements."""
    found = []
    for module in modules(JOLDAMA, TESTS):
        if "Implements " not in module.text or module.path.parent.name == "house":
            continue
        root = JOLDAMA.parent if module.path.is_relative_to(JOLDAMA) else ROOT
        name = ".".join(module.path.relative_to(root).with_suffix("").parts)
        for value in vars(importlib.import_module(name)).values():
            named = _IMPLEMENTS.search(value.__doc__ or "") if inspect.isclass(value) else None
            if named and value.__module__ == name:
                found.append((named.group(1), value))
    return found


def differences(port: type, implementation: type) -> list[str]:
    """Name the methods of a port that the class lacks, or has with another signature."""
    found = []
    for name, wanted in inspect.getmembers(port, inspect.isfunction):
        if name.startswith("_"):
            continue
        given = getattr(implementation, name, None)
        if given is None:
            found.append(f"{implementation.__name__} has no {name}()")
        elif _signature(given) != _signature(wanted):
            found.append(f"{implementation.__name__}.{name}{inspect.signature(given)}")
    return found


def _signature(function) -> tuple[list[tuple[str, str]], dict[str, object]]:
    parameters = [(p.name, p.kind.name) for p in inspect.signature(function).parameters.values()]
    return parameters, get_type_hints(function)


def test_there_are_ports():
    assert "registries.ports.IdentityRegister" in ports()


def test_every_port_has_somebody_who_implements_it_and_nobody_implements_an_unknown_one():
    assert {port for port, _class in implementations()} == set(ports())


@pytest.mark.parametrize(("port", "implementation"), implementations())
def test_an_implementation_has_the_signatures_of_its_port(port, implementation):
    assert differences(ports()[port], implementation) == []


def test_another_signature_is_seen():
    class Register(Protocol):
        def ask(self, question: str, *, at: int) -> str: ...

        def forget(self) -> None: ...

    class Positional:
        def ask(self, question: str, at: int) -> str: ...

    assert differences(Register, Positional) == [
        "Positional.ask(self, question: str, at: int) -> str",
        "Positional has no forget()",
    ]
