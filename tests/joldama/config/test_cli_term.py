"""The command `joldama term`: its answers, its exit codes, and what it says to wrong input."""

import io
import json
import os
import subprocess
import sys

import pytest

from joldama.config.cli import main


def term(capsys, *words):
    code = main(["term", *words])
    printed = capsys.readouterr()
    return code, printed.out.splitlines(), printed.err.splitlines()


def answered(capsys, *words):
    code, lines, errors = term(capsys, *words, "--json")
    return code, [json.loads(line) for line in lines], errors


def test_a_counter_term_is_answered_whole(capsys):
    assert answered(capsys, "counter", "--at", "2015-09-15T12:50", "--language", "en") == (
        0,
        [
            {
                "accepted_at": "2015-09-15T12:50:00+06:00",
                "due_at": "2015-09-15T14:50:00+06:00",
                "target_at": "2015-09-15T13:20:00+06:00",
                "provisional": False,
                "basis": ["4.1", "8.1"],
                "steps": [
                    "30 minutes from the registration of the package of documents",
                    "12:50 to 13:00: 10 min",
                    "The lunch break from 13:00 to 14:30 is not counted",
                    "14:30 to 14:50: 20 min",
                    "Internal target, counting straight on: 13:20 on 15 September 2015",
                ],
            }
        ],
        [],
    )


@pytest.mark.parametrize(
    ("words", "accepted_at", "due_at"),
    [
        ("portal --at 2026-03-20T17:20", "2026-03-20T17:20:00+05:00", "2026-03-26T17:30:00+05:00"),
        ("portal --at 2015-09-14T17:29:59", "2015-09-14T17:29:59+06:00", "2015-09-15T17:30:00+06:00"),
        (
            "portal --at 2015-09-14T12:00Z --zone Asia/Aqtau",
            "2015-09-14T17:00:00+05:00",
            "2015-09-15T17:30:00+05:00",
        ),
        ("portal --at 2015-09-14T12:00+00:00", "2015-09-15T09:00:00+06:00", "2015-09-15T17:30:00+06:00"),
        ("complaint-head --at 2015-10-05T11:00", "2015-10-05T11:00:00+06:00", "2015-10-12T17:30:00+06:00"),
        (
            "complaint-akim --at 2015-10-12T13:30 --channel post",
            "2015-10-12T14:30:00+06:00",
            "2015-10-19T17:30:00+06:00",
        ),
        (
            "complaint-head --at 2026-03-21T12:00 --channel portal",
            "2026-03-26T09:00:00+05:00",
            "2026-04-02T17:30:00+05:00",
        ),
        ("complaint-quality --at 2026-03-18T11:00", "2026-03-18T11:00:00+05:00", "2026-04-13T17:30:00+05:00"),
        ("portal --at 2015-09-14T17:30", "2015-09-15T09:00:00+06:00", "2015-09-15T17:30:00+06:00"),
    ],
)
def test_a_term_is_answered_in_the_time_of_the_place(capsys, words, accepted_at, due_at):
    code, [answer], errors = answered(capsys, *words.split())

    assert (code, answer["accepted_at"], answer["due_at"], errors) == (0, accepted_at, due_at, [])


def test_an_hour_that_the_clock_showed_twice_is_the_first_of_the_two(capsys):
    _, [first], _ = answered(capsys, *["wait", "--at", "2024-02-29T23:30", "--until", "2024-03-01T10:00"])
    _, lines, _ = term(capsys, *["portal", "--at", "2024-02-29T23:30", "--language", "en"])

    assert first == {"minutes": 60, "limit": 30, "breach": True}
    assert lines[0] == "Due by 17:30 on 1 March 2024"


def test_a_term_in_2027_is_provisional(capsys):
    _, [answer], _ = answered(capsys, "portal", "--at", "2027-02-01T10:00")

    assert answer["provisional"] is True


@pytest.mark.parametrize("kind", ["counter", "complaint-head", "complaint-akim", "complaint-quality"])
def test_out_of_hours_the_next_opening_is_answered_with_exit_1(capsys, kind):
    assert answered(capsys, kind, "--at", "2024-05-07T10:00", "--language", "en") == (
        1,
        [{"opens_at": "2024-05-10T09:00:00+05:00", "reason": "There is no reception on this day"}],
        [],
    )


def test_out_of_hours_is_explained_to_a_person(capsys):
    assert term(capsys, "counter", "--at", "2015-09-23T18:00", "--language", "en") == (
        1,
        [
            "Reception is over for the day",
            "24 September 2015, the first day of Kurban Ait, is a day off and not counted",
            "Reception opens again at 9:00 on 25 September 2015",
        ],
        [],
    )


@pytest.mark.parametrize(
    ("until", "answer"),
    [
        ("2015-09-15T14:45", {"minutes": 35, "limit": 30, "breach": True}),
        ("2015-09-15T14:35", {"minutes": 25, "limit": 30, "breach": False}),
    ],
)
def test_a_wait_is_answered_with_its_limit_and_exit_0(capsys, until, answer):
    words = ("wait", "--at", "2015-09-15T12:40", "--until", until)

    assert answered(capsys, *words) == (0, [answer], [])


