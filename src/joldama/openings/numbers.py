"""How the number of an organisation is kept: a BIN in the clear, a sole trader's IIN encrypted, with a blind index."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from joldama.standard.organisation_numbers import is_of_sole_trader
from joldama.vault.cipher import blind

_INDEX = "organisation-iin"
"""Not the purpose of people's indexes: the rows of an applicant and of a trader cannot be joined by them."""


def columns_of(number: str) -> dict[str, Any]:
    """Give the columns of a new organisation that is known by this number."""
    if is_of_sole_trader(number):
        return {"bin": None, "iin": number, "iin_index": blind(_INDEX, number)}
    return {"bin": number, "iin": None, "iin_index": None}


def known_by(numbers: Iterable[str]) -> Q:
    """Ask for the organisations that are known by any of these numbers."""
    asked = set(numbers)
    own = {number for number in asked if is_of_sole_trader(number)}
    found = Q(bin__in=asked - own)
    return found | Q(iin_index__in=[blind(_INDEX, number) for number in own]) if own else found
