"""What an office knows of a person for eligibility, and the other kinds it offered him (A14, A39)."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from joldama.people.models import Person, Staff
from joldama.standard.eligibility import Fact
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind
from joldama.vault.fields import SealedJSON


class KnownFact(models.Model):
    """A fact as a specialist entered it: whether it holds, from which source, of which day.

    One that was entered anew stays, `superseded_at` that moment.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="facts")
    application = models.ForeignKey("cases.Application", on_delete=models.PROTECT, related_name="facts")
    fact = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Fact])
    said = SealedJSON()
    """`holds`: bool; `source`: what was looked at; `on`: of which day, ISO 8601."""
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person"], name="facts_of_person", condition=Q(superseded_at=None))]

    def __str__(self) -> str:
        return self.fact


class Offer(models.Model):
    """Other kinds, in order, offered where the one asked for cannot be given; answered once.

    `answer_until_at` says from when a refusal no longer waits for the answer; the clock runs on.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    application = models.ForeignKey("cases.Application", on_delete=models.PROTECT, related_name="offers")
    ground = models.CharField(max_length=30, choices=[(one.value, one.value) for one in Ground])
    kinds = models.JSONField()
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    answer_until_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    accepted_kind = models.CharField(
        max_length=30, null=True, choices=[(one.value, one.value) for one in ResultKind]
    )
    is_on_word = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(answered_at=None), name="one_open_offer_per_application"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, accepted_kind=None, is_on_word=None)
                | Q(answered_at__isnull=False, is_on_word__isnull=False),
                name="offer_answered_whole_or_not",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
