"""The table of occupations joins the Kazakh and the Russian name of one, and no others."""

from collections import Counter
from datetime import date

import pytest

from joldama.standard.occupations import also_called, edition, occupations
from joldama.standard.spelling import spelling_key


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("Дәнекерлеуші", ("дәнекерлеуші", "сварщик")),
        ("svarshchik", ("дәнекерлеуші", "сварщик")),
        ("Сварщик 4 разряда, Темиртау", ("дәнекерлеуші", "сварщик")),
        ("жұмысшы (жол)", ("жұмысшы", "рабочий")),
        ("космонавт", ()),
        ("", ()),
    ],
)
def test_an_occupation_is_told_by_all_its_names(told: str, names: tuple[str, ...]) -> None:
    assert also_called(told) == names


def test_a_name_of_two_words_is_told_only_where_both_stand() -> None:
    assert "повар" not in also_called("ыдыс сатушы")
    assert "посудомойщик" in also_called("жуушы ыдыс")


def test_no_name_is_told_of_two_occupations() -> None:
    """Else one would be found as the other."""
    keys = Counter(
        key for one in occupations() for key in {" ".join(sorted(spelling_key(n).split())) for n in one.names}
    )

    assert [key for key, times in keys.items() if times > 1] == []


def test_every_occupation_has_both_names_and_the_table_its_day() -> None:
    assert [one for one in occupations() if not (one.kk and one.ru)] == []
    assert edition() == date(2026, 11, 22)
