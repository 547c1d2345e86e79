"""Reads numbers typed by officials: letters of the Kazakh layout's digit row are understood as digits."""

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


def _fault(fault: iin.Fault, text: str, length: str, characters: str, check: str) -> Fault:
    match fault:
        case iin.Fault.LENGTH:
            return Fault(length, count=len(text))
        case iin.Fault.CHARACTERS:
            return Fault(characters)
        case _:
            return Fault(check)
