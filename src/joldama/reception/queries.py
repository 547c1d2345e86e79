"""Reads the line: who waits, who is at a window, what was breached, which windows are open."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from joldama.journal.models import SERVING_BREACHED, WAIT_BREACHED, Event
from joldama.people.models import Place, Staff
from joldama.standard.clocks import ClockKind
from joldama.standard.tickets import TicketState
from joldama.standard.windows import WindowState

BREACHES = {ClockKind.WAIT: WAIT_BREACHED, ClockKind.SERVING: SERVING_BREACHED}
"""The event that tells a breach of each clock of a ticket."""


class Tickets(models.QuerySet[Any]):  # of Ticket, whose module imports this one
    """Tickets, asked in the words of the line."""

    def at(self, place: Place, *, on: date) -> "Tickets":
        """Keep the tickets of a place's line on a local day."""
        return self.filter(line__place=place, line__on=on)

    def waiting(self) -> "Tickets":
        """Keep those that wait, in their turn: there is no other order (R8.1-c)."""
        return self.filter(state=TicketState.WAITING).order_by("number")

    def after_the_one_before(self) -> "Tickets":
        """Tell of each when the one with the number before it was called, as `called_before`."""
        before = self.model.objects.filter(line=OuterRef("line"), number=OuterRef("number") - 1)
        return self.annotate(called_before=Subquery(before.values("called_at")))

    def at_windows(self) -> "Tickets":
        """Keep those that were called and are not ended, the latest call first."""
        return self.filter(state__in=[TicketState.CALLED, TicketState.SERVING]).order_by(
            "-called_at", "-number"
        )

    def as_called(self) -> "Tickets":
        """Keep those that were called and are not ended, as a hall hears them: a call repeated is the latest."""
        return self.at_windows().order_by(Coalesce("repeated_at", "called_at").desc(), "-number")

    def ended(self) -> "Tickets":
        """Keep those that are over, the latest first."""
        return self.filter(ended_at__isnull=False).order_by("-ended_at", "-number")

    def held_by(self, staff: Staff) -> Any:
        """Give the ticket this specialist has at his window; None where there is none."""
        return self.at_windows().filter(called_by=staff).first()

    def without_breach(self, kind: ClockKind) -> "Tickets":
        """Keep those of whose clock the journal tells no breach."""
        told = Event.objects.filter(subject=OuterRef("pk"), name=BREACHES[kind])
        return self.exclude(Exists(told))

    def breached(self) -> "Tickets":
        """Keep those that waited or were served longer than the standard allows, in their turn."""
        return self.filter(Q(is_wait_breached=True) | Q(is_serving_breached=True)).order_by("number")


class Windows(models.QuerySet[Any]):  # of Window, whose module imports this one
    """Windows, asked in the words of the hall."""

    def at(self, place: Place, *, on: date) -> "Windows":
        """Keep the windows of a place's line on a local day."""
        return self.filter(line__place=place, line__on=on)

    def unclosed(self) -> "Windows":
        """Keep those that are open or paused, in the order of their numbers."""
        return self.exclude(state=WindowState.CLOSED).order_by("number")

    def with_pause(self) -> "Windows":
        """Add `paused_at`: since when a window is paused; None where it is not."""
        return self.annotate(paused_at=Max("pauses__paused_at", filter=Q(pauses__ended_at=None)))

    def open_at(self, place: Place, *, on: date) -> "Windows":
        """Keep the windows of a place that are open on a local day: not paused, not closed.

        Whether reception itself goes on says the calendar (`procedures.windows.open_windows`).
        """
        return self.at(place, on=on).filter(state=WindowState.OPEN).order_by("number")

    def attended(self) -> "Windows":
        """Keep those at which somebody was called and is not ended."""
        return self.filter(
            line__tickets__window=F("number"),
            line__tickets__state__in=[TicketState.CALLED, TicketState.SERVING],
        )

    def unattended(self) -> "Windows":
        """Keep those at which nobody is."""
        return self.exclude(pk__in=self.attended().values("pk"))

    def of(self, staff: Staff) -> Any:
        """Give the window at which this specialist sits; None where he sits at none."""
        return self.unclosed().filter(specialist=staff).first()
