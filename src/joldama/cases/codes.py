"""References and control codes: eight letters that look the same in Cyrillic and Latin (A33, A38)."""

import secrets

LENGTH = 8
_LETTERS = "ABCEHKMOPTXY"
_CYRILLIC = str.maketrans("АВСЕНКМОРТХУ", _LETTERS)


def new_code() -> str:
    """Make a random code; 12 letters in 8 places: 4.3e8, never a key by itself."""
    return "".join(secrets.choice(_LETTERS) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """Bring a typed code to its stored form: either alphabet, any case, blanks and hyphens ignored."""
    return "".join(typed.upper().split()).replace("-", "").translate(_CYRILLIC)
