from enum import StrEnum

import pytest

from govkz.workflow import IllegalMove, Move, Workflow, faults, mermaid


class Door(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    LOCKED = "locked"


PORTER = frozenset({"porter"})
ANYONE = frozenset({"guest", "porter"})
CLOSE = Move("close", Door.OPEN, Door.CLOSED, ANYONE, "1")
OPEN = Move("open", Door.CLOSED, Door.OPEN, ANYONE, "1")
LOCK = Move("lock", Door.CLOSED, Door.LOCKED, PORTER, "2.1")
HANG = Move("hang", None, Door.CLOSED, PORTER, "3")
DOOR = Workflow([HANG, CLOSE, OPEN, LOCK], initial=[Door.OPEN], final=[Door.LOCKED])


@pytest.mark.parametrize("state", [None, *Door])
@pytest.mark.parametrize("name", ["hang", "close", "open", "lock", "paint"])
def test_only_a_move_of_the_table_is_found(name, state):
    written = {
        ("hang", None): HANG,
        ("close", "open"): CLOSE,
        ("open", "closed"): OPEN,
        ("lock", "closed"): LOCK,
    }

    assert DOOR.find(name, state) == written.get((name, state))


def test_a_move_outside_the_table_is_illegal_and_says_which():
    with pytest.raises(IllegalMove) as caught:
        DOOR.move("lock", Door.OPEN)

    assert (str(caught.value), caught.value.name, caught.value.state) == (
        "no move «lock» from «open»",
        "lock",
        Door.OPEN,
    )


def test_moves_from_a_state_are_those_open_to_the_actor_in_the_order_of_the_table():
    assert DOOR.moves_from(Door.CLOSED) == (OPEN, LOCK)
    assert DOOR.moves_from(Door.CLOSED, "guest") == (OPEN,)
    assert DOOR.moves_from(None, "porter") == (HANG,)
    assert DOOR.moves_from(Door.LOCKED, "porter") == ()


def test_a_sound_table_has_no_faults():
    assert faults(DOOR) == []


def test_every_fault_of_a_table_is_named():
    broken = Workflow(
        [
            CLOSE,
            CLOSE,
            Move("break", Door.OPEN, Door.CLOSED, frozenset(), "1"),
            Move("unlock", Door.LOCKED, Door.OPEN, PORTER, "2"),
        ],
        initial=[Door.OPEN],
        final=[Door.LOCKED],
    )

    assert faults(broken) == [
        "«close» from «open» stands 2 times",
        "nobody may make «break» from «open»",
        "«locked» is never reached",
        "«closed» is not final and nothing leads on",
        "«unlock» leads from final «locked» back to «open»",
    ]


def test_a_final_state_may_lead_to_another_final_state():
    corrected = Workflow(
        [CLOSE, LOCK, Move("seal", Door.CLOSED, Door.LOCKED, PORTER, "2")],
        initial=[Door.OPEN],
        final=[Door.CLOSED, Door.LOCKED],
    )

    assert faults(corrected) == []


def test_the_diagram_has_a_line_for_every_move():
    assert mermaid(DOOR) == (
        "stateDiagram-v2\n"
        "    [*] --> OPEN\n"
        "    [*] --> CLOSED: hang (porter, ¶3)\n"
        "    OPEN --> CLOSED: close (guest, porter, ¶1)\n"
        "    CLOSED --> OPEN: open (guest, porter, ¶1)\n"
        "    CLOSED --> LOCKED: lock (porter, ¶2.1)\n"
        "    LOCKED --> [*]\n"
    )
