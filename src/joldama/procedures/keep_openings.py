"""Staff keep organisations, the contacts they confirmed, and the openings of their office."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from joldama.openings import operations
from joldama.openings.content import OpeningSaid, OrganisationSaid
from joldama.openings.models import Contact, Opening, Organisation
from joldama.openings.operations import OrganisationIsKnown
from joldama.openings.rules import may_keep, may_keep_organisations
from joldama.openings.said import said_of_opening, said_of_organisation
from joldama.people.models import Staff
from joldama.procedures.refusing import NotAllowed


def enter_organisation(said: OrganisationSaid, *, by: Staff, at: datetime) -> Organisation:
    """Enter an organisation; the same said twice is one. Raises NotEntered, OrganisationIsKnown, NotAllowed."""
    _require(by)
    try:
        return operations.enter_organisation(said, by=by.actor, at=at)
    except OrganisationIsKnown as known:
        if said_of_organisation(known.organisation) == said:
            return known.organisation
        raise


def correct_organisation(
    organisation: Organisation, said: OrganisationSaid, *, version: int, by: Staff, at: datetime
) -> None:
    """Correct an organisation as it stood in a version; the same said twice is one correction.

    Raises NotEntered, ChangedMeanwhile, NotAllowed.
    """
    _require(by)
    if said_of_organisation(organisation) == said:
        return
    organisation.version = version
    operations.correct_organisation(organisation, said, by=by.actor, at=at)


@transaction.atomic
def confirm_contact(
    organisation: Organisation, *, name: str, email: str, language: str, by: Staff, at: datetime
) -> Contact:
    """Write down whom the official asked at the organisation; the same said twice is one contact."""
    _require(by)
    standing = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk).contact
    if standing is not None and (standing.name, standing.email, standing.language) == (name, email, language):
        return standing
    return operations.confirm_contact(organisation, name=name, email=email, language=language, by=by, at=at)


def end_contact(organisation: Organisation, *, by: Staff, at: datetime) -> None:
    """Say that whoever was confirmed answers for the organisation no more; nothing where nobody stands."""
    _require(by)
    standing = organisation.contact
    if standing is not None:
        with transaction.atomic():
            operations.end_contact(standing, by=by, at=at)


def enter_opening(
    organisation: Organisation, said: OpeningSaid, *, key: UUID, by: Staff, at: datetime
) -> Opening:
    """Enter an opening of the official's office; the same key enters one. Raises NotEntered, NotAllowed."""
    _require(by)
    assert by.office is not None
    known = Opening.objects.filter(pk=key, office=by.office).first()
    if known is not None:
        return known
    with transaction.atomic():
        return operations.enter_opening(organisation, said, office=by.office, key=key, by=by.actor, at=at)


def correct_opening(opening: Opening, said: OpeningSaid, *, version: int, by: Staff, at: datetime) -> None:
    """Correct an opening as it stood in a version; the same said twice is one correction.

    Raises NotEntered, ChangedMeanwhile, NotAllowed.
    """
    if not may_keep(by, opening):
        raise NotAllowed
    if opening.closed_at is None and said_of_opening(opening) == said:
        return
    opening.version = version
    operations.correct_opening(opening, said, by=by.actor, at=at)


def close_opening(opening: Opening, *, by: Staff, at: datetime) -> None:
    """Close an opening; closed twice, it is closed. Who was sent there keeps his place."""
    if not may_keep(by, opening):
        raise NotAllowed
    with transaction.atomic():
        operations.close_opening(opening, by=by.actor, at=at)


def _require(by: Staff) -> None:
    if not may_keep_organisations(by):
        raise NotAllowed
