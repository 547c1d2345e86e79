import re

import pytest
import segno

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


@pytest.mark.parametrize("text", ["A", ADDRESS, ADDRESS * 4])
def test_a_code_is_at_least_25_millimetres_wide_without_its_quiet_zone(text):
    code = qr_code(text)

    _dark, size = modules_of(code.svg)
    assert round(code.width * (size - 2 * QUIET) / size, 1) >= 25
    assert round(code.width / size, 2) >= 0.5
