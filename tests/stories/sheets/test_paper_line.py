"""S26: the line is kept by hand on a sheet while there is no power, and the head enters it afterwards (R5.1-a)."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.urls import reverse

from joldama.cases.blanks import PaperBlank
from joldama.config import cli, launch
from joldama.config.answering import NO, YES
from joldama.journal.models import Event
from joldama.journal.sealing import seal, sign_checkpoint
from joldama.reception.models import PaperTicket, PaperTicketBlank, Ticket
from tests.stories.counter import Counter, said
from tests.stories.hall import Hall
from tests.stories.sheets.sheet import PACKAGE, SERVED, a_morning, enter, row
from tests.stories.town import wall

NOT_CALLED_1 = {f"{column}_1": "" for column in ("called", "window", "called_by", "how", "ended")}


def test_s26_a_sheet_is_entered_with_its_times_as_written(counter: Counter, sheet: PaperBlank) -> None:
    """R4.2-a, R4.3-a: both clocks run over paper; the machine's own line knows nothing of it."""
    answer = enter(counter, sheet, *a_morning(counter))

    assert answer.status_code == 302, said(answer)
    told = [
        (
            one.name,
            one.state,
            one.end,
            wall(one.taken_at)[11:16],
            one.called_at and wall(one.called_at)[11:16],
        )
        for one in PaperTicket.objects.select_related("blank").order_by("number")
    ]
    assert told == [
        ("Қ3-01", "SERVED", "RESULT", "09:05", "09:10"),
        ("Қ3-02", "NO_SHOW", None, "09:06", "09:31"),
        ("Қ3-03", "SERVED", "ANSWER", "09:07", "09:42"),
    ]
    measured = [
        (
            one.waited.total_seconds() // 60,
            one.is_wait_breached,
            one.served and one.served.total_seconds() // 60,
        )
        for one in PaperTicket.objects.order_by("number")
    ]
    assert measured == [(5, False, 20), (25, False, None), (35, True, 31)]
    assert {wall(one.entered_at) for one in PaperTicket.objects.all()} == {"2015-09-15 16:30:00"}
    assert not Ticket.objects.exists()
    sheet.refresh_from_db()
    assert sheet.used_by == counter.world.head


def test_s26_the_journal_tells_both_moments_of_each_step(counter: Counter, sheet: PaperBlank) -> None:
    enter(counter, sheet, *a_morning(counter))

    events = Event.objects.filter(name__startswith="ticket.").order_by("id")
    told = [(one.name, wall(one.at)[11:16], one.facts["ticket"]) for one in events]
    assert told == [
        ("ticket.taken", "09:05", 1),
        ("ticket.taken", "09:06", 2),
        ("ticket.taken", "09:07", 3),
        ("ticket.called", "09:10", 1),
        ("ticket.served", "09:30", 1),
        ("ticket.called", "09:31", 2),
        ("ticket.no_show", "09:31", 2),
        ("ticket.called", "09:42", 3),
        ("ticket.served", "10:13", 3),
        ("ticket.wait_breached", "09:37", 3),
        ("ticket.serving_breached", "10:12", 3),
    ]
    assert {(one.facts["paper"], wall(one.entered_at), one.actor) for one in events} == {
        (True, "2015-09-15 16:30:00", counter.world.head.pk)
    }
    third = PaperTicket.objects.get(number=3)
    page = said(counter.specialist.get(reverse("desk:paper-ticket", args=[third.pk])))
    assert "Called to a window" in page
    assert "From paper Entered into the system: 16:30 on 15 September 2015" in page
    assert "35 min" in page
    assert "31 min" in page


def test_s26_paper_counts_in_the_figures_of_the_day(counter: Counter, sheet: PaperBlank) -> None:
    """R4.4-a: three waits less one no-show, two servings, one breach of each; each opens its ticket."""
    enter(counter, sheet, *a_morning(counter))

    answer = counter.head.get(reverse("desk:clocks"))

    third = PaperTicket.objects.get(number=3)
    assert answer.content.decode().count(reverse("desk:paper-ticket", args=[third.pk])) == 2
    assert "Қ3-03" in said(answer)


