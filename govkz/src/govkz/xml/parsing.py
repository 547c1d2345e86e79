"""Turn bytes of strangers into a tree, or refuse them before they cost anything.

Refused are: anything but XML 1.0 in UTF-8, a DOCTYPE (so entities of every kind), names without a namespace
that was declared, and whatever passes a limit. Nothing is ever fetched. Elements and attributes are bounded
before a tree is built, since a tree takes a hundred times the memory of its bytes. Namespaces in scope are
bounded because canonicalising costs their square for every element.
"""

import re
from dataclasses import dataclass

from lxml import etree


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a document is read; `size` in bytes, `attributes` with declarations of namespaces."""

    size: int = 1024 * 1024
    depth: int = 64
    elements: int = 20_000
    attributes: int = 40_000
    attributes_of_one: int = 128
    namespaces: int = 64


class Malformed(ValueError):
    """The bytes are not the document they should be; the words name a place, never what stands there."""


class TooLarge(Malformed):
    """The document passes a limit."""


def parse(data: bytes, *, limits: Limits = Limits(), keeps_comments: bool = False) -> etree._Element:
    """Read a document and give its root; raise Malformed or TooLarge.

    Comments and processing instructions are dropped, so that they cannot split a text, unless they are to be
    kept. Sections of characters (CDATA) become texts.
    """
    _refuse_at_sight(data, limits)
    # The encoding is ours, not the declaration's: UTF-7 could hide a DOCTYPE in plain ASCII.
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        collect_ids=False,
        remove_comments=not keeps_comments,
        remove_pis=not keeps_comments,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Malformed("not well-formed XML") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Malformed("has a DOCTYPE")
    _refuse_by_shape(root, limits)
    return root


def refuse(data: bytes, *, limits: Limits = Limits()) -> None:
    """Refuse at sight what `parse` refuses at sight, for a document that another parser reads afterwards.

    Bytes that pass have no DOCTYPE, are UTF-8, and hold no more elements and attributes than the limits say.
    Raise Malformed or TooLarge.
    """
    _refuse_at_sight(data, limits)


_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml\s")
_DECLARED = re.compile(
    rb"(?:\xef\xbb\xbf)?<\?xml\s+version\s*=\s*[\"']1\.0[\"']"
    rb"(?:\s+encoding\s*=\s*[\"'](?:utf-?8|us-ascii)[\"'])?"
    rb"(?:\s+standalone\s*=\s*[\"'](?:yes|no)[\"'])?\s*\?>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(rb"=\s*[\"']")


def _refuse_at_sight(data: bytes, limits: Limits) -> None:
    if len(data) > limits.size:
        raise TooLarge(f"more than {limits.size} bytes")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("not UTF-8") from None
    if b"<!DOCTYPE" in data:
        raise Malformed("has a DOCTYPE")
    if _DECLARATION.match(data) and not _DECLARED.match(data):
        raise Malformed("declares to be something else than XML 1.0 in UTF-8")
    # A start and an end for each element; as many again for comments, instructions and sections.
    if data.count(b"<") > 4 * limits.elements:
        raise TooLarge(f"more than {limits.elements} elements")
    if sum(1 for _ in _ATTRIBUTE.finditer(data)) > limits.attributes:
        raise TooLarge(f"more than {limits.attributes} attributes")


def _refuse_by_shape(root: etree._Element, limits: Limits) -> None:
    depth = elements = namespaces = 0
    for event, what in etree.iterwalk(root, events=("start", "end", "start-ns", "end-ns")):
        match event:
            case "start-ns":
                namespaces += 1
            case "end-ns":
                namespaces -= 1
            case "end":
                depth -= 1
            case "start":
                depth, elements = depth + 1, elements + 1
                if isinstance(what, etree._Element) and len(what.attrib) > limits.attributes_of_one:
                    raise TooLarge(f"more than {limits.attributes_of_one} attributes of one element")
        if depth > limits.depth:
            raise TooLarge(f"nested deeper than {limits.depth} elements")
        if elements > limits.elements:
            raise TooLarge(f"more than {limits.elements} elements")
        if namespaces > limits.namespaces:
            raise TooLarge(f"more than {limits.namespaces} namespaces in scope")
