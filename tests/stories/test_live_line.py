"""Whoever listens is woken when a line has really changed, and by nothing else (R8.1-c)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from joldama.live.boards import BOARD
from joldama.live.parts import parts_of
from joldama.live.streams import BOARD_STREAM, PAGE_STREAM
from joldama.live.wakes import CHANNEL
from joldama.people.models import Place, Staff
from joldama.procedures import line, windows
from joldama.reception.models import Ticket
from joldama.standard.tickets import ServingEnd
from joldama.ui.templatetags.live import live_pages
from tests.databases import environment_of
from tests.factories import world

TEN = datetime(2015, 9, 15, 4, 0, tzinfo=UTC)
PATIENCE = 30.0


@pytest.fixture
def place(database: str) -> Place:
    """The place of Astana, in a database to which everybody commits."""
    world.demo_installation()
    return world.office("astana").place


@pytest.fixture
def clerk(place: Place) -> Staff:
    return place.staff.get(role="specialist")


class Listening:
    """A connection that listens, and a way to know that nothing else was said."""

    def __init__(self, database: str) -> None:
        self._connection = psycopg.connect(environment_of(database)["DATABASE_URL"], autocommit=True)
        self._connection.execute(f"LISTEN {CHANNEL}")

    def heard(self) -> list[str]:
        """Give what was said since it was asked the last time, up to a full stop."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, 'stop')", [CHANNEL])
        heard = []
        for notice in self._connection.notifies(timeout=PATIENCE):
            if notice.payload == "stop":
                return heard
            heard.append(notice.payload)
        pytest.fail("the full stop never came")

    def leave(self) -> None:
        self._connection.close()


@pytest.fixture
def listening(database: str) -> Iterator[Listening]:
    made = Listening(database)
    yield made
    made.leave()


def take(place: Place, clerk: Staff) -> Ticket:
    return line.take_ticket(place, key=uuid4(), by=clerk, at=TEN)


def test_each_step_of_a_visit_wakes_its_place_once(place: Place, clerk: Staff, listening: Listening) -> None:
    heard = []
    ticket = take(place, clerk)
    heard.append(listening.heard())

    ticket = line.call_next(place, window=1, by=clerk, at=TEN)
    heard.append(listening.heard())
    line.begin_serving(ticket, by=clerk, at=TEN)
    heard.append(listening.heard())
    line.end_serving(ticket, ServingEnd.ANSWER, by=clerk, at=TEN)
    heard.append(listening.heard())
    for _ in range(3):
        take(place, clerk)
    heard.append(listening.heard())
    line.close_lines(at=TEN + timedelta(days=1))
    heard.append(listening.heard())

    once = [str(place.pk)]
    assert heard == [once, once, once, once, 3 * once, once]


def test_each_step_of_a_window_wakes_its_place_once(place: Place, clerk: Staff, listening: Listening) -> None:
    heard = []
    window = windows.open_window(place, number=1, by=clerk, at=TEN)
    heard.append(listening.heard())

    windows.pause_window(window, by=clerk, at=TEN)
    heard.append(listening.heard())
    window.refresh_from_db()
    windows.resume_window(window, by=clerk, at=TEN)
    heard.append(listening.heard())
    window.refresh_from_db()
    windows.close_window(window, by=clerk, at=TEN)
    heard.append(listening.heard())

    assert heard == [[str(place.pk)]] * 4


def test_a_call_that_is_rolled_back_wakes_nobody(place: Place, clerk: Staff, listening: Listening) -> None:
    take(place, clerk)
    listening.heard()

    with transaction.atomic():
        line.call_next(place, window=1, by=clerk, at=TEN)
        transaction.set_rollback(True)
    rolled_back = listening.heard()
    line.call_next(place, window=1, by=clerk, at=TEN)

    assert rolled_back == []
    assert listening.heard() == [str(place.pk)]


def test_the_board_is_where_it_is_looked_for_and_has_parts_without_anything_of_a_visitor(
    place: Place, clerk: Staff, client: Client
) -> None:
    address = reverse("hall:display", args=[place.pk])

    parts = parts_of(client.get(address).content.decode())

    assert address == BOARD.format(place=place.pk)
    assert "call" in parts
    assert [name for name, source in parts.items() if "csrf" in source] == []


def test_pages_listen_where_the_process_speaks(place: Place, client: Client) -> None:
    page = client.get(reverse("hall:display", args=[place.pk])).content.decode()

    address = page.split('data-live-stream="')[1].split('"')[0]

    assert address == f"/live/{place.pk}/kk"
    assert BOARD_STREAM.fullmatch(address)


def test_a_page_may_listen_elsewhere_where_that_is_named(place: Place, client: Client, settings: Any) -> None:
    settings.JOLDAMA_LIVE_ORIGIN = "https://live.joldama.example.kz"

    page = client.get(reverse("hall:display", args=[place.pk]))

    assert "connect-src 'self' https://live.joldama.example.kz;" in page.headers["Content-Security-Policy"]
    assert f'data-live-stream="https://live.joldama.example.kz/live/{place.pk}/kk"' in page.content.decode()


def test_a_page_about_several_places_listens_to_all_of_them() -> None:
    places = [uuid4() for _ in range(3)]

    address = live_pages(places).split('data-live-stream="')[1].split('"')[0]

    assert PAGE_STREAM.fullmatch(address)
    assert [str(place) in address for place in places] == [True] * 3
    assert 'data-live-stream=""' in live_pages([])
