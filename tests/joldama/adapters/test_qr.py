import re
from dataclasses import replace
from random import Random

import pytest
import segno
import segno.consts
from tests.factories.paper_codes import CODED, written
from tests.factories.prints import long_referral, referral
from tests.pdf import codes_of, needs_poppler

from joldama.adapters.printing import Copy, render_referral
from joldama.adapters.printing.qr import MASK, QUIET, qr_code

ADDRESS = "https://joldama.example/verify/?n=%D0%90%D0%A1%D0%A2-%D0%96-2026-000187&d=2026-03-26&c=7KXMQNXD"
_RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\3z")


def modules_of(svg):
    """Give the dark modules of a drawing as (column, row), and its size."""
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    dark = {
        (start + step, row)
        for start, row, length in (map(int, run.groups()) for run in _RUN.finditer(svg))
        for step in range(length)
    }
    return dark, size


@pytest.mark.parametrize("text", ["A", ADDRESS, ADDRESS * 4])
def test_a_code_is_drawn_as_it_was_reckoned_with_a_quiet_zone_of_four(text):
    reckoned = segno.make(text, error="m", mask=MASK, micro=False, boost_error=False).matrix

    dark, size = modules_of(qr_code(text).svg)

    assert size == len(reckoned) + 2 * QUIET
    assert dark == {
        (column + QUIET, row + QUIET)
        for row, modules in enumerate(reckoned)
        for column, module in enumerate(modules)
        if module
    }


def test_digits_behind_an_address_are_drawn_as_digits():
    text = written()
    address, _, digits = text.partition("#")
    parted = [(f"{address}#", segno.consts.MODE_BYTE), (digits, segno.consts.MODE_NUMERIC)]

    _dark, size = modules_of(qr_code(text).svg)

    assert size - 2 * QUIET == len(segno.make(parted, error="m", micro=False, boost_error=False).matrix) == 57
    assert size < modules_of(qr_code(text.replace("#", "%")).svg)[1]


@pytest.mark.parametrize(
    ("number", "modules", "width"), [("АСТ-Ж-2026-000187", 57, 29.25), ("ЕҢБК-Ж-2026-999999", 57, 29.25)]
)
def test_a_signed_code_takes_no_more_of_the_paper_than_it_did(number, modules, width):
    """R6.2-b: 0.45 mm a module, the quiet zone included in the width."""
    code = qr_code(written(replace(CODED, number=number)))

    assert (modules_of(code.svg)[1] - 2 * QUIET, code.width) == (modules, width)


@needs_poppler
@pytest.mark.parametrize("dpi", [100, 150, 300])
@pytest.mark.parametrize("copy", Copy)
@pytest.mark.parametrize("paper", [referral(), long_referral()], ids=["short", "long"])
def test_a_scanner_reads_the_code_off_the_printed_page(fonts, paper, copy, dpi):
    pdf = render_referral(paper, fonts=fonts, decision_cms=None, copy=copy)

    (seen,) = codes_of(pdf, dpi=dpi)

    assert seen.text == paper.verify_url
    assert seen.width == pytest.approx(57 * 0.45, abs=0.3)


def dusty(share, *, seed):
    """So many of the dots of the page are turned over."""

    def spoil(dots, width):
        chance = Random(seed)
        for _ in range(int(len(dots) * share)):
            place = chance.randrange(len(dots))
            dots[place] = 255 - dots[place]

    return spoil


def folded(columns):
    """Folds took the ink away, two dots wide, from the top of the page to its end."""

    def spoil(dots, width):
        for column in columns:
            for start in range(column, len(dots), width):
                dots[start : start + 2] = b"\xff\xff"

    return spoil


@needs_poppler
def test_a_code_on_a_dusty_paper_is_read_at_most_looks(fonts):
    """A telephone looks many times a second; here each look has other dust, one dot in five hundred."""
    paper = referral()
    pdf = render_referral(paper, fonts=fonts, decision_cms=None, copy=Copy.RECIPIENT)

    looks = [codes_of(pdf, dpi=150, spoil=dusty(0.002, seed=seed)) for seed in range(10)]

    assert sum([seen.text for seen in look] == [paper.verify_url] for look in looks) >= 7


@needs_poppler
def test_a_code_on_a_folded_paper_is_read(fonts):
    paper = referral()
    pdf = render_referral(paper, fonts=fonts, decision_cms=None, copy=Copy.RECIPIENT)

    assert [seen.text for seen in codes_of(pdf, dpi=150, spoil=folded(range(7, 1240, 90)))] == [
        paper.verify_url
    ]


@needs_poppler
def test_a_code_that_is_mostly_gone_is_not_read(fonts):
    pdf = render_referral(referral(), fonts=fonts, decision_cms=None, copy=Copy.RECIPIENT)

    assert codes_of(pdf, dpi=150, spoil=folded(range(0, 1240, 4))) == []


@pytest.mark.parametrize("text", ["A", ADDRESS, ADDRESS * 4])
def test_a_code_is_at_least_25_millimetres_wide_without_its_quiet_zone(text):
    code = qr_code(text)

    _dark, size = modules_of(code.svg)
    assert round(code.width * (size - 2 * QUIET) / size, 1) >= 25
    assert round(code.width / size, 2) >= 0.45