def test_s26_a_call_out_of_turn_is_named_and_entered_once_it_is_confirmed(
    counter: Counter, sheet: PaperBlank
) -> None:
    """R8.1-c: it happened, so it is not refused; the remark says why."""
    rows = (
        row(counter, 1, "9:05", "9:20", ended="9:30", **SERVED),
        row(counter, 2, "9:06", "9:10", ended="9:18", **SERVED),
    )
    asked = enter(counter, sheet, *rows)

    assert asked.status_code == 422
    assert "Қ3-02 was called while Қ3-01 waited" in said(asked)
    assert 'value="9:05"' in asked.content.decode()
    assert not PaperTicket.objects.exists()

    unexplained = enter(counter, sheet, *rows, as_written="on", why="")
    assert unexplained.status_code == 422
    assert not PaperTicket.objects.exists()

    done = enter(counter, sheet, *rows, as_written="on", why="Бірінші адам далаға шыққан")
    assert done.status_code == 302, said(done)
    second = PaperTicket.objects.get(number=2)
    assert second.remark == "Бірінші адам далаға шыққан"
    found = Event.objects.get(name="ticket.out_of_turn")
    assert (found.subject, found.facts["ticket"], found.facts["before"]) == (second.pk, 2, 1)
    page = said(counter.head.get(reverse("desk:paper-line", args=[sheet.pk])))
    assert "Қ3-02 was called while Қ3-01 still waited" in page


