"""Know the three kinds of GOST keys NUCA has issued: their identifiers, curve and digest."""

from dataclasses import dataclass
from enum import Enum

from govkz.eds import oids
from govkz.eds.gost import arithmetic as arithmetics
from govkz.eds.gost.curves import PARAM_SET_256_B, PARAM_SET_512_A, Curve


class Digest(Enum):
    """The digests, by their identifiers."""

    GOST_34311_95 = oids.GOST_34311_95
    GOST_2015_256 = oids.STREEBOG_256
    GOST_2015_512 = oids.STREEBOG_512

    def of(self, content: bytes) -> bytes:
        """Give the digest in the order of bytes in which NUCA writes it."""
        arithmetic = arithmetics.chosen()
        if self is Digest.GOST_34311_95:
            return arithmetic.gost341195(content)
        return (
            arithmetic.streebog256(content)
            if self is Digest.GOST_2015_256
            else arithmetic.streebog512(content)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Scheme:
    """One kind: `key` and `signature` are identifiers of algorithms, `parameters` those a key names beside them."""

    name: str
    key: str
    parameters: tuple[str, str]
    signature: str
    digest: Digest
    curve: Curve


GOST_2004 = Scheme(
    name="gost-2004",
    key=oids.GOST_2004_KEY,
    parameters=(oids.GOST_2004_CURVE, oids.GOST_34311_95_BOXES),
    signature=oids.GOST_2004,
    digest=Digest.GOST_34311_95,
    curve=PARAM_SET_256_B,
)
GOST_2015_256 = Scheme(
    name="gost-2015-256",
    key=oids.GOST_2015_256_KEY,
    parameters=(oids.GOST_2015_256_CURVE, oids.STREEBOG_256),
    signature=oids.GOST_2015_256,
    digest=Digest.GOST_2015_256,
    curve=PARAM_SET_256_B,
)
GOST_2015_512 = Scheme(
    name="gost-2015-512",
    key=oids.GOST_2015_512_KEY,
    parameters=(oids.GOST_2015_512_CURVE, oids.STREEBOG_512),
    signature=oids.GOST_2015_512,
    digest=Digest.GOST_2015_512,
    curve=PARAM_SET_512_A,
)
SCHEMES = (GOST_2004, GOST_2015_256, GOST_2015_512)
BY_KEY = {scheme.key: scheme for scheme in SCHEMES}
# Some programs name the signature by the identifier of the key, as they do for RSA.
BY_SIGNATURE = {oid: scheme for scheme in SCHEMES for oid in (scheme.signature, scheme.key)}
