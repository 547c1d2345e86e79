"""Reads openings."""

from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import F, Q

from joldama.openings.numbers import known_by
from joldama.standard.spelling import spelling_beginnings

WORDS = SearchVector("folded", config="simple")
"""The words an opening is found by, as they are indexed."""


class Organisations(models.QuerySet[Any]):  # of Organisation, whose module imports this one
    """Organisations, asked by their numbers."""

    def known_by(self, *numbers: str) -> "Organisations":
        """Keep those that are known by one of these numbers: a BIN, or the IIN of a sole trader."""
        return self.filter(known_by(numbers))


class Openings(models.QuerySet[Any]):  # of Opening, whose module imports this one
    """Openings, asked in the words of the service."""

    def of_office(self, office_id: Any) -> "Openings":
        """Keep the openings of an office."""
        return self.filter(office=office_id)

    def not_of_office(self, office_id: Any) -> "Openings":
        """Keep the openings of the other offices."""
        return self.exclude(office=office_id)

    def open_on(self, on: date) -> "Openings":
        """Keep those to which somebody may be sent on a day of the place, places left or not."""
        not_over = Q(open_until_on=None) | Q(open_until_on__gte=on)
        return self.filter(not_over, closed_at=None, open_from_on__lte=on)

    def with_places(self) -> "Openings":
        """Keep those that have a place left."""
        return self.filter(taken__lt=F("places"))

    def told_as(self, asked: str) -> "Openings":
        """Keep those that hold a word beginning as each of the asked ones does, in any alphabet; no word keeps all."""
        begun = spelling_beginnings(asked)
        if not begun:
            return self
        wanted = " & ".join(f"{word}:*" for word in begun)
        return self.annotate(words=WORDS).filter(
            words=SearchQuery(wanted, config="simple", search_type="raw")
        )

    def alike(self, told: str) -> "Openings":
        """Keep those that hold any of the words of a text."""
        begun = spelling_beginnings(told)
        if not begun:
            return self.none()
        wanted = " | ".join(f"{word}:*" for word in begun)
        return self.annotate(words=WORDS).filter(
            words=SearchQuery(wanted, config="simple", search_type="raw")
        )
