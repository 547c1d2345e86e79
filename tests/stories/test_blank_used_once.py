"""A38: a blank is used once, whoever presses at the same instant; what is used is not voided, nor the reverse."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from joldama.cases.blanks import PaperBlank
from joldama.cases.models import NonAcceptance
from joldama.people.models import Staff
from joldama.procedures import blanks, paper, paper_line
from joldama.procedures.paper import WrittenNote
from joldama.procedures.paper_line import WrittenTicket
from joldama.procedures.written import CannotBeSo
from joldama.reception.models import PaperTicket
from joldama.standard.blanks import BlankKind
from joldama.standard.grounds import Ground
from tests.factories import world
from tests.factories.world import World
from tests.stories.test_waiting_line_at_once import at_once

NINE = datetime(2015, 9, 15, 3, 0, tzinfo=UTC)
LATER = NINE + timedelta(hours=7)
ROUNDS = 5


@pytest.fixture
def office(database: str) -> World:
    """The office of Astana, in a database to which everybody commits."""
    world.demo_installation()
    return world.office("astana")


def prepared(office: World, kind: BlankKind) -> PaperBlank:
    return blanks.print_blanks({kind: 1}, by=office.head, at=NINE)[0]


def note_on(blank: PaperBlank, office: World) -> Callable[[], str]:
    """Enter a note of its own on a blank; say whether that was possible."""
    written = WrittenNote(
        key=uuid4(),
        noted_at=NINE + timedelta(minutes=5),
        noted_by=office.specialist,
        ground=Ground.ID_EXPIRED,
    )

    def press() -> str:
        try:
            paper.enter_note(written, blank=blank.pk, by=office.head, at=LATER)
        except CannotBeSo as cannot:
            return cannot.key
        return "entered"

    return press


def voided(blank: PaperBlank, by: Staff) -> Callable[[], str]:
    """Void a blank; say whether that was possible."""

    def press() -> str:
        done = blanks.void_blanks([blank.pk], act="3", act_on=date(2015, 9, 15), by=by, at=LATER)
        return "voided" if done else "not voided"

    return press


def test_two_who_enter_on_one_blank_at_once_enter_one(office: World) -> None:
    for turn in range(ROUNDS):
        blank = prepared(office, BlankKind.NOTE)

        answers = at_once(note_on(blank, office), note_on(blank, office))

        assert sorted(answers) == ["entered", "error.paper.blank_used"]
        assert NonAcceptance.objects.count() == turn + 1


def test_entering_and_voiding_at_once_leave_one_of_them(office: World) -> None:
    for _ in range(ROUNDS):
        blank = prepared(office, BlankKind.NOTE)

        answers = at_once(note_on(blank, office), voided(blank, office.head))

        blank.refresh_from_db()
        is_used, is_voided = blank.used_at is not None, blank.voided_at is not None
        assert set(answers) in ({"entered", "not voided"}, {"error.paper.blank_used", "voided"})
        assert (is_used, is_voided) == (answers[0] == "entered", answers[1] == "voided")


def test_one_sheet_sent_twice_at_once_is_entered_once(office: World) -> None:
    blank = prepared(office, BlankKind.LINE)
    rows = [WrittenTicket(number=number, taken_at=NINE + timedelta(minutes=number)) for number in range(1, 6)]

    def press() -> int:
        return len(paper_line.enter_tickets(rows, blank=blank.pk, by=office.head, at=LATER))

    assert sorted(at_once(press, press)) == [0, 5]
    assert PaperTicket.objects.count() == 5
