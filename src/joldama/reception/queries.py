"""Reads the line: who waits, who is at a window, what was breached."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from joldama.people.models import Place, Staff
from joldama.standard.tickets import TicketState


class Tickets(models.QuerySet[Any]):  # of Ticket, whose module imports this one
    """Tickets, asked in the words of the line."""

    def at(self, place: Place, *, on: date) -> "Tickets":
        """Keep the tickets of a place's line on a local day."""
        return self.filter(line__place=place, line__on=on)

    def waiting(self) -> "Tickets":
        """Keep those that wait, in their turn: there is no other order (R8.1-c)."""
        return self.filter(state=TicketState.WAITING).order_by("number")

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

    def breached(self) -> "Tickets":
        """Keep those that waited or were served longer than the standard allows, in their turn."""
        return self.filter(Q(is_wait_breached=True) | Q(is_serving_breached=True)).order_by("number")
