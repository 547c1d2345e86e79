"""One key for one name, whether spelt in Kazakh, in Russian or in Latin letters: for search only.

Several Latin spellings of Kazakh are met (alphabets in preparation since 2017, passports, maps); what they
write differently is made equal: Ақтау, Aqtau, Aktau.
"""

import re
import unicodedata

_LETTERS = {
    **dict(zip("абвгдёежзклмнопрстуф", "abvgdeejzklmnoprstuf", strict=True)),
    **dict(zip("әғқңөұүһхэ", "agknouuhhe", strict=True)),
    **dict.fromkeys("иіыйyı", "i"),
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ю": "iu",
    "я": "ia",
    "ь": "",
    "ъ": "",
    "ş": "sh",
    "ç": "ch",
    "q": "k",
    "w": "u",
    "ý": "u",
    "ʼ": "",
    "’": "",
    "'": "",
}
_PAIRS = {"zh": "j", "kh": "h", "yo": "e", "ye": "e"}
_PAIR = re.compile("|".join(_PAIRS))


def spelling_key(text: str) -> str:
    """Return the letters that every spelling of a name shares, words apart by one blank."""
    plain = unicodedata.normalize("NFC", text).casefold()
    paired = _PAIR.sub(lambda pair: _PAIRS[pair[0]], plain)
    bare = "".join(_bare(_LETTERS.get(letter, letter)) for letter in paired)
    words = re.sub(r"[^a-z0-9]+", " ", bare)
    return " ".join(re.sub("i+", "i", words).split())


def _bare(letters: str) -> str:
    """Take the marks off what is left: ö, ñ."""
    return "".join(one for one in unicodedata.normalize("NFD", letters) if not unicodedata.combining(one))
