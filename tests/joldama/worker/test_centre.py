"""Revocation lists are fetched when they are due, only when they changed, and only the centre's own are kept."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from tests.factories import pki, world
from tests.factories.published import Place, saying, speaking

from govkz.eds.pki import Authority
from joldama.adapters.centre.lists import PublishedLists
from joldama.adapters.centre.points import ListAddress, Points
from joldama.signatures import ports
from joldama.signatures.models import Fault, RevocationList, Service
from joldama.signatures.operations import trust
from joldama.worker.centre import fetch_due_lists

TEN = datetime(2015, 9, 14, 4, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Lend the server of a centre that is believed and publishes one list."""
    world.demo_installation()
    for der in pki.authority().certificates:
        trust(der, set_name="demo")
    with speaking(saying(200, pki.revocation_list(TEN), ETag='"1"')) as lent:
        address = ListAddress(name="issuing", address=lent.address)
        points = Points(set_name="demo", since=date(2015, 1, 1), source="a test", lists=(address,))
        lists = PublishedLists(points)
        monkeypatch.setattr(ports, "_wired", [ports.Services("demo", lists)])
        yield lent
        lists.close()


def fetch(at: datetime) -> int:
    with time_machine.travel(at, tick=False):
        return fetch_due_lists()


def test_a_list_is_fetched_once_an_hour_and_by_its_marks(place: Place) -> None:
    came = [fetch(TEN), fetch(TEN + timedelta(minutes=59))]
    place.speak = saying(304)
    came.append(fetch(TEN + timedelta(minutes=60)))

    assert came == [1, 0, 0]
    assert [headers.get("If-None-Match") for _m, _p, headers, _b in place.asked] == [None, '"1"']
    assert RevocationList.objects.get().this_update == TEN


def test_a_list_near_the_end_of_its_day_is_looked_for_in_short_steps(place: Place) -> None:
    """A31: nextUpdate is a week away, but a list counts for 24 hours."""
    fetch(TEN)
    place.speak = saying(304)
    fetch(TEN + timedelta(hours=23))
    asked = len(place.asked)
    fetch(TEN + timedelta(hours=23, minutes=4))
    fetch(TEN + timedelta(hours=23, minutes=5))

    assert Service.objects.get().fresh_until == TEN + timedelta(hours=24)
    assert (asked, len(place.asked)) == (2, 3)


def test_a_list_that_is_kept_no_more_is_fetched_whole(place: Place) -> None:
    fetch(TEN)
    RevocationList.objects.all().delete()

    assert fetch(TEN + timedelta(hours=1)) == 1
    assert "If-None-Match" not in place.asked[-1][2]


def test_a_list_that_nobody_believed_here_signed_is_not_kept(place: Place) -> None:
    stranger = Authority.create(at=pki.FROM, until=pki.UNTIL)
    fetch(TEN)
    place.speak = saying(200, stranger.crl(at=TEN + timedelta(minutes=30)))

    assert fetch(TEN + timedelta(hours=1)) == 0
    assert RevocationList.objects.get().this_update == TEN
    assert Service.objects.get().fault == Fault.NOT_BELIEVED


def test_an_older_list_does_not_take_the_place_of_a_newer_one(place: Place) -> None:
    fetch(TEN)
    place.speak = saying(200, pki.revocation_list(TEN - timedelta(hours=5)))

    assert fetch(TEN + timedelta(hours=1)) == 0
    assert RevocationList.objects.get().this_update == TEN


@pytest.mark.parametrize(
    ("body", "fault"),
    [(b"garbage", Fault.NOT_UNDERSTOOD), (b"", Fault.NOT_UNDERSTOOD), (b"0\x80", Fault.NOT_UNDERSTOOD)],
)
def test_garbage_is_a_fault_and_what_is_kept_stays(place: Place, body: bytes, fault: Fault) -> None:
    fetch(TEN)
    place.speak = saying(200, body)
    fetch(TEN + timedelta(hours=1))

    assert Service.objects.get().fault == Fault.NOT_UNDERSTOOD
    assert RevocationList.objects.count() == 1


def test_a_service_that_is_down_is_left_alone_longer_and_longer_and_is_well_once_it_answers(
    place: Place,
) -> None:
    place.speak = saying(503)
    minutes = 60
    for minute in range(minutes):
        fetch(TEN + timedelta(minutes=minute))
    row = Service.objects.get()

    assert (row.fault, row.failing_since) == (Fault.FAILING, TEN)
    assert len(place.asked) == row.failures == 12  # every minute would be sixty

    place.speak = saying(200, pki.revocation_list(TEN + timedelta(minutes=minutes)))
    back = fetch(TEN + timedelta(minutes=minutes + 10))
    row.refresh_from_db()
    assert (back, row.failures, row.failing_since, row.fault) == (1, 0, None, Fault.FAILING)


def test_a_list_fetched_twice_is_the_same_one(place: Place) -> None:
    fetch(TEN)
    fetch(TEN + timedelta(hours=1))

    assert RevocationList.objects.count() == 1
    assert Service.objects.get().failures == 0
