"""Reckon the cipher RC2 in CBC mode, which the certificates in older PKCS#12 files are wrapped with (RFC 2268).

It protects nothing today (40 effective bits): it is here to read what people hold and to write the same form.
Written here because the library offers it with 128 effective bits only.
"""

BLOCK = 8
_MASK = 0xFFFF
_PI = bytes.fromhex(
    "d978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32"
    "bd8f40eb86b77b0bf09521225c6b4e8254d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626"
    "6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed708e8eade8052eef784aa72ac354d6a2a"
    "961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731"
    "2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2e"
    "c5f3db47e5a59c770aa62068fe7fc1ad"
)


def decrypt(content: bytes, *, key: bytes, iv: bytes, bits: int) -> bytes:
    """Take whole blocks out of the cipher, padding left on; `bits` is the effective length of the key."""
    words, previous, plain = _expanded(key, bits), iv, bytearray()
    for at in range(0, len(content), BLOCK):
        block = content[at : at + BLOCK]
        plain += _xor(_decrypt_block(block, words), previous)
        previous = block
    return bytes(plain)


def encrypt(content: bytes, *, key: bytes, iv: bytes, bits: int) -> bytes:
    """Put whole blocks, already padded, into the cipher; `bits` is the effective length of the key."""
    words, previous, sealed = _expanded(key, bits), iv, bytearray()
    for at in range(0, len(content), BLOCK):
        previous = _encrypt_block(_xor(content[at : at + BLOCK], previous), words)
        sealed += previous
    return bytes(sealed)


def _expanded(key: bytes, bits: int) -> list[int]:
    """Give the sixty-four words of the key (RFC 2268 §2)."""
    expanded = bytearray(key)
    for at in range(len(key), 128):
        expanded.append(_PI[(expanded[-1] + expanded[at - len(key)]) & 0xFF])
    effective = (bits + 7) // 8
    expanded[128 - effective] = _PI[expanded[128 - effective] & 0xFF >> (-bits % 8)]
    for at in range(127 - effective, -1, -1):
        expanded[at] = _PI[expanded[at + 1] ^ expanded[at + effective]]
    return [expanded[at] | expanded[at + 1] << 8 for at in range(0, 128, 2)]


def _encrypt_block(block: bytes, words: list[int]) -> bytes:
    a, b, c, d = _quarters(block)
    for turn in range(16):
        k = turn * 4
        a = _left(a + words[k] + (d & c) + (~d & b), 1)
        b = _left(b + words[k + 1] + (a & d) + (~a & c), 2)
        c = _left(c + words[k + 2] + (b & a) + (~b & d), 3)
        d = _left(d + words[k + 3] + (c & b) + (~c & a), 5)
        if turn in (4, 10):
            a = a + words[d & 63] & _MASK
            b = b + words[a & 63] & _MASK
            c = c + words[b & 63] & _MASK
            d = d + words[c & 63] & _MASK
    return _joined(a, b, c, d)


def _decrypt_block(block: bytes, words: list[int]) -> bytes:
    a, b, c, d = _quarters(block)
    for turn in range(15, -1, -1):
        k = turn * 4
        d = _left(d, 11) - words[k + 3] - (c & b) - (~c & a) & _MASK
        c = _left(c, 13) - words[k + 2] - (b & a) - (~b & d) & _MASK
        b = _left(b, 14) - words[k + 1] - (a & d) - (~a & c) & _MASK
        a = _left(a, 15) - words[k] - (d & c) - (~d & b) & _MASK
        if turn in (5, 11):
            d = d - words[c & 63] & _MASK
            c = c - words[b & 63] & _MASK
            b = b - words[a & 63] & _MASK
            a = a - words[d & 63] & _MASK
    return _joined(a, b, c, d)


def _left(word: int, turns: int) -> int:
    word &= _MASK
    return (word << turns | word >> 16 - turns) & _MASK


def _quarters(block: bytes) -> tuple[int, int, int, int]:
    a, b, c, d = (int.from_bytes(block[at : at + 2], "little") for at in range(0, BLOCK, 2))
    return a, b, c, d


def _joined(*words: int) -> bytes:
    return b"".join(word.to_bytes(2, "little") for word in words)


def _xor(left: bytes, right: bytes) -> bytes:
    return (int.from_bytes(left, "big") ^ int.from_bytes(right, "big")).to_bytes(BLOCK, "big")
