"""Read and write GOST public keys as they stand in certificates (SubjectPublicKeyInfo)."""

from dataclasses import dataclass

from govkz.eds import der
from govkz.eds.der import BIT_STRING, OCTET_STRING, SEQUENCE, encode, encode_identifier
from govkz.eds.gost import signatures
from govkz.eds.gost.curves import Point
from govkz.eds.gost.schemes import BY_KEY, Scheme
from govkz.eds.reports import Reason


@dataclass(frozen=True, slots=True)
class GostPublicKey:
    """A point that lies on the curve of its kind."""

    scheme: Scheme
    point: Point

    def has_signed(self, content: bytes, signature: bytes) -> bool:
        """Tell whether the signature, as it stands in a certificate or CMS, is of the content."""
        digest = self.scheme.digest.of(content)
        return signatures.holds(signature, over=digest, by=self.point, curve=self.scheme.curve)


def read(encoded: bytes) -> GostPublicKey | Reason:
    """Read a key in DER, or give the reason it cannot be used."""
    try:
        algorithm, wrapped = der.parse(encoded).expect(SEQUENCE).children(2, 2)
        scheme = read_algorithm(algorithm)
        if scheme is None:
            return Reason.UNSUPPORTED_ALGORITHM
        content = der.octets(der.parse(der.bits(wrapped)))
    except der.Malformed:
        return Reason.MALFORMED
    size = scheme.curve.size
    if len(content) != 2 * size:
        return Reason.WRONG_KEY_SIZE
    point = int.from_bytes(content[:size], "little"), int.from_bytes(content[size:], "little")
    return GostPublicKey(scheme, point) if scheme.curve.has(point) else Reason.MALFORMED


def write(scheme: Scheme, point: Point) -> bytes:
    """Write a key in DER."""
    size = scheme.curve.size
    content = b"".join(coordinate.to_bytes(size, "little") for coordinate in point)
    return encode(SEQUENCE, write_algorithm(scheme), encode(BIT_STRING, b"\0", encode(OCTET_STRING, content)))


def read_algorithm(element: der.Element) -> Scheme | None:
    """Read the kind of a key; None where it, its curve or its digest is another than NUCA's; raises Malformed."""
    named, *rest = element.expect(SEQUENCE).children(1, 2)
    scheme = BY_KEY.get(der.identifier(named))
    if scheme is None or not rest:
        return None
    parameters = tuple(der.identifier(part) for part in rest[0].expect(SEQUENCE).children(1, 3))
    return scheme if parameters == scheme.parameters else None


def write_algorithm(scheme: Scheme) -> bytes:
    """Write the kind of a key with its parameters."""
    parameters = encode(SEQUENCE, *(encode_identifier(oid) for oid in scheme.parameters))
    return encode(SEQUENCE, encode_identifier(scheme.key), parameters)
