"""Whole numbers in words, as a ticket and a window are called: section (h) of the project's wording."""

from collections.abc import Callable

from joldama.standard.kazakh import TENS, UNITS

LARGEST = 9999
"""No line of a day gives more tickets; larger numbers are not put into words."""


def cardinal(number: int, language: str) -> str:
    """Return a number from 0 in Kazakh or Russian: үш жүз қырық бес, триста сорок пять.

    The Russian one is nominative and masculine, as it stands after «номер». Raises ValueError beyond LARGEST.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} is not put into words")
    if number == 0:
        return UNITS[0] if language == "kk" else _UNITS_RU[0]
    return " ".join(_WORDS[language](number))


def ordinal(number: int) -> str:
    """Return the Kazakh ordinal, whose last word alone takes the ending: жиырма бірінші."""
    before, _, last = cardinal(number, "kk").rpartition(" ")
    return f"{before} {_ORDINALS[last]}".lstrip()


def figures_in_words(written: str, language: str) -> str:
    """Return figures as they are called: leading zeros one by one, then one cardinal: нөл он екі."""
    zeros = len(written) - len(written.lstrip("0"))
    rest = written[zeros:]
    said = [cardinal(0, language)] * zeros + ([cardinal(int(rest), language)] if rest else [])
    return " ".join(said)


def _kazakh(number: int) -> list[str]:
    thousands, hundreds, tens, units = _places(number)
    return [
        *_counted_kazakh(thousands, "мың"),
        *_counted_kazakh(hundreds, "жүз"),
        *([TENS[tens]] if tens else []),
        *([UNITS[units]] if units else []),
    ]


def _counted_kazakh(count: int, of: str) -> list[str]:
    """Name thousands and hundreds; one of them goes without its number: жүз, екі жүз."""
    return [] if not count else [of] if count == 1 else [UNITS[count], of]


def _russian(number: int) -> list[str]:
    thousands, hundreds, tens, units = _places(number)
    below = [_TEENS_RU[units]] if tens == 1 else [_TENS_RU[tens], _UNITS_RU[units] if units else ""]
    return [word for word in (_THOUSANDS_RU[thousands], _HUNDREDS_RU[hundreds], *below) if word]


def _places(number: int) -> tuple[int, int, int, int]:
    return number // 1000, number // 100 % 10, number // 10 % 10, number % 10


_UNITS_RU = ("ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять")
_TEENS_RU = (
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
)
_TENS_RU = (
    "",
    "",
    "двадцать",
    "тридцать",
    "сорок",
    "пятьдесят",
    "шестьдесят",
    "семьдесят",
    "восемьдесят",
    "девяносто",
)
_HUNDREDS_RU = (
    "",
    "сто",
    "двести",
    "триста",
    "четыреста",
    "пятьсот",
    "шестьсот",
    "семьсот",
    "восемьсот",
    "девятьсот",
)
_THOUSANDS_RU = (
    "",
    "тысяча",
    "две тысячи",
    "три тысячи",
    "четыре тысячи",
    *(f"{word} тысяч" for word in _UNITS_RU[5:]),
)
_ORDINALS = {
    "нөл": "нөлінші",
    "бір": "бірінші",
    "екі": "екінші",
    "үш": "үшінші",
    "төрт": "төртінші",
    "бес": "бесінші",
    "алты": "алтыншы",
    "жеті": "жетінші",
    "сегіз": "сегізінші",
    "тоғыз": "тоғызыншы",
    "он": "оныншы",
    "жиырма": "жиырмасыншы",
    "отыз": "отызыншы",
    "қырық": "қырқыншы",
    "елу": "елуінші",
    "алпыс": "алпысыншы",
    "жетпіс": "жетпісінші",
    "сексен": "сексенінші",
    "тоқсан": "тоқсаныншы",
    "жүз": "жүзінші",
    "мың": "мыңыншы",
}
_WORDS: dict[str, Callable[[int], list[str]]] = {"kk": _kazakh, "ru": _russian}
