"""The provider learns from the state register what the identity document says (¶9, R9.3)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from joldama.cases.models import Application, IdentityDocument
from joldama.journal.actors import SYSTEM
from joldama.journal.operations import record
from joldama.people.operations import remember_register_facts
from joldama.registries.models import Ended, Inquiry, Outcome
from joldama.registries.operations import note_attempt, store_answer
from joldama.registries.ports import Answer
from joldama.standard.names import PersonName


def open_inquiry_of(inquiry_id: UUID) -> Inquiry | None:
    """Give an inquiry that waits for its answer.

    None when it was answered (an errand may run twice), and once the case has ended: nobody's data are
    fetched without a case that needs them.
    """
    inquiry = Inquiry.objects.filter(pk=inquiry_id, answered_at=None).first()
    if inquiry is None or not Application.objects.open().filter(pk=inquiry.subject).exists():
        return None
    return inquiry


@transaction.atomic
def note_silence(inquiry: Inquiry, *, ended: Ended, at: datetime) -> None:
    """Write down that the register did not answer; the application stays accepted, its term runs (R9.3-b)."""
    note_attempt(inquiry, at=at, ended=ended)
    record(
        "inquiry.silent",
        subject=inquiry.subject,
        office=inquiry.office,
        by=SYSTEM,
        at=at,
        paragraph="9",
        outcome=ended,
    )


@transaction.atomic
def receive_answer(inquiry: Inquiry, answer: Answer, *, at: datetime) -> None:
    """Take in an answer once; a confirmed one gives the person's data by the register (R9.3-a)."""
    note_attempt(inquiry, at=at, ended=Ended.ANSWERED)
    if not store_answer(inquiry, answer, at=at):
        return
    record(
        "inquiry.answered",
        subject=inquiry.subject,
        office=inquiry.office,
        by=SYSTEM,
        at=at,
        paragraph="9",
        outcome=answer.outcome,
    )
    if answer.outcome == Outcome.CONFIRMED:
        _take_over(inquiry, answer)


def _take_over(inquiry: Inquiry, answer: Answer) -> None:
    both = Application.objects.select_related("person", "identity").only("person__id", "identity__kind")
    application = both.get(pk=inquiry.subject)
    remember_register_facts(
        application.person,
        name=PersonName(surname=answer.surname, given_name=answer.given_name, patronymic=answer.patronymic),
        born_on=answer.born_on,
        holder=answer.holder,
    )
    identity: IdentityDocument = application.identity
    identity.holder = answer.holder
    identity.issuer = answer.document_issuer or None
    identity.issued_on = answer.document_issued_on.isoformat() if answer.document_issued_on else None
    identity.valid_until = answer.document_valid_until.isoformat() if answer.document_valid_until else None
    identity.save(update_fields=["holder", "issuer", "issued_on", "valid_until"])
