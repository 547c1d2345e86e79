"""What a list says of an opening: what it is, where, how many places are left, whether it is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from joldama.openings.models import Opening
from joldama.standard.kinds import ResultKind
from joldama.ui.templatetags.words import language


@dataclass(frozen=True)
class OpeningRow:
    """An opening in the page's language; `state_key` says whether somebody can be sent there today."""

    opening: Opening
    what: str
    organisation: str
    state_key: str
    state_kind: str
    state_mark: str

    @property
    def kind(self) -> ResultKind:
        """Which of the six kinds sends people there."""
        return self.opening.result_kind


def opening_rows(openings: Iterable[Opening], *, on: date) -> list[OpeningRow]:
    """Tell of openings as they are on a day of the place."""
    return [opening_row(opening, on=on) for opening in openings]


def opening_row(opening: Opening, *, on: date) -> OpeningRow:
    """Tell of an opening as it is on a day of the place."""
    what = opening.course or opening.occupation(language())
    name, kind, mark = _state(opening, on=on)
    organisation = opening.organisation.name(language())
    return OpeningRow(opening, what, organisation, f"openings.state.{name}", kind, mark)


def _state(opening: Opening, *, on: date) -> tuple[str, str, str]:
    if opening.closed_at is not None:
        return "closed", "", "ring"
    if opening.open_from_on > on:
        return "not_yet", "", "ring"
    if not opening.is_open(on=on):
        return "over", "", "ring"
    return ("open", "ok", "tick") if opening.left else ("full", "warn", "warn")
