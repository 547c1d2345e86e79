"""An inquiry about an identity document, every attempt to have it answered, and the answer."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from joldama.vault.fields import SealedJSON


class Outcome(models.TextChoices):
    """What the register said of the document named in the application (A34)."""

    CONFIRMED = "confirmed"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    OTHER_PERSON = "other_person"


class Ended(models.TextChoices):
    """How a sending ended; all but the first leave the question open (R9.3-b)."""

    ANSWERED = "answered"
    SILENT = "silent"
    """Nothing came, or not in time."""
    FAULT = "fault"
    """A fault that may pass."""
    REJECTED = "rejected"
    """What we send is not accepted: sending it again soon changes nothing."""
    NOT_UNDERSTOOD = "not_understood"
    """Something came that is no answer to the question."""

    @property
    def text_key(self) -> str:
        return f"desk.register.ended.{self}"


class Inquiry(models.Model):
    """One question to one system about one case; the case keeps its id, no key points up."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    subject = models.UUIDField(unique=True)
    office = models.UUIDField()
    system = models.CharField(max_length=20, default="GBD_FL")
    question = SealedJSON()
    asked_at = models.DateTimeField()
    answer = SealedJSON(null=True)
    outcome = models.CharField(max_length=20, null=True, choices=Outcome.choices)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome=None, answer=None)
                | Q(answered_at__isnull=False, outcome__isnull=False, answer__isnull=False),
                name="inquiry_answered_whole_or_not",
            )
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.id}"


class Attempt(models.Model):
    """One sending of an inquiry: when, and how it ended (R9.3-a, R9.3-b)."""

    id = models.BigAutoField(primary_key=True)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    ended = models.CharField(max_length=20, choices=Ended.choices)

    def __str__(self) -> str:
        return self.ended