def test_s26_the_order_on_paper_is_proved_from_the_journal_or_the_call_is_named(
    counter: Counter, sheet: PaperBlank, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """R8.1-c: `joldama queue prove` reads the moments as they were written."""
    monkeypatch.setattr(launch, "looked_into", lambda name, is_demo: nullcontext())

    def prove() -> tuple[int, str]:
        seal()
        sign_checkpoint(after=timedelta(0))
        code = cli.main(["queue", "prove", "АСТ", "2015-09-15", "--language", "en"])
        return code, capsys.readouterr().out

    enter(counter, sheet, *a_morning(counter))
    held = prove()
    late = row(counter, 5, "10:20", "10:21", ended="10:25", **SERVED)
    waiting = row(counter, 4, "10:15", "10:40", ended="10:45", **SERVED)
    enter(counter, sheet, late, waiting, as_written="on", why="Парақта солай")
    named = prove()

    assert held[0] == YES
    assert "Sheet of paper No. АСТ-Қ-2015-000003, times as written: 3 tickets, 3 calls" in held[1]
    assert named[0] == NO
    assert "ticket Қ3-05 was called out of turn; tickets taken before it were waiting: Қ3-04" in named[1]


def test_s26_a_call_in_turn_is_not_called_out_of_turn(counter: Counter, sheet: PaperBlank) -> None:
    """Negative control: two windows call in the same minute, and one waits on."""
    rows = (
        row(counter, 1, "9:05", "9:10", ended="9:30", **SERVED),
        row(counter, 2, "9:05", "9:10", ended="9:30", window="2", called_by=_colleague(counter), **SERVED),
        row(counter, 3, "9:06"),
    )

    assert enter(counter, sheet, *rows).status_code == 302
    assert not Event.objects.filter(name="ticket.out_of_turn").exists()
    assert "Nobody was called out of turn" in said(
        counter.head.get(reverse("desk:paper-line", args=[sheet.pk]))
    )


def _colleague(counter: Counter) -> str:
    return str(Hall(counter.town).colleague().pk)


@pytest.mark.parametrize(
    ("cells", "at", "words"),
    [
        ({"called_1": "9:00"}, "called_1", "before the step ahead"),
        ({"ended_1": "9:09"}, "ended_1", "before the step ahead"),
        ({"taken_1": "16:31", **NOT_CALLED_1}, "taken_1", "has not come yet"),
        ({"taken_1": ""}, "taken_1", "is not written"),
        ({"how_1": ""}, "how_1", "is not given"),
        ({"ended_1": ""}, "ended_1", "is not written"),
        ({"window_1": ""}, "window_1", "not whole"),
        ({"window_1": "A"}, "window_1", "as a number"),
        ({"window_1": "9" * 5000}, "window_1", "as a number"),
        ({"called_by_1": ""}, "called_by_1", "not whole"),
        ({"called_1": ""}, "called_1", "is not written"),
        ({"taken_1": "9.5"}, "taken_1", ""),
        ({"blanks_1": "7"}, "blanks_1", "no blank No. АСТ-Қ-2015-000007"),
        ({"blanks_1": "3"}, "blanks_1", "no blank No. АСТ-Қ-2015-000003"),
        ({"on": "14.09.2015"}, "taken_1", "prepared later"),
        ({"on": "27.04.2015"}, "taken_1", "not in force yet"),
        ({"on": "01.01.0001"}, "on", "not clear"),
        ({"on": "31.12.9999"}, "taken_1", "has not come yet"),
        ({"on": ""}, "on", ""),
    ],
)
def test_s26_what_cannot_be_so_is_found_before_anything_is_stored(
    counter: Counter, sheet: PaperBlank, cells: dict[str, str], at: str, words: str
) -> None:
    """Nothing is half-stored: the good row beside it waits; nothing typed is lost."""
    good = row(counter, 2, "9:40", "9:45", ended="9:50", **SERVED)
    bad = row(counter, 1, "9:05", "9:10", ended="9:30", **SERVED) | cells

    answer = enter(counter, sheet, good, bad)

    assert answer.status_code == 422
    assert f'href="#id_{at}"' in answer.content.decode()
    assert words in said(answer)
    assert 'value="9:45"' in answer.content.decode()
    assert not PaperTicket.objects.exists()
    assert not Event.objects.filter(name__startswith="ticket.").exists()


@pytest.mark.parametrize(
    ("cells", "at", "words"),
    [
        ({"taken_1": "8:50", "on": "16.09.2015"}, "taken_1", "There is no reception at this time"),
        (
            {"taken_1": "13:05", "called_1": "14:31", "ended_1": "14:40", "on": "16.09.2015"},
            "taken_1",
            "14:30",
        ),
        ({"called_1": "13:05", "ended_1": "13:10", "on": "16.09.2015"}, "called_1", "14:30"),
        ({"on": "19.09.2015"}, "taken_1", "21 September 2015"),
        ({"window_1": "4"}, "called_1", "3 windows"),
        ({"taken_2": "9:00"}, "taken_2", "its time is later"),
        ({"called_2": "9:25"}, "called_2", "at the same time"),
    ],
)
def test_s26_what_is_unusual_is_asked_about_once(
    counter: Counter, sheet: PaperBlank, cells: dict[str, str], at: str, words: str
) -> None:
    """A day off, out of hours, a fourth window of three, tickets torn off backwards, one clerk with two people."""
    counter.town.at("2015-09-21 16:30")
    first = row(counter, 1, "9:05", "9:10", ended="9:30", **SERVED)
    second = row(counter, 2, "9:06", "9:31", ended="9:45", **SERVED)
    rows = {**first, **second, **cells} if at.endswith("2") else {**first, **cells}

    asked = enter(counter, sheet, rows)
    assert asked.status_code == 422
    assert f'href="#id_{at}"' in asked.content.decode()
    assert words in said(asked)
    assert not PaperTicket.objects.exists()

    assert enter(counter, sheet, rows, as_written="on", why="Парақта солай").status_code == 302
    assert PaperTicket.objects.exists()


def test_s26_a_sheet_is_entered_in_parts_and_twice_is_harmless(counter: Counter, sheet: PaperBlank) -> None:
    first, second, third = a_morning(counter)
    enter(counter, sheet, first)
    counter.town.at("2015-09-15 16:40")

    assert enter(counter, sheet, second, third).status_code == 302
    assert enter(counter, sheet, second, third).status_code == 422  # nothing is left to enter
    entry_times = list(PaperTicket.objects.order_by("number").values_list("entered_at", flat=True))
    assert [wall(at)[11:16] for at in entry_times] == ["16:30", "16:40", "16:40"]
    assert Event.objects.filter(name="ticket.taken").count() == 3
    page = said(counter.head.get(reverse("desk:paper")))
    assert "Tickets entered: 3" in page


def test_a_row_is_linked_with_the_case_of_its_blank(counter: Counter, sheet: PaperBlank) -> None:
    enter(counter, sheet, *a_morning(counter))

    link = PaperTicketBlank.objects.get()
    assert (link.ticket.number, link.blank.number) == (1, PACKAGE)
    taken = enter(counter, sheet, row(counter, 4, "9:50", "9:52", ended="9:55", blanks="1", **SERVED))
    assert "written beside another ticket" in said(taken)
