"""Under which number an organisation is known: a legal entity under its BIN, a sole trader under his own IIN.

The number itself says which of the two it is (`govkz.iin.parse_either`), and nothing else does.
"""

from govkz import iin


def is_of_sole_trader(number: str) -> bool:
    """Say whether a number is the IIN of a sole trader: personal data; of what is no number it is not known to be."""
    try:
        return isinstance(iin.parse_either(number), iin.Iin)
    except iin.InvalidNumber:
        return False


def number_key(number: str) -> str:
    """Key of the word under which a number stands: БСН, or ЖСН of a sole trader."""
    return "iin" if is_of_sole_trader(number) else "bin"


def masked(number: str) -> str:
    """Show the number of a sole trader by its last four digits alone, a BIN as it is."""
    return f"•••• •••• {number[-4:]}" if is_of_sole_trader(number) else number
