"""Reckon the digest Streebog in plain Python: GOST 34.11-2015, the same as GOST R 34.11-2012 (RFC 6986).

A digest is given in the order of bytes in which NUCA writes it. The substitution, the transposition and the linear
map of a round are one look-up in eight tables of 64-bit words, made once when the module is loaded.
"""

from struct import pack, unpack

_BLOCK_BYTES = 64
_BLOCK_BITS = 512
_MASK = (1 << _BLOCK_BITS) - 1

# RFC 6986 §6.2
_SUBSTITUTION = bytes.fromhex(
    "fceedd11cf6e3116fbc4fada23c5044de977f0db932e99ba1736f1bb14cd5fc1"
    "f918655ae25cef21811c3c428b018e4f058402aee36a8fa0060bed987fd4d31f"
    "eb342c51eac848abf22a68a2fd3aceccb5700e56080c7612bf7213479cb75d87"
    "15a19629107b9ac7f391786f9d9eb2b13275193dff358a7e6d54c680c3bd0d57"
    "dff524a93ea843c9d779d6f67c22b903e00fecde7a94b0bcdce828504e330a4a"
    "a79760731e0062441ab83882649f2641ad454692275e552f8ca3a57d69d5953b"
    "0758b34086ac1df730376be488d9e789e11b83494c3ff8fe8d53aa90cad88561"
    "207167a42d2b095bcb9b25d0bee56c5259a674d2e6f4b4c0d166afc2394b63b6"
)
# RFC 6986 §6.4: the rows of the linear map, the one of the highest bit first.
_ROWS = unpack(
    ">64Q",
    bytes.fromhex(
        "8e20faa72ba0b470 47107ddd9b505a38 ad08b0e0c3282d1c d8045870ef14980e "
        "6c022c38f90a4c07 3601161cf205268d 1b8e0b0e798c13c8 83478b07b2468764 "
        "a011d380818e8f40 5086e740ce47c920 2843fd2067adea10 14aff010bdd87508 "
        "0ad97808d06cb404 05e23c0468365a02 8c711e02341b2d01 46b60f011a83988e "
        "90dab52a387ae76f 486dd4151c3dfdb9 24b86a840e90f0d2 125c354207487869 "
        "092e94218d243cba 8a174a9ec8121e5d 4585254f64090fa0 accc9ca9328a8950 "
        "9d4df05d5f661451 c0a878a0a1330aa6 60543c50de970553 302a1e286fc58ca7 "
        "18150f14b9ec46dd 0c84890ad27623e0 0642ca05693b9f70 0321658cba93c138 "
        "86275df09ce8aaa8 439da0784e745554 afc0503c273aa42a d960281e9d1d5215 "
        "e230140fc0802984 71180a8960409a42 b60c05ca30204d21 5b068c651810a89e "
        "456c34887a3805b9 ac361a443d1c8cd2 561b0d22900e4669 2b838811480723ba "
        "9bcf4486248d9f5d c3e9224312c8c1a0 effa11af0964ee50 f97d86d98a327728 "
        "e4fa2054a80b329c 727d102a548b194e 39b008152acb8227 9258048415eb419d "
        "492c024284fbaec0 aa16012142f35760 550b8e9e21f7a530 a48b474f9ef5dc18 "
        "70a6a56e2440598e 3853dc371220a247 1ca76e95091051ad 0edd37c48a08a6d8 "
        "07e095624504536c 8d70c431ac02a736 c83862965601dd1b 641c314b2b8ee083"
    ),
)
# RFC 6986 §6.5: the constants of the twelve rounds.
_WRITTEN = bytes.fromhex(
    "b1085bda1ecadae9ebcb2f81c0657c1f2f6a76432e45d016714eb88d7585c4fc"
    "4b7ce09192676901a2422a08a460d31505767436cc744d23dd806559f2a64507 "
    "6fa3b58aa99d2f1a4fe39d460f70b5d7f3feea720a232b9861d55e0f16b50131"
    "9ab5176b12d699585cb561c2db0aa7ca55dda21bd7cbcd56e679047021b19bb7 "
    "f574dcac2bce2fc70a39fc286a3d843506f15e5f529c1f8bf2ea7514b1297b7b"
    "d3e20fe490359eb1c1c93a376062db09c2b6f443867adb31991e96f50aba0ab2 "
    "ef1fdfb3e81566d2f948e1a05d71e4dd488e857e335c3c7d9d721cad685e353f"
    "a9d72c82ed03d675d8b71333935203be3453eaa193e837f1220cbebc84e3d12e "
    "4bea6bacad4747999a3f410c6ca923637f151c1f1686104a359e35d7800fffbd"
    "bfcd1747253af5a3dfff00b723271a167a56a27ea9ea63f5601758fd7c6cfe57 "
    "ae4faeae1d3ad3d96fa4c33b7a3039c02d66c4f95142a46c187f9ab49af08ec6"
    "cffaa6b71c9ab7b40af21f66c2bec6b6bf71c57236904f35fa68407a46647d6e "
    "f4c70e16eeaac5ec51ac86febf240954399ec6c7e6bf87c9d3473e33197a93c9"
    "0992abc52d822c3706476983284a05043517454ca23c4af38886564d3a14d493 "
    "9b1f5b424d93c9a703e7aa020c6e41414eb7f8719c36de1e89b4443b4ddbc49a"
    "f4892bcb929b069069d18d2bd1a5c42f36acc2355951a8d9a47f0dd4bf02e71e "
    "378f5a541631229b944c9ad8ec165fde3a7d3a1b258942243cd955b7e00d0984"
    "800a440bdbb2ceb17b2b8a9aa6079c540e38dc92cb1f2a607261445183235adb "
    "abbedea680056f52382ae548b2e4f3f38941e71cff8a78db1fffe18a1b336103"
    "9fe76702af69334b7a1e6c303b7652f43698fad1153bb6c374b4c7fb98459ced "
    "7bcd9ed0efc889fb3002c6cd635afe94d8fa6bbbebab07612001802114846679"
    "8a1d71efea48b9caefbacd1d7d476e98dea2594ac06fd85d6bcaa4cd81f32d1b "
    "378ee767f11631bad21380b00449b17acda43c32bcdf1d77f82012d430219f9b"
    "5d80ef9d1891cc86e71da4aa88e12852faf417d5d9b21b9948bc924af11bd720"
)
_CONSTANTS = tuple(
    int.from_bytes(_WRITTEN[at : at + _BLOCK_BYTES], "big") for at in range(0, len(_WRITTEN), _BLOCK_BYTES)
)


