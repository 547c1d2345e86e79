"""Reads inquiries back as the values they were made of."""

from datetime import date
from typing import Any
from uuid import UUID

from joldama.registries.models import Inquiry, Outcome
from joldama.registries.ports import Answer, Question
from joldama.standard.documents import DocumentKind, Holder

_DAYS = ("born_on", "document_issued_on", "document_valid_until")


def question_of(inquiry: Inquiry) -> Question:
    """Give the question as it was asked."""
    stored = inquiry.question
    return Question(stored["iin"], DocumentKind(stored["document_kind"]), stored["document_number"])


def answer_of(inquiry: Inquiry) -> Answer | None:
    """Give the answer; None while the register has not answered."""
    if inquiry.answered_at is None:
        return None
    stored: dict[str, Any] = dict(inquiry.answer or {})
    for name in _DAYS:
        stored[name] = date.fromisoformat(stored[name]) if stored[name] else None
    stored["outcome"] = Outcome(stored["outcome"])
    stored["holder"] = Holder(stored["holder"]) if stored["holder"] else None
    return Answer(**stored)


def outcome_about(subject: UUID) -> str | None:
    """Give what the register answered about a case; None or empty while it has not, or was not asked."""
    return Inquiry.objects.filter(subject=subject).values_list("outcome", flat=True).first()


def inquiry_about(subject: UUID) -> Inquiry | None:
    """Find the inquiry of a case."""
    return Inquiry.objects.filter(subject=subject).first()
