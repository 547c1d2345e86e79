"""What is called out in a hall, in words: a ticket to a window, and a window that opened; never a person."""

from joldama.standard import words
from joldama.standard.numerals import cardinal, figures_in_words, ordinal
from joldama.standard.tickets import LETTER, name_of

PAUSE = 0.7
"""Seconds between the Kazakh sentence and the Russian one."""


def call_said(number: int, window: int, language: str, *, is_again: bool = False) -> str:
    """Say that a ticket is called to a window; the second time that it is called again."""
    return words.say(
        "voice.call_again" if is_again else "voice.call",
        language,
        letter=LETTER,
        ticket=name_of(number),
        ticket_words=_in_words(name_of(number).removeprefix(LETTER), language),
        **_window(window, language),
    )


def window_opened(window: int, language: str) -> str:
    """Say that a window has opened."""
    said = words.say("voice.window_opened", language, **_window(window, language))
    return said[0].upper() + said[1:]


def _window(window: int, language: str) -> dict[str, int | str]:
    if language == "en":
        return {"window": window}
    return {"window_ordinal": ordinal(window), "window_words": cardinal(window, language)}


def _in_words(figures: str, language: str) -> str:
    return figures if language == "en" else figures_in_words(figures, language)