def digest512(content: bytes) -> bytes:
    """Give the digest of 64 bytes."""
    return _reckon(content, 0).to_bytes(64, "little")


def digest256(content: bytes) -> bytes:
    """Give the digest of 32 bytes."""
    return _reckon(content, int.from_bytes(b"\x01" * 64, "little")).to_bytes(64, "little")[32:]


def _reckon(content: bytes, state: int) -> int:
    """RFC 6986 §8; numbers are read from bytes the little end first."""
    count = total = 0
    whole = len(content) - len(content) % _BLOCK_BYTES
    for at in range(0, whole, _BLOCK_BYTES):
        block = int.from_bytes(content[at : at + _BLOCK_BYTES], "little")
        state = _compress(count, state, block)
        count += _BLOCK_BITS
        total = total + block & _MASK
    rest = content[whole:]
    block = int.from_bytes(rest + b"\x01", "little")
    state = _compress(count, state, block)
    state = _compress(0, state, count + len(rest) * 8)
    return _compress(0, state, total + block & _MASK)


def _compress(count: int, state: int, block: int) -> int:
    """The function g_N of RFC 6986 §7."""
    key = _round(state ^ count)
    mixed = block
    for constant in _CONSTANTS:
        mixed = _round(mixed ^ key)
        key = _round(key ^ constant)
    return mixed ^ key ^ state ^ block


def _tables() -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(_word(place, byte) for byte in range(256)) for place in range(8))


def _word(place: int, byte: int) -> int:
    """Give what a byte at a place of a row adds to the row after the substitution and the linear map."""
    substituted = _SUBSTITUTION[byte] << 8 * place
    word = 0
    for bit in range(8 * place, 8 * place + 8):
        if substituted >> bit & 1:
            word ^= _ROWS[63 - bit]
    return word


_T0, _T1, _T2, _T3, _T4, _T5, _T6, _T7 = _tables()


def _round(block: int) -> int:
    """The maps S, P and L of RFC 6986 §6."""
    taken = block.to_bytes(64, "little")
    columns = zip(
        taken[0:8],
        taken[8:16],
        taken[16:24],
        taken[24:32],
        taken[32:40],
        taken[40:48],
        taken[48:56],
        taken[56:64],
        strict=True,
    )
    words = [
        _T0[a] ^ _T1[b] ^ _T2[c] ^ _T3[d] ^ _T4[e] ^ _T5[f] ^ _T6[g] ^ _T7[h]
        for a, b, c, d, e, f, g, h in columns
    ]
    return int.from_bytes(pack("<8Q", *words), "little")
