"""An appeal to court about a result is recorded on its case; a decision against a refusal is carried out (¶11).

The system neither blocks nor demands an earlier complaint (A15).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from joldama.cases.models import Application, Decision, Outcome
from joldama.cases.operations import SomebodyWasFaster, ask_correction
from joldama.cases.rules import may_see
from joldama.complaints.models import CourtAppeal
from joldama.journal.operations import record
from joldama.people.models import Staff
from joldama.people.rules import may_sign_for_office
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.standard import words
from joldama.standard.workflows import ApplicationState


@dataclass(frozen=True, kw_only=True)
class Appeal:
    """What the office knows of an appeal: which court, its number, dates, outcome (R11.1-a)."""

    court: str
    number: str
    filed_on: date
    outcome: CourtAppeal.Outcome
    decided_on: date | None = None


def result_of(application: Application) -> Decision | None:
    """Give the latest signed result of a case: what an appeal is about."""
    return application.decisions.in_force().order_by("signed_at").last()


def may_be_carried_out(appeal: CourtAppeal) -> bool:
    """Say whether the court found against a refusal in whose place nothing was given or asked for yet."""
    case = appeal.application
    return (
        appeal.outcome == CourtAppeal.Outcome.FOR_RECIPIENT
        and case.state == ApplicationState.REFUSED
        and case.correction_asked_at is None
    )


def carried_out(application: Application) -> CourtAppeal | None:
    """Give the court's record by which a result is prepared in the place of a refusal; None where none is.

    It binds as well where what was given by it was annulled, and a corrected one is awaited.
    """
    if application.correction_asked_at is None:
        return None
    refusals = application.court_appeals.filter(decision__outcome=Outcome.REFUSE)
    found = refusals.filter(outcome=CourtAppeal.Outcome.FOR_RECIPIENT)
    appeal: CourtAppeal | None = found.order_by("decided_on", "recorded_at").last()
    return appeal


def told(appeal: CourtAppeal, language: str) -> str:
    """Name the record in a decision, in Kazakh and the person's language: court, number, day (R11.1-a)."""
    values = {"court": appeal.court, "number": appeal.number, "decided_on": appeal.decided_on}
    sides = dict.fromkeys(("kk", language))
    return "\n".join(words.say("court.by_decision", side, **values) for side in sides)


@transaction.atomic
def record_appeal(application: Application, appeal: Appeal, *, by: Staff, at: datetime) -> CourtAppeal:
    """Record an appeal, or what the court decided on one that was pending; the head or his deputy by order.

    Raises NotYet for a court case whose outcome stands already.
    """
    decision = result_of(application)
    if not _may(by, application, at=at) or decision is None:
        raise NotAllowed
    known = (
        CourtAppeal.objects.select_for_update(of=("self",))
        .filter(application=application, court=appeal.court, number=appeal.number)
        .first()
    )
    if known is not None and known.outcome != CourtAppeal.Outcome.PENDING:
        raise NotYet("error.court_recorded")
    row = known or CourtAppeal(
        application=application, decision=decision, court=appeal.court, number=appeal.number
    )
    row.filed_on, row.decided_on, row.outcome = appeal.filed_on, appeal.decided_on, appeal.outcome
    row.recorded_at, row.recorded_by = at, by
    row.save()
    record(
        "court.recorded", subject=application.pk, by=by.actor, at=at, paragraph="11", outcome=appeal.outcome
    )
    return row


@transaction.atomic
def carry_out(appeal: CourtAppeal, *, by: Staff, at: datetime) -> None:
    """Have a result drafted in the place of a refusal the court found against; the refusal stays (S61)."""
    case = Application.objects.select_for_update(of=("self",)).get(pk=appeal.application_id)
    if not _may(by, case, at=at):
        raise NotAllowed
    appeal.application = case
    if not may_be_carried_out(appeal):
        raise SomebodyWasFaster(case)
    ask_correction(case, at=at)
    record("court.execution", subject=case.pk, office=case.office_id, by=by.actor, at=at, paragraph="11")


def _may(by: Staff, application: Application, *, at: datetime) -> bool:
    on = at.astimezone(application.place.zone).date()
    return may_see(by, application) and may_sign_for_office(by, application.office_id, on=on)
