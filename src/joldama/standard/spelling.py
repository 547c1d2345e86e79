"""One key for one word, whether spelt in Kazakh, in Russian or in Latin letters: for search only.

Several Latin spellings of Kazakh and of Russian are met (alphabets in preparation since 2017, passports, maps,
encyclopaedias); what they write differently is made equal: Ақтау, Aqtau, Aktau. So is what is often mistyped:
a letter doubled or not, ё or е, a Kazakh letter or the Russian one beside it, a Latin letter that looks like a
Cyrillic one. Different words may so share a key; a search then shows a row more, never one less.

Not understood is Latin j where й is meant (Temirtauj): in Kazakh it is ж.
"""

import re
import unicodedata

_WORD = re.compile(r"\w*[\u0400-\u04ff]\w*")
_LOOKALIKES = str.maketrans("ABCEHIKMOPTXYaceiopxy", "АВСЕНІКМОРТХУасеіорху")
"""Latin letters that a Cyrillic word holds by a slip of the keyboard."""

_SIGNS = {"zh": "ж", "kh": "х", "gh": "г", "ch": "ч", "sh": "ш", "c": "ц"}
"""What Latin letters say together, and c alone."""
_SIGN = re.compile("zh|kh|gh|ch|sh|c")

_LETTERS = str.maketrans(
    {
        **dict(zip("абвгдеёжзиклмнопрстуф", "abvgdeejziklmnoprstuf", strict=True)),
        **dict(zip("әғқңөұүхһэ", "agknouuhhe", strict=True)),
        **dict.fromkeys("йіыyı", "i"),
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "sh",
        "ю": "iu",
        "я": "ia",
        "ş": "sh",
        "š": "sh",
        "ç": "ch",
        "č": "ch",
        "ž": "j",
        "ŋ": "n",
        "ə": "a",
        "q": "k",
        "x": "h",
        "w": "u",
        "ý": "u",
        **dict.fromkeys("ьъʼʹʺ’‘`'", ""),
    }
)

_ALIKE = (
    (re.compile("[^a-z0-9]+"), " "),
    (re.compile("i+[eo]"), "e"),
    (re.compile("ng+"), "n"),
    (re.compile(r"([a-z])\1+"), r"\1"),
    (re.compile("sc?h(?:s?c?h)*"), "sh"),
)
"""What stays different letter by letter, from йе, ые and ye to счё and shchyo; in this order."""


def spelling_key(text: str) -> str:
    """Return the letters that every spelling of a text shares, words apart by one blank."""
    words = _WORD.sub(lambda word: word[0].translate(_LOOKALIKES), unicodedata.normalize("NFC", text))
    plain = unicodedata.normalize("NFC", words.casefold())
    signs = _SIGN.sub(lambda sign: _SIGNS[sign[0]], plain)
    key = _bare(signs.translate(_LETTERS))
    for alike, one in _ALIKE:
        key = alike.sub(one, key)
    return key.strip()


def spelling_beginnings(text: str) -> tuple[str, ...]:
    """Return how the keys of words begin that begin as the words of this text do; each once, in their order.

    What was typed may be the beginning of a word in any spelling. A last и may yet become part of another
    letter and is left open; a word that is nothing else says nothing.
    """
    begun = (word.rstrip("i") for word in spelling_key(text).split())
    return tuple(dict.fromkeys(filter(None, begun)))


def _bare(letters: str) -> str:
    """Take the marks off what is left: ö, ñ."""
    if letters.isascii():
        return letters
    return "".join(one for one in unicodedata.normalize("NFD", letters) if not unicodedata.combining(one))
