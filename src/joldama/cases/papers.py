"""The papers of a decision: what is to be sealed, kept before it is, and what was sealed."""

import hashlib
from uuid import uuid4

from django.db import models

from joldama.vault.fields import SealedField


class SealedPaper(models.Model):
    """The sealed PDF of a decision: the recipient's own copy, or the copy for the organisation.

    `proved_at` is the moment of the centre's time stamp over it: since then `pdf` holds, behind what was sealed,
    what proves it for years. `proof_sought_at` is when that was last tried. `lasts_until` is when the first certificate
    of its last stamp ends: before that it is stamped again.
    """

    class Copy(models.TextChoices):
        RECIPIENT = "recipient"
        ORGANISATION = "organisation"

    id = models.UUIDField(primary_key=True, default=uuid4)
    decision = models.ForeignKey("cases.Decision", on_delete=models.PROTECT, related_name="papers")
    copy = models.CharField(max_length=12, choices=Copy.choices)
    pdf = SealedField()
    sealed_at = models.DateTimeField()
    proved_at = models.DateTimeField(null=True)
    proof_sought_at = models.DateTimeField(null=True)
    lasts_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["sealed_at"], name="papers_to_prove", condition=models.Q(proved_at=None)),
            models.Index(
                fields=["lasts_until"], name="papers_to_renew", condition=models.Q(proved_at__isnull=False)
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["decision", "copy"], name="one_paper_per_copy")]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.copy}"


class UnsealedPaper(models.Model):
    """The very bytes that will be sealed, committed before anything is: nobody seals another paper afterwards.

    `made_at` is the moment of sealing that the paper names, and its seal claims. Once the sealed paper is kept,
    which begins with these bytes, `pdf` is empty; `sha256` and `size` tell what they were.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    decision = models.ForeignKey("cases.Decision", on_delete=models.PROTECT, related_name="unsealed_papers")
    copy = models.CharField(max_length=12, choices=SealedPaper.Copy.choices)
    pdf = SealedField(null=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "copy"], name="one_unsealed_paper_per_copy")
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.copy}"

    def begins(self, sealed: bytes) -> bool:
        """Say whether a sealed paper begins with these bytes."""
        return hashlib.sha256(sealed[: self.size]).hexdigest() == self.sha256
