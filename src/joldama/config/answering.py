"""Commands that answer yes, no or not known: exit 0, 1 or 2, and 64 for input that cannot be used."""

from argparse import ArgumentParser
from typing import NoReturn

YES, NO, NOT_KNOWN, UNUSABLE = 0, 1, 2, 64


class Unusable(Exception):
    """The input cannot be used; the sentence says why."""


class Parser(ArgumentParser):
    """Ends with 64 where the arguments are wrong: 2 is an answer."""

    def error(self, message: str) -> NoReturn:
        self.exit(UNUSABLE, f"joldama: {message}; `{self.prog} --help` tells more.\n")
