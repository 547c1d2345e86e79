"""Reckon with points of a curve in Jacobian coordinates, with Python's whole numbers or with gmpy2's.

A point (X, Y, Z) stands for x = X/Z², y = Y/Z³; Z = 0 is infinity. Multiples of the generator come from a table that
is made at first use. Their path is of one shape whatever the scalar: as many additions, one entry of each row,
from a start that is scaled at random. Whole numbers themselves take a little more or less time by their size, so
this is no defence against somebody who measures on the same machine; the key of an office belongs in a token.
"""

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from govkz.eds.gost import gost341195, streebog
from govkz.eds.gost.curves import Curve, Point
from govkz.eds.gost.equation import holds_by_sum

# A number of Python or of gmpy2: both know the same operators.
Number = Any
Jacobian = tuple[Number, Number, Number]

_WINDOW = 5


class JacobianArithmetic:
    """Points reckoned with one kind of number. Safe to share between threads."""

    def __init__(self, name: str, number: Callable[[int], Number]) -> None:
        self.name = name
        self._number = number
        self._fields: dict[Curve, _Field] = {}
        self.streebog512 = streebog.digest512
        self.streebog256 = streebog.digest256
        self.gost341195 = gost341195.digest

    def multiple_of_generator(self, curve: Curve, scalar: int) -> Point:
        """Give the point scalar·G; the scalar is secret, from 1 to q-1."""
        field = self._field(curve)
        return field.affine(field.multiple_of_generator(scalar, scaled=True))

    def holds(self, curve: Curve, point: Point, e: int, r: int, s: int) -> bool:
        """Tell whether r and s sign e under the point of a public key; all three are from 1 to q-1."""
        return holds_by_sum(self, curve, point, e, r, s)

    def combined(self, curve: Curve, of_generator: int, of_point: int, point: Point) -> Point | None:
        """Give of_generator·G + of_point·point for scalars from 0 to q-1, nothing of it secret; None is infinity."""
        field = self._field(curve)
        found = field.multiple_of(point, of_point)
        if of_generator:
            found = field.add(found, field.multiple_of_generator(of_generator, scaled=False))
        return field.affine(found) if found[2] else None

    def _field(self, curve: Curve) -> "_Field":
        # Two threads may make it at the same time; both make the same.
        if curve not in self._fields:
            self._fields[curve] = _Field(curve, self._number)
        return self._fields[curve]


