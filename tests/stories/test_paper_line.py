"""S26: the line is kept by hand on a sheet while there is no power, and the head enters it afterwards (R5.1-a)."""

from contextlib import nullcontext
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from joldama.cases.blanks import PaperBlank
from joldama.cases.models import Application, NonAcceptance
from joldama.config import cli, launch
from joldama.config.answering import NO, YES
from joldama.journal.models import Event
from joldama.journal.sealing import seal, sign_checkpoint
from joldama.people.models import Place
from joldama.reception.models import PaperTicket, PaperTicketBlank, Ticket
from joldama.standard.blanks import TICKETS_ON_A_SHEET
from tests.stories.counter import CITIZEN, Counter, hidden, read_off, said
from tests.stories.hall import WINDOWS, Hall
from tests.stories.town import wall

SHEET, PACKAGE, NOTE = "АСТ-Қ-2015-000003", "АСТ-Қ-2015-000001", "АСТ-Қ-2015-000002"
DAY = "15.09.2015"
SERVED = {"how": "RESULT"}
NOT_CALLED_1 = {f"{column}_1": "" for column in ("called", "window", "called_by", "how", "ended")}


@pytest.fixture
def sheet(counter: Counter) -> PaperBlank:
    """A set prepared at 9:00 on Tuesday: a package, a note, a sheet; the head sits down at 16:30."""
    Place.objects.filter(pk=counter.world.place.pk).update(windows=WINDOWS)
    prepared = counter.head.post(reverse("desk:paper"), {"count": "1", "notes": "1", "sheets": "1"})
    assert prepared.status_code == 302
    counter.town.at("2015-09-15 16:30")
    return PaperBlank.objects.get(number=SHEET)


def row(counter: Counter, number: int, taken: str, called: str = "", **more: str) -> dict[str, str]:
    """What stands in a row: who was called was served at window 1 unless said otherwise."""
    told = {"taken": taken, "called": called, **more}
    if called:
        told = {"window": "1", "called_by": str(counter.world.specialist.pk), **told}
    return {f"{column}_{number}": text for column, text in told.items()}


def enter(counter: Counter, sheet: PaperBlank, *rows: dict[str, str], **more: str) -> Any:
    """The head enters rows; give the page that answers."""
    typed = {"on": DAY, **more}
    for one in rows:
        typed |= one
    return counter.head.post(reverse("desk:paper-line", args=[sheet.pk]), typed)


def a_morning(counter: Counter) -> tuple[dict[str, str], ...]:
    """Three came: one was served in time, one did not come, one waited 35 minutes and was served 31."""
    return (
        row(counter, 1, "9:05", "9:10", ended="9:30", how="RESULT", blanks="1"),
        row(counter, 2, "9:06", "9:31", how="NO_SHOW"),
        row(counter, 3, "9:07", "9:42", ended="10:13", how="ANSWER"),
    )


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


def test_tickets_that_were_not_torn_off_are_voided_with_their_sheet(
    counter: Counter, sheet: PaperBlank
) -> None:
    enter(counter, sheet, *a_morning(counter))
    typed = {"blanks": [str(sheet.pk)], "act": "3", "act_on": DAY}

    assert counter.head.post(reverse("desk:paper-void"), typed).status_code == 302

    refused = enter(counter, sheet, row(counter, 4, "9:50"))
    assert refused.status_code == 200
    assert "The other tickets were voided" in said(refused)
    assert PaperTicket.objects.count() == 3


