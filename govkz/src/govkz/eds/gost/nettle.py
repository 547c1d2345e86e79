"""Reckon with the system's Nettle where it is installed (libnettle.so.8 with libhogweed.so.6, LGPL), through ctypes.

Its code for the two curves runs in a time that does not depend on the secret, and while it runs other threads of the
process run too: ctypes lets go of the interpreter's lock. Versions before 3.8 are left alone, they had faults in
these curves (CVE-2021-20305 and after). Everything here is reached through the public functions
of the library, so that no size of its inner structures is relied on.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_size_t, c_void_p
from typing import Any

from govkz.eds.gost.curves import PARAM_SET_256_B, PARAM_SET_512_A, Curve, Point
from govkz.eds.gost.equation import holds_by_sum

LEAST_VERSION = (3, 8)
_NAMES = (("libnettle.so.8", "libhogweed.so.6"), ("libnettle.8.dylib", "libhogweed.6.dylib"))
# The largest context of a digest here is under 300 bytes in every version of this interface.
_CONTEXT_BYTES = 1024


class Absent(Exception):
    """What reckons is not on this machine, or not in a version that is used here."""


class _Number(Structure):
    """GMP's mpz_t, which the library allocates and frees."""

    _fields_ = (("allocated", c_int), ("size", c_int), ("limbs", c_void_p))


class _Pair(Structure):
    """Two numbers: dsa_signature, the only pair the library makes and clears itself."""

    _fields_ = (("first", _Number), ("second", _Number))


class _Bound(Structure):
    """A point or a scalar bound to its curve: ecc_point, ecc_scalar."""

    _fields_ = (("curve", c_void_p), ("limbs", c_void_p))


_ONE, _TWO = POINTER(_Number), POINTER(_Pair)
_FUNCTIONS: dict[str, tuple[object, tuple[object, ...]]] = {
    "nettle_get_gost_gc256b": (c_void_p, ()),
    "nettle_get_gost_gc512a": (c_void_p, ()),
    "nettle_dsa_signature_init": (None, (_TWO,)),
    "nettle_dsa_signature_clear": (None, (_TWO,)),
    "nettle_mpz_set_str_256_u": (None, (_ONE, c_size_t, c_char_p)),
    "nettle_mpz_get_str_256": (None, (c_size_t, c_char_p, _ONE)),
    "nettle_ecc_point_init": (None, (POINTER(_Bound), c_void_p)),
    "nettle_ecc_point_clear": (None, (POINTER(_Bound),)),
    "nettle_ecc_point_set": (c_int, (POINTER(_Bound), _ONE, _ONE)),
    "nettle_ecc_point_get": (None, (POINTER(_Bound), _ONE, _ONE)),
    "nettle_ecc_point_mul": (None, (POINTER(_Bound), POINTER(_Bound), POINTER(_Bound))),
    "nettle_ecc_point_mul_g": (None, (POINTER(_Bound), POINTER(_Bound))),
    "nettle_gostdsa_verify": (c_int, (POINTER(_Bound), c_size_t, c_char_p, _TWO)),
    "nettle_ecc_scalar_init": (None, (POINTER(_Bound), c_void_p)),
    "nettle_ecc_scalar_clear": (None, (POINTER(_Bound),)),
    "nettle_ecc_scalar_set": (c_int, (POINTER(_Bound), _ONE)),
}


