"""Answers who asks about a case by telephone or at the reference service, and writes each query down (¶14).

A wrong number, a wrong IIN and a number that does not exist are one answer, found by the same queries, so that
nobody learns whether a number exists (R14.1-a, A21). Whoever misses too often has to wait.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import Q

from joldama.cases.codes import read_code
from joldama.cases.models import Application
from joldama.cases.numbers import read_number
from joldama.cases.rules import may_tell_status
from joldama.journal.operations import record, record_each, record_looks
from joldama.journal.queries import events_of
from joldama.people.models import Staff
from joldama.people.operations import lock
from joldama.people.queries import IIN
from joldama.people.rules import answers_in_person
from joldama.vault.cipher import blind

MOST_MISSES = 10
MISSES_WITHIN = timedelta(minutes=10)
"""Slips of the tongue on the telephone fit in; a search through numbers does not."""

MOST_CASES = 20
"""Cases told at once to a person who shows his document."""

LOOKED_AT = "status"
"""What a look names: the person reads in his account that his status was asked for."""

_MISSED = "asked.not_found"


class Finding(StrEnum):
    """What an answer is; nothing more is told than that."""

    TOLD = "told"
    NOT_FOUND = "not_found"
    OTHER_PROVIDER = "other_provider"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class Answer:
    """The cases that may be told of; `again_at` is the moment (UTC) from which one may ask again."""

    finding: Finding
    cases: Sequence[Application] = ()
    again_at: datetime | None = None


def ask_by_number(number: str, iin: str, *, by: Staff, at: datetime) -> Answer:
    """Answer to an application's number, or to its reference before registration (A38), with the IIN."""
    return _ask(Q(number=read_number(number)) | Q(reference=read_code(number)), iin, by=by, at=at)


def ask_in_person(iin: str, *, by: Staff, at: datetime) -> Answer:
    """Answer to somebody who shows his identity document at the provider: his cases there, the newest first."""
    if not answers_in_person(by):
        return Answer(Finding.NOT_FOUND)
    return _ask(Q(office_id=by.office_id), iin, by=by, at=at)


@transaction.atomic
def _ask(which: Q, iin: str, *, by: Staff, at: datetime) -> Answer:
    lock(by)
    again_at = _has_to_wait(by, at)
    if again_at is not None:
        record("asked.too_many", subject=by.pk, by=by.actor, at=at, paragraph="14")
        return Answer(Finding.TOO_MANY, again_at=again_at)
    found = _find(which, iin)
    if not found:
        record(_MISSED, subject=by.pk, by=by.actor, at=at, paragraph="14")
        return Answer(Finding.NOT_FOUND)
    told = [one for one in found if may_tell_status(by, one)]
    finding = Finding.TOLD if told else Finding.OTHER_PROVIDER
    _write_down(told or found, finding, by=by, at=at)
    return Answer(finding, told)


def _has_to_wait(staff: Staff, at: datetime) -> datetime | None:
    """Give the moment from which he may ask again, where he missed too often; None where he may ask."""
    latest = list(events_of(staff.pk).filter(name=_MISSED).order_by("-id")[:MOST_MISSES])
    if len(latest) < MOST_MISSES:
        return None
    over_at = latest[-1].at + MISSES_WITHIN
    return over_at if at < over_at else None


def _find(which: Q, iin: str) -> list[Application]:
    found = Application.objects.filter(which, person__iin_index=blind(IIN, iin))
    told_of = found.select_related("office", "place", "signature", "decision__referral")
    replaced = told_of.prefetch_related("decision__referral__replaces")
    return list(replaced.order_by("-accepted_at", "id")[:MOST_CASES])


def _write_down(cases: Sequence[Application], finding: Finding, *, by: Staff, at: datetime) -> None:
    """Keep the query in the journal, and as looks that the person sees in his account."""
    subjects = [one.pk for one in cases]
    record_each(f"asked.{finding}", subjects=subjects, by=by.actor, at=at, paragraph="14")
    record_looks(
        person=cases[0].person_id,
        subjects=subjects,
        by=by.actor,
        at=at,
        page=LOOKED_AT,
        allowed=finding is Finding.TOLD,
    )
