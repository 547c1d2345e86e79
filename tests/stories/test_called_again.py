"""S01, S19: a call that nobody heard is repeated; nothing moves by it (¶8.1, R8.1-c)."""

import pytest

from joldama.journal.models import Event
from joldama.reception.models import Ticket
from tests.stories.counter import said
from tests.stories.hall import Hall
from tests.stories.town import Town, wall

DAY = "2015-09-15"


@pytest.fixture
def hall(town: Town) -> Hall:
    """The hall of Astana on Tuesday, 15 September 2015; А001 was called at 9:05."""
    town.at(f"{DAY} 09:00")
    hall = Hall(town)
    hall.take()
    town.at(f"{DAY} 09:05")
    hall.call()
    return hall


def ticket() -> Ticket:
    return Ticket.objects.select_related("line__place").get(number=1)


def test_a_call_is_repeated_and_neither_state_nor_clock_nor_order_moves(hall: Hall) -> None:
    before = ticket()
    hall.town.at(f"{DAY} 09:07")

    answer = hall.press(before, "call-again", after="0")

    after = ticket()
    assert answer.status_code == 302
    assert (after.repeats, wall(after.repeated_at)) == (1, f"{DAY} 09:07:00")
    assert (after.state, after.called_at, after.waited) == ("CALLED", before.called_at, before.waited)
    told = Event.objects.get(name="ticket.called_again")
    assert (told.subject, told.paragraph, told.facts["ticket"], told.facts["window"]) == (
        after.pk,
        "8.1",
        1,
        1,
    )
    assert "Called again: 1 (at most 3)" in hall.page()


def test_a_second_click_on_the_same_button_repeats_nothing(hall: Hall) -> None:
    hall.press(ticket(), "call-again", after="0")

    for after in ("0", "", "x", "9" * 5000):
        assert hall.press(ticket(), "call-again", after=after).status_code == 302

    assert ticket().repeats == 1
    assert Event.objects.filter(name="ticket.called_again").count() == 1


def test_after_three_the_button_is_gone_and_a_fourth_says_what_to_do(hall: Hall) -> None:
    for after in ("0", "1", "2"):
        assert "Call again" in hall.page()
        hall.press(ticket(), "call-again", after=after)

    refused = hall.press(ticket(), "call-again", after="3")

    assert refused.status_code == 409
    assert "If the person came, start serving; if not, press “Did not come”." in said(refused)
    assert 'name="after"' not in refused.content.decode()
    assert ticket().repeats == 3


def test_who_has_come_or_was_not_called_is_not_called_again(hall: Hall) -> None:
    waits = hall.take()
    out_of_turn = hall.press(waits, "call-again", after="0")
    hall.serve(ticket())
    come = hall.press(ticket(), "call-again", after="0")

    assert (out_of_turn.status_code, come.status_code) == (409, 302)
    assert Event.objects.filter(name="ticket.called_again").count() == 0


def test_another_office_and_a_head_repeat_nobodys_call(hall: Hall) -> None:
    stranger = hall.town.office("almaty").specialist

    assert hall.press(ticket(), "call-again", by=stranger, after="0").status_code == 404
    assert hall.press(ticket(), "call-again", by=hall.world.head, after="0").status_code in (403, 404)
    assert ticket().repeats == 0
