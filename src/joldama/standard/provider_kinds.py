"""Kinds of local executive bodies that deliver the service (¶3)."""

from enum import StrEnum


class ProviderKind(StrEnum):
    """Exactly four in the edition of 2015 (R3.1-a); other cities only by a national switch (A23)."""

    ASTANA = "ASTANA"
    ALMATY = "ALMATY"
    DISTRICT = "DISTRICT"
    CITY_OF_OBLAST_SIGNIFICANCE = "CITY_OF_OBLAST_SIGNIFICANCE"

    @property
    def text_key(self) -> str:
        return f"provider_kind.{self}"
