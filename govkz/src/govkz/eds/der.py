"""Read and write the ASN.1 encodings signatures are made of, within strict limits (ITU-T X.690).

Reading accepts DER and the BER that signing programs emit (indefinite lengths, octet strings in pieces).
Elements are opened level by level; depth is bounded, and so is the number of elements that are looked at in one
structure, so that no nesting and no number of small pieces keeps anybody waiting.
"""

from datetime import UTC, datetime
from functools import lru_cache

MAX_DEPTH = 16
MAX_ELEMENTS = 100_000
MAX_OID_BYTES = 64

BOOLEAN = 0x01
INTEGER = 0x02
BIT_STRING = 0x03
OCTET_STRING = 0x04
NULL = 0x05
OID = 0x06
ENUMERATED = 0x0A
UTF8_STRING = 0x0C
PRINTABLE_STRING = 0x13
IA5_STRING = 0x16
UTC_TIME = 0x17
GENERALIZED_TIME = 0x18
SEQUENCE = 0x30
SET = 0x31

_CONSTRUCTED = 0x20
_INDEFINITE = 0x80


class Malformed(ValueError):
    """The bytes are not the structure they should be, or pass a limit."""


class _Reading:
    """One structure being read: how many elements may still be looked at, and where those without length end."""

    __slots__ = ("ends", "left", "source")

    def __init__(self, source: bytes) -> None:
        self.source = source
        self.left = MAX_ELEMENTS
        self.ends: dict[int, int] = {}

    def look_at(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise Malformed("too many parts")


class Element:
    """One tagged value inside a byte string; its children are read on demand."""

    __slots__ = ("_reading", "body", "depth", "end", "start", "stop", "tag")

    def __init__(
        self, reading: _Reading, tag: int, start: int, body: int, end: int, stop: int, depth: int
    ) -> None:
        self._reading = reading
        self.tag = tag
        self.start = start
        self.body = body
        self.end = end
        self.stop = stop
        self.depth = depth

    @property
    def source(self) -> bytes:
        return self._reading.source

    @property
    def content(self) -> bytes:
        return self._reading.source[self.body : self.end]

    @property
    def encoded(self) -> bytes:
        return self._reading.source[self.start : self.stop]

    def children(self, least: int = 0, most: int = MAX_ELEMENTS) -> list["Element"]:
        """Read the elements directly inside this one; raises Malformed where they are fewer or more."""
        if not self.tag & _CONSTRUCTED:
            raise Malformed("a primitive value has no parts")
        reading, at, end, depth = self._reading, self.body, self.end, self.depth + 1
        source = reading.source
        found: list[Element] = []
        while at < end and len(found) <= most:
            # Most values are short: reading them here, not in `_read`, saves a tenth of the time.
            tag, size, body = source[at], source[at + 1] if at + 1 < end else _INDEFINITE, at + 2
            if size < _INDEFINITE and tag & 0x1F != 0x1F and body + size <= end and depth <= MAX_DEPTH:
                element = Element(reading, tag, at, body, body + size, body + size, depth)
            else:
                element = _read(reading, at, end, depth)
            found.append(element)
            at = element.stop
        if not least <= len(found) <= most:
            raise Malformed("another number of parts is expected here")
        reading.look_at(len(found))
        return found

    def expect(self, tag: int) -> "Element":
        """Give the element itself; raises Malformed where its tag is another."""
        if self.tag != tag:
            raise Malformed("another kind of value is expected here")
        return self


def parse(source: bytes) -> Element:
    """Read the single element that fills the bytes; raises Malformed where something follows it."""
    element = _read(_Reading(source), 0, len(source), 0)
    if element.stop != len(source):
        raise Malformed("something follows the structure")
    return element


def element_at(source: bytes, at: int) -> Element:
    """Read the element that begins at a place."""
    return _read(_Reading(source), at, len(source), 0)


def octets(element: Element) -> bytes:
    """Give the bytes of an octet string, whole or in pieces."""
    if element.tag == OCTET_STRING:
        return element.content
    if element.tag != OCTET_STRING | _CONSTRUCTED:
        raise Malformed("an octet string is expected here")
    return b"".join(octets(piece) for piece in element.children())


def bits(element: Element) -> bytes:
    """Give the bytes of a bit string without unused bits."""
    content = element.expect(BIT_STRING).content
    if not content or content[0] != 0:
        raise Malformed("a bit string of whole bytes is expected here")
    return content[1:]


def number(element: Element) -> int:
    """Give the value of an INTEGER."""
    content = element.expect(INTEGER).content
    if not content:
        raise Malformed("an empty number")
    return int.from_bytes(content, "big", signed=True)


def enumerated(element: Element) -> int:
    """Give the value of an ENUMERATED of one byte."""
    content = element.expect(ENUMERATED).content
    if len(content) != 1:
        raise Malformed("an enumerated value of one byte is expected here")
    return content[0]


def identifier(element: Element) -> str:
    """Give an object identifier in dotted form."""
    return _dotted(element.expect(OID).content)


def moment(element: Element) -> datetime:
    """Give the instant of a UTCTime or GeneralizedTime in the form of RFC 5280 §4.1.2.5, in UTC."""
    text = element.content
    if element.tag == UTC_TIME and len(text) == 13:
        century = b"20" if text < b"50" else b"19"
        text = century + text
    elif element.tag != GENERALIZED_TIME or len(text) != 15:
        raise Malformed("a moment is expected here")
    if not text.endswith(b"Z") or not text[:-1].isdigit():
        raise Malformed("a moment in UTC is expected here")
    try:
        return datetime(
            int(text[:4]),
            int(text[4:6]),
            int(text[6:8]),
            int(text[8:10]),
            int(text[10:12]),
            int(text[12:14]),
            tzinfo=UTC,
        )
    except ValueError as impossible:
        raise Malformed("an impossible moment") from impossible


def encode(tag: int, *parts: bytes) -> bytes:
    """Write one DER element from the encoded parts of its content."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def encode_number(value: int) -> bytes:
    """Write an INTEGER."""
    return encode(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


@lru_cache(maxsize=256)
def encode_identifier(dotted: str) -> bytes:
    """Write an object identifier."""
    first, second, *others = (int(arc) for arc in dotted.split("."))
    return encode(OID, b"".join(_base128(arc) for arc in (first * 40 + second, *others)))


def encode_moment(at: datetime) -> bytes:
    """Write an instant as RFC 5280 §4.1.2.5 asks: UTCTime through 2049, GeneralizedTime after."""
    in_utc = at.astimezone(UTC)
    if 1950 <= in_utc.year < 2050:
        return encode(UTC_TIME, in_utc.strftime("%y%m%d%H%M%SZ").encode())
    return encode_generalized(in_utc)


def encode_generalized(at: datetime) -> bytes:
    """Write an instant as GeneralizedTime in whole seconds, whatever the year."""
    return encode(GENERALIZED_TIME, at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode())


def encode_algorithm(dotted: str) -> bytes:
    """Write an AlgorithmIdentifier with parameters NULL, as NUCA writes them."""
    return encode(SEQUENCE, encode_identifier(dotted), encode(NULL))


def encode_set(*parts: bytes) -> bytes:
    """Write a SET OF in the order DER asks (X.690 §11.6)."""
    return encode(SET, *sorted(parts))


def _read(reading: _Reading, at: int, limit: int, depth: int) -> Element:
    source = reading.source
    if at + 2 > limit:
        raise Malformed("the structure ends too early")
    if depth > MAX_DEPTH:
        raise Malformed("nested too deeply")
    tag, first = source[at], source[at + 1]
    if tag & 0x1F == 0x1F:
        raise Malformed("a tag of more than one byte")
    if first < _INDEFINITE:
        body = at + 2
        end = stop = body + first
    elif first == _INDEFINITE:
        return _read_indefinite(reading, at, limit, depth)
    else:
        body = at + 2 + (first & 0x7F)
        if body - at > 6 or body > limit:
            raise Malformed("an impossible length")
        end = stop = body + int.from_bytes(source[at + 2 : body], "big")
    if end > limit:
        raise Malformed("the structure ends too early")
    return Element(reading, tag, at, body, end, stop, depth)


def _read_indefinite(reading: _Reading, at: int, limit: int, depth: int) -> Element:
    tag = reading.source[at]
    if not tag & _CONSTRUCTED:
        raise Malformed("a primitive value of indefinite length")
    end = reading.ends.get(at)
    if end is None:
        # Looked for once: each level that is opened would look for the ends of all levels inside it again.
        end = reading.ends[at] = _end_of(reading, at + 2, limit, depth)
    return Element(reading, tag, at, at + 2, end, end + 2, depth)


def _end_of(reading: _Reading, inner: int, limit: int, depth: int) -> int:
    while inner + 2 <= limit:
        if reading.source[inner : inner + 2] == b"\0\0":
            return inner
        reading.look_at(1)
        inner = _read(reading, inner, limit, depth + 1).stop
    raise Malformed("the structure ends too early")


@lru_cache(maxsize=1024)
def _dotted(content: bytes) -> str:
    if not content or len(content) > MAX_OID_BYTES or content[-1] & 0x80:
        raise Malformed("an impossible object identifier")
    arcs, value = [], 0
    for byte in content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            arcs.append(value)
            value = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(str(arc) for arc in (first, arcs[0] - first * 40, *arcs[1:]))


def _base128(value: int) -> bytes:
    septets = [value & 0x7F]
    while value := value >> 7:
        septets.append(value & 0x7F | 0x80)
    return bytes(reversed(septets))
