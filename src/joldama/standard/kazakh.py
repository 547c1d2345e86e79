"""Kazakh endings: cases of words, figures and times, by vowel harmony.

Rules of the project's wording, sections (h) and (j): an ending follows the word as it is read, so a figure
takes the ending of its last spoken word (40 қырық, 40-қа), a time that of its minutes (9:40-қа, 13:00-ден).
"""

from datetime import time
from enum import StrEnum

UNITS = ("нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз")
TENS = ("", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан")


class Case(StrEnum):
    """The endings a placeholder or a figure may ask for."""

    GENITIVE = "gen"
    DATIVE = "dat"
    ACCUSATIVE = "acc"
    LOCATIVE = "loc"
    ABLATIVE = "abl"
    INSTRUMENTAL = "ins"
    ATTRIBUTIVE = "attr"
    POSSESSIVE = "poss"


def inflected(word: str, case: Case) -> str:
    """Return the word with its ending: (қараша, DATIVE) is қарашаға."""
    return word + ending(word, case)


def inflected_figure(number: int, case: Case) -> str:
    """Return a whole number from 0 with its ending after a hyphen: (3, DATIVE) is 3-ке."""
    return f"{number}-{ending(last_word(number), case)}"


def inflected_time(at: time, case: Case) -> str:
    """Return a time of day with the ending of its minutes: 17:20-дан, 9:05-тен, 13:00-ден."""
    return f"{at.hour}:{at.minute:02}-{ending(last_word(at.minute), case)}"


def ending(word: str, case: Case) -> str:
    """Return the ending a word takes, without the word."""
    hard = is_hard(word)
    sound = word[-1].lower()
    match case:
        case Case.GENITIVE:
            return _tying(sound, "н", "т", "д", after_nasal="н") + ("ың" if hard else "ің")
        case Case.DATIVE:
            return ("қа" if hard else "ке") if sound in _STOPPING else ("ға" if hard else "ге")
        case Case.ACCUSATIVE:
            return _tying(sound, "н", "т", "д", after_nasal="д") + ("ы" if hard else "і")
        case Case.LOCATIVE:
            return _place(sound, hard=hard)
        case Case.ABLATIVE:
            if sound in _NASALS:
                return "нан" if hard else "нен"
            return _place(sound, hard=hard) + "н"
        case Case.INSTRUMENTAL:
            return _with(sound)
        case Case.ATTRIBUTIVE:
            return _place(sound, hard=hard) + ("ғы" if hard else "гі")
        case Case.POSSESSIVE:
            return ("с" if sound in _VOWELS else "") + ("ы" if hard else "і")


def is_hard(word: str) -> bool:
    """Tell whether the last vowel that decides is hard; и, у and ю leave it to the vowels before them."""
    for letter in reversed(word.lower()):
        if letter in _HARD_VOWELS:
            return True
        if letter in _SOFT_VOWELS:
            return False
    return False


def last_word(number: int) -> str:
    """Return the last word of a number from 0 as it is read: 345 is «үш жүз қырық бес», so бес."""
    if number == 0:
        return UNITS[0]
    if number % 10:
        return UNITS[number % 10]
    if number % 100:
        return TENS[number % 100 // 10]
    return "жүз" if number % 1000 else "мың"


def _place(sound: str, *, hard: bool) -> str:
    return ("т" if sound in _STOPPING else "д") + ("а" if hard else "е")


def _with(sound: str) -> str:
    if sound in _STOPPING:
        return "пен"
    return "бен" if sound in "зж" else "мен"


def _tying(sound: str, vowel: str, stopping: str, other: str, *, after_nasal: str) -> str:
    if sound in _VOWELS:
        return vowel
    if sound in _STOPPING:
        return stopping
    return after_nasal if sound in _NASALS else other


_HARD_VOWELS = "аоұыяё"
_SOFT_VOWELS = "әөүіеэ"
_VOWELS = _HARD_VOWELS + _SOFT_VOWELS + "ию"
_STOPPING = "пфкқтсшщхһцч" + "бвгд"
_NASALS = "мнң"
