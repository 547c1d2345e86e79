"""Tickets that were torn off a sheet and written by hand while there was no power (S26, A38).

They are a series of their own, entered whole and never changed (a trigger refuses it): the line that the
database keeps (`models.Ticket`) knows nothing of them, and its order is loosened for nobody.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from joldama.cases.blanks import PaperBlank
from joldama.people.models import Place, Staff
from joldama.standard.blanks import TICKETS_ON_A_SHEET, ticket_name
from joldama.standard.tickets import ServingEnd, TicketState
from joldama.vault.fields import SealedText

ENDS = (TicketState.SERVED, TicketState.NO_SHOW, TicketState.CANCELLED_AT_CLOSING)
"""How a ticket on paper can have ended; it is entered once it has."""


class PaperTickets(models.QuerySet[Any]):  # of PaperTicket
    """Tickets on paper, asked in the words of the line."""

    def at(self, place: Place, *, on: date) -> "PaperTickets":
        """Keep the tickets of a place on a local day, in the order of taking."""
        return self.between(place, first=on, last=on)

    def between(self, place: Place, *, first: date, last: date) -> "PaperTickets":
        """Keep the tickets of a place from a local day to a local day, in the order of taking."""
        found = self.filter(place=place, on__range=(first, last)).select_related("blank")
        return found.order_by("on", "taken_at", "blank__number", "number")


class PaperTicket(models.Model):
    """A turn as it was written on a sheet of the line; `entered_at` stands apart from its moments.

    `waited` and `served` are reception time as of a ticket of the machine (A6, A8). The remark says why
    something unusual is as it was written.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    blank = models.ForeignKey(PaperBlank, on_delete=models.PROTECT, related_name="tickets")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in ENDS])
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    called_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    window = models.PositiveSmallIntegerField(null=True)
    ended_at = models.DateTimeField()
    end = models.CharField(max_length=10, null=True, choices=[(e.value, e.value) for e in ServingEnd])
    waited = models.DurationField()
    is_wait_breached = models.BooleanField()
    served = models.DurationField(null=True)
    is_serving_breached = models.BooleanField(null=True)
    remark = SealedText(default="")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = PaperTickets.as_manager()

    class Meta:
        indexes = [models.Index(fields=["place", "on"], name="paper_tickets_of_a_day")]
        constraints = [
            models.UniqueConstraint(fields=["blank", "number"], name="one_ticket_per_stub"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=TICKETS_ON_A_SHEET), name="paper_ticket_of_its_sheet"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=TicketState.CANCELLED_AT_CLOSING.value, called_at=None, called_by=None, window=None
                )
                | Q(
                    state__in=[TicketState.SERVED.value, TicketState.NO_SHOW.value],
                    called_at__isnull=False,
                    called_by__isnull=False,
                    window__isnull=False,
                ),
                name="paper_ticket_called_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=TicketState.SERVED.value,
                    end__isnull=False,
                    served__isnull=False,
                    served__gte=timedelta(0),
                    is_serving_breached__isnull=False,
                )
                | ~Q(state=TicketState.SERVED.value) & Q(end=None, served=None, is_serving_breached=None),
                name="paper_ticket_serving_measured",
            ),
            models.CheckConstraint(
                condition=Q(waited__gte=timedelta(0), ended_at__gte=F("taken_at"))
                & (Q(called_at=None) | Q(called_at__gte=F("taken_at"), ended_at__gte=F("called_at"))),
                name="paper_ticket_moments_in_order",
            ),
            models.CheckConstraint(
                condition=Q(entered_at__gte=F("ended_at")), name="paper_ticket_entered_afterwards"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name that is printed on it: Қ3-07."""
        return ticket_name(self.blank.number, self.number)

    def came_before(self, other: "PaperTicket") -> bool:
        """Say whether it was torn off before another: by number on one sheet, by the clock on two."""
        if self.blank_id == other.blank_id:
            return self.number < other.number
        return self.taken_at < other.taken_at

    def waited_at(self, moment: Any) -> bool:
        """Say whether it still waited after this moment, as far as minutes tell."""
        return bool((self.called_at or self.ended_at) > moment)


class PaperTicketBlank(models.Model):
    """A blank that was filled in while its person was at the window with this ticket."""

    id = models.BigAutoField(primary_key=True)
    ticket = models.ForeignKey(PaperTicket, on_delete=models.PROTECT, related_name="blanks")
    blank = models.OneToOneField(PaperBlank, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.blank_id}"


def overtaken_by(called: PaperTicket, tickets: Iterable[PaperTicket]) -> list[PaperTicket]:
    """Give those of a day that came before a ticket and still waited when it was called (R8.1-c)."""
    if called.called_at is None:
        return []
    return [one for one in tickets if one.came_before(called) and one.waited_at(called.called_at)]
