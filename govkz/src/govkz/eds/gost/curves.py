"""Name the two curves NUCA's keys lie on: y² = x³ + ax + b over the field of p, with a generator of order q.

Both have cofactor 1: every point of the curve but infinity has the order q, so there are no points of small order.
"""

from dataclasses import dataclass

Point = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A curve in the short form of Weierstrass; coordinates and scalars are whole numbers."""

    name: str
    p: int
    a: int
    b: int
    q: int
    generator: Point

    @property
    def size(self) -> int:
        """Give the bytes of one coordinate or scalar."""
        return (self.p.bit_length() + 7) // 8

    def has(self, point: Point) -> bool:
        """Tell whether a point lies on the curve, each coordinate written in its shortest way (below p)."""
        x, y = point
        is_in_field = 0 <= x < self.p and 0 <= y < self.p
        return is_in_field and (y * y - (x * x + self.a) * x - self.b) % self.p == 0

    def sum(self, one: Point, other: Point) -> Point | None:
        """Add two points of the curve; None is infinity."""
        (x1, y1), (x2, y2), p = one, other, self.p
        if x1 == x2 and (y1 + y2) % p == 0:
            return None
        rise, run = (3 * x1 * x1 + self.a, 2 * y1) if one == other else (y2 - y1, x2 - x1)
        slope = rise * pow(run, -1, p) % p
        x = (slope * slope - x1 - x2) % p
        return x, (slope * (x1 - x) - y1) % p


_P512 = 2**512 - 569
_P256 = 2**256 - 617

# id-tc26-gost-3410-12-512-paramSetA (RFC 7836 appendix A.1)
PARAM_SET_512_A = Curve(
    name="tc26-512-A",
    p=_P512,
    a=_P512 - 3,
    b=int(
        "E8C2505DEDFC86DDC1BD0B2B6667F1DA34B82574761CB0E879BD081CFD0B6265"
        "EE3CB090F30D27614CB4574010DA90DD862EF9D4EBEE4761503190785A71C760",
        16,
    ),
    q=int(
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
        "27E69532F48D89116FF22B8D4E0560609B4B38ABFAD2B85DCACDB1411F10B275",
        16,
    ),
    generator=(
        3,
        int(
            "7503CFE87A836AE3A61B8816E25450E6CE5E1C93ACF1ABC1778064FDCBEFA921"
            "DF1626BE4FD036E93D75E6A50E3A41E98028FE5FC235F5B889A589CB5215F2A4",
            16,
        ),
    ),
)

# id-GostR3410-2001-CryptoPro-A-ParamSet (RFC 4357 §11.4), now id-tc26-gost-3410-2012-256-paramSetB
PARAM_SET_256_B = Curve(
    name="tc26-256-B",
    p=_P256,
    a=_P256 - 3,
    b=0xA6,
    q=0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF6C611070995AD10045841B09B761B893,
    generator=(1, 0x8D91E471E0989CDA27DF505A453F2B7635294F2DDF23E3B122ACC99C9E9F1E14),
)
