"""Writes how a signed decision is held back, released and recalled: each ends it once."""

from datetime import datetime

from joldama.cases.models import Application, Decision
from joldama.cases.operations import let_stand
from joldama.cases.recalls import Recall
from joldama.people.models import Staff


def hold_back(decision: Decision, *, until: datetime, at: datetime) -> None:
    """Let nothing come of a signed decision before a moment."""
    decision.recall = Recall.objects.create(decision=decision, opened_at=at, until_at=until)


def due(at: datetime) -> list[Decision]:
    """Give the decisions whose minutes are over, in their order."""
    over = Decision.objects.filter(recall__ended_at=None, recall__until_at__lte=at)
    return list(over.only("pk", "application_id").order_by("recall__until_at", "pk"))


def end(decision: Decision, how: Recall.End, *, at: datetime, by: Staff | None = None) -> bool:
    """End the holding back; say whether it was this call that did. `by` is who recalls."""
    held = Recall.objects.filter(decision=decision.pk, ended_at=None)
    return bool(held.update(ended_at=at, end=how, recalled_by=by))


def draft_again(decision: Decision, *, application: Application, at: datetime) -> Decision:
    """Put a draft that says the same in the place of a recalled decision, which stays with its number."""
    draft = Decision.objects.create(
        application=application,
        outcome=decision.outcome,
        kind=decision.kind,
        training_kind=decision.training_kind,
        fields=decision.fields,
        ground=decision.ground,
        reasons=decision.reasons,
        although=decision.although,
        drafted_at=at,
        drafted_by=decision.drafted_by,
        edition=decision.edition,
        calendar_version=decision.calendar_version,
    )
    let_stand(draft, application=application)
    return draft


def end_of_case(application: Application, *, at: datetime) -> None:
    """Let nothing come of what is held back in a case that was taken back; whoever moved it holds it.

    Asked of the rows: a decision may have been signed since the case was read.
    """
    held = Recall.objects.filter(decision__application=application.pk, ended_at=None)
    held.update(ended_at=at, end=Recall.End.WITHDRAWN)
