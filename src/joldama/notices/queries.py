"""Reads contacts and the ledger."""

from uuid import UUID

from django.db.models import QuerySet

from joldama.notices.models import Contact, Notice
from joldama.people.models import Person


def contact_of(person: Person) -> Contact | None:
    """Give where a person wishes to be told; None where he left nothing."""
    return Contact.objects.filter(person=person).first()


def notices_to(person: Person) -> QuerySet[Notice]:
    """Give what was said to a person, the newest first."""
    return Notice.objects.filter(person=person).order_by("-written_at", "id")


def notices_about(about: UUID) -> QuerySet[Notice]:
    """Give what was said about a case or a complaint, in order."""
    return Notice.objects.filter(about=about).order_by("written_at", "id")