def test_a_person_is_answered_in_kazakh_with_the_warning_of_the_counter(capsys):
    code, lines, _ = term(capsys, "counter", "--at", "2015-09-15T12:50")

    assert (code, lines[0], lines[-1]) == (
        0,
        "Соңғы мерзім – 2015 ж. 15 қыркүйек, сағат 14:50",
        "Түскі үзіліске 10 минут қалды: жолдаманы үзіліске дейін беріп үлгермеуіміз мүмкін",
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("portal --at foo", "«foo» is not a moment like 2026-03-20T17:20."),
        ("portal --at 2026-02-30T10:00", "«2026-02-30T10:00» is not a moment like 2026-03-20T17:20."),
        (
            "portal --at 0001-01-01T00:00+14:00",
            "«0001-01-01T00:00+14:00» is not a moment like 2026-03-20T17:20.",
        ),
        ("portal --at 2026-03-20", "«2026-03-20» has no time of day; write 2026-03-20T17:20."),
        (
            "portal --at 2028-01-01T10:00",
            "The calendar covers the years 2015 to 2027, and this term leaves them.",
        ),
        (
            "portal --at 2027-12-31T20:00",
            "The calendar covers the years 2015 to 2027, and this term leaves them.",
        ),
        (
            "portal --at 2014-12-31T10:00",
            "The calendar covers the years 2015 to 2027, and this term leaves them.",
        ),
        (
            "portal --at 2026-03-20T10:00 --zone Asia/Nowhere",
            "There is no time zone «Asia/Nowhere»; write Asia/Almaty.",
        ),
        (
            "portal --at 2026-03-20T10:00 --zone ../etc/passwd",
            "There is no time zone «../etc/passwd»; write Asia/Almaty.",
        ),
        ("portal --at 2026-03-20T10:00 --zone Asia", "There is no time zone «Asia»; write Asia/Almaty."),
        (
            "portal --at 2026-03-20T10:00 --zone UTC",
            "UTC is the zone of no place; write one like Asia/Almaty.",
        ),
        (
            "portal --at 2021-03-28T02:30 --zone Europe/Berlin",
            "The clocks of Europe/Berlin never showed «2021-03-28T02:30».",
        ),
        ("wait --at 2026-03-20T10:00", "wait needs --until, the moment of the call or of closing."),
        ("wait --at 2026-03-20T10:00 --until 2026-03-20T09:00", "The wait ends before it starts."),
        ("portal --at 2026-03-20T10:00 --until 2026-03-20T11:00", "--until goes with wait only."),
        ("portal --at 2026-03-20T10:00 --channel post", "--channel goes with a complaint only."),
    ],
)
def test_wrong_input_gets_one_sentence_and_exit_2(capsys, words, sentence):
    assert term(capsys, *words.split()) == (2, [], [f"joldama: {sentence}"])


def test_a_huge_moment_is_named_by_its_beginning(capsys):
    _, _, errors = term(capsys, "portal", "--at", "9" * 100_000)

    assert errors == [f"joldama: «{'9' * 40}…» is not a moment like 2026-03-20T17:20."]


def piped(monkeypatch, octets):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(octets)))


def test_each_line_of_the_input_gets_a_line_and_a_bad_one_exit_1_at_the_end(capsys, monkeypatch):
    piped(monkeypatch, b"2015-09-15T17:00\nfoo\r\n\xff\n\n2015-09-15T13:00")

    code, lines, errors = term(capsys, "counter", "--at", "-", "--language", "en")

    answers = [json.loads(line) for line in lines]
    assert (code, answers[0]["due_at"], errors) == (1, "2015-09-15T17:30:00+06:00", [])
    assert answers[1:] == [
        {"error": "«foo» is not a moment like 2026-03-20T17:20.", "line": 2},
        {"error": "«�» is not a moment like 2026-03-20T17:20.", "line": 3},
        {"error": "«» is not a moment like 2026-03-20T17:20.", "line": 4},
        {"opens_at": "2015-09-15T14:30:00+06:00", "reason": "It is the lunch break"},
    ]


def test_lines_that_can_all_be_read_end_with_exit_0(capsys, monkeypatch):
    piped(monkeypatch, b"2015-09-15T12:40 2015-09-15T14:45\n2015-09-15 12:50 2015-09-15 14:45\n")

    assert answered(capsys, "wait", "--at", "-") == (
        0,
        [
            {"minutes": 35, "limit": 30, "breach": True},
            {"minutes": 25, "limit": 30, "breach": False},
        ],
        [],
    )


def test_a_line_of_one_moment_is_no_wait(capsys, monkeypatch):
    piped(monkeypatch, b"2015-09-15T12:40\n")

    assert answered(capsys, "wait", "--at", "-") == (
        1,
        [{"error": "A wait needs two moments: of the ticket and of the call.", "line": 1}],
        [],
    )


def test_the_command_does_without_django():
    program = """
import sys
from joldama.config.cli import main
main(["term", "portal", "--at", "2026-03-20T10:00"])
print("django" in sys.modules, file=sys.stderr)
"""
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"}

    ended = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )

    assert ended.stderr.splitlines() == ["False"]
