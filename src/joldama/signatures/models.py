"""Signatures as received with the verdict on them, and the trust they are judged by."""

from datetime import datetime
from uuid import uuid4

from django.db import models

from joldama.vault.fields import BlindIndex, SealedField, SealedJSON


class Purpose(models.TextChoices):
    """What a signed document is for; one purpose is never accepted for another (A37)."""

    APPLICATION = "application"
    SIGN_IN = "sign-in"
    DECISION = "decision"
    COMPLAINT = "complaint"


class Status(models.TextChoices):
    PASSED = "passed"
    INDETERMINATE = "indeterminate"
    FAILED = "failed"


class Fault(models.TextChoices):
    """How a question to a service of the certification centre ended without an answer."""

    SILENT = "silent"
    """Nobody listens, or nothing came in time."""
    FAILING = "failing"
    """The service says that it cannot answer now."""
    REFUSES = "refuses"
    """The service does not take our question: asking again soon changes nothing."""
    TOO_LARGE = "too_large"
    NOT_UNDERSTOOD = "not_understood"
    """Something came that is no answer, such as a page of a server in between."""
    NOT_BELIEVED = "not_believed"
    """An answer came that is not the centre's, not to this question, or too old."""

    @property
    def text_key(self) -> str:
        return f"administration.centre.fault.{self}"


class ServiceKind(models.TextChoices):
    """What a service of the certification centre is for."""

    LIST = "list"
    DELTA = "delta"
    OCSP = "ocsp"
    TSP = "tsp"

    @property
    def text_key(self) -> str:
        return f"administration.centre.kind.{self}"


class Signature(models.Model):
    """One signed document: never taken twice (the keyed hash of its content is unique)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    subject = models.UUIDField()
    cms = SealedField()
    content_index = BlindIndex(unique=True)
    signer_index = BlindIndex()
    received_at = models.DateTimeField()
    status = models.CharField(max_length=14, choices=Status.choices)
    judged_at = models.DateTimeField()
    report = SealedJSON()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="failed") | models.Q(purpose="application"),
                name="only_an_application_fails_later",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.status}"


class Anchor(models.Model):
    """A certificate that signatures here are judged by: an anchor, or an intermediate below it."""

    id = models.BigAutoField(primary_key=True)
    set_name = models.CharField(max_length=10, choices=[(s, s) for s in ("production", "test", "demo")])
    der = models.BinaryField(unique=True)

    def __str__(self) -> str:
        return self.set_name


class RevocationList(models.Model):
    """The newest list of an issuer as fetched: the whole one, or the delta that brings it up to date."""

    issuer = models.CharField(max_length=500, primary_key=True)
    is_delta = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, default="")
    der = models.BinaryField()
    this_update = models.DateTimeField()
    next_update = models.DateTimeField()

    def __str__(self) -> str:
        return self.issuer


class Service(models.Model):
    """How a service of the certification centre is doing: written after each question to it.

    While it `rests_until` a moment it is not asked at all. Of a published list, `etag` and `modified` are the
    marks by which it is asked for again, `digest` names the one that was fetched, and until `fresh_until` it
    counts as fresh (A31).
    """

    name = models.CharField(max_length=60, primary_key=True)
    kind = models.CharField(max_length=5, choices=ServiceKind.choices)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    milliseconds = models.PositiveIntegerField(null=True)
    fault = models.CharField(max_length=14, null=True, choices=Fault.choices)
    failed_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    etag = models.CharField(max_length=200, default="")
    modified = models.CharField(max_length=200, default="")
    digest = models.CharField(max_length=64, default="")
    fresh_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(failures=0, failing_since=None, rests_until=None)
                | models.Q(failures__gt=0, failing_since__isnull=False, failed_at__isnull=False),
                name="service_fails_since_a_moment_or_does_not",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def rests(self, *, at: datetime) -> bool:
        """Say whether the service is left alone at this moment."""
        return self.rests_until is not None and at < self.rests_until
