"""The order of a real day is proved from the sealed journal, and a call out of turn is named (R8.1-c; issue: proof)."""

import json
from contextlib import nullcontext
from datetime import timedelta

import pytest

from joldama.config import cli, launch
from joldama.config.answering import NO, NOT_KNOWN, UNUSABLE, YES
from joldama.journal.models import Event
from joldama.journal.sealing import seal, sign_checkpoint
from joldama.people.models import Staff
from joldama.procedures import line
from tests.factories.journal import tamper
from tests.stories.hall import Hall
from tests.stories.town import Town


@pytest.fixture
def hall(town: Town, monkeypatch: pytest.MonkeyPatch) -> Hall:
    """The hall of Astana, in the database the command looks into."""
    monkeypatch.setattr(launch, "looked_into", lambda name, is_demo: nullcontext())
    town.at("2015-09-15 09:00")
    return Hall(town)


def a_day(hall: Hall) -> Staff:
    """Five people, two windows: one does not come, one leaves the line uncalled at closing."""
    town, colleague = hall.town, hall.colleague()
    for minute in ("09:01", "09:02", "09:03"):
        town.at(f"2015-09-15 {minute}")
        hall.take()
    town.at("2015-09-15 09:05")
    first = hall.call(window=1)
    second = hall.call(by=colleague, window=2)
    hall.serve(first)
    town.at("2015-09-15 09:10")
    hall.press(second, "ticket-no-show", by=colleague)
    third = hall.call(by=colleague, window=2)
    hall.serve(third, by=colleague)
    hall.take()
    town.at("2015-09-15 09:20")
    hall.end(first)
    hall.end(third, by=colleague)
    fourth = hall.call(window=1)
    hall.serve(fourth)
    hall.end(fourth)
    hall.take()
    town.at("2015-09-15 18:31")
    line.close_lines(at=town.now)
    return colleague


def sealed() -> None:
    seal()
    sign_checkpoint(after=timedelta(0))


def prove(*words: str) -> int:
    return cli.main(["queue", "prove", "АСТ", "2015-09-15", *words])


def exchange(first: int, second: int) -> tuple[str, str]:
    """The statements that exchange the tickets of two calls in the journal."""
    facts = dict(Event.objects.filter(name="ticket.called").values_list("facts__ticket", "pk"))
    return tuple(  # type: ignore[return-value]
        f"UPDATE journal_event SET facts = jsonb_set(facts, '{{ticket}}', '{ticket}') WHERE id = {facts[of]}"
        for of, ticket in ((first, second), (second, first))
    )


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "kk",
            "Кезек тәртібінің дәлелі: 2015 ж. 15 қыркүйек, АСТ, {kk}\n"
            "Берілген талондар: 5\n"
            "Шақырулар: 4. Қызмет көрсетілді: 3, келмеді: 1, жабылғанда шақырылмай қалды: 1\n"
            "Мөрленген журналдан оқылған жазбалар: 14; қол қойылған бақылау нүктелері: 1\n"
            "Дәлелденді: ешкім кезектен тыс шақырылған жоқ.\n",
        ),
        (
            "ru",
            "Доказательство порядка очереди: 15 сентября 2015 г., АСТ, {ru}\n"
            "Выдано талонов: 5\n"
            "Вызовов: 4. Обслужено: 3, не явились: 1, остались без вызова к закрытию: 1\n"
            "Прочитано записей запечатанного журнала: 14; подписанные контрольные точки: 1\n"
            "Доказано: вне очереди никого не вызывали.\n",
        ),
        (
            "en",
            "Proof of the order of the line: 15 September 2015, АСТ, {en}\n"
            "Tickets given: 5\n"
            "Calls: 4. Served: 3, did not come: 1, not called by closing: 1\n"
            "Rows read from the sealed journal: 14; signed checkpoints: 1\n"
            "Proved: nobody was called out of turn.\n",
        ),
    ],
)
def test_a_real_day_is_proved(
    hall: Hall, capsys: pytest.CaptureFixture[str], language: str, told: str
) -> None:
    a_day(hall)
    sealed()

    assert prove("--language", language) == YES

    place = hall.world.place
    assert capsys.readouterr().out == told.format(kk=place.kk, ru=place.ru, en=place.en)


