"""Numbers in words: the tables of the project's wording, every number up to 999 read back, what is called."""

import pytest

from joldama.standard.numerals import LARGEST, cardinal, figures_in_words, ordinal
from joldama.standard.voice import call_said, window_opened

# Section (h) of the project's wording, "Kazakh numerals".
TABLE = """
0 нөл нөлінші
1 бір бірінші
2 екі екінші
3 үш үшінші
4 төрт төртінші
5 бес бесінші
6 алты алтыншы
7 жеті жетінші
8 сегіз сегізінші
9 тоғыз тоғызыншы
10 он оныншы
20 жиырма жиырмасыншы
30 отыз отызыншы
40 қырық қырқыншы
50 елу елуінші
60 алпыс алпысыншы
70 жетпіс жетпісінші
80 сексен сексенінші
90 тоқсан тоқсаныншы
100 жүз жүзінші
1000 мың мыңыншы
"""
KAZAKH = {row.split()[1]: int(row.split()[0]) for row in TABLE.split("\n")[1:-1]}

RUSSIAN = {
    word: value
    for words, values in (
        ("ноль один два три четыре пять шесть семь восемь девять десять", range(11)),
        ("одиннадцать двенадцать тринадцать четырнадцать пятнадцать", range(11, 16)),
        ("шестнадцать семнадцать восемнадцать девятнадцать", range(16, 20)),
        ("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто", range(20, 100, 10)),
        ("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот", range(100, 1000, 100)),
    )
    for word, value in zip(words.split(), values, strict=True)
}


def read_kazakh(said: str) -> int:
    """Read a Kazakh number back: a word before «жүз» counts hundreds, every other adds up."""
    total = counted = 0
    for word in said.split():
        if word == "жүз":
            total, counted = total + (counted or 1) * 100, 0
        else:
            total, counted = total + counted, KAZAKH[word]
    return total + counted


def read_russian(said: str) -> int:
    values = [RUSSIAN[word] for word in said.split()]
    assert values == sorted(values, reverse=True)
    return sum(values)


@pytest.mark.parametrize("row", TABLE.split("\n")[1:-1], ids=lambda row: row.split()[0])
def test_the_numerals_of_the_table_are_said_as_it_has_them(row):
    number, word, in_order = row.split()

    assert (cardinal(int(number), "kk"), ordinal(int(number))) == (word, in_order)


@pytest.mark.parametrize(("language", "read"), [("kk", read_kazakh), ("ru", read_russian)])
def test_every_number_of_a_ticket_is_read_back_as_itself_and_none_sounds_like_another(language, read):
    said = [cardinal(number, language) for number in range(1000)]

    assert [read(words) for words in said] == list(range(1000))
    assert len(set(said)) == 1000


@pytest.mark.parametrize(
    ("number", "kk", "ru"),
    [
        (11, "он бір", "одиннадцать"),
        (21, "жиырма бір", "двадцать один"),
        (345, "үш жүз қырық бес", "триста сорок пять"),
        (612, "алты жүз он екі", "шестьсот двенадцать"),
        (2015, "екі мың он бес", "две тысячи пятнадцать"),
        (1100, "мың жүз", "тысяча сто"),
        (LARGEST, "тоғыз мың тоғыз жүз тоқсан тоғыз", "девять тысяч девятьсот девяносто девять"),
    ],
)
def test_compounds_stand_apart_the_largest_first(number, kk, ru):
    assert (cardinal(number, "kk"), cardinal(number, "ru")) == (kk, ru)


def test_only_the_last_word_takes_the_ordinal():
    assert [ordinal(number) for number in (12, 21, 40, 104, 120)] == [
        "он екінші",
        "жиырма бірінші",
        "қырқыншы",
        "жүз төртінші",
        "жүз жиырмасыншы",
    ]


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_what_no_line_gives_is_not_put_into_words(number):
    with pytest.raises(ValueError, match="not put into words"):
        cardinal(number, "kk")


# Section (h), "Reading a ticket".
@pytest.mark.parametrize(
    ("figures", "kk", "ru"),
    [
        ("001", "нөл нөл бір", "ноль ноль один"),
        ("012", "нөл он екі", "ноль двенадцать"),
        ("020", "нөл жиырма", "ноль двадцать"),
        ("100", "жүз", "сто"),
        ("105", "жүз бес", "сто пять"),
        ("250", "екі жүз елу", "двести пятьдесят"),
        ("999", "тоғыз жүз тоқсан тоғыз", "девятьсот девяносто девять"),
        ("000", "нөл нөл нөл", "ноль ноль ноль"),
    ],
)
def test_a_ticket_is_read_zeros_first_and_then_as_one_number(figures, kk, ru):
    assert (figures_in_words(figures, "kk"), figures_in_words(figures, "ru")) == (kk, ru)


def test_a_call_names_the_ticket_and_the_window_in_words():
    assert [call_said(12, 3, language) for language in ("kk", "ru", "en")] == [
        "А, нөл он екі нөмірлі талон, үшінші терезеге келіңіз.",
        "Талон А, ноль двенадцать, пройдите к окну номер три.",
        "Ticket А012, please go to window 3.",
    ]


def test_a_second_call_says_that_it_is_one():
    assert [call_said(105, 21, language, is_again=True) for language in ("kk", "ru", "en")] == [
        "Қайта шақырамыз: А, жүз бес нөмірлі талон, жиырма бірінші терезеге келіңіз.",
        "Повторный вызов: талон А, сто пять, пройдите к окну номер двадцать один.",
        "Second call: ticket А105, please go to window 21.",
    ]


def test_a_window_that_opened_is_named():
    assert [window_opened(4, language) for language in ("kk", "ru", "en")] == [
        "Төртінші терезе ашылды. Кезек өзгермейді, шақыруды күтіңіз.",
        "Открыто окно номер четыре. Очередь не меняется, ожидайте вызова.",
        "Window 4 is open. The queue stays the same, please wait for your call.",
    ]
