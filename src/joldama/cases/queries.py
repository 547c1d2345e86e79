"""Reads many cases: who sees which, and the work that is waiting."""

from datetime import datetime
from typing import Any

from django.db import models

from joldama.journal.models import RESULT_BREACHED, Event
from joldama.people.models import Person, Staff
from joldama.people.rules import may_see_cases
from joldama.standard.workflows import ApplicationState

OPEN = (ApplicationState.REGISTERED, ApplicationState.IN_PROGRESS, ApplicationState.SIGNED)


class Applications(models.QuerySet[Any]):  # of Application, whose module imports this one
    """Cases, asked in the words of the service."""

    def visible_to(self, staff: Staff) -> "Applications":
        """Keep the cases of the official's own office, if his role sees cases at all (§4.8)."""
        if not may_see_cases(staff):
            return self.none()
        return self.filter(office_id=staff.office_id)

    def of(self, person: Person) -> "Applications":
        """Keep a person's own cases."""
        return self.filter(person=person)

    def open(self) -> "Applications":
        """Keep registered cases that have no result yet, or await a corrected one."""
        return self.filter(models.Q(state__in=OPEN) | models.Q(correction_asked_at__isnull=False))

    def with_running_term(self) -> "Applications":
        """Keep cases whose term of ¶4 1) still runs, with what it takes to reckon it anew (R4.1-a)."""
        running = self.filter(
            state__in=(ApplicationState.SUBMITTED, *OPEN),
            offered_at=None,
            withdrawn_at=None,
            not_accepted_at=None,
        )
        return running.select_related("place").defer("contact").order_by("due_at", "id")

    def missed_unwritten(self, at: datetime) -> "Applications":
        """Keep cases whose running term was missed by this moment, which the journal does not tell (R4.1-c)."""
        told = Event.objects.filter(subject=models.OuterRef("pk"), at=models.OuterRef("due_at"))
        missed = self.with_running_term().filter(due_at__lt=at)
        return missed.exclude(models.Exists(told.filter(name=RESULT_BREACHED)))

    def delivered_and_due_by(self, at: datetime) -> "Applications":
        """Keep delivered cases whose day has opened by this moment (A4, A31)."""
        return self.filter(state=ApplicationState.SUBMITTED, accepted_at__lte=at)

    def unknown_at_half_term(self, at: datetime) -> "Applications":
        """Keep delivered cases whose signature is still being checked after half of their term (A31)."""
        waiting = self.filter(state=ApplicationState.SUBMITTED, signature__status="indeterminate")
        passed, left = (
            models.ExpressionWrapper(moments, output_field=models.DurationField())
            for moments in (at - models.F("accepted_at"), models.F("due_at") - at)
        )
        return waiting.annotate(passed=passed, left=left).filter(passed__gte=models.F("left"))

    def by_time_left(self) -> "Applications":
        """Order as the desk works: the soonest due first."""
        return self.order_by("due_at", "id")
