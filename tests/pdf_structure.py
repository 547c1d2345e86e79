"""What PDF/UA-1 and PDF/A-3b ask of the structure of a file, as far as a program can read it off.

ISO 14289-1 and ISO 19005-3. It finds faults; that none is found is no certificate.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.pdf import claims_of

_STANDARD_TYPES = (
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H1 H2 H3 H4 H5 H6 L LI Lbl "
    "LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Figure Formula Form"
)
STANDARD_TYPES = frozenset(_STANDARD_TYPES.split())
LANGUAGES = frozenset(("kk", "ru", "en"))
HIDDEN = 2
"""Bit of an annotation that nobody sees (ISO 32000-1, 12.5.3)."""

_TOKEN = re.compile(
    rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)"  # a string
    rb"|<<|>>|<[0-9A-Fa-f\s]*>|[\[\]]"
    rb"|/[^\s()<>\[\]{}/%]*"
    rb"|[^\s()<>\[\]{}/%]+",
    re.S,
)
_PAINTS = frozenset(b"Tj TJ ' \" f F f* B B* b b* S s sh Do".split())


def structural_faults(pdf: bytes) -> list[str]:
    """Say what is wrong with the structure of a PDF; nothing where nothing was found."""
    reader = PdfFileReader(BytesIO(pdf))
    return [
        *_of_the_catalogue(reader),
        *_of_the_claims(pdf),
        *_of_colour(reader),
        *(fault for page in _pages(reader) for fault in _of_a_page(page)),
        *_of_the_tree(reader),
        *_of_attachments(reader),
    ]


def _of_the_catalogue(reader: PdfFileReader) -> Iterator[str]:
    root = reader.root
    if reader.encrypted:
        yield "encrypted"
    if not _at(_at(root, "/MarkInfo", {}), "/Marked"):
        yield "not marked as tagged"
    if _at(root, "/Lang") not in LANGUAGES:
        yield "no language"
    if not _at(_at(root, "/ViewerPreferences", {}), "/DisplayDocTitle"):
        yield "the window shows the file's name"
    yield from (f"forbidden: {name}" for name in ("/AA", "/OCProperties") if name in root)
    if "/JavaScript" in _at(root, "/Names", {}):
        yield "forbidden: /JavaScript"
    if "/XFA" in _at(root, "/AcroForm", {}):
        yield "forbidden: /XFA"


def _of_the_claims(pdf: bytes) -> Iterator[str]:
    claims = claims_of(pdf)
    wanted = {"pdfaid:part": "3", "pdfaid:conformance": "B", "pdfuaid:part": "1"}
    yield from (
        f"does not claim {name} {value}" for name, value in wanted.items() if claims.get(name) != value
    )
    if b"<dc:title>" not in pdf:
        yield "no title in the metadata"


def _of_colour(reader: PdfFileReader) -> Iterator[str]:
    intents = _at(reader.root, "/OutputIntents", [])
    if not any(
        b"acsp" in one["/DestOutputProfile"].data[:128]
        for one in _each(intents)
        if "/DestOutputProfile" in one
    ):
        yield "no output intent with a colour profile"


def _of_a_page(page: Any) -> Iterator[str]:
    for name, font in _fonts(_at(page, "/Resources", {})):
        yield from (f"font {name}: {fault}" for fault in _of_a_font(font))
    bare = [operator for operator, marks in _painted(_content(page)) if not marks]
    if bare:
        yield f"{len(bare)} operators paint outside every tag and artifact"
    for annotation in _each(_at(page, "/Annots", [])):
        is_unseen = _at(annotation, "/F", 0) & HIDDEN or _has_no_area(annotation)
        if not is_unseen and "/StructParent" not in annotation:
            yield f"an annotation {annotation['/Subtype']} without a tag"
    if _at(page, "/Annots") and _at(page, "/Tabs") != "/S":
        yield "no order of tabulation"


def _of_a_font(font: Any) -> Iterator[str]:
    if "/ToUnicode" not in font:
        yield "no way from its shapes to letters"
    inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
    if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(_at(inner, "/FontDescriptor", {})):
        yield "not embedded"


def _of_the_tree(reader: PdfFileReader) -> Iterator[str]:
    if "/StructTreeRoot" not in reader.root:
        yield "no tree of tags"
        return
    tree = reader.root["/StructTreeRoot"]
    roles = _at(tree, "/RoleMap", {})
    tags = list(_tags(tree))
    levels = [int(kind[2:]) for tag in tags if re.fullmatch(r"/H\d", kind := str(tag["/S"]))]
    yield from (
        f"unknown type {tag['/S']}"
        for tag in tags
        if str(_at(roles, tag["/S"], tag["/S"])).lstrip("/") not in STANDARD_TYPES
    )
    yield from ("a figure without words" for tag in tags if tag["/S"] == "/Figure" and not _at(tag, "/Alt"))
    yield from (
        f"language {tag['/Lang']}" for tag in tags if "/Lang" in tag and tag["/Lang"] not in LANGUAGES
    )
    if levels[:1] != [1] or any(later > earlier + 1 for earlier, later in pairwise(levels)):
        yield f"headings skip a level: {levels}"
    yield from _of_references(reader, tags)


def _of_references(reader: PdfFileReader, tags: list[Any]) -> Iterator[str]:
    """Hold that each piece of marked content belongs to one tag, and each tag to content that is there."""
    for place, page in enumerate(_pages(reader)):
        marked = sorted(mark for mark in set(_marks(_content(page))) if mark is not None)
        claimed = sorted(mark for tag in tags for mark in _content_of(tag, page))
        if marked != claimed:
            yield f"page {place + 1}: content {len(marked)}, tagged {len(claimed)}"


def _of_attachments(reader: PdfFileReader) -> Iterator[str]:
    names = _at(_at(_at(reader.root, "/Names", {}), "/EmbeddedFiles", {}), "/Names", [])
    files = _each(names)[1::2]
    if len(files) != len(_at(reader.root, "/AF", [])):
        yield "a file that the document is not associated with"
    for file in files:
        lacking = [name for name in ("/F", "/UF", "/Desc", "/AFRelationship") if name not in file]
        lacking += [] if "/Subtype" in file["/EF"]["/F"] else ["/Subtype"]
        yield from (f"an attached file without {name}" for name in lacking)


def _pages(reader: PdfFileReader) -> list[Any]:
    return list(_leaves(reader.root["/Pages"]))


def _leaves(node: Any) -> Iterator[Any]:
    for kid in _each(_at(node, "/Kids", [])):
        yield from _leaves(kid) if "/Kids" in kid else [kid]


def _content(page: Any) -> bytes:
    found = page["/Contents"]
    streams = _each(found) if isinstance(found, generic.ArrayObject) else [found]
    return b"\n".join(stream.data for stream in streams)


def _fonts(resources: Any) -> Iterator[tuple[str, Any]]:
    fonts = _at(resources, "/Font", {})
    yield from ((name, fonts[name]) for name in fonts)
    drawings = _at(resources, "/XObject", {})
    for drawn in (drawings[name] for name in drawings):
        yield from _fonts(_at(drawn, "/Resources", {}))


def _painted(content: bytes) -> Iterator[tuple[bytes, int]]:
    """Give each operator that paints with the number of marks it stands in."""
    depth = 0
    for token in _TOKEN.findall(content):
        if token in (b"BDC", b"BMC"):
            depth += 1
        elif token == b"EMC":
            depth -= 1
        elif token in _PAINTS:
            yield token, depth


def _marks(content: bytes) -> Iterator[int | None]:
    """Give the number of each piece of marked content; None of an artifact."""
    tokens = _TOKEN.findall(content)
    for place, token in enumerate(tokens):
        if token == b"BDC":
            before = tokens[max(0, place - 8) : place]
            yield int(before[before.index(b"/MCID") + 1]) if b"/MCID" in before else None


def _tags(node: Any) -> Iterator[Any]:
    for kid in _kids(node):
        if isinstance(kid, generic.DictionaryObject) and "/S" in kid:
            yield kid
            yield from _tags(kid)


def _content_of(tag: Any, page: Any) -> Iterator[int]:
    for kid in _kids(tag):
        if isinstance(kid, int) and _at(tag, "/Pg") == page:
            yield int(kid)
        elif _is_reference(kid) and _at(kid, "/Pg", _at(tag, "/Pg")) == page:
            yield int(kid["/MCID"])


def _is_reference(kid: Any) -> bool:
    return isinstance(kid, generic.DictionaryObject) and _at(kid, "/Type") == "/MCR"


def _kids(node: Any) -> list[Any]:
    kids = _at(node, "/K", [])
    return _each(kids) if isinstance(kids, generic.ArrayObject) else [kids]


def _at(node: Any, name: str, default: Any = None) -> Any:
    """Give what stands under a name, not what refers to it."""
    try:
        return node[name]
    except KeyError:
        return default


def _each(array: Any) -> list[Any]:
    """Give what stands in an array, not what refers to it."""
    return [array[place] for place in range(len(array))]


def _has_no_area(annotation: Any) -> bool:
    left, bottom, right, top = annotation["/Rect"]
    return left == right or bottom == top
