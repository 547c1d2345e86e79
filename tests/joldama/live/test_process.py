"""Pages are told at once what changes, one fetch serves all boards, and nobody holds up the others (R8.1-c)."""

import os
import signal
import socket
from contextlib import suppress
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from tests.fakes.boards import Boards
from tests.fakes.listeners import Listener
from tests.joldama.live.conftest import Live, living

from joldama.config import ports, postgres


def give_notice(database_url: str, place: UUID, *, times: int = 1) -> None:
    """Say to whoever listens that a line has changed, as reception's triggers do."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        for _ in range(times):
            connection.execute("SELECT pg_notify('joldama_line', %s)", [str(place)])


A_PLACE = "5f0e4a4e-5d0e-4a55-8a5f-0a4b7b8d1c11"


def test_a_board_is_brought_whole_at_first_and_then_what_differs(
    place: UUID, live: Live, boards: Boards, database_url: str
) -> None:
    board = live.listen(f"{place}/kk")
    whole = board.next("parts")
    boards.called = "А002"

    give_notice(database_url, place)

    assert board.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert whole == {
        "called": '<section id="called" data-live="2"><section><b>А001</b></section><br></section>',
        "rule": '<p id="rule" data-live="2">Кезек &amp; тәртіп</p>',
    }
    assert board.next("parts") == {"called": whole["called"].replace("А001", "А002")}
    assert set(boards.asked) == {(f"/hall/{place}/", "language=kk")}


def test_one_fetch_serves_every_board_of_a_place_and_language(
    place: UUID, live: Live, boards: Boards, database_url: str
) -> None:
    first = live.listen(f"{place}/ru")
    first.next("parts")
    others = [live.listen(f"{place}/ru") for _ in range(20)]
    assert [sorted(other.next("parts")) for other in others] == [["called", "rule"]] * 20
    fetched = len(boards.asked)
    boards.called = "А002"

    give_notice(database_url, place)

    assert ["А002" in board.next("parts")["called"] for board in (first, *others)] == [True] * 21
    # Looking again from time to time may fall in between.
    assert fetched <= 2
    assert len(boards.asked) - fetched <= 2


def test_a_burst_of_notices_is_a_few_fetches_and_ends_as_things_stand(
    place: UUID, live: Live, boards: Boards, database_url: str
) -> None:
    board = live.listen(f"{place}/en")
    board.next("parts")
    fetched = len(boards.asked)
    boards.called = "А002"

    give_notice(database_url, place, times=300)
    boards.called = "А003"
    give_notice(database_url, place)

    while "А003" not in board.next("parts").get("called", ""):
        assert len(boards.asked) - fetched < 100
    assert len(boards.asked) - fetched < 100


def test_boards_that_nobody_has_seen_yet_hold_up_no_call(
    place: UUID, live: Live, boards: Boards, database_url: str
) -> None:
    board = live.listen(f"{place}/kk")
    board.next("parts")
    strangers = [uuid4() for _ in range(8)]
    boards.kept_waiting = {f"/hall/{stranger}/" for stranger in strangers}
    asking = [Listener(live.port, f"/live/{stranger}/kk") for stranger in strangers]
    boards.called = "А002"

    give_notice(database_url, place)

    assert "А002" in board.next("parts")["called"]
    boards.may_answer.set()
    for one in asking:
        with one:
            assert one.status == 200


def test_a_page_is_woken_and_told_when_to_fetch_itself(place: UUID, live: Live, database_url: str) -> None:
    live.until_all_before_is_old()
    pages = [live.listen(f"{place}?age=0") for _ in range(3)]
    stranger = live.listen(f"{uuid4()}?age=0")
    for page in (*pages, stranger):
        page.next("beat")

    give_notice(database_url, place)

    assert [page.next("changed") for page in pages] == [30] * 3
    assert stranger.hears_nothing()


def test_a_page_that_missed_something_is_woken_as_it_comes(
    place: UUID, live: Live, database_url: str
) -> None:
    witness = live.listen(f"{place}?age=0")
    witness.next("beat")
    give_notice(database_url, place)
    witness.next("changed")

    late, of_unknown_age = live.listen(f"{place}?age=60000"), live.listen(place)

    assert late.next("changed") > 0
    assert of_unknown_age.next("changed") > 0


def test_a_page_about_several_places_is_woken_for_each(live: Live, database_url: str) -> None:
    live.until_all_before_is_old()
    places = [uuid4() for _ in range(3)]
    page = live.listen(f"{','.join(map(str, places))}?age=0")
    page.next("beat")

    for place in places:
        give_notice(database_url, place)
        assert page.next("changed") == 10
    assert live.listen(",".join(str(uuid4()) for _ in range(21))).status == 404


def test_beyond_its_limit_the_process_says_so_and_takes_who_comes_when_somebody_has_left(
    place: UUID, database_url: str, boards: Boards
) -> None:
    with living(database_url, boards, "--most", "2") as live:
        first, second = (live.listen(f"{place}/kk") for _ in range(2))
        for board in (first, second):
            board.next("parts")
        third = live.listen(f"{place}/kk")
        assert (third.status, third.headers["retry-after"]) == (503, "30")

        first.leave()

        tries = (live.listen(f"{place}/kk").status for _ in range(500))
        assert 200 in tries


def test_who_does_not_read_is_dropped_and_holds_up_nobody(
    place: UUID, live: Live, boards: Boards, database_url: str
) -> None:
    reading = live.listen(f"{place}/kk")
    reading.next("parts")
    idle = live.listen(f"{place}/kk", takes=4096)
    idle.next("parts")

    for number in range(40):
        boards.called = f"{number:03}" * 10_000
        give_notice(database_url, place)
        assert boards.called in reading.next("parts")["called"]

    assert idle.ends()
    assert idle.read_bytes < 600_000


def test_the_database_starts_again_and_what_happened_meanwhile_is_shown(
    place: UUID, boards: Boards, short_home: Path
) -> None:
    server = postgres.start(short_home, durable=False)
    with living(server.url, boards) as live:
        board, page = live.listen(f"{place}/kk"), live.listen(f"{place}?age=0")
        board.next("parts")
        page.next("beat")
        boards.called = "А002"

        os.kill(server.pid, signal.SIGKILL)
        server.revive()

        assert "А002" in board.next("parts")["called"]
        assert page.next("changed") > 0
        boards.called = "А003"
        give_notice(server.url, place)
        assert "А003" in board.next("parts")["called"]
    server.stop()


def test_the_process_ends_and_starts_again_and_so_do_its_streams(
    place: UUID, database_url: str, boards: Boards
) -> None:
    with living(database_url, boards) as live:
        board = live.listen(f"{place}/kk")
        board.next("parts")
        live.process.terminate()
        assert board.ends()
    boards.called = "А002"

    with living(database_url, boards, port=live.port) as again:
        assert "А002" in again.listen(f"{place}/kk").next("parts")["called"]
        assert again.listen(f"{place}?age=60000").next("changed") > 0


@pytest.mark.parametrize(("answered", "status"), [(404, 404), (500, 503), (302, 503)])
def test_a_board_that_cannot_be_had_is_no_stream(
    place: UUID, live: Live, boards: Boards, answered: int, status: int
) -> None:
    boards.status = answered

    assert live.listen(f"{place}/kk").status == status


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "healthz", 200),
        ("POST", A_PLACE, 405),
        ("GET", "", 404),
        ("GET", f"{A_PLACE}/de", 404),
        ("GET", f"{A_PLACE}/kk/", 404),
        ("GET", f"{A_PLACE}?age=x", 404),
        ("GET", "../hall", 404),
        ("get", A_PLACE, 400),
        ("GET", f"{A_PLACE} x", 400),
    ],
)
def test_what_is_no_stream_is_refused(live: Live, method: str, path: object, status: int) -> None:
    assert live.listen(path, method=method).status == status


def test_a_request_without_an_end_is_dropped(live: Live) -> None:
    with socket.create_connection(("127.0.0.1", live.port), timeout=30) as endless:
        endless.sendall(b"GET /live/" + b"x" * 9000)

        with suppress(ConnectionResetError):
            assert endless.recv(1) == b""
    assert ports.answers(live.port, "/live/healthz")
