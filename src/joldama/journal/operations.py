"""Writes the journal; rows are only ever added."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from joldama.journal.actors import Actor, FromPaper
from joldama.journal.models import Event, Look

Fact = str | int | bool | None


def record(
    name: str,
    *,
    subject: UUID,
    by: Actor,
    at: datetime,
    office: UUID | None = None,
    paragraph: str = "",
    from_paper: FromPaper | None = None,
    **facts: Fact,
) -> None:
    """Add an event; `facts` hold public ids, codes and figures, never a person's data.

    What is entered from paper keeps `at` as it was written, is marked, and has its moment of entry apart.
    """
    _event(name, subject, by, at, office, paragraph, from_paper, facts).save(force_insert=True)


def record_once(
    name: str,
    *,
    subject: UUID,
    by: Actor,
    at: datetime,
    office: UUID | None = None,
    paragraph: str = "",
    from_paper: FromPaper | None = None,
    **facts: Fact,
) -> None:
    """Add an event that the database keeps unique, as of `record`; where it stands, nothing is added."""
    event = _event(name, subject, by, at, office, paragraph, from_paper, facts)
    Event.objects.bulk_create([event], ignore_conflicts=True)


def _event(
    name: str,
    subject: UUID,
    by: Actor,
    at: datetime,
    office: UUID | None,
    paragraph: str,
    from_paper: FromPaper | None,
    facts: dict[str, Fact],
) -> Event:
    entered: dict[str, datetime] = {}
    if from_paper is not None:
        by, entered = from_paper.by, {"entered_at": from_paper.at}
        facts |= {"paper": True}
    return Event(
        name=name,
        subject=subject,
        actor_kind=by.kind,
        actor=by.id,
        at=at,
        office=office or by.office,
        paragraph=paragraph,
        facts=facts,
        **entered,
    )


def record_each(
    name: str,
    *,
    subjects: Iterable[UUID],
    by: Actor,
    at: datetime,
    office: UUID | None = None,
    paragraph: str = "",
    **facts: Fact,
) -> None:
    """Add the same event about several subjects, a thousand in one statement; `facts` as of `record`."""
    Event.objects.bulk_create(
        (
            Event(
                name=name,
                subject=subject,
                actor_kind=by.kind,
                actor=by.id,
                at=at,
                office=office or by.office,
                paragraph=paragraph,
                facts=facts,
            )
            for subject in subjects
        ),
        batch_size=1000,
    )


def record_looks(
    *, person: UUID, subjects: Iterable[UUID], by: Actor, at: datetime, page: str, allowed: bool
) -> None:
    """Add a look of an official at several cases of one person, in one statement."""
    assert by.id is not None
    Look.objects.bulk_create(
        Look(person=person, subject=subject, staff=by.id, office=by.office, page=page, at=at, allowed=allowed)
        for subject in subjects
    )


def record_looks_of(seen: Iterable[tuple[UUID, UUID]], *, by: Actor, at: datetime, page: str) -> None:
    """Add a look of an official at each person and case that stand on one page, in one statement."""
    assert by.id is not None
    Look.objects.bulk_create(
        Look(person=person, subject=subject, staff=by.id, office=by.office, page=page, at=at, allowed=True)
        for person, subject in dict.fromkeys(seen)
    )


def record_look(
    *, person: UUID, by: Actor, at: datetime, page: str, subject: UUID | None = None, allowed: bool = True
) -> None:
    """Add a look of an official at a person's data (R14.1-a; the person sees it)."""
    assert by.id is not None
    Look.objects.create(
        person=person, subject=subject, staff=by.id, office=by.office, page=page, at=at, allowed=allowed
    )
