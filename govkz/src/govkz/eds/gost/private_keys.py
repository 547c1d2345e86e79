"""Read and write GOST private keys as people hold them: PKCS#8 in the two layouts NUCA's keys have."""

from govkz.eds import der
from govkz.eds.der import INTEGER, OCTET_STRING, SEQUENCE, encode, encode_number
from govkz.eds.gost.public_keys import read_algorithm, write_algorithm
from govkz.eds.gost.schemes import GOST_2004, Scheme


def read(encoded: bytes) -> tuple[Scheme, int] | None:
    """Read a key in DER; None where it is of another algorithm; raises Malformed."""
    version, algorithm, wrapped, *_attributes = der.parse(encoded).expect(SEQUENCE).children(3, 5)
    der.number(version)
    scheme = read_algorithm(algorithm)
    if scheme is None:
        return None
    key = _scalar(der.parse(der.octets(wrapped)), scheme)
    if not 0 < key < scheme.curve.q:
        raise der.Malformed("a private key outside its range")
    return scheme, key


def write(scheme: Scheme, key: int) -> bytes:
    """Write a key in DER, in the layout of its kind."""
    inner = encode_number(key)
    if scheme is not GOST_2004:
        inner = encode(OCTET_STRING, key.to_bytes(scheme.curve.size, "little"))
    return encode(SEQUENCE, encode_number(0), write_algorithm(scheme), encode(OCTET_STRING, inner))


def _scalar(element: der.Element, scheme: Scheme) -> int:
    """Keys of 2015 are written with the little end first, keys of 2004 as a whole number."""
    if element.tag == INTEGER:
        return der.number(element)
    content = der.octets(element)
    if len(content) != scheme.curve.size:
        raise der.Malformed("a private key of another size")
    return int.from_bytes(content, "little")
