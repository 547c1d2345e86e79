"""Signatures as received with the verdict on them, and the trust they are judged by."""

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
    """The newest CRL of an issuer, as fetched."""

    issuer = models.CharField(max_length=500, primary_key=True)
    der = models.BinaryField()
    this_update = models.DateTimeField()
    next_update = models.DateTimeField()

    def __str__(self) -> str:
        return self.issuer
