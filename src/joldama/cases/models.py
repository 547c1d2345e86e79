"""The case: draft, application, identity document, deadline, decision, sealed papers, note."""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from joldama.cases.blanks import PaperBlank
from joldama.cases.codes import new_code
from joldama.cases.offers import KnownFact as KnownFact
from joldama.cases.offers import Offer as Offer
from joldama.cases.papers import SealedPaper as SealedPaper
from joldama.cases.papers import UnsealedPaper as UnsealedPaper
from joldama.cases.queries import OPEN, Applications
from joldama.cases.recalls import Decisions
from joldama.cases.recalls import Recall as Recall
from joldama.people.models import Office, Person, Place, Staff
from joldama.signatures.models import Signature
from joldama.standard.channels import Channel, IssueForm
from joldama.standard.documents import DocumentKind, Holder
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind, TrainingKind
from joldama.standard.workflows import ApplicationState
from joldama.vault.fields import SealedField, SealedJSON, SealedText


def _choices(kinds: Any) -> list[tuple[str, str]]:
    return [(kind.value, kind.value) for kind in kinds]


class Draft(models.Model):
    """What a person typed on the portal and has not sent; survives everything until sent or deleted."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    reference = models.CharField(max_length=8, unique=True, default=new_code)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="drafts")
    answers = SealedJSON(default=dict)
    document = SealedField(null=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.reference


class NumberSeries(models.Model):
    """The latest number given in a register of an office in a year: gap-free (A38)."""

    id = models.BigAutoField(primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT)
    register = models.CharField(max_length=1, blank=True)
    year = models.PositiveSmallIntegerField()
    latest = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "register", "year"], name="one_series_per_register")
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.register} {self.year}"


_MOMENTS = {
    ApplicationState.REGISTERED: "registered_at",
    ApplicationState.IN_PROGRESS: "taken_at",
    ApplicationState.SIGNED: "decided_at",
    ApplicationState.ISSUED: "offered_at",
    ApplicationState.REFUSED: "decided_at",
    ApplicationState.NOT_ACCEPTED: "not_accepted_at",
    ApplicationState.WITHDRAWN: "withdrawn_at",
}


def _moment_of_each_state() -> Q:
    condition = Q(state=ApplicationState.SUBMITTED.value, registered_at=None)
    for state, moment in _MOMENTS.items():
        condition |= Q(state=state.value, **{f"{moment}__isnull": False})
    return condition


class Application(models.Model):
    """One request for one kind of result, from delivery or the counter to its end (¶3-¶9).

    Other kinds the person would also take stand in their order; a second kind is a second application
    (R6.1-b). How it came in and how its result goes out are two things (R3.2-b). A contact is optional
    (R9.2-c). `decision` is the one that stands: the draft, or what was signed last; while a corrected
    result is awaited in the place of an annulled one, `correction_asked_at` says since when (R6.2-b). A case
    that was kept on paper has its times as they were written, and apart from them `entered_at` (R5.1-a).
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    reference = models.CharField(max_length=8, unique=True, default=new_code)
    number = models.CharField(max_length=20, unique=True, null=True)
    key = models.UUIDField(unique=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    channel = models.CharField(max_length=10, choices=_choices(Channel))
    issue_form = models.CharField(max_length=10, choices=_choices(IssueForm))
    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=30, choices=_choices(ResultKind))
    training_kind = models.CharField(max_length=20, null=True, choices=_choices(TrainingKind))
    other_kinds = models.JSONField(default=list)
    is_oralman = models.BooleanField(default=False)
    contact = SealedText(null=True)

    state = models.CharField(max_length=14, choices=_choices(ApplicationState))
    signature = models.OneToOneField(Signature, null=True, on_delete=models.PROTECT)
    submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField()
    registered_at = models.DateTimeField(null=True)
    registered_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="taken_cases")
    decided_at = models.DateTimeField(null=True)
    offered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    correction_asked_at = models.DateTimeField(null=True)
    entered_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    blank = models.OneToOneField(PaperBlank, null=True, on_delete=models.PROTECT, related_name="application")
    decision = models.OneToOneField(
        "Decision", null=True, on_delete=models.PROTECT, related_name="standing_for"
    )
    not_accepted_at = models.DateTimeField(null=True)
    not_accepted_ground = models.CharField(max_length=30, null=True, choices=_choices(Ground))
    due_at = models.DateTimeField()

    objects: ClassVar[Any] = Applications.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["office", "state", "due_at"], name="work_of_office"),
            models.Index(fields=["person", "-accepted_at"], name="applications_of_person"),
            models.Index(
                fields=["accepted_at"],
                name="delivered_waiting",
                condition=Q(state=ApplicationState.SUBMITTED.value),
            ),
            models.Index(
                fields=["due_at"],
                name="running_terms",
                condition=Q(offered_at=None, withdrawn_at=None, not_accepted_at=None),
            ),
            models.Index(
                fields=["office", "due_at"],
                name="corrections_awaited",
                condition=Q(correction_asked_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=_moment_of_each_state(), name="application_state_has_its_moment"
            ),
            models.CheckConstraint(
                condition=Q(registered_at=None, number=None)
                | Q(registered_at__isnull=False, number__isnull=False),
                name="application_number_with_registration",
            ),
            models.CheckConstraint(
                condition=Q(channel=Channel.PORTAL.value, signature__isnull=False, submitted_at__isnull=False)
                | Q(channel=Channel.PROVIDER.value, signature=None, submitted_at=None),
                name="application_signed_on_the_portal_only",
            ),
            models.CheckConstraint(
                condition=Q(channel=Channel.PORTAL.value) | Q(registered_by__isnull=False),
                name="application_at_the_counter_has_its_official",
            ),
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_by=None) | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="application_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.NOT_ACCEPTED.value, not_accepted_ground__isnull=False)
                | ~Q(state=ApplicationState.NOT_ACCEPTED.value) & Q(not_accepted_ground=None),
                name="application_not_accepted_with_its_ground",
            ),
            models.CheckConstraint(
                condition=Q(offered_at=None) | Q(decided_at__isnull=False, offered_at__gte=F("decided_at")),
                name="application_offered_after_decision",
            ),
            models.CheckConstraint(
                condition=Q(correction_asked_at=None)
                | Q(
                    state__in=[
                        ApplicationState.SIGNED.value,
                        ApplicationState.ISSUED.value,
                        ApplicationState.REFUSED.value,
                    ]
                ),
                name="application_corrected_after_a_result",
            ),
            models.CheckConstraint(
                condition=Q(kind=ResultKind.VOCATIONAL_TRAINING.value, training_kind__isnull=False)
                | ~Q(kind=ResultKind.VOCATIONAL_TRAINING.value) & Q(training_kind=None),
                name="application_training_says_which",
            ),
            models.CheckConstraint(
                condition=Q(entered_at=None, entered_by=None, blank=None)
                | Q(
                    channel=Channel.PROVIDER.value,
                    entered_at__gte=F("registered_at"),
                    entered_by__isnull=False,
                    blank__isnull=False,
                ),
                name="application_from_paper_whole_or_not",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.reference

    @property
    def is_from_paper(self) -> bool:
        """Whether the case was kept by hand and entered later."""
        return self.entered_at is not None

    @property
    def finished_at(self) -> Any:
        """The moment that meets the term of ¶4 1) (R4.1-e); None while the case is open."""
        return self.offered_at or self.withdrawn_at or self.not_accepted_at

    @property
    def is_open(self) -> bool:
        """Say whether the case is registered without a result yet, or awaits a corrected one."""
        return self.state in OPEN or self.correction_asked_at is not None

    def is_overdue(self, *, at: Any) -> bool:
        """Say whether the term was missed at this moment (R4.1-c): finished exactly at due_at is in time (R4.1-d)."""
        return (self.finished_at or at) > self.due_at


class IdentityDocument(models.Model):
    """What was shown or named to identify the person: its data, never the document (R9.1-f)."""

    application = models.OneToOneField(
        Application, primary_key=True, on_delete=models.PROTECT, related_name="identity"
    )
    kind = models.CharField(max_length=30, choices=_choices(DocumentKind))
    holder = models.CharField(max_length=20, null=True, choices=_choices(Holder))
    number = SealedText()
    issuer = SealedText(null=True)
    issued_on = SealedText(null=True)
    valid_until = SealedText(null=True)
    oralman_certificate = SealedText(null=True)
    is_returned = models.BooleanField(null=True)

    def __str__(self) -> str:
        return self.kind


class Deadline(models.Model):
    """The reckoned term of a case with its steps, edition and calendar version; only ever added."""

    id = models.BigAutoField(primary_key=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="deadlines")
    reckoned_at = models.DateTimeField()
    accepted_at = models.DateTimeField()
    due_at = models.DateTimeField()
    target_at = models.DateTimeField(null=True)
    basis = models.JSONField()
    steps = models.JSONField()
    is_provisional = models.BooleanField(default=False)
    edition = models.CharField(max_length=20)
    calendar_version = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.application_id} {self.due_at}"


