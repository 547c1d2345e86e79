"""Choose what reckons GOST on this machine: the system's Nettle, else gmpy2, else plain Python.

All give the same results; they differ in speed (see `bench/eds.py`) and in what they ask of the machine. Each is tried
on known answers before it is used, and one that fails is passed over. `GOVKZ_GOST_BACKEND` in the environment names
one and no other: nettle, gmpy2 or python.
"""

import os
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Protocol

from govkz.eds.gost.curves import PARAM_SET_256_B, PARAM_SET_512_A, Curve, Point
from govkz.eds.gost.jacobian import JacobianArithmetic
from govkz.eds.gost.nettle import Absent, Nettle

VARIABLE = "GOVKZ_GOST_BACKEND"


class Arithmetic(Protocol):
    """What reckons digests, public keys and the equation of a signature. Safe to share between threads."""

    @property
    def name(self) -> str:
        """Give the word by which it is chosen and shown."""

    def multiple_of_generator(self, curve: Curve, scalar: int) -> Point:
        """Give scalar·G; the scalar is secret, from 1 to q-1."""

    def holds(self, curve: Curve, point: Point, e: int, r: int, s: int) -> bool:
        """Tell whether r and s sign e under the point of a public key; all three are from 1 to q-1."""

    def streebog512(self, content: bytes) -> bytes:
        """Give the digest of 64 bytes of GOST 34.11-2015."""

    def streebog256(self, content: bytes) -> bytes:
        """Give the digest of 32 bytes of GOST 34.11-2015."""

    def gost341195(self, content: bytes) -> bytes:
        """Give the digest of GOST 34.311-95."""


def chosen() -> Arithmetic:
    """Give the fastest that this machine has, or the one the environment names; raises Absent where that is not."""
    return _chosen(os.environ.get(VARIABLE) or None)


def backend() -> str:
    """Name what reckons GOST on this machine: nettle, gmpy2 or python."""
    return chosen().name


@cache
def named(name: str) -> Arithmetic:
    """Give one by its name, tried on known answers; raises Absent."""
    if name not in _MAKERS:
        raise Absent(f"no arithmetic is called {name}; there are {', '.join(_MAKERS)}")
    arithmetic = _MAKERS[name]()
    if not _is_right(arithmetic):
        raise Absent(f"{name} gives wrong answers")
    return arithmetic


def available() -> tuple[str, ...]:
    """Name all that this machine has, the fastest first."""
    return tuple(name for name in _MAKERS if _is_available(name))


@cache
def _chosen(name: str | None) -> Arithmetic:
    # Each that is tried costs its known answers: the slower ones are not asked where a faster one is right.
    return named(name or next(filter(_is_available, _MAKERS)))


def _is_available(name: str) -> bool:
    try:
        named(name)
    except Absent:
        return False
    return True


def _gmpy2() -> Arithmetic:
    try:
        number = import_module("gmpy2").mpz
    except (ImportError, AttributeError) as missing:
        raise Absent("gmpy2 is not installed") from missing
    return JacobianArithmetic("gmpy2", number)


def _python() -> Arithmetic:
    return JacobianArithmetic("python", int)


_MAKERS: dict[str, Callable[[], Arithmetic]] = {"nettle": Nettle, "gmpy2": _gmpy2, "python": _python}


def _is_right(arithmetic: Arithmetic) -> bool:
    return _are_digests_right(arithmetic) and all(_is_curve_right(arithmetic, *known) for known in _KNOWN)


def _are_digests_right(arithmetic: Arithmetic) -> bool:
    return (
        arithmetic.streebog512(_MESSAGE).hex() == _STREEBOG_512
        and arithmetic.streebog256(_MESSAGE).hex() == _STREEBOG_256
        and arithmetic.gost341195(_MESSAGE_32).hex() == _GOST_341195
    )


def _is_curve_right(arithmetic: Arithmetic, curve: Curve, scalar: int, abscissa: int) -> bool:
    """Try a multiple that is known, and the equation on a signature of it, a changed one and the special sum."""
    point = arithmetic.multiple_of_generator(curve, scalar)
    if point[0] != abscissa or not curve.has(point):
        return False
    nonce, e = 0x10203, 0x40506
    r = arithmetic.multiple_of_generator(curve, nonce)[0] % curve.q
    s = (r * scalar + nonce * e) % curve.q
    # With this one both points of the sum are the same.
    doubled = -2 * r * scalar * pow(nonce, -1, curve.q) % curve.q
    return (
        arithmetic.holds(curve, point, e, r, s)
        and not arithmetic.holds(curve, point, e + 1, r, s)
        and arithmetic.holds(curve, point, doubled, r, (r * scalar + nonce * doubled) % curve.q)
    )


# RFC 6986 §10.1 and the examples of GOST R 34.11-94 with the test S-box.
_MESSAGE = b"012345678901234567890123456789012345678901234567890123456789012"
_STREEBOG_512 = (
    "1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa"
    "00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48"
)
_STREEBOG_256 = "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"
_MESSAGE_32 = b"This is message, length=32 bytes"
_GOST_341195 = "b1c466d37519b82e8319819ff32595e047a28cb6f83eff1c6916a815a637fffa"
_KNOWN = (
    (
        PARAM_SET_512_A,
        int(
            "480F669784FD01B5CB7B5F919159AF5B9A78C332EC07CA2602DE83529E061B49"
            "88AC5B38345206DF49894C6A4428825ACF2F6FF1ECB5E578584E654F9DFD7192",
            16,
        ),
        int(
            "E25D47F1CC5391E872213EF0A55C90EF21CEF5C28F1C075F7A15E741791E1290"
            "3E62EA39E0075B83B4346678C63D5451BE6F53A1E7507F7D1CC6A3EA6A0D69AD",
            16,
        ),
    ),
    (
        PARAM_SET_256_B,
        0x02433A376AC33A077173CC52DF6947B0CC7F9442C274308992EA884BA583FF81,
        0x5CAE92068A723BBCA9A0B37D234689AE4687E5E24857828C77AA887A47E5D88F,
    ),
)
