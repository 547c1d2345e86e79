"""The course of a case as marks on a road: what was, what is now, what comes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from joldama.cases.models import Application
from joldama.journal.models import Event
from joldama.registries.models import Outcome
from joldama.standard.grounds import Ground
from joldama.standard.workflows import ApplicationMove, ApplicationState

Stage = Literal["done", "now", "next", "bad", "sun"]


@dataclass(frozen=True)
class Mark:
    """One mark: the key of its word, its local moment, and how it is drawn."""

    key: str
    at: datetime | None
    stage: Stage


_WORDS = {
    f"case.{ApplicationMove.SUBMIT}": "status.application.SUBMITTED",
    f"case.{ApplicationMove.REGISTER}": "status.application.REGISTERED",
    f"case.{ApplicationMove.REGISTER_AT_COUNTER}": "status.application.REGISTERED",
    "inquiry.answered": "portal.road.answered",
    "deadline.recomputed": "portal.road.recomputed",
    f"case.{ApplicationMove.TAKE}": "status.application.IN_PROGRESS",
    f"case.{ApplicationMove.SIGN}": "status.application.SIGNED",
    f"case.{ApplicationMove.ISSUE}": "status.application.ISSUED",
    f"case.{ApplicationMove.REFUSE}": "status.application.REFUSED",
    f"case.{ApplicationMove.GRANT_BY_COURT}": "status.application.ISSUED",
    f"case.{ApplicationMove.NOT_ACCEPT}": "status.application.NOT_ACCEPTED",
    f"case.{ApplicationMove.WITHDRAW}": "status.application.WITHDRAWN",
}
_DENIED = Ground.DATA_NOT_CONFIRMED.name_key
_BAD = frozenset({"status.application.REFUSED", "status.application.NOT_ACCEPTED", _DENIED})
_AHEAD = (
    ApplicationState.SUBMITTED,
    ApplicationState.REGISTERED,
    ApplicationState.IN_PROGRESS,
    ApplicationState.SIGNED,
    ApplicationState.ISSUED,
)


def road_of(application: Application, events: list[Event]) -> list[Mark]:
    """Lay the road of a case: its marks so far, then what lies ahead until the result."""
    zone = application.place.zone
    marks = [_passed(_key(event), event.at.astimezone(zone)) for event in events if event.name in _WORDS]
    state = ApplicationState(application.state)
    if state in _AHEAD and state is not ApplicationState.ISSUED:
        ahead = _AHEAD[_AHEAD.index(state) + 1 :]
        marks += [Mark(following.text_key, None, "next") for following in ahead[:-1]]
        marks.append(Mark(ahead[-1].text_key, application.due_at.astimezone(zone), "next"))
    return marks


def _key(event: Event) -> str:
    """Give the word of an event; a register that did not confirm the document is not told as one that did."""
    if event.facts.get("outcome", Outcome.CONFIRMED) != Outcome.CONFIRMED:
        return _DENIED
    return _WORDS[event.name]


def _passed(key: str, at: datetime) -> Mark:
    if key in _BAD:
        return Mark(key, at, "bad")
    return Mark(key, at, "sun" if key == ApplicationState.ISSUED.text_key else "done")
