"""Reckon the digest GOST 34.311-95 in plain Python: GOST R 34.11-94 with the start of zeros and the test S-box.

NUCA's signatures of 2004 use it. The algorithm and the S-box are in RFC 5831 §5 and RFC 4357 §11.2 (the S-box of
the examples, id-GostR3411-94-TestParamSet); with another S-box no signature of NUCA holds.
"""

from struct import pack, unpack

_BLOCK_BYTES = 32
_MASK = (1 << 256) - 1
_WORD = (1 << 32) - 1

# The row of the lowest four bits first.
_BOXES = tuple(
    tuple(int(digit, 16) for digit in row)
    for row in (
        "4A92D80E6B1C7F53",
        "EB4C6DFA23810759",
        "581DA342EFC7609B",
        "7DA1089FE46CB253",
        "6C715FD84A9E03B2",
        "4BA0721D36859CFE",
        "DB413F590AE7682C",
        "1FD057A4923E6B8C",
    )
)
# RFC 5831 §5.1: of the four constants of the key generation only the third is not zero.
_CONSTANTS = (0, 0xFF00FFFF000000FFFF0000FF00FFFF0000FF00FF00FF00FFFF00FF00FF00FF00, 0)
_ROUNDS = (*(*range(8),) * 3, *reversed(range(8)))


def digest(content: bytes) -> bytes:
    """Give the digest of 32 bytes in the order in which NUCA writes it."""
    state = total = 0
    for at in range(0, len(content), _BLOCK_BYTES):
        block = int.from_bytes(content[at : at + _BLOCK_BYTES], "little")
        state = _step(state, block)
        total = total + block & _MASK
    state = _step(state, len(content) * 8 & _MASK)
    return _step(state, total).to_bytes(32, "little")


def _step(state: int, block: int) -> int:
    """The step function of RFC 5831 §5: keys, encryption of the state, mixing."""
    encrypted = 0
    for place, key in enumerate(_keys(state, block)):
        part = state >> 64 * place & (1 << 64) - 1
        encrypted |= _encrypted(part, key) << 64 * place
    return _mixed(state, block, encrypted)


def _keys(state: int, block: int) -> list[tuple[int, ...]]:
    """RFC 5831 §5.1: four keys of eight words."""
    keys = [_permuted(state ^ block)]
    for constant in _CONSTANTS:
        state = _rotated(state) ^ constant
        block = _rotated(_rotated(block))
        keys.append(_permuted(state ^ block))
    return keys


def _rotated(value: int) -> int:
    """The map A."""
    return value >> 64 | ((value ^ value >> 64) & (1 << 64) - 1) << 192


def _permuted(value: int) -> tuple[int, ...]:
    """The map P, cut into the words of a key."""
    taken = value.to_bytes(32, "little")
    return unpack("<8L", b"".join(taken[place::8] for place in range(8)))


def _tables() -> tuple[tuple[int, ...], ...]:
    """Make the substitution of two boxes and the rotation by eleven bits one look-up for each byte."""
    tables = []
    for place in range(4):
        low, high = _BOXES[2 * place : 2 * place + 2]
        words = ((high[byte >> 4] << 4 | low[byte & 15]) << 8 * place for byte in range(256))
        tables.append(tuple((word << 11 | word >> 21) & _WORD for word in words))
    return tuple(tables)


_T0, _T1, _T2, _T3 = _tables()


def _encrypted(part: int, key: tuple[int, ...]) -> int:
    """GOST 28147-89 in its simple mode: one block of 64 bits (RFC 5830 §5)."""
    low, high = part & _WORD, part >> 32
    for word in _ROUNDS:
        mixed = low + key[word] & _WORD
        low, high = (
            high ^ _T0[mixed & 255] ^ _T1[mixed >> 8 & 255] ^ _T2[mixed >> 16 & 255] ^ _T3[mixed >> 24],
            low,
        )
    # The last round does not change places.
    return low << 32 | high


def _mixed(state: int, block: int, encrypted: int) -> int:
    """RFC 5831 §5.3: the shift register of sixteen words, 12 times, once, and 61 times."""
    once = _shifted(_shifted(encrypted, 12) ^ block, 1)
    return _shifted(once ^ state, 61)


def _shifted(value: int, times: int) -> int:
    words = list(unpack("<16H", value.to_bytes(32, "little")))
    for at in range(times):
        fed = words[at] ^ words[at + 1] ^ words[at + 2] ^ words[at + 3] ^ words[at + 12] ^ words[at + 15]
        words.append(fed)
    return int.from_bytes(pack("<16H", *words[times:]), "little")
