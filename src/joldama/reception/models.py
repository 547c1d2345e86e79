"""The line of a place on a day, and its tickets: no personal data stands on them."""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from joldama.cases.models import Application
from joldama.people.models import Place, Staff
from joldama.reception.kiosks import Kiosk as Kiosk
from joldama.reception.kiosks import MissedCode as MissedCode
from joldama.reception.paper import PaperTicket as PaperTicket
from joldama.reception.paper import PaperTicketBlank as PaperTicketBlank
from joldama.reception.queries import Tickets
from joldama.reception.windows import Window, WindowPause
from joldama.standard.tickets import MOST_REPEATS, ServingEnd, TicketState, name_of

__all__ = ["OPEN", "Line", "Ticket", "TicketCase", "Window", "WindowPause"]

OPEN = (TicketState.CALLED.value, TicketState.SERVING.value)
"""States in which a ticket occupies a window and its specialist."""


class Line(models.Model):
    """The waiting line of a place on one local day; whoever gives a ticket, calls one or
    changes a window locks this row.

    `given` is the number of the latest ticket: numbers begin anew each day and none is skipped.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="lines")
    on = models.DateField()
    given = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "on"], name="one_line_per_place_and_day")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.on}"


class Ticket(models.Model):
    """A person's turn, from taking it to its end; moments are written once (a trigger refuses a change).

    Triggers refuse as well a ticket that does not come in at the end of its line, and to call one while one before
    it waits, or was closed while both waited (R8.1-c). `waited` and `served` are reception time (A6, A8): to the
    call or the closing (A32), and from the call to the end; elapsed time is in the moments beside them. Either an
    official gave it or a kiosk of the same place that was not ended.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.UUIDField(unique=True)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="tickets")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in TicketState])
    taken_at = models.DateTimeField()
    given_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    kiosk = models.ForeignKey(Kiosk, null=True, on_delete=models.PROTECT, related_name="tickets")
    called_at = models.DateTimeField(null=True)
    called_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="called_tickets")
    window = models.PositiveSmallIntegerField(null=True)
    repeats = models.PositiveSmallIntegerField(default=0)
    repeated_at = models.DateTimeField(null=True)
    serving_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, null=True, choices=[(e.value, e.value) for e in ServingEnd])
    waited = models.DurationField(null=True)
    is_wait_breached = models.BooleanField(null=True)
    served = models.DurationField(null=True)
    is_serving_breached = models.BooleanField(null=True)
    cases = models.ManyToManyField(Application, through="TicketCase", related_name="tickets")

    objects: ClassVar[Any] = Tickets.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["line", "number"],
                name="tickets_waiting",
                condition=Q(state=TicketState.WAITING.value),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["line", "number"], name="one_ticket_per_number"),
            models.UniqueConstraint(
                fields=["called_by"], condition=Q(state__in=OPEN), name="one_person_per_specialist"
            ),
            models.UniqueConstraint(
                fields=["line", "window"], condition=Q(state__in=OPEN), name="one_person_per_window"
            ),
            models.CheckConstraint(
                condition=Q(given_by__isnull=False, kiosk=None) | Q(given_by=None, kiosk__isnull=False),
                name="ticket_given_by_an_official_or_a_kiosk",
            ),
            models.CheckConstraint(
                condition=Q(called_at=None, called_by=None, window=None)
                | Q(called_at__isnull=False, called_by__isnull=False, window__isnull=False),
                name="ticket_called_by_somebody_to_a_window",
            ),
            models.CheckConstraint(
                condition=Q(waited=None, is_wait_breached=None, called_at=None, ended_at=None)
                | Q(waited__isnull=False, waited__gte=timedelta(0), is_wait_breached__isnull=False)
                & (Q(called_at__isnull=False) | Q(ended_at__isnull=False)),
                name="ticket_wait_measured_once_it_is_over",
            ),
            models.CheckConstraint(
                condition=Q(state=TicketState.SERVED.value, served__isnull=False, served__gte=timedelta(0))
                & Q(end__isnull=False, is_serving_breached__isnull=False)
                | ~Q(state=TicketState.SERVED.value) & Q(served=None, end=None, is_serving_breached=None),
                name="ticket_serving_measured_once_it_is_over",
            ),
            models.CheckConstraint(
                condition=Q(state=TicketState.WAITING.value, called_at=None, ended_at=None)
                | Q(state=TicketState.CALLED.value, called_at__isnull=False, serving_at=None, ended_at=None)
                | Q(state=TicketState.SERVING.value, serving_at__isnull=False, ended_at=None)
                | Q(state=TicketState.SERVED.value, serving_at__isnull=False, ended_at__isnull=False)
                | Q(state=TicketState.NO_SHOW.value, called_at__isnull=False, serving_at=None)
                & Q(ended_at__isnull=False)
                | Q(state=TicketState.CANCELLED_AT_CLOSING.value, called_at=None, ended_at__isnull=False),
                name="ticket_state_has_its_moments",
            ),
            models.CheckConstraint(
                condition=Q(called_at=None) | Q(called_at__gte=F("taken_at")),
                name="ticket_called_after_taken",
            ),
            models.CheckConstraint(
                condition=Q(repeats=0, repeated_at=None)
                | Q(repeats__range=(1, MOST_REPEATS), called_at__isnull=False)
                & Q(repeated_at__isnull=False, repeated_at__gte=F("called_at")),
                name="ticket_called_again_after_called",
            ),
            models.CheckConstraint(
                condition=Q(serving_at=None) | Q(called_at__isnull=False, serving_at__gte=F("called_at")),
                name="ticket_served_after_called",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None)
                | Q(ended_at__gte=Coalesce("serving_at", "called_at", F("taken_at"))),
                name="ticket_ended_after_all",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name by which it is called: А012."""
        return name_of(self.number)

    @property
    def may_be_called_again(self) -> bool:
        """Whether its call may be repeated: nobody has come, and it was not repeated too often."""
        return self.state == TicketState.CALLED and self.repeats < MOST_REPEATS

    @property
    def most_repeats(self) -> int:
        """How often its call may be repeated."""
        return MOST_REPEATS


class TicketCase(models.Model):
    """A case that was registered while its person was at the window with this ticket."""

    id = models.BigAutoField(primary_key=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="+")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.application_id}"
