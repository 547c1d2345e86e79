"""What the programs of poppler and qpdf say about a PDF, for tests."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import zxingcpp
from lxml import etree

needs_poppler = pytest.mark.skipif(
    shutil.which("pdfsig") is None or shutil.which("pdftotext") is None,
    reason="pdfsig and pdftotext (poppler-utils) are not installed",
)
needs_qpdf = pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")

DPI = 100
_MILLIMETRES = 25.4 / DPI
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_WHITE = 200


def text_of(pdf: bytes) -> str:
    """Give the words in reading order, every run of white space one space."""
    return " ".join(_said("pdftotext", "-raw", "-enc", "UTF-8", pdf, "-").split())


def pages_of(pdf: bytes) -> list[str]:
    """Give the words of each page in reading order."""
    count = int(facts_of(pdf)["Pages"])
    return [
        " ".join(_said("pdftotext", "-f", str(n), "-l", str(n), "-raw", "-enc", "UTF-8", pdf, "-").split())
        for n in range(1, count + 1)
    ]


def overlapping_lines(pdf: bytes) -> list[tuple[str, str]]:
    """Give pairs of lines of text that stand over each other by more than the air between lines."""
    found = []
    for page in _said("pdftotext", "-bbox-layout", pdf, "-").split("<page ")[1:]:
        lines = [_Box.of(*line) for line in _LINE.findall(page)]
        found += [
            (one.text, other.text)
            for place, one in enumerate(lines)
            for other in lines[place + 1 :]
            if one.covers(other)
        ]
    return found


@dataclass(frozen=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float
    text: str

    @classmethod
    def of(cls, left: str, top: str, right: str, bottom: str, words: str) -> "_Box":
        text = " ".join(re.findall(r">([^<]+)</word>", words))
        return cls(float(left), float(top), float(right), float(bottom), text)

    def covers(self, other: "_Box") -> bool:
        beside = min(self.right, other.right) - max(self.left, other.left)
        above = min(self.bottom, other.bottom) - max(self.top, other.top)
        return beside > 1 and above > _AIR


_AIR = 3.5
"""Points by which the boxes of two lines of 8 to 10 points may meet: the fonts count their own air."""

_LINE = re.compile(r'(?s)<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</line>')


def structure_of(pdf: bytes) -> str:
    """Give the tags and their texts in reading order."""
    return _said("pdfinfo", "-struct-text", pdf)


def facts_of(pdf: bytes) -> dict[str, str]:
    """Give title, author, dates in UTC, number of pages, size."""
    lines = _said("pdfinfo", "-isodates", pdf).splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def signature_lines(pdf: bytes) -> list[str]:
    """Give what pdfsig says line by line; its exit code says nothing (0 for a forged file)."""
    return [line.strip(" -") for line in _said("pdfsig", pdf).splitlines()]


def qpdf_says(pdf: bytes) -> str:
    """Give the verdict of qpdf --check, warnings included."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "paper.pdf")
        file.write_bytes(pdf)
        done = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).replace(str(file), "paper.pdf")


def attachments_of(pdf: bytes) -> dict[str, bytes]:
    """Give the attached files by name."""
    with tempfile.TemporaryDirectory() as folder:
        _said("pdfdetach", "-saveall", "-o", folder, pdf)
        return {file.name: file.read_bytes() for file in Path(folder).iterdir()}


def claims_of(pdf: bytes) -> dict[str, str]:
    """Give which standards the latest metadata claim, `part` and `conformance` by the prefix of their name."""
    start, end = pdf.rindex(b"<rdf:RDF"), pdf.rindex(b"</rdf:RDF>") + len(b"</rdf:RDF>")
    described = etree.fromstring(pdf[start:end]).findall(f"{_RDF}Description")
    return {
        f"{_prefix(element)}:{etree.QName(element).localname}": element.text or ""
        for description in described
        for element in description
        if _prefix(element) in ("pdfaid", "pdfuaid")
    }


@dataclass(frozen=True)
class Margins:
    """White around the ink of a page, in millimetres."""

    top: float
    right: float
    bottom: float
    left: float

    @property
    def least(self) -> float:
        return min(self.top, self.right, self.bottom, self.left)


@dataclass(frozen=True)
class SeenCode:
    """A QR code that a scanner found on a page: its text, and how large it stands there."""

    text: str
    width: float
    """Millimetres, without the quiet zone."""


Dots = Callable[[bytearray, int], None]
"""Spoils the dots of a page, of which the width is given."""


def codes_of(pdf: bytes, *, dpi: int, spoil: Dots = lambda dots, width: None) -> list[SeenCode]:
    """Read the QR codes of each page as a scanner of this resolution does, off a paper that may be spoilt."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "paper.pdf")
        file.write_bytes(pdf)
        subprocess.run(["pdftoppm", "-gray", "-r", str(dpi), file, Path(folder, "page")], check=True)
        return [
            seen
            for page in sorted(Path(folder).glob("page-*.pgm"))
            for seen in _codes(page.read_bytes(), dpi, spoil)
        ]


def _codes(pgm: bytes, dpi: int, spoil: Dots) -> list[SeenCode]:
    _magic, size, _depth, read = pgm.split(b"\n", 3)
    width, height = map(int, size.split())
    dots = bytearray(read)
    spoil(dots, width)
    picture = memoryview(dots).cast("B", [height, width])
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return [
        SeenCode(each.text, (each.position.top_right.x - each.position.top_left.x) / dpi * 25.4)
        for each in found
    ]


def margins_of(pdf: bytes) -> list[Margins]:
    """Measure the white around each page."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "paper.pdf")
        file.write_bytes(pdf)
        subprocess.run(["pdftoppm", "-gray", "-r", str(DPI), file, Path(folder, "page")], check=True)
        return [_margins(page.read_bytes()) for page in sorted(Path(folder).glob("page-*.pgm"))]


def _margins(pgm: bytes) -> Margins:
    _magic, size, _depth, dots = pgm.split(b"\n", 3)
    width, height = map(int, size.split())
    rows = [y for y in range(height) if min(dots[y * width : (y + 1) * width]) < _WHITE]
    columns = [x for x in range(width) if min(dots[x::width]) < _WHITE]
    return Margins(
        top=rows[0] * _MILLIMETRES,
        right=(width - 1 - columns[-1]) * _MILLIMETRES,
        bottom=(height - 1 - rows[-1]) * _MILLIMETRES,
        left=columns[0] * _MILLIMETRES,
    )


def _prefix(element: etree._Element) -> str:
    return element.prefix or ""


def _said(program: str, *arguments: str | bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "paper.pdf")
        words = []
        for argument in arguments:
            if isinstance(argument, bytes):
                file.write_bytes(argument)
                words.append(str(file))
            else:
                words.append(argument)
        done = subprocess.run([program, *words], capture_output=True, check=False)
        assert done.returncode == 0 or program == "pdfsig", done.stderr.decode()
        return re.sub("[\f\r]", "\n", done.stdout.decode(errors="replace"))
