from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from joldama.standard.kazakh import Case, inflected, inflected_figure, inflected_time
from joldama.standard.moments import MONTHS, day, moment
from joldama.standard.names import ALPHABET, PersonName, search_key, sort_key

CASES = (Case.GENITIVE, Case.DATIVE, Case.ACCUSATIVE, Case.LOCATIVE, Case.ABLATIVE, Case.INSTRUMENTAL)

# Section (h) of the project's wording, "Case endings after a figure".
FIGURES = """
1 1-дің 1-ге 1-ді 1-де 1-ден 1-мен
2 2-нің 2-ге 2-ні 2-де 2-ден 2-мен
3 3-тің 3-ке 3-ті 3-те 3-тен 3-пен
4 4-тің 4-ке 4-ті 4-те 4-тен 4-пен
5 5-тің 5-ке 5-ті 5-те 5-тен 5-пен
6 6-ның 6-ға 6-ны 6-да 6-дан 6-мен
7 7-нің 7-ге 7-ні 7-де 7-ден 7-мен
8 8-дің 8-ге 8-ді 8-де 8-ден 8-бен
9 9-дың 9-ға 9-ды 9-да 9-дан 9-бен
10 10-ның 10-ға 10-ды 10-да 10-нан 10-мен
20 20-ның 20-ға 20-ны 20-да 20-дан 20-мен
30 30-дың 30-ға 30-ды 30-да 30-дан 30-бен
40 40-тың 40-қа 40-ты 40-та 40-тан 40-пен
50 50-дің 50-ге 50-ді 50-де 50-ден 50-мен
60 60-тың 60-қа 60-ты 60-та 60-тан 60-пен
70 70-тің 70-ке 70-ті 70-те 70-тен 70-пен
80 80-нің 80-ге 80-ді 80-де 80-нен 80-мен
90 90-ның 90-ға 90-ды 90-да 90-нан 90-мен
100 100-дің 100-ге 100-ді 100-де 100-ден 100-бен
1000 1000-ның 1000-ға 1000-ды 1000-да 1000-нан 1000-мен
0 0-дің 0-ге 0-ді 0-де 0-ден 0-мен
"""

# The endings of the sixty minutes as they are read, written out by hand: dative and ablative.
UNITS = ("", "ге ден", "ге ден", "ке тен", "ке тен", "ке тен", "ға дан", "ге ден", "ге ден", "ға дан")
WHOLE = {0: "ге ден", 10: "ға нан", 20: "ға дан", 30: "ға дан", 40: "қа тан", 50: "ге ден"}

# Section (j): the words a test sorts.
WORDS = "ана әке бала күн қала нан ңғыр орын өтініш ұйым үй хат һәм ыдыс іс эмаль"

# Section (j), the table of months: dative, ablative, locative, attributive.
MONTH_TABLE = """
қаңтарға қаңтардан қаңтарда қаңтардағы
ақпанға ақпаннан ақпанда ақпандағы
наурызға наурыздан наурызда наурыздағы
сәуірге сәуірден сәуірде сәуірдегі
мамырға мамырдан мамырда мамырдағы
маусымға маусымнан маусымда маусымдағы
шілдеге шілдеден шілдеде шілдедегі
тамызға тамыздан тамызда тамыздағы
қыркүйекке қыркүйектен қыркүйекте қыркүйектегі
қазанға қазаннан қазанда қазандағы
қарашаға қарашадан қарашада қарашадағы
желтоқсанға желтоқсаннан желтоқсанда желтоқсандағы
"""

# The share of people, "9 of 10": 10 адамның 9-ы.
SHARES = "1-і 2-сі 3-і 4-і 5-і 6-сы 7-сі 8-і 9-ы 10-ы 20-сы 30-ы 40-ы 50-і 60-ы 70-і 80-і 90-ы 100-і"


@pytest.mark.parametrize("expected", SHARES.split())
def test_a_share_takes_the_ending_of_its_last_spoken_word(expected):
    number, _ = expected.split("-")

    assert inflected_figure(int(number), Case.POSSESSIVE) == expected


