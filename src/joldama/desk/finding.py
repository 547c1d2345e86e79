"""Finds the one case a page is about, and writes down that an official looked (R14.1-a, §4.8)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, JSONField, OuterRef, Subquery
from django.http import Http404

from joldama.cases.models import Application, Deadline, Decision, Recall, SealedPaper
from joldama.cases.rules import may_see
from joldama.desk.showing import Desk
from joldama.journal.operations import record_look
from joldama.reception.models import TicketCase
from joldama.referrals.annulling import awaited_of
from joldama.referrals.models import Annulment, Referral

_RELATED = (
    "person",
    "office",
    "place",
    "identity",
    "registered_by",
    "entered_by",
    "blank",
    "taken_by",
    "decision__drafted_by",
    "decision__signed_by",
    "decision__recall",
    "decision__referral__handed_over_by",
)


def find_case(desk: Desk, pk: UUID, *, page: str) -> Application:
    """Give a case of the own office with all that its page shows, and write the look down.

    A case of another office answers like a missing one (404), and the attempt is written down too.
    """
    application = _find(pk)
    _look(desk, application, page, allowed=may_see(desk.staff, application))
    return application


def find_case_to_move(desk: Desk, pk: UUID, *, page: str) -> Application:
    """Give a case of the own office for a step; only an attempt at another office's case is a look."""
    application = _find(pk)
    if not may_see(desk.staff, application):
        _look(desk, application, page, allowed=False)
    return application


def has_paper(application: Application) -> bool:
    """Say whether the sealed document of a case that was found here, or stands in a list, is made."""
    return bool(getattr(application, "has_paper", False))


def annulled_of(application: Application) -> list[Referral]:
    """Give the annulled referrals of a case that was found here, in order."""
    if not getattr(application, "has_annulled", False):
        return []
    found = Referral.objects.filter(application=application, annulled_at__isnull=False)
    return list(found.select_related("annulled_by", "replaced_by").order_by("issued_at"))


def proposed_annulment_of(application: Application) -> Annulment | None:
    """Give the annulment of a case that was found here that waits for its second person, if one does."""
    return awaited_of(application) if getattr(application, "has_proposed_annulment", False) else None


def recalled_of(application: Application) -> list[Decision]:
    """Give the decisions of a case that was found here that were recalled, in order; each keeps its number (A38)."""
    if not getattr(application, "has_recalled", False):
        return []
    found = application.decisions.filter(recall__end=Recall.End.RECALLED)
    return list(found.select_related("signed_by", "recall__recalled_by").order_by("signed_at"))


def called_at(application: Application) -> datetime | None:
    """Give when the person of a case that was found here was called, while he is at the window."""
    return getattr(application, "called_at", None)


def ticket_at_window(application: Application) -> UUID | None:
    """Give the id of the ticket with which the person of a case that was found here is at a window, if he is."""
    return getattr(application, "at_window", None)


def latest_steps(application: Application) -> dict[str, Any] | None:
    """Give the stored lines of the reckoning by language."""
    return getattr(application, "latest_steps", None)


def _find(pk: UUID) -> Application:
    papers = SealedPaper.objects.filter(decision=OuterRef("decision"))
    annulled = Referral.objects.filter(application=OuterRef("pk"), annulled_at__isnull=False)
    proposed = Annulment.objects.awaited().filter(referral__application=OuterRef("pk"))
    recalled = Recall.objects.filter(decision__application=OuterRef("pk"), end=Recall.End.RECALLED)
    serving = TicketCase.objects.filter(application=OuterRef("pk"), ticket__ended_at=None)
    deadlines = Deadline.objects.filter(application=OuterRef("pk")).order_by("-id")
    found = (
        Application.objects.select_related(*_RELATED)
        .annotate(
            has_paper=Exists(papers.filter(copy=SealedPaper.Copy.RECIPIENT)),
            has_copy=Exists(papers.filter(copy=SealedPaper.Copy.ORGANISATION)),
            has_annulled=Exists(annulled),
            has_proposed_annulment=Exists(proposed),
            has_recalled=Exists(recalled),
            called_at=Subquery(serving.values("ticket__called_at")[:1]),
            at_window=Subquery(serving.values("ticket_id")[:1]),
            latest_steps=Subquery(deadlines.values("steps")[:1], output_field=JSONField()),
        )
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _look(desk: Desk, application: Application, page: str, *, allowed: bool) -> None:
    record_look(
        person=application.person_id,
        subject=application.pk,
        by=desk.staff.actor,
        at=desk.at,
        page=page,
        allowed=allowed,
    )
    if not allowed:
        raise Http404
