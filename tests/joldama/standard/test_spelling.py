"""One word, many spellings, one key; another word, another key."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from joldama.standard.spelling import spelling_beginnings, spelling_key

NAMES = ("encyclopaedia", "acutes of 2018", "macrons of 2021", "passports and maps", "scholars")
TABLE = """
а  a    a    a    a    a
ә  ä    á    ä    a    ä
б  b    b    b    b    b
в  v    v    v    v    v
г  g    g    g    g    g
ғ  ğ    ǵ    ğ    gh   ğ
д  d    d    d    d    d
е  e    e    e    ye   e
ё  yo   ıo   io   yo   ë
ж  j    j    j    zh   ž
з  z    z    z    z    z
и  ï    ı    i    i    i
й  y    ı    i    y    y
к  k    k    k    k    k
қ  q    q    q    k    q
л  l    l    l    l    l
м  m    m    m    m    m
н  n    n    n    n    n
ң  ñ    ń    ŋ    ng   ñ
о  o    o    o    o    o
ө  ö    ó    ö    o    ö
п  p    p    p    p    p
р  r    r    r    r    r
с  s    s    s    s    s
т  t    t    t    t    t
у  w    ý    u    u    u
ұ  u    u    ū    u    ū
ү  ü    ú    ü    u    ü
ф  f    f    f    f    f
х  x    h    h    kh   x
һ  h    h    h    h    h
ц  c    ts   ts   ts   c
ч  ç    ch   ch   ch   č
ш  ş    sh   ş    sh   š
щ  şş   shch shch shch šč
ы  ı    y    y    y    y
і  i    i    ı    i    ı
э  é    e    e    e    è
ю  yu   ıý   iu   yu   iu
я  ya   ıa   ia   ya   ia
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
CYRILLIC = "".join(row[0] for row in ROWS)
ALPHABETS = {name: {row[0]: row[column] for row in ROWS} for column, name in enumerate(NAMES, 1)}
RUSSIAN = str.maketrans("әғқңөұүһі", "агкноуухи")


def in_latin(word: str, alphabet: dict[str, str]) -> str:
    return "".join(alphabet[letter] for letter in word)


@pytest.mark.parametrize(
    ("spelt", "key"),
    [
        (("Теміртау", "Темиртау", "Temirtau", "TEMİRTAU", "Temirtaý", "  temirtaw "), "temirtau"),
        (("Ақтау", "Актау", "Aqtau", "Aktau"), "aktau"),
        (("Жезқазған", "Жезказган", "Zhezkazgan", "Jezqazğan"), "jezkazgan"),
        (("Шымкент", "Şymkent", "Shymkent"), "shimkent"),
        (("Ақкөл", "Акколь", "Akkol", "Aqköl"), "akol"),
        (("Екібастұз", "Экибастуз", "Ekıbastūz", "Yekibastuz"), "ekibastuz"),
        (("Нұр-Сұлтан", "нур султан", "Nur-Sultan"), "nur sultan"),
        (("Щучинск", "Shchuchinsk", "Şuçinsk", "Schuchinsk"), "shuchinsk"),
        (("Дәнекерлеуші", "Данекерлеуши", "Danekerleushi", "Dänekerleuşi"), "danekerleushi"),
        (("сварщик", "Svarshchik", "svarschik", "СВАРЩИК", "cвapщик"), "svarshik"),
        (("бухгалтер", "bukhgalter", "buhgalter", "buxgalter"), "buhgalter"),
        (("монтажник", "montazhnik", "montajnik", "MOНTAЖHИK"), "montajnik"),
        (("шофёр", "шофер", "shofyor", "shofer", "şofyor"), "shofer"),
        (("район", "rayon", "raıon", "raion"), "raen"),
        (("общественные", "obshchestvennye", "общественые"), "obshestvene"),
        (("курьер", "kuryer", "kur'er", "kurier", "курер"), "kurer"),
        (("подъезд", "pod'ezd", "podyezd"), "podezd"),
        (("", " -%_ ", "№"), ""),
    ],
)
def test_spellings_of_one_word_have_one_key(spelt: tuple[str, ...], key: str) -> None:
    assert {spelling_key(one) for one in spelt} == {key}


def test_other_names_keep_other_keys() -> None:
    names = ("Ақтау", "Ақтөбе", "Атырау", "Алматы", "Астана", "Ақкөл", "Орал", "Семей", "Ақсу", "Ақсай")

    assert len({spelling_key(name) for name in names}) == len(names)


@pytest.mark.parametrize("alphabet", ALPHABETS.values(), ids=list(ALPHABETS))
@given(st.text(CYRILLIC, max_size=12))
def test_any_word_has_one_key_in_cyrillic_and_in_each_latin_alphabet(
    alphabet: dict[str, str], word: str
) -> None:
    # Latin h after these may be read as one sign with them: сх, but not кх.
    assume(not re.search("[зкқгғсцчшщтнң][хһ]|[нң]ғ", word))

    assert spelling_key(in_latin(word, alphabet)) == spelling_key(word)
    assert spelling_key(in_latin(word, alphabet).upper()) == spelling_key(word)


@given(st.text(CYRILLIC, max_size=12))
def test_a_word_without_its_kazakh_letters_keeps_its_key(word: str) -> None:
    assert spelling_key(word.translate(RUSSIAN)) == spelling_key(word)
    assert spelling_key(word.replace("ё", "е")) == spelling_key(word)


@given(st.text(CYRILLIC + "ьъ ", max_size=16), st.integers(0, 16))
def test_what_is_typed_so_far_is_where_the_word_begins(text: str, length: int) -> None:
    words = spelling_key(text).split()

    begun = spelling_beginnings(text[:length])

    assert [one for one in begun if not any(word.startswith(one) for word in words)] == []


@given(st.text())
def test_a_key_is_plain_letters_and_figures_whatever_is_typed(text: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+( [a-z0-9]+)*)?", spelling_key(text))


def test_a_letter_that_may_go_on_and_a_word_of_nothing_else_are_left_open() -> None:
    assert spelling_beginnings("здани и сварщи, Сварщи") == ("zdan", "svarsh")