def test_what_was_written_on_paper_stays(counter: Counter, sheet: PaperBlank) -> None:
    """Neither ticket nor blank is changed or removed, by nobody (triggers)."""
    enter(counter, sheet, *a_morning(counter))
    ticket, used = PaperTicket.objects.filter(number=1), PaperBlank.objects.filter(pk=sheet.pk)
    for change in (
        lambda: ticket.update(window=2),
        lambda: ticket.delete(),
        lambda: used.update(used_at=None, used_by=None),
        lambda: used.update(number="АСТ-Қ-2015-000009"),
        lambda: used.delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert ticket.count() == used.count() == 1


def note_entered(counter: Counter, **changes: str) -> Any:
    """The head enters the note of non-acceptance; give the page that answers."""
    blank = PaperBlank.objects.get(number=NOTE)
    browser, address = counter.head, reverse("desk:paper-note", args=[blank.pk])
    shown = browser.get(address)
    if shown.status_code == 302:
        return shown
    typed = {
        "noted_at": "15.09.2015 10:05",
        "noted_by": str(counter.world.specialist.pk),
        "ground": "ID_EXPIRED",
        "name": "Ахметов Нұрлан",
        "remark": "",
        "key": hidden(shown, "key"),
    }
    return browser.post(address, {**typed, **changes})


def test_s26_a_note_of_non_acceptance_is_entered_with_its_time_as_written(
    counter: Counter, sheet: PaperBlank
) -> None:
    """A13: no case and no term; S22 on paper."""
    answer = note_entered(counter)

    assert answer.status_code == 302, said(answer)
    note = NonAcceptance.objects.get()
    assert (wall(note.at), wall(note.entered_at)) == ("2015-09-15 10:05:00", "2015-09-15 16:30:00")
    assert (note.by, note.entered_by, note.blank.number) == (
        counter.world.specialist,
        counter.world.head,
        NOTE,
    )
    event = Event.objects.get(name="documents.not_accepted")
    assert (wall(event.at), wall(event.entered_at), event.facts["paper"]) == (
        "2015-09-15 10:05:00",
        "2015-09-15 16:30:00",
        True,
    )
    assert not Application.objects.exists()
    page = said(counter.specialist.get(answer.url))
    assert "10:05 on 15 September 2015" in page
    assert "Entered into the system: 16:30 on 15 September 2015" in page
    again = note_entered(counter)
    assert again.url == answer.url


@pytest.mark.parametrize(
    ("changes", "at", "words"),
    [
        ({"noted_at": "15.09.2015 16:31"}, "noted_at", "has not come yet"),
        ({"noted_at": "15.09.2015 8:30"}, "noted_at", "prepared later"),
        ({"noted_by": ""}, "noted_by", ""),
        ({"ground": ""}, "ground", ""),
    ],
)
def test_s26_a_note_that_cannot_be_is_refused_with_its_reason(
    counter: Counter, sheet: PaperBlank, changes: dict[str, str], at: str, words: str
) -> None:
    answer = note_entered(counter, **changes)

    assert answer.status_code == 422
    assert f'href="#id_{at}"' in answer.content.decode()
    assert words in said(answer)
    assert not NonAcceptance.objects.exists()


def test_a_note_out_of_hours_is_asked_about_unless_that_is_its_ground(
    counter: Counter, sheet: PaperBlank
) -> None:
    asked = note_entered(counter, noted_at="15.09.2015 13:05")
    assert asked.status_code == 422
    assert "There is no reception at this time" in said(asked)

    assert (
        note_entered(counter, noted_at="15.09.2015 13:05", ground="OUTSIDE_RECEPTION_HOURS").status_code
        == 302
    )


def test_a_package_registered_out_of_hours_is_entered_once_it_is_confirmed(
    counter: Counter, sheet: PaperBlank
) -> None:
    """R8.1-a: it should not have been; the person has its receipt, so its term runs from the next reception."""
    blank = PaperBlank.objects.get(number=PACKAGE)
    browser, address = counter.head, reverse("desk:paper-enter", args=[blank.pk])
    typed = {
        **read_off(CITIZEN),
        "registered_at": "15.09.2015 13:05",
        "registered_by": str(counter.world.specialist.pk),
        "key": hidden(browser.get(address), "key"),
    }

    asked = browser.post(address, typed)
    done = browser.post(address, {**typed, "as_written": "on", "why": "Сағат қалып қойған"})

    assert (asked.status_code, done.status_code) == (422, 302)
    application = Application.objects.get(pk=UUID(done.url.split("/")[-2]))
    assert (wall(application.registered_at), wall(application.due_at)) == (
        "2015-09-15 13:05:00",
        "2015-09-15 15:00:00",
    )
    blank.refresh_from_db()
    assert blank.remark == "Сағат қалып қойған"
    assert "Remark: Сағат қалып қойған" in counter.case_page(application)
    assert Event.objects.get(name="case.registered_at_counter").facts["outside_hours"] is True


def test_only_who_signs_enters_sheets_and_notes_and_only_his_offices(
    counter: Counter, sheet: PaperBlank
) -> None:
    other = counter.town.browser_of(counter.town.office("almaty").head)
    enter(counter, sheet, *a_morning(counter))
    ticket = reverse("desk:paper-ticket", args=[PaperTicket.objects.get(number=1).pk])
    addresses = [
        reverse("desk:paper-line", args=[sheet.pk]),
        reverse("desk:paper-note", args=[PaperBlank.objects.get(number=NOTE).pk]),
    ]

    assert [counter.specialist.get(address).status_code for address in [*addresses, ticket]] == [
        403,
        403,
        200,
    ]
    assert [other.get(address).status_code for address in [*addresses, ticket]] == [404, 404, 404]
    wrong_kind = [
        counter.head.get(reverse(f"desk:paper-{page}", args=[sheet.pk])).status_code
        for page in ("enter", "note")
    ]
    assert wrong_kind == [404, 404]


def test_blanks_that_lie_long_are_shown_to_the_head(counter: Counter, sheet: PaperBlank) -> None:
    """Neither used nor voided after a month; a used one and a fresh one are not among them."""
    enter(counter, sheet, *a_morning(counter))
    assert "Unused for more than" not in said(counter.head.get(reverse("desk:paper")))
    counter.town.at("2015-10-16 10:00")
    counter.head.post(reverse("desk:paper"), {"count": "1"})

    page = said(counter.head.get(reverse("desk:paper")))

    assert "Unused for more than 30 days: 2" in page


def test_every_ticket_of_a_sheet_has_its_name_on_paper(counter: Counter, sheet: PaperBlank) -> None:
    page = said(counter.head.get(reverse("desk:paper-sheets")))

    names = [f"Қ3-{number:02d}" for number in range(1, TICKETS_ON_A_SHEET + 1)]
    assert [name for name in names if page.count(name) != 2] == []


def test_a_sheet_lies_at_the_place_it_was_prepared_for(counter: Counter) -> None:
    """An office with several places keeps a line at each; no other office's place can be named."""
    main = counter.world.place
    branch = Place.objects.create(
        office=main.office,
        kk="Астана қаласы, Бөгенбай даңғылы, 5",
        ru="Богенбая, 5",
        en="5 Bogenbay",
        is_main=False,
    )
    elsewhere = counter.town.office("almaty").place
    address, typed = reverse("desk:paper"), {"sheets": "1"}

    assert counter.head.post(address, {**typed, "place": str(elsewhere.pk)}).status_code == 422
    assert counter.head.post(address, {**typed, "place": str(branch.pk)}).status_code == 302

    assert PaperBlank.objects.get().place == branch
    assert branch.kk in said(counter.head.get(reverse("desk:paper-sheets")))
