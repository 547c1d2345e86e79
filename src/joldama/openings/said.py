"""What a row says, taken from it, kept as JSON, and given back."""

from dataclasses import fields
from datetime import date
from typing import Any

from joldama.openings import numbers
from joldama.openings.content import OpeningSaid, OrganisationSaid
from joldama.openings.models import Opening, Organisation
from joldama.standard.kinds import ResultKind, TrainingKind

_DAYS = frozenset({"open_from_on", "open_until_on", "start_on", "contract_on"})


def said_of_organisation(organisation: Organisation) -> OrganisationSaid:
    """Give what stands of an organisation."""
    return OrganisationSaid(**{one.name: getattr(organisation, one.name) for one in fields(OrganisationSaid)})


def said_of_opening(opening: Opening) -> OpeningSaid:
    """Give what stands of an opening."""
    return OpeningSaid(**{one.name: getattr(opening, one.name) for one in fields(OpeningSaid)})


def columns_of(said: OrganisationSaid) -> dict[str, Any]:
    """Give what is said of a new organisation as the columns of its row."""
    return {**facts_of(said), **numbers.columns_of(said.number)}


def facts_of(said: OrganisationSaid) -> dict[str, Any]:
    """Give what may be corrected of an organisation: all but its number."""
    return {one.name: getattr(said, one.name) for one in fields(said) if one.name != "number"}


def coded(said: OpeningSaid | OrganisationSaid) -> dict[str, Any]:
    """Give what was said as JSON keeps it; days in ISO 8601."""
    told = {one.name: getattr(said, one.name) for one in fields(said)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}


def opening_said(kept: dict[str, Any]) -> OpeningSaid:
    """Give what was kept of an opening."""
    days = {name: date.fromisoformat(kept[name]) for name in _DAYS if kept[name]}
    training = kept["training_kind"]
    kinds = {
        "kind": ResultKind(kept["kind"]),
        "training_kind": TrainingKind(training) if training else None,
    }
    return OpeningSaid(**{**kept, **days, **kinds})


def organisation_said(kept: dict[str, Any]) -> OrganisationSaid:
    """Give what was kept of an organisation."""
    # What was kept before sole traders were known has a BIN.
    return OrganisationSaid(**{"number" if name == "bin" else name: value for name, value in kept.items()})
