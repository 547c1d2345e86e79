"""The annulment of a referral: one official proposes it, another confirms it with his EDS (R6.2-b)."""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from joldama.people.models import Staff
from joldama.signatures.models import Signature
from joldama.vault.fields import SealedField, SealedText


class Annulments(models.QuerySet[Any]):  # of Annulment, which is made from it
    """Annulments, asked in the words of the service."""

    def awaited(self) -> "Annulments":
        """Keep those that nobody has confirmed or declined."""
        return self.filter(confirmed_at=None, declined_at=None)

    def with_case(self) -> "Annulments":
        """Read the case along, its person, place and office, and who proposed."""
        case = "referral__application"
        return self.select_related(
            "proposed_by", "document_for", f"{case}__person", f"{case}__place", f"{case}__office"
        )


class Annulment(models.Model):
    """A proposal to annul a referral, until a second person confirms it or somebody takes it back.

    Until then the referral stands as it did. Whoever proposed never confirms, which the database sees to as well.
    `document` are the bytes that were signed, `document_for` whoever did.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="annulments")
    reason = SealedText()
    is_corrected = models.BooleanField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    document = SealedField(null=True)
    document_for = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    signature = models.OneToOneField(Signature, null=True, on_delete=models.PROTECT)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    declined_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = Annulments.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(confirmed_at=None, declined_at=None),
                name="one_awaited_annulment_per_referral",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None, signature=None)
                | Q(
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                    signature__isnull=False,
                    document__isnull=False,
                    declined_at=None,
                ),
                name="annulment_confirmed_whole_or_not",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="annulment_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None, declined_by=None)
                | Q(declined_at__isnull=False, declined_by__isnull=False),
                name="annulment_declined_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def is_second_person(self, staff: Staff) -> bool:
        """Say whether an official is another than the one who proposed; two posts of one person are one."""
        proposer = self.proposed_by
        return staff.pk != proposer.pk and (not staff.iin or staff.iin != proposer.iin)