def test_calls_that_were_exchanged_in_the_sealed_journal_are_named_and_so_are_the_broken_seals(
    hall: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    a_day(hall)
    sealed()
    tamper(*exchange(1, 2))

    assert prove("--language", "en") == NO

    said = capsys.readouterr().out
    assert (
        "09:05:00: ticket А002 was called to window 1 out of turn; tickets taken before it were waiting: А001."
        in said
    )
    assert "  A sealed row was changed: 2\n  More: joldama journal fsck --office АСТ\n" in said


def test_a_call_out_of_turn_that_was_sealed_as_it_happened_is_a_violation_and_no_more(
    hall: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    a_day(hall)
    tamper(*exchange(3, 4))
    sealed()

    assert prove("--json", "--language", "kk") == NO

    told = json.loads(capsys.readouterr().out)
    assert (told["outcome"], told["findings"], told["unsealed"]) == ("violated", [], 0)
    assert told["violations"][0] == {
        "fault": "not_waiting",
        "ticket": 4,
        "at": "2015-09-15T09:10:00+06:00",
        "window": 2,
        "others": [],
        "told": "09:10:00: А004 талоны шақырылды не жабылды, бірақ ол кезде күтіп тұрмаған.",
    }


def test_a_day_that_is_not_sealed_yet_is_not_proved(hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    a_day(hall)

    assert prove("--language", "en") == NOT_KNOWN
    assert "It cannot be proved:\n  Rows without a seal yet: 14." in capsys.readouterr().out
    seal()
    assert prove("--language", "en") == NOT_KNOWN
    assert "  The last rows are not signed yet: 1\n" in capsys.readouterr().out
    sealed()
    assert prove() == YES


def test_rows_that_are_gone_leave_a_gap_in_the_seals(hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    """The last ticket with all that happened to it: the numbers that are left have no gap."""
    a_day(hall)
    sealed()
    gone = Event.objects.filter(name__in=["ticket.taken", "ticket.closed"], facts__ticket=5)
    tamper(
        f"DELETE FROM journal_event WHERE id IN ({', '.join(str(one.pk) for one in gone)})",
        "UPDATE reception_line SET given = 4",
    )

    assert prove("--json") == NOT_KNOWN

    told = json.loads(capsys.readouterr().out)
    assert (told["tickets"], told["violations"]) == (4, [])
    assert [one["fault"] for one in told["findings"]] == ["row_removed", "row_removed"]


def test_a_number_the_line_gave_and_the_journal_lacks_is_missing(
    hall: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    a_day(hall)
    sealed()
    tamper("UPDATE reception_line SET given = 6")

    assert prove("--language", "en") == NO
    assert "  The journal does not tell that ticket А006 was given.\n" in capsys.readouterr().out


def test_a_seal_that_is_gone_is_said(hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    a_day(hall)
    sealed()
    closed = Event.objects.get(name="ticket.closed")
    tamper(f"DELETE FROM journal_eventseal WHERE row = {closed.pk}")

    assert prove("--language", "en") == NOT_KNOWN
    said = capsys.readouterr().out
    assert "  Rows without a seal yet: 1." in said
    assert "  A batch of rows was changed: 1\n" in said


def test_moments_of_another_day_and_rows_without_a_ticket_are_said(
    hall: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    a_day(hall)
    sealed()
    tamper(
        "UPDATE journal_event SET at = at - interval '3 days' WHERE name LIKE 'ticket.%'",
        "UPDATE journal_event SET facts = facts - 'ticket' WHERE name = 'ticket.closed'",
    )

    assert prove("--language", "en") == NOT_KNOWN
    said = capsys.readouterr().out
    assert "  Rows that name no ticket: 1.\n  Rows with a time of another day: 13.\n" in said


@pytest.mark.parametrize(
    "statements",
    [
        [f"DELETE FROM reception_{table}" for table in ("ticket", "window", "line")],
        ["UPDATE reception_line SET \"on\" = '2015-09-16'"],
    ],
    ids=["removed", "put on another day"],
)
def test_a_line_that_is_gone_does_not_make_an_empty_day(
    hall: Hall, capsys: pytest.CaptureFixture[str], statements: list[str]
) -> None:
    """The table alone says which line was whose: a day with tickets in the journal is not proved by nothing."""
    a_day(hall)
    sealed()
    tamper(*statements)

    assert prove("--language", "en") == NOT_KNOWN
    said = capsys.readouterr().out
    assert "  Tickets given on this day whose line is not there: 5.\n" in said
    assert "Nobody took a ticket" not in said


def test_a_day_that_still_runs_says_who_waits(hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    hall.take()
    hall.take()
    hall.call()
    sealed()

    assert prove("--language", "en") == YES
    assert "Still waiting: А002; at the windows: А001\n" in capsys.readouterr().out


def test_a_day_on_which_nobody_came_is_proved_by_nothing(
    hall: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prove("--language", "en") == YES
    assert capsys.readouterr().out.endswith("Nobody took a ticket on this day.\n")


def test_a_place_is_found_by_its_id_and_what_is_not_there_is_said(
    hall: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["queue", "prove", str(hall.world.place.pk), "2015-09-15"]) == YES
    assert cli.main(["queue", "prove", "ЖОҚ", "2015-09-15"]) == UNUSABLE
    assert cli.main(["queue", "prove", "АСТ", "15.09.2015"]) == UNUSABLE
    assert capsys.readouterr().err == (
        "joldama queue: There is no office or place 'ЖОҚ'.\n"
        "joldama queue: '15.09.2015' is no day like 2026-03-20.\n"
    )
