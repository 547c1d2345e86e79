"""Stands for the register of persons in a demonstration: knows the invented people and no other."""

from datetime import datetime

from django.conf import settings

from joldama.demo.people import DemoApplicant
from joldama.demo.visitors import applicants
from joldama.installation.identity import is_demo
from joldama.registries.models import Outcome
from joldama.registries.ports import Answer, Question, RegisterSilent


class DemoRegister:
    """Implements registries.ports.IdentityRegister; silent where the database is no demonstration."""

    def ask(self, question: Question, *, at: datetime) -> Answer:
        """Answer about an invented person; a document of somebody else is said to be his (R9.3-c)."""
        if not is_demo():
            raise RegisterSilent("no gateway is configured")
        owner = next((a for a in applicants(settings.DATA) if _is_of(a, question)), None)
        if owner is None:
            return Answer(Outcome.UNKNOWN)
        if owner.iin != question.iin:
            return Answer(Outcome.OTHER_PERSON)
        return _about(owner, at)


def _is_of(applicant: DemoApplicant, question: Question) -> bool:
    return (applicant.document_kind, applicant.document_number) == (
        question.document_kind,
        question.document_number,
    )


def _about(owner: DemoApplicant, at: datetime) -> Answer:
    # Valid to its last day by the calendar of the register, which keeps one day for the whole country.
    has_ended = owner.document_valid_until < at.date()
    return Answer(
        outcome=Outcome.EXPIRED if has_ended else Outcome.CONFIRMED,
        surname=owner.surname,
        given_name=owner.given_name,
        patronymic=owner.patronymic,
        born_on=owner.born_on,
        holder=owner.holder,
        document_issuer=owner.document_issuer,
        document_issued_on=owner.document_issued_on,
        document_valid_until=owner.document_valid_until,
        is_oralman=owner.is_oralman,
        territory=owner.territory,
    )
