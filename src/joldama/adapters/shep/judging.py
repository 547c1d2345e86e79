"""Reads in the register's words whether the document is in force and whose it is (A34, R9.3-c).

What is not plainly told is never taken for valid: a code nobody explained to us is not an answer.
"""

from collections.abc import Iterable
from datetime import date

from govkz.gateway.gbdfl import Document, Person, Repatriation
from joldama.adapters.shep.codes import Codes
from joldama.registries.models import Ended, Outcome
from joldama.registries.ports import Answer, Question, RegisterSilent
from joldama.standard.documents import DocumentKind, Holder


def person_asked_about(persons: Iterable[Person], question: Question) -> Person | None:
    """Find the person with the number; raise RegisterSilent where the answer is about somebody else."""
    known = [person for person in persons if not person.is_removed]
    found = [person for person in known if person.iin == question.iin]
    if known and not found:
        raise RegisterSilent(Ended.NOT_UNDERSTOOD)
    return found[0] if found else None


def document_named(person: Person, question: Question, codes: Codes) -> Document | None:
    """Find the document the question names, one in force before all others; raise RegisterSilent.

    Where only a document of an unexplained kind has the number, nobody can say whether it is the one.
    """
    numbered = [one for one in person.documents if _plain(question.document_number) in _numbers(one)]
    named = [one for one in numbered if codes.documents.get(one.kind.code) == question.document_kind]
    if not named and any(one.kind.code not in codes.documents for one in numbered):
        raise RegisterSilent(Ended.NOT_UNDERSTOOD)
    named.sort(key=lambda one: (one.status.code in codes.in_force, one.valid_until or date.max))
    return named[-1] if named else None


def judged(person: Person, document: Document, codes: Codes, *, kind: DocumentKind, on: date) -> Answer:
    """Answer about a person's own document on a day."""
    return Answer(
        outcome=Outcome.CONFIRMED if _is_in_force(person, document, codes, on) else Outcome.EXPIRED,
        surname=person.surname,
        given_name=person.name,
        patronymic=person.patronymic,
        born_on=person.born_on,
        holder=_holder(person, kind, codes),
        document_issuer=document.issuer.kk or document.issuer.ru if document.issuer else "",
        document_issued_on=document.issued_on,
        document_valid_until=document.valid_until,
        is_oralman=_is_oralman(person.repatriation, on),
    )


def _is_in_force(person: Person, document: Document, codes: Codes, on: date) -> bool:
    """Say whether a document holds on a day, its last day included; no document of the dead does."""
    has_ended = document.valid_until is not None and document.valid_until < on
    was_ended = document.invalid_since is not None and document.invalid_since <= on
    has_died = person.died_on is not None
    return document.status.code in codes.in_force and not (has_ended or was_ended or has_died)


def _holder(person: Person, kind: DocumentKind, codes: Codes) -> Holder | None:
    """Tell the citizenship: a citizen's by its code, else as the document of a non-citizen says."""
    if person.citizenship is None:
        return None
    if person.citizenship.code in codes.citizen:
        return Holder.CITIZEN
    return None if kind.holder is Holder.CITIZEN else kind.holder


def _is_oralman(status: Repatriation | None, on: date) -> bool | None:
    """Say whether the status holds on a day; None where the register does not tell since when (A28)."""
    if status is None or status.since is None:
        return None
    return status.since <= on and (status.until is None or on <= status.until)


def _numbers(document: Document) -> set[str]:
    return {_plain(document.number), _plain(document.series + document.number)}


def _plain(number: str) -> str:
    return "".join(number.split()).upper()
