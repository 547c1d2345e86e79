"""Hold the equation of a GOST signature: the point C = (s·v)·G - (r·v)·Q with v = 1/e has the abscissa r, modulo q.

GOST 34.10-2015 and GOST 34.310-2004 share it (RFC 7091 §6.2).
"""

from typing import Protocol

from govkz.eds.gost.curves import Curve, Point


class Sums(Protocol):
    """What reckons with points."""

    def combined(self, curve: Curve, of_generator: int, of_point: int, point: Point) -> Point | None:
        """Give of_generator·G + of_point·point; None is infinity."""


def holds_by_sum(sums: Sums, curve: Curve, point: Point, e: int, r: int, s: int) -> bool:
    """Tell whether r and s sign e under the point of a public key; all three are from 1 to q-1."""
    inverse = pow(e, -1, curve.q)
    found = sums.combined(curve, s * inverse % curve.q, -r * inverse % curve.q, point)
    return found is not None and found[0] % curve.q == r


def answer(curve: Curve, *, key: int, nonce: int, e: int, r: int, blind: int) -> int:
    """Give s = r·key + nonce·e; the secret factors meet only under the blind (all from 1 to q-1)."""
    q = curve.q
    blinded = (key * blind % q * r + nonce * blind % q * e) % q
    return blinded * pow(blind, -1, q) % q
