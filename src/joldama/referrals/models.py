"""A referral: what the recipient takes to the organisation."""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from joldama.cases.codes import new_code
from joldama.cases.models import Application, Decision
from joldama.people.models import Staff
from joldama.referrals.annulments import Annulment as Annulment
from joldama.referrals.queries import Referrals
from joldama.referrals.replies import Reply as Reply
from joldama.referrals.replies import ReplyCode as ReplyCode
from joldama.referrals.replies import Way
from joldama.referrals.replies import WithdrawnAnswer as WithdrawnAnswer
from joldama.referrals.reservations import Freed as Freed
from joldama.referrals.reservations import Reservation as Reservation
from joldama.standard.kinds import ResultKind
from joldama.standard.workflows import ReferralState
from joldama.vault.fields import BlindIndex, SealedJSON, SealedText

_ANSWERED = (
    ReferralState.ACCEPTED_BY_ORGANISATION,
    ReferralState.REJECTED_BY_ORGANISATION,
    ReferralState.NO_SHOW,
)


class Referral(models.Model):
    """Comes into being with the head's accepted signature (A38); never changed, only moved on (R6.2-b).

    What was wrong in it is corrected by another one with a number of its own: this one is annulled by whoever
    confirmed its `annulments`, and `replaced_by` names the other from the moment it is signed. One taken from the
    personal account was handed over by nobody. What the organisation answers stands on its slip (`slip_answer`,
    `slip`); when none came back by the last day, a specialist asks the person and the organisation:
    `contacted_at`.
    """

    class Answer(models.TextChoices):
        """What an organisation answers (§3.6)."""

        ACCEPTED = "accepted"
        REJECTED = "rejected"
        NO_SHOW = "no_show"

    id = models.UUIDField(primary_key=True, default=uuid4)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="referral")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="referrals")
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=30, choices=[(k.value, k.value) for k in ResultKind])
    control_code = models.CharField(max_length=8, default=new_code)
    state = models.CharField(max_length=30, choices=[(s.value, s.value) for s in ReferralState])
    issued_at = models.DateTimeField()
    valid_until_on = models.DateField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    handed_over_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    is_handed_over_outside_hours = models.BooleanField(null=True)
    slip_recorded_at = models.DateTimeField(null=True)
    slip_recorded_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    slip_answer = models.CharField(max_length=8, null=True, choices=Answer.choices)
    slip = SealedJSON(null=True)
    """`answered_on`, `start_on`: days in ISO 8601; `occupation`, `order`, `reason`: as written on the slip."""
    slip_way = models.CharField(max_length=6, null=True, choices=Way.choices)
    reminded_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    contacted_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    annulled_at = models.DateTimeField(null=True)
    annulled_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    annul_reason = SealedText(null=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaces")

    objects: ClassVar[Any] = Referrals.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["valid_until_on"],
                name="referrals_that_may_expire",
                condition=Q(state=ReferralState.HANDED_OVER.value),
            ),
            models.Index(
                fields=["decision"],
                name="referrals_to_ask_about",
                condition=Q(state=ReferralState.EXPIRED.value, contacted_at=None),
            ),
            models.Index(
                fields=["valid_until_on"],
                name="referrals_to_remind_of",
                condition=Q(
                    state__in=[ReferralState.ISSUED.value, ReferralState.HANDED_OVER.value], reminded_at=None
                ),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=~Q(state=ReferralState.ANNULLED.value),
                name="one_standing_referral_per_application",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=ReferralState.ANNULLED.value,
                    annulled_at__isnull=False,
                    annulled_by__isnull=False,
                    annul_reason__isnull=False,
                )
                | ~Q(state=ReferralState.ANNULLED.value)
                & Q(annulled_at=None, annulled_by=None, annul_reason=None, replaced_by=None),
                name="referral_annulled_whole_or_not",
            ),
            models.CheckConstraint(
                condition=Q(contacted_at=None, contacted_by=None)
                | Q(contacted_at__isnull=False, contacted_by__isnull=False),
                name="referral_contacted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(handed_over_by=None, is_handed_over_outside_hours=None)
                | Q(
                    handed_over_at__isnull=False,
                    handed_over_by__isnull=False,
                    is_handed_over_outside_hours__isnull=False,
                ),
                name="referral_handed_over_whole_or_not",
            ),
            models.CheckConstraint(
                condition=Q(
                    slip_recorded_at=None, slip_recorded_by=None, slip_answer=None, slip=None, slip_way=None
                )
                | Q(slip_recorded_at__isnull=False, slip_answer__isnull=False, slip__isnull=False)
                & (
                    Q(slip_way__in=[Way.PAPER.value, Way.STATED.value], slip_recorded_by__isnull=False)
                    | Q(slip_way__in=[Way.CODE.value, Way.EDS.value], slip_recorded_by=None)
                ),
                name="referral_slip_whole_or_not",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[state.value for state in _ANSWERED])
                | Q(state=ReferralState.ACCEPTED_BY_ORGANISATION.value, slip_answer="accepted")
                | Q(state=ReferralState.REJECTED_BY_ORGANISATION.value, slip_answer="rejected")
                | Q(state=ReferralState.NO_SHOW.value, slip_answer="no_show"),
                name="referral_answered_by_its_slip",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.HANDED_OVER.value) | Q(handed_over_at__isnull=False),
                name="referral_handed_over_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(kind=ResultKind.CAREER_GUIDANCE.value) | Q(valid_until_on__isnull=False),
                name="referral_has_its_last_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def is_good(self, *, on: Any) -> bool:
        """Say whether its last day is not over on a local day; a record of guidance has none (A9)."""
        return self.valid_until_on is None or on <= self.valid_until_on


class VerificationTry(models.Model):
    """Somebody asked about a referral from a network; kept for minutes, so that codes are not tried out (A33)."""

    id = models.BigAutoField(primary_key=True)
    network = BlindIndex()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["network", "at"], name="verification_tries_of_network")]

    def __str__(self) -> str:
        return str(self.id)