class Outcome(models.TextChoices):
    GRANT = "grant"
    REFUSE = "refuse"


class Decision(models.Model):
    """The result of a case: a referral or a refusal, drafted by a specialist, signed by the head (A36).

    One that was written on paper is signed by hand: it has no document of ours and no EDS.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=6, choices=Outcome.choices)
    kind = models.CharField(max_length=30, null=True, choices=_choices(ResultKind))
    training_kind = models.CharField(max_length=20, null=True, choices=_choices(TrainingKind))
    fields = SealedJSON(default=dict)
    ground = models.CharField(max_length=30, null=True, choices=_choices(Ground))
    reasons = SealedText(default="")
    although = SealedText(null=True)
    """Why the specialist decided although a condition of the kind is not known (A39)."""
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    document = SealedField(null=True)
    document_for = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    signature = models.OneToOneField(Signature, null=True, on_delete=models.PROTECT)
    is_by_hand = models.BooleanField(default=False)
    number = models.CharField(max_length=20, unique=True, null=True)
    edition = models.CharField(max_length=20)
    calendar_version = models.CharField(max_length=40)

    objects: ClassVar[Any] = Decisions.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(signed_at=None), name="one_draft_per_application"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.GRANT.value, kind__isnull=False, ground=None)
                | Q(outcome=Outcome.REFUSE.value, kind=None, ground__isnull=False),
                name="decision_grants_a_kind_or_names_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(kind=ResultKind.VOCATIONAL_TRAINING.value, training_kind__isnull=False)
                | Q(kind=None, training_kind=None)
                | ~Q(kind=ResultKind.VOCATIONAL_TRAINING.value) & Q(training_kind=None),
                name="decision_of_training_says_which",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None, signature=None, number=None, is_by_hand=False)
                | Q(signed_at__isnull=False, signed_by__isnull=False, number__isnull=False)
                & (
                    Q(is_by_hand=False, signature__isnull=False, document__isnull=False)
                    | Q(is_by_hand=True, signature=None, document=None)
                ),
                name="decision_signed_whole_or_not",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.id)

    @property
    def is_held_back(self) -> bool:
        """Whether it is signed, and nothing has come of it yet, because it may still be recalled."""
        held: Recall | None = getattr(self, "recall", None) if self.signed_at else None
        return held is not None and held.is_open


class NonAcceptance(models.Model):
    """A written note that documents were not accepted at the counter (A13): no case, no term.

    One that was written by hand on a blank has its time as written, and apart from it `entered_at` (R5.1-a).
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.UUIDField(unique=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=30, choices=_choices(Ground))
    name = SealedText(default="")
    remark = SealedText(default="")
    entered_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    blank = models.OneToOneField(PaperBlank, null=True, on_delete=models.PROTECT, related_name="note")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(entered_at=None, entered_by=None, blank=None)
                | Q(entered_at__gte=F("at"), entered_by__isnull=False, blank__isnull=False),
                name="note_from_paper_whole_or_not",
            )
        ]

    def __str__(self) -> str:
        return self.ground

    @property
    def is_from_paper(self) -> bool:
        """Whether the note was written by hand and entered later."""
        return self.entered_at is not None
