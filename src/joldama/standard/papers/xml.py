"""Writing and reading a signed paper as XML, against its schema and against hostile bytes."""

from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Protocol, TypeVar

from lxml import etree

from govkz.xml import Limits, Malformed, parse

LARGEST = 64 * 1024
"""No paper has more bytes than this."""

_LIMITS = Limits(size=LARGEST)


class NotThisPaper(ValueError):
    """The bytes are not a paper of this kind; `reason` says why without repeating their content."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnwritablePaper(ValueError):
    """A value does not fit the schema of its paper; names the place, never the value."""


class Sheet:
    """An XML document of one purpose being written, in the namespace of its version."""

    def __init__(self, purpose: str) -> None:
        self._schema = purpose
        self._namespace = namespace(purpose)
        self.root = etree.Element(f"{{{self._namespace}}}{purpose}", nsmap={None: self._namespace})
        self.add("purpose", purpose)

    def add(
        self, element: str, text: str | None, *, to: etree._Element | None = None, **attributes: str
    ) -> None:
        """Add an element with a text; none for an empty text. Raises UnwritablePaper."""
        if not text:
            return
        try:
            self.open(element, to=to, **attributes).text = str(text)
        except ValueError:
            # The message of the library would repeat what a person typed.
            raise UnwritablePaper(f"{element} has a character that XML cannot carry") from None

    def open(self, element: str, *, to: etree._Element | None = None, **attributes: str) -> etree._Element:
        """Add an element that will hold others, or nothing but its attributes."""
        parent = self.root if to is None else to
        return etree.SubElement(parent, f"{{{self._namespace}}}{element}", attributes)

    def written(self) -> bytes:
        """Return the document as UTF-8 bytes. Raises UnwritablePaper."""
        schema = _schema(self._schema)
        if not schema.validate(self.root):
            raise UnwritablePaper(_first_fault(schema, self.root))
        written = etree.tostring(self.root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
        if len(written) > LARGEST:
            raise UnwritablePaper(f"longer than {LARGEST} bytes")
        return written


class Reading:
    """An XML document of one purpose that has been read and agrees with its schema."""

    def __init__(self, data: bytes, purpose: str) -> None:
        """Read the bytes. Raises NotThisPaper."""
        self._map = {"p": namespace(purpose)}
        self._root = _parsed(data)
        schema = _schema(purpose)
        if not schema.validate(self._root):
            raise NotThisPaper(_first_fault(schema, self._root))

    def text(self, path: str) -> str:
        """Return the text of an element, empty if there is none; a path such as `person/iin`."""
        return self._root.findtext(self._qualified(path), default="", namespaces=self._map)

    def texts(self, path: str) -> list[str]:
        """Return the texts of all elements on a path, in their order."""
        return [found.text or "" for found in self.all(path)]

    def all(self, path: str) -> list[etree._Element]:
        return self._root.findall(self._qualified(path), self._map)

    def moment(self, path: str) -> datetime:
        """Return a moment, in UTC. Raises NotThisPaper."""
        try:
            return datetime.fromisoformat(self.text(path)).astimezone(UTC)
        except (ValueError, OverflowError):
            raise NotThisPaper(f"no moment at {path}") from None

    def _qualified(self, path: str) -> str:
        return "/".join(f"p:{step}" for step in path.split("/"))


class Paper(Protocol):
    """A value that writes itself as bytes to be signed."""

    def to_xml(self) -> bytes: ...


AnyPaper = TypeVar("AnyPaper", bound=Paper)


def as_written(paper: AnyPaper, data: bytes) -> AnyPaper:
    """Return a paper that was read if it would write the very same bytes. Raises NotThisPaper."""
    try:
        written = paper.to_xml()
    except UnwritablePaper as error:
        raise NotThisPaper(str(error)) from error
    if written != data:
        raise NotThisPaper("not written as this version writes it")
    return paper


def moment_text(at: datetime) -> str:
    """Return a moment as it is written, 2026-03-20T12:20:00Z. Raises UnwritablePaper without a zone."""
    if at.tzinfo is None:
        raise UnwritablePaper("a moment has no zone")
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def namespace(purpose: str) -> str:
    """Return the namespace of the papers of a purpose, with their version."""
    return f"urn:joldama:{purpose}:1"


def _parsed(data: bytes) -> etree._Element:
    try:
        return parse(data, limits=_LIMITS)
    except Malformed as malformed:
        raise NotThisPaper(str(malformed)) from None


@cache
def _schema(purpose: str) -> etree.XMLSchema:
    text = (resources.files("joldama.standard") / "schemas" / f"{purpose}-1.xsd").read_bytes()
    return etree.XMLSchema(etree.fromstring(text))


def _first_fault(schema: etree.XMLSchema, root: etree._Element) -> str:
    """Name the place and the kind of the first fault; its message would repeat what a person typed."""
    fault = schema.error_log[0]
    found = root.getroottree().xpath(fault.path) if fault.path else []
    steps = [found[0], *found[0].iterancestors()] if isinstance(found, list) and found else []
    place = "/".join(etree.QName(step).localname for step in reversed(steps))
    return f"{fault.type_name} at /{place}"
