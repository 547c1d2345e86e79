"""Writes inquiries and what came of them."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from joldama.registries.models import Attempt, Ended, Inquiry
from joldama.registries.ports import Answer, Question
from joldama.vault.fields import closed


def open_inquiry(question: Question, *, subject: UUID, office: UUID, at: datetime) -> Inquiry:
    """Write down a question about a case, when it is registered; one case has one inquiry."""
    return Inquiry.objects.create(subject=subject, office=office, question=asdict(question), asked_at=at)


def note_attempt(inquiry: Inquiry, *, at: datetime, ended: Ended) -> None:
    """Write down one sending and how it ended."""
    Attempt.objects.create(inquiry=inquiry, at=at, ended=ended)


def store_answer(inquiry: Inquiry, answer: Answer, *, at: datetime) -> bool:
    """Store the answer once; say whether it was the first."""
    stored = {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(answer).items()}
    return bool(
        Inquiry.objects.filter(pk=inquiry.pk, answered_at=None).update(
            answer=closed(inquiry, "answer", stored), outcome=answer.outcome, answered_at=at
        )
    )
