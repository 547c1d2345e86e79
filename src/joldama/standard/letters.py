"""Which letters a paper of the service can show: blocks of Unicode that its fonts hold whole."""

import unicodedata

BLOCKS = (
    (0x0020, 0x007E),  # Latin, figures, signs
    (0x00A0, 0x024F),  # Latin-1, Latin Extended-A and B
    (0x0250, 0x036F),  # phonetic letters, modifiers, marks that combine
    (0x0370, 0x03E1),  # Greek
    (0x03F0, 0x052F),  # Greek, Cyrillic and its supplement
    (0x1E00, 0x1FFF),  # Latin Extended Additional, Greek Extended
    (0x2010, 0x205E),  # dashes, quotation marks, dots
    (0x2070, 0x20BF),  # raised figures, signs of money
    (0x2100, 0x214F),  # signs made of letters: №, ℃, ™
)
"""First and last code point of each block, both included."""


def unprintable(text: str) -> tuple[str, ...]:
    """Return the letters of a text that no paper can show, each once, in the order of the text.

    The text is judged composed (NFC). What is white or controls is no letter: forms refuse it where it does harm,
    and a paper leaves it out.
    """
    composed = unicodedata.normalize("NFC", text)
    return tuple(dict.fromkeys(letter for letter in composed if not _can_be_shown(letter)))


def _can_be_shown(letter: str) -> bool:
    if letter.isspace() or unicodedata.category(letter) in ("Cc", "Cf"):
        return True
    return any(first <= ord(letter) <= last for first, last in BLOCKS)
