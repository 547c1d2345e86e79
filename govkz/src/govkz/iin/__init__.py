"""Read the numbers of persons and organisations: the IIN (ЖСН) and the BIN (БСН)."""

from govkz.iin.numbers import (
    Bin,
    Fault,
    Iin,
    InvalidBin,
    InvalidIin,
    InvalidNumber,
    parse,
    parse_bin,
    parse_either,
)

__all__ = [
    "Bin",
    "Fault",
    "Iin",
    "InvalidBin",
    "InvalidIin",
    "InvalidNumber",
    "parse",
    "parse_bin",
    "parse_either",
]
