"""The table itself: moves, and the questions asked of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

State = TypeVar("State", bound=StrEnum)
Actor = TypeVar("Actor", bound=str)
Name = TypeVar("Name", bound=str)


class IllegalMove(ValueError):
    """The table has no such move from this state; `name` and `state` say which was asked for."""

    def __init__(self, name: str, state: str | None) -> None:
        super().__init__(f"no move «{name}» from «{state}»")
        self.name = name
        self.state = state


@dataclass(frozen=True)
class Move(Generic[Name, State, Actor]):
    """One row: what it is called, from where, to where, by whom, by which paragraph.

    A move without a source brings the thing into being.
    """

    name: Name
    source: State | None
    target: State
    actors: frozenset[Actor]
    paragraph: str


class Workflow(Generic[Name, State, Actor]):
    """All moves of one thing; whatever is not in the table is not possible.

    A final state leaves nothing to be done: the only way on from it leads to another final state.
    """

    def __init__(
        self, moves: Iterable[Move[Name, State, Actor]], *, initial: Iterable[State], final: Iterable[State]
    ) -> None:
        self.moves = tuple(moves)
        self.initial = frozenset(initial)
        self.final = frozenset(final)
        self._by_name_and_source: dict[tuple[str, str | None], Move[Name, State, Actor]] = {
            (move.name, move.source): move for move in reversed(self.moves)
        }

    @property
    def states(self) -> tuple[State, ...]:
        """Every state of the enumeration the table speaks of, in its order."""
        one_of_them = next(iter(self.initial or self.final))
        return tuple(type(one_of_them))

    def find(self, name: str, state: str | None) -> Move[Name, State, Actor] | None:
        """Return the move of this name from this state, or None."""
        return self._by_name_and_source.get((name, state))

    def move(self, name: str, state: str | None) -> Move[Name, State, Actor]:
        """Return the move of this name from this state. Raises IllegalMove."""
        found = self.find(name, state)
        if found is None:
            raise IllegalMove(name, state)
        return found

    def moves_from(self, state: str | None, actor: str | None = None) -> tuple[Move[Name, State, Actor], ...]:
        """Return the moves that start here, in the order of the table; with an actor, those open to him."""
        return tuple(
            move for move in self.moves if move.source == state and (actor is None or actor in move.actors)
        )
