"""Every workflow is a sound table, the database knows its states, and nobody moves a case past it."""

import ast
import importlib
import pkgutil
from enum import StrEnum

import joldama.standard
from govkz.workflow import Move, Workflow, faults
from joldama.cases.models import Application
from joldama.complaints.models import Complaint
from joldama.reception.models import Ticket, Window
from joldama.referrals.models import Referral
from joldama.standard.complaint_workflow import COMPLAINT
from joldama.standard.editions import EDITIONS
from joldama.standard.tickets import TICKET
from joldama.standard.windows import WINDOW
from joldama.standard.workflows import APPLICATION, REFERRAL
from tests.house.tree import JOLDAMA, Module, dotted, modules

WHO = frozenset({"porter"})


class Door(StrEnum):
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    LOST = "LOST"


def workflows() -> dict[str, Workflow]:
    found = {}
    for module in pkgutil.walk_packages(joldama.standard.__path__, "joldama.standard."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, Workflow):
                found[name] = value
    return found


def pushes(module: Module) -> list[str]:
    """Name the lines that set a state without asking the table: `.state = …`, `.update(state=…)`."""
    lines = []
    for node in module.walk():
        targets = node.targets if isinstance(node, ast.Assign) else []
        assigned = any(
            isinstance(target, ast.Attribute) and target.attr == "state" and dotted(target.value) != "self"
            for target in targets
        )
        updated = (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "update"
            and any(keyword.arg == "state" for keyword in node.keywords)
        )
        if assigned or updated:
            lines.append(f"{module.name}:{node.lineno}")
    return lines


def test_every_move_is_reachable_none_stands_twice_and_final_means_final():
    assert {name: faults(workflow) for name, workflow in workflows().items()} == {
        "APPLICATION": [],
        "COMPLAINT": [],
        "REFERRAL": [],
        "TICKET": [],
        "WINDOW": [],
    }


def test_a_faulty_table_is_named():
    broken = Workflow(
        [
            Move("close", Door.OPEN, Door.CLOSED, WHO, "1"),
            Move("close", Door.OPEN, Door.CLOSED, frozenset(), "1"),
            Move("open", Door.CLOSED, Door.OPEN, WHO, "1"),
        ],
        initial=[Door.OPEN],
        final=[Door.CLOSED],
    )

    assert faults(broken) == [
        "«close» from «OPEN» stands 2 times",
        "nobody may make «close» from «OPEN»",
        "«LOST» is never reached",
        "«LOST» is not final and nothing leads on",
        "«open» leads from final «CLOSED» back to «OPEN»",
    ]


def test_the_columns_of_states_hold_the_states_of_their_tables():
    assert {
        model: {value for value, _ in model._meta.get_field("state").choices}
        for model in (Application, Complaint, Referral, Ticket, Window)
    } == {
        Application: set(APPLICATION.states),
        Complaint: set(COMPLAINT.states),
        Referral: set(REFERRAL.states),
        Ticket: set(TICKET.states),
        Window: set(WINDOW.states),
    }


def test_every_move_names_a_known_paragraph():
    known = {passage.paragraph for edition in EDITIONS for passage in edition.passages}

    assert {move.paragraph for w in workflows().values() for move in w.moves} - known == set()


def test_states_are_set_by_operations_only():
    others = [module for module in modules(JOLDAMA) if module.path.name != "operations.py"]
    # The signer holds no cases: `state` is what its own little server remembers.
    rooms = [module for module in others if "signer" not in module.path.parts]

    assert [line for module in rooms for line in pushes(module)] == []


def test_operations_do_set_states():
    rooms = ("cases", "complaints", "reception", "referrals")
    operations = [Module(JOLDAMA / room / "operations.py") for room in rooms]

    assert [bool(pushes(module)) for module in operations] == [True] * 4
