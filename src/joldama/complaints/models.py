"""The complaint as it was filed, registered and answered; the draft of one; what a court said of a result."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from joldama.cases.codes import new_code
from joldama.cases.models import Application, Decision
from joldama.complaints.queries import Complaints
from joldama.people.models import Office, Person, Place, Staff
from joldama.signatures.models import Signature
from joldama.standard.complaint_workflow import ComplaintState
from joldama.standard.complaints import (
    ComplaintAddressee,
    ComplaintChannel,
    ComplaintOutcome,
    ComplaintSubject,
    ConsiderationGround,
)
from joldama.vault.fields import SealedField, SealedJSON, SealedText


def _choices(kinds: Any) -> list[tuple[str, str]]:
    return [(kind.value, kind.value) for kind in kinds]


_MOMENTS = {
    ComplaintState.IN_CONSIDERATION: "considered_at",
    ComplaintState.ANSWERED: "answered_at",
    ComplaintState.EXECUTED: "executed_at",
    ComplaintState.CONSIDERATION_REFUSED: "answered_at",
    ComplaintState.FORWARDED: "forwarded_at",
    ComplaintState.WITHDRAWN: "withdrawn_at",
}


def _moment_of_each_state() -> Q:
    condition = Q(state=ComplaintState.DELIVERED.value, registered_at=None)
    condition |= Q(state=ComplaintState.REGISTERED.value, registered_at__isnull=False)
    for state, moment in _MOMENTS.items():
        condition |= Q(state=state.value, **{f"{moment}__isnull": False})
    return condition


class ComplaintDraft(models.Model):
    """What a person typed of a complaint on the portal and has not sent."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    reference = models.CharField(max_length=8, unique=True, default=new_code)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="complaint_drafts")
    answers = SealedJSON(default=dict)
    document = SealedField(null=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(sent_at=None), name="one_complaint_draft_per_person"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Complaint(models.Model):
    """One complaint, from delivery or the chancery to its end (¶10).

    `provider` is complained of, `office` considers and registers; `place` is where the answer can be had.
    `official` is the one complained of. A paper complaint may name nobody: it is registered all the same
    (A16). What was filed and what was registered never changes (R10.3-c; a trigger refuses it).
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    reference = models.CharField(max_length=8, unique=True, default=new_code)
    key = models.UUIDField(unique=True)
    addressee = models.CharField(max_length=10, choices=_choices(ComplaintAddressee))
    channel = models.CharField(max_length=10, choices=_choices(ComplaintChannel))
    subject = models.CharField(max_length=10, choices=_choices(ComplaintSubject))
    provider = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="complained_of")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="complaints")
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    official = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="complained_of")
    application = models.ForeignKey(
        Application, null=True, on_delete=models.PROTECT, related_name="complaints"
    )
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="complaints")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="complaints")
    complainant = SealedText(default="")
    contact = SealedText(default="")
    text = SealedText(default="")
    language = models.CharField(max_length=2)
    signature = models.OneToOneField(Signature, null=True, on_delete=models.PROTECT)

    delivered_at = models.DateTimeField()
    accepted_at = models.DateTimeField()
    answer_from_on = models.DateField()
    due_at = models.DateTimeField()
    target_at = models.DateTimeField()
    forward_by_at = models.DateTimeField()
    reckoning = models.JSONField()

    state = models.CharField(max_length=21, choices=_choices(ComplaintState))
    number = models.CharField(max_length=20, unique=True, null=True)
    registered_at = models.DateTimeField(null=True)
    registered_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    considered_at = models.DateTimeField(null=True)
    assigned_to = models.ForeignKey(
        Staff, null=True, on_delete=models.PROTECT, related_name="assigned_complaints"
    )
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    answer = SealedText(null=True)
    outcome = models.CharField(max_length=10, null=True, choices=_choices(ComplaintOutcome))
    ground = models.CharField(max_length=12, null=True, choices=_choices(ConsiderationGround))
    executed_at = models.DateTimeField(null=True)
    executed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    forwarded_at = models.DateTimeField(null=True)
    forwarded_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    forwarded_to = SealedText(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = Complaints.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["office", "state", "due_at"], name="complaints_of_office"),
            models.Index(fields=["person", "-delivered_at"], name="complaints_of_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=_moment_of_each_state(), name="complaint_state_has_its_moment"),
            models.CheckConstraint(
                condition=Q(registered_at=None, registered_by=None, number=None)
                | Q(registered_at__isnull=False, registered_by__isnull=False, number__isnull=False),
                name="complaint_registered_whole_or_not",
            ),
            models.CheckConstraint(
                condition=Q(
                    channel=ComplaintChannel.PORTAL.value, signature__isnull=False, person__isnull=False
                )
                | ~Q(channel=ComplaintChannel.PORTAL.value) & Q(signature=None, registered_at__isnull=False),
                name="complaint_signed_on_the_portal_only",
            ),
            models.CheckConstraint(
                condition=~Q(
                    addressee=ComplaintAddressee.QUALITY.value, channel=ComplaintChannel.PORTAL.value
                )
                | Q(decision__isnull=False),
                name="complaint_to_the_quality_body_about_a_result",
            ),
            models.CheckConstraint(
                condition=Q(decision=None) | Q(application__isnull=False),
                name="complaint_about_a_result_names_its_case",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer=None, outcome=None, ground=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False, answer__isnull=False)
                & (
                    Q(state=ComplaintState.CONSIDERATION_REFUSED.value, ground__isnull=False, outcome=None)
                    | Q(
                        state__in=[ComplaintState.ANSWERED.value, ComplaintState.EXECUTED.value],
                        ground=None,
                        outcome__isnull=False,
                    )
                ),
                name="complaint_answered_whole_or_not",
            ),
            models.CheckConstraint(
                condition=Q(executed_at=None, executed_by=None)
                | Q(executed_at__isnull=False, executed_by__isnull=False, answered_at__isnull=False),
                name="complaint_executed_after_its_answer",
            ),
            models.CheckConstraint(
                condition=Q(forwarded_at=None, forwarded_by=None, forwarded_to=None)
                | Q(forwarded_at__isnull=False, forwarded_by__isnull=False, forwarded_to__isnull=False),
                name="complaint_forwarded_whole_or_not",
            ),
            models.CheckConstraint(
                condition=Q(considered_at=None) | Q(assigned_to__isnull=False),
                name="complaint_considered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.reference

    @property
    def finished_at(self) -> Any:
        """The moment that meets the term of ¶10: answered, refused, forwarded or withdrawn."""
        return self.answered_at or self.forwarded_at or self.withdrawn_at

    @property
    def subject_of_looks(self) -> UUID:
        """Under whose id a look at it is written down: the person's, or its own where nobody is known."""
        return self.person_id or self.pk

    def is_overdue(self, *, at: Any) -> bool:
        """Say whether the answer is or was late (R10.4-a): an answer exactly at due_at is in time."""
        return (self.finished_at or at) > self.due_at


class CourtAppeal(models.Model):
    """An appeal to court about the result of a case: which court, its number, dates, outcome (R11.1-a)."""

    class Outcome(models.TextChoices):
        PENDING = "pending"
        FOR_RECIPIENT = "for_recipient"
        FOR_PROVIDER = "for_provider"

    id = models.UUIDField(primary_key=True, default=uuid4)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="court_appeals")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="court_appeals")
    court = models.CharField(max_length=250)
    number = models.CharField(max_length=60)
    filed_on = models.DateField()
    decided_on = models.DateField(null=True)
    outcome = models.CharField(max_length=13, choices=Outcome.choices)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "court", "number"], name="one_record_per_court_case"
            ),
            models.CheckConstraint(
                condition=Q(outcome="pending", decided_on=None)
                | ~Q(outcome="pending") & Q(decided_on__isnull=False),
                name="court_appeal_decided_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number
