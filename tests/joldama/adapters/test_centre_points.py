"""Where the services of the centre are: the file that is shipped, and what is no such file."""

from pathlib import Path

import pytest

from joldama.adapters.centre.lists import PublishedLists
from joldama.adapters.centre.points import SHIPPED, PointsUnreadable, load_points
from joldama.signatures.models import ServiceKind


@pytest.mark.parametrize("name", ["production", "test"])
def test_both_sets_of_the_centre_are_shipped_whole_with_their_source(name: str) -> None:
    points = load_points(name)

    assert (points.set_name, bool(points.source), bool(points.ocsp), bool(points.tsp)) == (
        name,
        True,
        True,
        True,
    )
    assert {point.kind for point in PublishedLists(points).points()} == {ServiceKind.LIST, ServiceKind.DELTA}


def test_no_address_stands_in_both_sets() -> None:
    def addresses(name: str) -> set[str]:
        points = load_points(name)
        return {points.ocsp, points.tsp, *(point.address for point in PublishedLists(points).points())}

    assert addresses("production") & addresses("test") == set()


@pytest.mark.parametrize(
    "changed",
    [
        ("since = 2026-11-22", "since = 'soon'"),
        ("source =", "sauce ="),
        ('ocsp = "http://test.pki.gov.kz/ocsp/"', 'ocsp = "ldap://test.pki.gov.kz/"'),
        ('name = "nca_gost2022_test"', 'title = "nca_gost2022_test"'),
        ("[test]", "[[test]]"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(tmp_path: Path, changed: tuple[str, str]) -> None:
    file = tmp_path / "points.toml"
    file.write_text(SHIPPED.read_text().replace(*changed))

    with pytest.raises(PointsUnreadable):
        load_points("test", file)


def test_a_set_that_is_not_there_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PointsUnreadable):
        load_points("demo")
    with pytest.raises(PointsUnreadable):
        load_points("test", tmp_path / "none.toml")