class Nettle:
    """The two libraries, bound. Safe to share between threads: every call has its own memory."""

    name = "nettle"

    def __init__(self) -> None:
        """Bind the libraries; raises Absent."""
        self._digests, self._curves = _libraries()
        self._digest_functions: dict[str, tuple[Any, Any, Any]] = {}
        try:
            for name, (result, arguments) in _FUNCTIONS.items():
                function = getattr(self._curves, name)
                function.restype, function.argtypes = result, arguments
            self._known = {
                PARAM_SET_256_B: self._curves.nettle_get_gost_gc256b(),
                PARAM_SET_512_A: self._curves.nettle_get_gost_gc512a(),
            }
            for digest in ("streebog512", "streebog256", "gosthash94"):
                self._bind_digest(digest)
        except AttributeError as missing:
            raise Absent("a function is missing") from missing

    def multiple_of_generator(self, curve: Curve, scalar: int) -> Point:
        """Give scalar·G; the scalar is secret, from 1 to q-1."""
        with self._scalar(curve, scalar) as known, self._point(curve) as found:
            self._curves.nettle_ecc_point_mul_g(byref(found), byref(known))
            return self._coordinates(found, curve)

    def holds(self, curve: Curve, point: Point, e: int, r: int, s: int) -> bool:
        """Tell whether r and s sign e under the point of a public key; all three are from 1 to q-1."""
        with (
            self._pair(*point, curve.size) as place,
            self._pair(r, s, curve.size) as signature,
            self._point(curve) as key,
        ):
            if not self._curves.nettle_ecc_point_set(byref(key), byref(place.first), byref(place.second)):
                return False
            digest = e.to_bytes(curve.size, "little")
            if self._curves.nettle_gostdsa_verify(byref(key), len(digest), digest, byref(signature)):
                return True
        # The library says no as well where the two points it adds are the same one; that is looked at again.
        return holds_by_sum(self, curve, point, e, r, s)

    def combined(self, curve: Curve, of_generator: int, of_point: int, point: Point) -> Point | None:
        """Give of_generator·G + of_point·point for scalars from 1 to q-1; None is infinity."""
        one = self.multiple_of_generator(curve, of_generator)
        return curve.sum(one, self._multiple(curve, of_point, point))

    def _multiple(self, curve: Curve, scalar: int, point: Point) -> Point:
        with self._scalar(curve, scalar) as known, self._point(curve) as found, self._point(curve) as base:
            with self._pair(*point, curve.size) as place:
                if not self._curves.nettle_ecc_point_set(
                    byref(base), byref(place.first), byref(place.second)
                ):
                    raise ValueError("the point is not on the curve")
            self._curves.nettle_ecc_point_mul(byref(found), byref(known), byref(base))
            return self._coordinates(found, curve)

    def streebog512(self, content: bytes) -> bytes:
        return self._digest("streebog512", content, 64)

    def streebog256(self, content: bytes) -> bytes:
        return self._digest("streebog256", content, 32)

    def gost341195(self, content: bytes) -> bytes:
        return self._digest("gosthash94", content, 32)

    def _digest(self, name: str, content: bytes, size: int) -> bytes:
        context = ctypes.create_string_buffer(_CONTEXT_BYTES)
        found = ctypes.create_string_buffer(size)
        init, update, finish = self._digest_functions[name]
        init(context)
        update(context, len(content), content)
        finish(context, size, found)
        return found.raw

    def _bind_digest(self, name: str) -> None:
        init = getattr(self._digests, f"nettle_{name}_init")
        # The shorter Streebog shares the function that takes content in.
        update = getattr(self._digests, f"nettle_{name.replace('streebog256', 'streebog512')}_update")
        finish = getattr(self._digests, f"nettle_{name}_digest")
        init.restype, init.argtypes = None, (c_void_p,)
        update.restype, update.argtypes = None, (c_void_p, c_size_t, c_char_p)
        finish.restype, finish.argtypes = None, (c_void_p, c_size_t, c_void_p)
        self._digest_functions[name] = init, update, finish

    @contextmanager
    def _pair(self, first: int, second: int, size: int) -> Iterator[_Pair]:
        pair = _Pair()
        self._curves.nettle_dsa_signature_init(byref(pair))
        try:
            for number, value in ((pair.first, first), (pair.second, second)):
                self._curves.nettle_mpz_set_str_256_u(byref(number), size, value.to_bytes(size, "big"))
            yield pair
        finally:
            self._curves.nettle_dsa_signature_clear(byref(pair))

    def _coordinates(self, point: _Bound, curve: Curve) -> Point:
        with self._pair(0, 0, curve.size) as pair:
            self._curves.nettle_ecc_point_get(byref(point), byref(pair.first), byref(pair.second))
            return self._value(pair.first, curve.size), self._value(pair.second, curve.size)

    def _value(self, number: _Number, size: int) -> int:
        written = ctypes.create_string_buffer(size)
        self._curves.nettle_mpz_get_str_256(size, written, byref(number))
        return int.from_bytes(written.raw, "big")

    @contextmanager
    def _point(self, curve: Curve) -> Iterator[_Bound]:
        point = _Bound()
        self._curves.nettle_ecc_point_init(byref(point), self._known[curve])
        try:
            yield point
        finally:
            self._curves.nettle_ecc_point_clear(byref(point))

    @contextmanager
    def _scalar(self, curve: Curve, value: int) -> Iterator[_Bound]:
        scalar = _Bound()
        self._curves.nettle_ecc_scalar_init(byref(scalar), self._known[curve])
        try:
            with self._pair(value, 0, curve.size) as pair:
                if not self._curves.nettle_ecc_scalar_set(byref(scalar), byref(pair.first)):
                    raise ValueError("a scalar is from 1 to q-1")
            yield scalar
        finally:
            self._curves.nettle_ecc_scalar_clear(byref(scalar))


def _libraries() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    for digests, curves in _NAMES:
        try:
            found = ctypes.CDLL(digests), ctypes.CDLL(curves)
            version = found[0].nettle_version_major(), found[0].nettle_version_minor()
        except (OSError, AttributeError):
            continue
        if version >= LEAST_VERSION:
            return found
    raise Absent("no Nettle of version 3.8 or later")
