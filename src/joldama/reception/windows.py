"""Who sits at which window, from when to when: the board, the forecast and the figures rest on it."""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from joldama.people.models import Staff
from joldama.reception.queries import Windows
from joldama.standard.windows import WindowState

_UNCLOSED = ~Q(state=WindowState.CLOSED.value)


class Window(models.Model):
    """A window with its specialist, from being opened to being closed, on one day of a line.

    A specialist sits at one window, and a window has one specialist. Moments are written once; a trigger
    refuses to change them, and to pause or close a window while somebody is at it. `closed_by` is missing
    where the end of reception closed it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    line = models.ForeignKey("reception.Line", on_delete=models.PROTECT, related_name="windows")
    number = models.PositiveSmallIntegerField()
    specialist = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="windows")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in WindowState])
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = Windows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line", "number"], condition=_UNCLOSED, name="one_specialist_per_window"
            ),
            models.UniqueConstraint(
                fields=["specialist"], condition=_UNCLOSED, name="one_window_per_specialist"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="window_numbered_from_one"),
            models.CheckConstraint(
                condition=_UNCLOSED & Q(closed_at=None, closed_by=None)
                | Q(state=WindowState.CLOSED.value, closed_at__isnull=False, closed_at__gte=F("opened_at")),
                name="window_state_has_its_moments",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.number}"


class WindowPause(models.Model):
    """A stretch in which a window calls nobody; closing the window ends it as well."""

    id = models.BigAutoField(primary_key=True)
    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="pauses")
    paused_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["window"], condition=Q(ended_at=None), name="one_pause_of_a_window"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("paused_at")), name="window_pause_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.window_id} {self.paused_at}"