class _Field:
    """The curve in the numbers of one arithmetic, with the table of its generator."""

    def __init__(self, curve: Curve, number: Callable[[int], Number]) -> None:
        self.number = number
        self.p, self.q = number(curve.p), curve.q
        self.a = number(curve.a)
        self.is_short = curve.a == curve.p - 3
        self.infinity: Jacobian = (number(1), number(1), number(0))
        x, y = curve.generator
        self.generator: Jacobian = (number(x), number(y), number(1))
        self.rows = (curve.q.bit_length() + 1) // _WINDOW + 1
        self._table: list[list[Point]] | None = None

    def multiple_of_generator(self, scalar: int, *, scaled: bool) -> Jacobian:
        # An odd number of the same class; its digits are odd and never zero.
        odd = scalar if scalar & 1 else scalar + self.q
        found, p = self.infinity, self.p
        for row, entries in enumerate(self.table):
            digit = _digit(odd) if row < self.rows - 1 else odd
            odd = odd - digit >> _WINDOW
            x, y = entries[abs(digit) >> 1]
            y = (y, p - y)[digit < 0]
            if row == 0:
                found = self._start(x, y) if scaled else (x, y, self.number(1))
            else:
                found = self.add_affine(found, x, y)
        return found

    def multiple_of(self, point: Point, scalar: int) -> Jacobian:
        odd_multiples = self._odd_multiples(point)
        found = self.infinity
        for digit in _sparse_digits(scalar):
            found = self.double(found)
            if digit:
                x, y = odd_multiples[abs(digit) >> 1]
                found = self.add_affine(found, x, y if digit > 0 else self.p - y)
        return found

    @property
    def table(self) -> list[list[Point]]:
        """Row i holds 1, 3, 5 … times 2^(5i)·G."""
        if self._table is None:
            rows, base = [], self.generator
            for _ in range(self.rows):
                rows += self._odd(base)
                for _ in range(_WINDOW):
                    base = self.double(base)
            each = 1 << _WINDOW - 1
            known = self._all_affine(rows)
            self._table = [known[at : at + each] for at in range(0, len(known), each)]
        return self._table

    def _start(self, x: Number, y: Number) -> Jacobian:
        z = self.number(1 + secrets.randbelow(int(self.p) - 1))
        return x * z * z % self.p, y * z * z * z % self.p, z

    def _odd_multiples(self, point: Point) -> list[Point]:
        x, y = point
        return self._all_affine(self._odd((self.number(x), self.number(y), self.number(1))))

    def _odd(self, base: Jacobian) -> list[Jacobian]:
        twice, found = self.double(base), [base]
        for _ in range((1 << _WINDOW - 1) - 1):
            found.append(self.add(found[-1], twice))
        return found

    def double(self, point: Jacobian) -> Jacobian:
        x, y, z = point
        p = self.p
        zz = z * z % p
        yy = y * y % p
        s = 4 * x * yy % p
        m = 3 * (x - zz) * (x + zz) % p if self.is_short else (3 * x * x + self.a * zz * zz) % p
        new_x = (m * m - 2 * s) % p
        return new_x, (m * (s - new_x) - 8 * yy * yy) % p, 2 * y * z % p

    def add_affine(self, point: Jacobian, x: Number, y: Number) -> Jacobian:
        x1, y1, z1 = point
        if not z1:
            return x, y, self.number(1)
        p = self.p
        zz = z1 * z1 % p
        h = (x * zz - x1) % p
        r = (y * zz * z1 - y1) % p
        if not h:
            return self.infinity if r else self.double(point)
        hh = h * h % p
        hhh = h * hh % p
        v = x1 * hh % p
        new_x = (r * r - hhh - 2 * v) % p
        return new_x, (r * (v - new_x) - y1 * hhh) % p, z1 * h % p

    def add(self, point: Jacobian, other: Jacobian) -> Jacobian:
        x1, y1, z1 = point
        x2, y2, z2 = other
        if not z1:
            return other
        if not z2:
            return point
        p = self.p
        zz1, zz2 = z1 * z1 % p, z2 * z2 % p
        u = x1 * zz2 % p
        s = y1 * zz2 * z2 % p
        h = (x2 * zz1 - u) % p
        r = (y2 * zz1 * z1 - s) % p
        if not h:
            return self.infinity if r else self.double(point)
        hh = h * h % p
        hhh = h * hh % p
        v = u * hh % p
        new_x = (r * r - hhh - 2 * v) % p
        return new_x, (r * (v - new_x) - s * hhh) % p, z1 * z2 * h % p

    def affine(self, point: Jacobian) -> Point:
        ((x, y),) = self._all_affine([point])
        return int(x), int(y)

    def _all_affine(self, points: Sequence[Jacobian]) -> list[Point]:
        """Divide by every Z with one inversion; none of them is infinity."""
        p, product = self.p, self.number(1)
        products = []
        for _, _, z in points:
            products.append(product)
            product = product * z % p
        inverse = pow(product, -1, p)
        found = []
        for (x, y, z), before in zip(reversed(points), reversed(products), strict=True):
            single = inverse * before % p
            inverse = inverse * z % p
            square = single * single % p
            found.append((x * square % p, y * square * single % p))
        return found[::-1]


def _digit(odd: int) -> int:
    return (odd & (2 << _WINDOW) - 1) - (1 << _WINDOW)


def _sparse_digits(scalar: int) -> list[int]:
    """Give the digits of the non-adjacent form, the highest first: odd ones below 2^5 and zeros."""
    found = []
    while scalar:
        digit = 0
        if scalar & 1:
            digit = scalar & (2 << _WINDOW) - 1
            if digit >> _WINDOW:
                digit -= 2 << _WINDOW
        found.append(digit)
        scalar = scalar - digit >> 1
    return found[::-1]
