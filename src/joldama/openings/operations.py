"""Writes organisations, their contacts and openings; each step is an event of the journal."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from joldama.journal.actors import Actor
from joldama.journal.operations import record
from joldama.openings.content import Fault, OpeningSaid, OrganisationSaid
from joldama.openings.folding import folded_of
from joldama.openings.models import Contact, Opening, Organisation, Source
from joldama.openings.said import columns_of, facts_of
from joldama.people.models import Office, Staff


class NotEntered(ValueError):
    """What was said cannot be entered: `faults` say what is wrong with it."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(", ".join(fault.key for fault in faults))
        self.faults = faults


class OrganisationIsKnown(Exception):
    """An organisation with this number stands already."""

    def __init__(self, organisation: Organisation) -> None:
        super().__init__(str(organisation.pk))
        self.organisation = organisation


class ChangedMeanwhile(Exception):
    """Somebody corrected or closed the row since it was shown."""


def enter_organisation(
    said: OrganisationSaid, *, by: Actor, at: datetime, source: Source = Source.STAFF
) -> Organisation:
    """Enter an organisation; raises NotEntered, OrganisationIsKnown."""
    _refuse(*said.faults())
    made = Organisation(**columns_of(said), source=source, entered_at=at)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        known = Organisation.objects.known_by(said.number).first()
        if known is None:
            raise
        raise OrganisationIsKnown(known) from None
    record("organisation.entered", subject=made.pk, by=by, at=at, source=source.value)
    return made


@transaction.atomic
def correct_organisation(
    organisation: Organisation, said: OrganisationSaid, *, by: Actor, at: datetime
) -> None:
    """Correct what stands of an organisation, as of the version that was shown; its number stays what it is.

    Its openings are found by the new name from then on. Raises NotEntered, ChangedMeanwhile.
    """
    faults = [*said.faults(), *faults_of_marking(organisation, said)]
    if said.number != organisation.number:
        faults.append(Fault("bin", "openings.fault.bin_stays"))
    _refuse(*faults)
    shown = Organisation.objects.filter(pk=organisation.pk, version=organisation.version)
    if not shown.update(**facts_of(said), version=organisation.version + 1):
        raise ChangedMeanwhile
    organisation.refresh_from_db()
    for opening in organisation.openings.select_for_update(of=("self",)).order_by("pk"):
        opening.organisation = organisation
        Opening.objects.filter(pk=opening.pk).update(folded=folded_of(opening))
    record("organisation.corrected", subject=organisation.pk, by=by, at=at)


@transaction.atomic
def confirm_contact(
    organisation: Organisation, *, name: str, email: str, language: str, by: Staff, at: datetime
) -> Contact:
    """Write down whom staff asked and confirmed; who was confirmed before is no contact any more."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    organisation.contacts.filter(ended_at=None).update(ended_at=at, ended_by=by)
    made = Contact.objects.create(
        organisation=organisation,
        name=name,
        email=email,
        language=language,
        confirmed_at=at,
        confirmed_by=by,
    )
    record("contact.confirmed", subject=organisation.pk, by=by.actor, at=at, contact=str(made.pk))
    return made


def end_contact(contact: Contact, *, by: Staff, at: datetime) -> bool:
    """Say that a contact answers for the organisation no more; whether it was this call that did."""
    ended = Contact.objects.filter(pk=contact.pk, ended_at=None).update(ended_at=at, ended_by=by)
    if ended:
        record("contact.ended", subject=contact.organisation_id, by=by.actor, at=at, contact=str(contact.pk))
    return bool(ended)


def enter_opening(
    organisation: Organisation,
    said: OpeningSaid,
    *,
    office: Office,
    by: Actor,
    at: datetime,
    key: UUID | None = None,
    source: Source = Source.STAFF,
    external_system: str = "",
    external_id: str = "",
) -> Opening:
    """Enter an opening of an office; a key that is handed in becomes its id. Raises NotEntered."""
    _refuse(*said.faults(), *faults_of_pair(organisation, said))
    made = Opening(
        id=key or uuid4(),
        **asdict(said),
        organisation=organisation,
        office=office,
        source=source,
        external_system=external_system,
        external_id=external_id,
        entered_at=at,
    )
    made.folded = folded_of(made)
    made.save(force_insert=True)
    record(
        "opening.entered",
        subject=made.pk,
        office=office.pk,
        by=by,
        at=at,
        source=source.value,
        places=made.places,
    )
    return made


@transaction.atomic
def correct_opening(opening: Opening, said: OpeningSaid, *, by: Actor, at: datetime) -> None:
    """Correct what stands of an opening, as of the version that was shown; a closed one stays as it is.

    Its kind stays once a place is taken, and there are never fewer places than are taken. What was drafted or
    signed before says what it said. Raises NotEntered, ChangedMeanwhile.
    """
    row = Opening.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=opening.pk)
    if row.version != opening.version or row.closed_at is not None:
        raise ChangedMeanwhile
    _refuse(*said.faults(), *faults_of_pair(row.organisation, said), *faults_of_correcting(row, said))
    before = row.places
    for name, value in asdict(said).items():
        setattr(row, name, value)
    row.folded = folded_of(row)
    row.version += 1
    row.save(update_fields=[*asdict(said), "folded", "version"])
    opening.refresh_from_db()
    record(
        "opening.corrected",
        subject=row.pk,
        office=row.office_id,
        by=by,
        at=at,
        places=row.places,
        places_before=before,
    )


def close_opening(opening: Opening, *, by: Actor, at: datetime) -> bool:
    """Close an opening: nobody else is sent there, who was sent keeps his place. Say whether this call closed it."""
    closed = Opening.objects.filter(pk=opening.pk, closed_at=None).update(
        closed_at=at, closed_by=by.id, version=opening.version + 1
    )
    if closed:
        opening.refresh_from_db()
        record("opening.closed", subject=opening.pk, office=opening.office_id, by=by, at=at)
    return bool(closed)


def faults_of_pair(organisation: Organisation, said: OpeningSaid) -> list[Fault]:
    """Give what is wrong with an opening of this organisation."""
    if said.kind.is_referral and not organisation.takes(said.kind):
        return [Fault("kind", "openings.fault.not_training", {"kind": said.kind})]
    return []


def faults_of_correcting(opening: Opening, said: OpeningSaid) -> list[Fault]:
    """Give what is wrong with saying this of an opening to which somebody may have been sent."""
    faults = []
    if said.places < opening.taken:
        faults.append(Fault("places", "openings.fault.fewer_than_taken", {"taken": opening.taken}))
    if opening.taken and (said.kind, said.training_kind) != (opening.kind, opening.training_kind):
        faults.append(Fault("kind", "openings.fault.kind_stays"))
    return faults


def faults_of_marking(organisation: Organisation, said: OrganisationSaid) -> list[Fault]:
    """Give what is wrong with saying this of an organisation that may hold courses."""
    if organisation.is_training and not said.is_training and _has_courses(organisation):
        return [Fault("is_training", "openings.fault.has_courses")]
    return []


def _has_courses(organisation: Organisation) -> bool:
    return organisation.openings.filter(training_kind__isnull=False, closed_at=None).exists()


def _refuse(*faults: Fault) -> None:
    if faults:
        raise NotEntered(*faults)
