"""Editions of the standard by date: its text, its figures and its closed lists.

There is one so far, of 28 April 2015. When the text changes, the old edition stays and gets an end; the new one
brings its text as a file under its id, its figures with the sentences that say them, its lists and telephones.
Cases stay under the edition of the day on which they came (S67).
"""

from datetime import date

from joldama.standard.channels import Channel
from joldama.standard.documents import DocumentKind, Supplement
from joldama.standard.editions.edition import Edition, Registration
from joldama.standard.editions.passages import Chapter, Passage, Requirement
from joldama.standard.figures import FIGURES_2015_04_28
from joldama.standard.grounds import Ground
from joldama.standard.provider_kinds import ProviderKind

__all__ = [
    "EDITIONS",
    "Chapter",
    "Edition",
    "NoEdition",
    "Passage",
    "Registration",
    "Requirement",
    "current",
    "edition",
    "edition_on",
]


class NoEdition(LookupError):
    """No edition of the standard was in force on this day, or none has this id."""


EDITIONS = (
    Edition(
        id="2015-04-28",
        order="279",
        dated=date(2015, 4, 28),
        annex=28,
        # Registered on 12 June 2015: https://adilet.zan.kz/rus/docs/V15ABW00987/compare/kaz. The day on which
        # the order came into force was not found; its own date stands here, before any application there was.
        registration=Registration("11342", date(2015, 6, 12)),
        in_force_from=date(2015, 4, 28),
        in_force_until=None,
        figures=FIGURES_2015_04_28,
        provider_kinds=tuple(ProviderKind),
        channels=tuple(Channel),
        documents=tuple(DocumentKind),
        supplements=tuple(Supplement),
        grounds=tuple(Ground),
        phones=("8 (7172) 24 07 49", "8 (7172) 24 12 91"),
        contact_centre="1414",
        site="www.mzsr.gov.kz",
        portal="www.egov.kz",
    ),
)


def edition_on(on: date) -> Edition:
    """Return the edition in force on a local day. Raises NoEdition."""
    for each in reversed(EDITIONS):
        if each.is_in_force(on=on):
            return each
    raise NoEdition(f"no edition of the standard on {on.isoformat()}")


def edition(name: str) -> Edition:
    """Return the edition by its id, as a decision stores it. Raises NoEdition."""
    for each in EDITIONS:
        if each.id == name:
            return each
    raise NoEdition(f"no edition «{name}»")


def current() -> Edition:
    """Return the edition that has no end."""
    return EDITIONS[-1]
