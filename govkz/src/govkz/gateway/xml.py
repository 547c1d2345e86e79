"""Reads the values in messages of strangers without believing them, and writes our own.

What is refused beside hostile XML (`govkz.xml`): an element met twice where one is meant, an element with
children where a text is meant. Comments and processing instructions are dropped before texts are read, so
that they cannot split one.
"""

import re
from datetime import UTC, date, datetime
from typing import Any

from lxml import etree

from govkz.xml import Limits, Malformed
from govkz.xml import parse as parse_within

LARGEST = 1024 * 1024
"""Bytes of the largest message that is read; an answer about one person has some ten thousand."""

_LIMITS = Limits(size=LARGEST)

XSI = "http://www.w3.org/2001/XMLSchema-instance"
TYPE = f"{{{XSI}}}type"

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?P<zone>Z|[+-]\d{2}:\d{2})?", re.ASCII
)


class Unwritable(ValueError):
    """A value cannot stand in a message; the words name the element, never the value."""


def parse(data: bytes) -> etree._Element:
    """Read a document and give its root; raise Malformed."""
    return parse_within(data, limits=_LIMITS)


def serialise(element: etree._Element) -> bytes:
    """Give an element as bytes of its own, with the namespaces it stands in."""
    return etree.tostring(element, encoding="UTF-8", with_tail=False)


def local(element: etree._Element) -> str:
    """Give an element's name without its namespace: senders differ in what they qualify."""
    return etree.QName(element).localname


def children(parent: etree._Element | None, name: str) -> list[etree._Element]:
    """Give the children of a name, in any namespace."""
    if parent is None:
        return []
    return [child for child in parent if isinstance(child.tag, str) and local(child) == name]


def child(parent: etree._Element | None, name: str) -> etree._Element | None:
    """Give the one child of a name, None where there is none; raise Malformed where there are more."""
    found = children(parent, name)
    if len(found) > 1:
        raise Malformed(f"more than one {name}")
    return found[0] if found else None


def needed(parent: etree._Element | None, name: str) -> etree._Element:
    """Give the one child of a name; raise Malformed where it is missing."""
    found = child(parent, name)
    if found is None:
        raise Malformed(f"no {name}")
    return found


def text(parent: etree._Element | None, name: str) -> str:
    """Give a child's text without the spaces around it; empty where there is none."""
    found = child(parent, name)
    if found is None:
        return ""
    if len(found):
        raise Malformed(f"{name} is no text")
    return (found.text or "").strip()


def needed_text(parent: etree._Element | None, name: str) -> str:
    """Give a child's text; raise Malformed where it is missing or empty."""
    found = text(parent, name)
    if not found:
        raise Malformed(f"no {name}")
    return found


def day(parent: etree._Element | None, name: str) -> date | None:
    """Give a day as its sender's calendar shows it (a zone or a time of day beside it is left aside)."""
    written = text(parent, name)
    if not written:
        return None
    found = _DAY.fullmatch(written)
    if found is None:
        raise Malformed(f"no day in {name}")
    try:
        return date.fromisoformat(found[1])
    except ValueError:
        raise Malformed(f"no day in {name}") from None


def moment(parent: etree._Element | None, name: str) -> datetime | None:
    """Give an aware moment; None where there is none, or where it has no offset and so is not known."""
    written = text(parent, name)
    if not written:
        return None
    found = _MOMENT.fullmatch(written)
    if found is None:
        raise Malformed(f"no moment in {name}")
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        raise Malformed(f"no moment in {name}") from None
    return read if found["zone"] else None


def flag(parent: etree._Element | None, name: str) -> bool:
    """Give an xs:boolean; False where there is none."""
    written = text(parent, name)
    if written not in {"", "true", "false", "1", "0"}:
        raise Malformed(f"{name} is neither true nor false")
    return written in {"true", "1"}


def add(parent: etree._Element, name: str, value: Any = None) -> etree._Element:
    """Add an unqualified child, with a text where there is one; raise Unwritable."""
    made = etree.SubElement(parent, name)
    if value is not None:
        written = written_of(value)
        try:
            made.text = written
        except ValueError:
            raise Unwritable(f"{name} has a character that XML cannot carry") from None
    return made


def add_known(parent: etree._Element, name: str, value: Any) -> None:
    """Add a child where there is something to say."""
    if value not in (None, "", False):
        add(parent, name, value)


def written_of(value: Any) -> str:
    """Write a value as XML Schema does."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise Unwritable("a moment has no offset")
        utc = value.astimezone(UTC)
        return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else str(value)