@pytest.mark.parametrize("row", FIGURES.split("\n")[1:-1], ids=lambda row: row.split()[0])
def test_a_figure_takes_the_endings_of_the_table(row):
    number, *expected = row.split()

    assert [inflected_figure(int(number), case) for case in CASES] == expected


def test_a_compound_figure_takes_the_ending_of_its_last_word():
    assert [inflected_figure(number, Case.DATIVE) for number in (21, 345, 110, 2015, 2040)] == [
        "21-ге",
        "345-ке",
        "110-ға",
        "2015-ке",
        "2040-қа",
    ]


@pytest.mark.parametrize("minute", range(60))
def test_a_time_takes_the_ending_of_its_minutes(minute):
    dative, ablative = (UNITS[minute % 10] or WHOLE[minute]).split()

    at = time(17, minute)

    assert inflected_time(at, Case.DATIVE) == f"17:{minute:02}-{dative}"
    assert inflected_time(at, Case.ABLATIVE) == f"17:{minute:02}-{ablative}"


def test_times_quoted_in_the_wording_agree():
    written = [
        "13:00-ден",
        "14:30-ға",
        "9:00-ден",
        "17:30-ға",
        "17:20-дан",
        "9:05-тен",
        "14:50-ге",
        "9:40-қа",
    ]
    asked = [
        (time(13), Case.ABLATIVE),
        (time(14, 30), Case.DATIVE),
        (time(9), Case.ABLATIVE),
        (time(17, 30), Case.DATIVE),
        (time(17, 20), Case.ABLATIVE),
        (time(9, 5), Case.ABLATIVE),
        (time(14, 50), Case.DATIVE),
        (time(9, 40), Case.DATIVE),
    ]

    assert [inflected_time(at, case) for at, case in asked] == written


@pytest.mark.parametrize(("month", "row"), [*enumerate(MONTH_TABLE.split("\n")[1:-1], start=1)])
def test_a_month_takes_the_endings_of_the_table(month, row):
    cases = (Case.DATIVE, Case.ABLATIVE, Case.LOCATIVE, Case.ATTRIBUTIVE)

    assert [inflected(MONTHS["kk"][month - 1], case) for case in cases] == row.split()
    assert day(date(2026, month, 2), "kk", Case.DATIVE) == f"2026 ж. 2 {row.split()[0]}"


def test_in_a_day_with_a_time_the_time_takes_the_ending():
    at = datetime(2026, 11, 22, 14, 30, tzinfo=ZoneInfo("Asia/Almaty"))

    assert [moment(at, "kk", case) for case in (None, Case.DATIVE, Case.LOCATIVE, Case.ATTRIBUTIVE)] == [
        "2026 ж. 22 қараша, сағат 14:30",
        "2026 ж. 22 қараша сағат 14:30-ға",
        "2026 ж. 22 қараша сағат 14:30-да",
        "2026 ж. 22 қараша сағат 14:30-дағы",
    ]


def test_the_alphabet_has_42_letters_and_sorts_itself():
    assert len(ALPHABET) == 42
    assert sorted(reversed(ALPHABET), key=sort_key) == list(ALPHABET)


def test_words_sort_in_the_order_of_the_kazakh_alphabet():
    words = WORDS.split()

    assert sorted(reversed(words), key=sort_key) == words


def test_a_sort_key_is_digits_so_that_any_collation_keeps_the_order():
    assert sort_key("Ә-9") == "390111"


def test_search_does_not_tell_apart_letters_that_people_confuse():
    assert search_key("  Ұлжан  ӘҢГІМЕ Ёлкин Һәм") == "улжан ангиме елкин хам"


def test_a_name_has_a_full_and_a_short_form():
    official = PersonName(surname="Нұрланова", given_name="Айша", patronymic="Серікқызы")
    without = PersonName(surname="Ким", given_name="Дина")

    assert [official.full, official.short] == ["Нұрланова Айша Серікқызы", "Нұрланова А.С."]
    assert [without.full, without.short] == ["Ким Дина", "Ким Д."]
