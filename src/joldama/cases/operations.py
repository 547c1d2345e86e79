"""Writes cases; every change of state is a move of the workflow, made by compare-and-set."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from joldama.cases.models import Application, Deadline, Decision
from joldama.journal.actors import SYSTEM, Actor, FromPaper
from joldama.journal.models import RESULT_BREACHED
from joldama.journal.operations import Fact, record, record_once
from joldama.standard.terms import Term, told
from joldama.standard.words import LANGUAGES
from joldama.standard.workflows import APPLICATION, ApplicationMove, ApplicationState

_FINISHING = frozenset({"offered_at", "withdrawn_at", "not_accepted_at"})
"""Moments that end the term of ¶4 1)."""

_MOVING = ("state", "correction_asked_at", "decision", "due_at", "offered_at")
"""What others may have moved since a case was read; all else of it that a decision rests on stays."""


@dataclass
class SomebodyWasFaster(Exception):
    """The case has left the state from which this move starts: show it anew."""

    application: Application


def move(
    application: Application,
    by_move: ApplicationMove,
    *,
    by: Actor,
    at: datetime,
    event_facts: dict[str, Fact] | None = None,
    from_paper: FromPaper | None = None,
    **columns: Any,
) -> None:
    """Move a case along the workflow and record it; raise SomebodyWasFaster when it is elsewhere.

    `columns` are written in the same statement, so that state, moment and actor stay bound. A move that is
    entered `from_paper` happened at the moment that was written.
    """
    step = APPLICATION.find(by_move, application.state)
    if step is None:
        raise SomebodyWasFaster(application)
    changed = Application.objects.filter(pk=application.pk, state=step.source).update(
        state=step.target, **columns
    )
    if not changed:
        raise SomebodyWasFaster(application)
    application.state = step.target
    for name, value in columns.items():
        setattr(application, name, value)
    record(
        f"case.{by_move}",
        subject=application.pk,
        office=application.office_id,
        by=by,
        at=at,
        paragraph=step.paragraph,
        from_paper=from_paper,
        **(event_facts or {}),
    )
    if not _FINISHING.isdisjoint(columns):
        record_breach(application, at=application.finished_at, from_paper=from_paper)


def record_breach(application: Application, *, at: datetime, from_paper: FromPaper | None = None) -> None:
    """Write down that a term was missed at a moment (R4.1-c): exactly at its end is in time, each due moment once.

    The event has the due moment itself, whether the errand found it or what finished the case.
    """
    if at <= application.due_at:
        return
    record_once(
        RESULT_BREACHED,
        subject=application.pk,
        office=application.office_id,
        by=SYSTEM,
        at=application.due_at,
        paragraph="4.1",
        from_paper=from_paper,
    )


def ask_correction(application: Application, *, at: datetime) -> None:
    """Await a corrected result in the place of one that was annulled; its state stays (R6.2-b)."""
    changed = Application.objects.filter(pk=application.pk, correction_asked_at=None).update(
        correction_asked_at=at
    )
    if not changed:
        raise SomebodyWasFaster(application)
    application.correction_asked_at = at


def finish_correction(application: Application) -> None:
    """The corrected result is signed."""
    changed = Application.objects.filter(pk=application.pk, correction_asked_at__isnull=False).update(
        correction_asked_at=None
    )
    if not changed:
        raise SomebodyWasFaster(application)
    application.correction_asked_at = None


def hold(application: Application) -> None:
    """Hold the row of a case until the transaction ends; from now on it is known here as it stands."""
    held = Application.objects.select_for_update(of=("self",))
    application.refresh_from_db(fields=_MOVING, from_queryset=held)


def let_stand(decision: Decision, *, application: Application) -> None:
    """Make a decision the one that stands for its case."""
    Application.objects.filter(pk=application.pk).update(decision=decision)
    application.decision = decision


def set_deadline(application: Application, term: Term, *, at: datetime) -> None:
    """Write down how a term was reckoned: steps, edition, calendar version (R4.1-a, R0.1-b)."""
    Deadline.objects.create(
        application=application,
        reckoned_at=at,
        accepted_at=term.accepted_at,
        due_at=term.due_at,
        target_at=term.target_at,
        basis=list(term.basis),
        steps={language: told(term, language, zone=application.place.zone) for language in LANGUAGES},
        is_provisional=term.provisional,
        edition=term.edition,
        calendar_version=term.calendar_version,
    )


def prolong(application: Application, term: Term, *, correction: UUID, by: Actor, at: datetime) -> bool:
    """Put a longer term in the place of the one that was told; say whether it was this call that did.

    What is not accepted yet is accepted by the new reckoning too. Kept: the old term with its steps, the
    new one with its own, and the step between them in the journal (R4.1-a).
    """
    columns = {"due_at": term.due_at}
    if application.state == ApplicationState.SUBMITTED:
        columns["accepted_at"] = term.accepted_at
    told_at = application.due_at
    changed = Application.objects.filter(
        pk=application.pk, state=application.state, due_at=told_at, offered_at=None
    ).update(**columns)
    if not changed:
        return False
    application.due_at = term.due_at
    set_deadline(application, term, at=at)
    record(
        "deadline.recomputed",
        subject=application.pk,
        office=application.office_id,
        by=by,
        at=at,
        paragraph=term.basis[0],
        old_due_at=told_at.isoformat(),
        new_due_at=term.due_at.isoformat(),
        edition=term.edition,
        correction=str(correction),
    )
    return True


def open_case(
    application: Application,
    term: Term,
    *,
    event: ApplicationMove,
    by: Actor,
    at: datetime,
    event_facts: dict[str, Fact] | None = None,
    from_paper: FromPaper | None = None,
) -> Application:
    """Write a new case with its reckoned term and record how it came."""
    application.save(force_insert=True)
    set_deadline(application, term, at=from_paper.at if from_paper else at)
    record(
        f"case.{event}",
        subject=application.pk,
        office=application.office_id,
        by=by,
        at=at,
        paragraph=term.basis[0],
        from_paper=from_paper,
        **(event_facts or {}),
    )
    return application
