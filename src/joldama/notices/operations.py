"""Writes contacts and the ledger."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from joldama.journal.actors import Actor
from joldama.journal.operations import record
from joldama.notices.models import Channel, Contact, Notice, NoticeKind, Outcome, waiting
from joldama.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said about what, in which language; the words hold `{link}` for the page they lead to."""

    kind: NoticeKind
    about: UUID
    language: str
    subject: str
    body: str
    mark: str = ""


def set_contact(person: Person, email: str, *, by: Actor, at: datetime) -> None:
    """Keep where a person wishes to be told; the newest word counts."""
    Contact.objects.update_or_create(person=person, defaults={"email": email, "stated_at": at})
    record("contact.set", subject=person.pk, by=by, at=at)


def remove_contact(person: Person, *, by: Actor, at: datetime) -> bool:
    """Forget where a person wished to be told; say whether anything was known."""
    gone, _ = Contact.objects.filter(person=person).delete()
    if gone:
        record("contact.removed", subject=person.pk, by=by, at=at)
    return bool(gone)


def write(said: Said, *, to: Contact, at: datetime) -> Notice | None:
    """Write a notice into the ledger; None where the same thing was said before."""
    return _write(said, person_id=to.person_id, address=to.email, at=at)


def write_to_organisation(said: Said, *, address: str, at: datetime) -> Notice | None:
    """Write a letter to an organisation's confirmed contact; None where the same thing was said before."""
    return _write(said, person_id=None, address=address, at=at)


def _write(said: Said, *, person_id: UUID | None, address: str, at: datetime) -> Notice | None:
    notice, is_new = Notice.objects.get_or_create(
        about=said.about,
        kind=said.kind,
        mark=said.mark,
        channel=Channel.EMAIL,
        defaults={
            "person_id": person_id,
            "language": said.language,
            "address": address,
            "subject": said.subject,
            "body": said.body,
            "written_at": at,
        },
    )
    return notice if is_new else None


def claim(notice: Notice, *, at: datetime) -> bool:
    """Begin an attempt; say whether it is ours."""
    begun = waiting(Notice.objects.filter(pk=notice.pk), at=at).update(
        claimed_at=at, attempts=F("attempts") + 1
    )
    return bool(begun)


def end(notice: Notice, outcome: Outcome, *, at: datetime) -> None:
    """Write down how a notice ended."""
    Notice.objects.filter(pk=notice.pk, outcome=Outcome.WAITING).update(
        outcome=outcome, ended_at=at, claimed_at=None
    )


def let_wait(notice: Notice) -> None:
    """An attempt failed; the next one may begin."""
    Notice.objects.filter(pk=notice.pk, outcome=Outcome.WAITING).update(claimed_at=None)
