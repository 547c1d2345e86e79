"""The emulated gateway: it knows the invented people, keeps its moods, and ends when told."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from joldama.adapters.shep.codes import load_codes
from joldama.adapters.shep.line import Line
from joldama.adapters.shep.register import ShepRegister
from joldama.config.ports import free_port, listens
from joldama.demo.gateway.moods import Mood, Moods, tell_gateway
from joldama.demo.gateway.register import EmulatedRegister
from joldama.demo.gateway.server import make_server
from joldama.demo.people import DemoApplicant, demo_people
from joldama.demo.visitors import applicants, new_visitor
from joldama.registries.models import Ended, Outcome
from joldama.registries.ports import Answer, Question, RegisterSilent

AT = datetime(2015, 9, 15, 5, tzinfo=UTC)
AISHA = demo_people().applicant("citizen-card")
LONG, SHORT = 20.0, 0.3
"""Seconds to wait for what comes, and for what does not."""


class Gateway:
    """An emulated gateway that listens, and a line to it."""

    def __init__(self, folder: Path) -> None:
        register = EmulatedRegister(people=lambda: applicants(folder), now=lambda: AT)
        self.folder = folder
        self.server = make_server(0, register, Moods(folder))
        self.address = f"http://127.0.0.1:{self.server.server_port}/"

    def ask(self, one: DemoApplicant = AISHA, number: str = "", patience: float = LONG) -> Answer:
        question = Question(one.iin, one.document_kind, number or one.document_number)
        return asked(self.address, question, patience)

    def ended(self, one: DemoApplicant = AISHA, patience: float = LONG) -> Ended:
        """How asking ended, `answered` where it did."""
        try:
            self.ask(one, patience=patience)
        except RegisterSilent as silent:
            return silent.ended
        return Ended.ANSWERED


def asked(address: str, question: Question, patience: float) -> Answer:
    """Ask over a line of its own."""
    line = Line(address, patience=patience)
    try:
        return ShepRegister(line.send, sender="joldama", codes=load_codes()).ask(question, at=AT)
    finally:
        line.close()


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    made = Gateway(tmp_path)
    threading.Thread(target=made.server.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.mark.parametrize("one", demo_people().applicants, ids=lambda one: one.slug)
def test_it_tells_of_the_invented_people_what_is_told_of_them(gateway: Gateway, one: DemoApplicant) -> None:
    answer = gateway.ask(one)

    assert answer == Answer(
        Outcome.EXPIRED if one.slug == "expired-card" else Outcome.CONFIRMED,
        surname=one.surname,
        given_name=one.given_name,
        patronymic=one.patronymic,
        born_on=one.born_on,
        holder=one.holder,
        document_issuer=one.document_issuer,
        document_issued_on=one.document_issued_on,
        document_valid_until=one.document_valid_until,
        is_oralman=True if one.is_oralman else None,
    )


def test_it_knows_who_came_later_and_nobody_else(gateway: Gateway) -> None:
    foreigner = demo_people().applicant("foreigner")

    visitor = new_visitor(gateway.folder)

    assert gateway.ask(visitor).outcome == Outcome.CONFIRMED
    assert gateway.ask(AISHA, "049999999").outcome == Outcome.UNKNOWN
    assert gateway.ask(AISHA, visitor.document_number).outcome == Outcome.OTHER_PERSON
    assert gateway.ask(AISHA, foreigner.document_number).outcome == Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("mood", "expected"),
    [
        (Mood.SILENT, Ended.SILENT),
        (Mood.FAULT, Ended.FAULT),
        (Mood.FAILURE, Ended.FAULT),
        (Mood.REJECTS, Ended.REJECTED),
        (Mood.GARBLED, Ended.NOT_UNDERSTOOD),
        (Mood.ANSWERS, Ended.ANSWERED),
    ],
)
def test_a_mood_lasts_so_many_messages(gateway: Gateway, mood: Mood, expected: Ended) -> None:
    tell_gateway(gateway.folder, mood, times=2)

    patience = SHORT if mood is Mood.SILENT else LONG
    assert [gateway.ended(patience=patience) for _ in range(2)] == [expected, expected]
    assert gateway.ended() == Ended.ANSWERED


def test_a_mood_may_concern_one_person_until_it_is_changed(gateway: Gateway) -> None:
    other = demo_people().applicant("foreigner")
    tell_gateway(gateway.folder, Mood.FAULT, iin=AISHA.iin)

    assert [gateway.ended(), gateway.ended(other), gateway.ended()] == [
        Ended.FAULT,
        Ended.ANSWERED,
        Ended.FAULT,
    ]
    tell_gateway(gateway.folder, Mood.ANSWERS)
    assert gateway.ended() == Ended.ANSWERED


@pytest.mark.parametrize(
    "written", ["", "{}", "[1]", '[{"mood": "angry"}]', '[{"mood": "silent", "times": "x"}]', "\x00"]
)
def test_a_file_of_moods_that_says_nothing_changes_nothing(tmp_path: Path, written: str) -> None:
    (tmp_path / "demo-gateway.json").write_text(written)

    assert Moods(tmp_path).meet(AISHA.iin) == Mood.ANSWERS


def test_what_is_no_message_is_answered_with_a_fault(gateway: Gateway) -> None:
    answers = [
        httpx.post(gateway.address, content=content, trust_env=False).status_code
        for content in (b"", b"<x/>", b"\xff" * 1000)
    ]

    assert answers == [500, 500, 500]


def test_its_process_ends_at_once_even_while_it_keeps_silent(tmp_path: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    tell_gateway(tmp_path, Mood.SILENT)
    process = subprocess.Popen(
        [sys.executable, "-m", "joldama.demo.gateway"],
        env={**os.environ, "JOLDAMA_DATA": str(tmp_path), "JOLDAMA_GATEWAY": address},
    )
    try:
        while not listens(port):
            assert process.poll() is None
        question = Question(AISHA.iin, AISHA.document_kind, AISHA.document_number)
        with pytest.raises(RegisterSilent):
            asked(address, question, 1.0)

        process.send_signal(signal.SIGTERM)

        assert process.wait(5) == 0
    finally:
        process.kill()
        process.wait()
