"""Reads numbers typed by officials: letters of the Kazakh layout's digit row are understood as digits."""

from typing import Any

from django import forms

from govkz import iin
from joldama.ui.forms import Fault

# The digit row of the Kazakh layout, plain and with Shift: RST KazSSR 903-90, as in xkeyboard-config symbols/kz.
_DIGIT_ROW = str.maketrans('"әіңғ,.үұқ!ӘІҢҒ;:ҮҰҚ', "12345678901234567890")
_PLAIN = frozenset("0123456789")


def digits(typed: str) -> str:
    """Read letters of the digit row as digits where nothing else was typed; leave any other text alone."""
    text = "".join(typed.split())
    understood = text.translate(_DIGIT_ROW)
    return understood if set(understood) <= _PLAIN else text


def read_iin(typed: str) -> str:
    """Give the twelve digits of a person's number; raise a fault that says what is wrong with it."""
    text = digits(typed)
    try:
        return str(iin.parse(text))
    except iin.InvalidIin as wrong:
        raise _fault(wrong.fault, text, "error.iin_length", "error.iin_chars", "error.iin_check") from wrong


def read_bin(typed: str) -> str:
    """Give the twelve digits of an organisation's number; raise a fault that says what is wrong with it."""
    text = digits(typed)
    try:
        return str(iin.parse_bin(text))
    except iin.InvalidBin as wrong:
        raise _fault(wrong.fault, text, "error.bin_length", "error.bin_chars", "error.bin_check") from wrong


def read_number(typed: str) -> str:
    """Give the twelve digits of a BIN or of a sole trader's IIN; raise a fault that says what is wrong with it."""
    text = digits(typed)
    try:
        return str(iin.parse_either(text))
    except iin.InvalidNumber as wrong:
        check = "error.bin_check" if isinstance(wrong, iin.InvalidBin) else "error.trader_check"
        raise _fault(wrong.fault, text, "error.number_length", "error.number_chars", check) from wrong


def number_input() -> forms.TextInput:
    """Give the input of a number that no browser should remember."""
    return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


class IinField(forms.CharField):
    """A person's number; letters typed by the digit row of the Kazakh layout are digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, widget=number_input(), **kwargs)

    def clean(self, value: Any) -> str:
        """Give twelve digits."""
        typed = super().clean(value)
        return read_iin(typed) if typed else ""


def _fault(fault: iin.Fault, text: str, length: str, characters: str, check: str) -> Fault:
    match fault:
        case iin.Fault.LENGTH:
            return Fault(length, count=len(text))
        case iin.Fault.CHARACTERS:
            return Fault(characters)
        case _:
            return Fault(check)
