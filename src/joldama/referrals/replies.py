"""What a receiving organisation says of a referral, how it came, and the one-time codes it says it by."""

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import Q

from joldama.openings.models import Contact
from joldama.people.models import Staff
from joldama.signatures.models import Signature
from joldama.vault.fields import BlindIndex, SealedJSON, SealedText

MOST_MISSES = 5
"""Wrong codes after which a code is locked."""


class Way(models.TextChoices):
    """How an answer came: only a statement is believed by nobody until a specialist has asked."""

    PAPER = "paper"
    """The slip of the paper, written down by a specialist."""
    CODE = "code"
    """With a one-time code that went to the contact staff confirmed."""
    EDS = "eds"
    """Signed for the organisation: the BIN of the certificate, or the IIN of a sole trader, is that of the referral."""
    STATED = "stated"
    """By whoever held the paper."""

    @property
    def text_key(self) -> str:
        return f"reply.way.{self.value}"


class CodeEnd(models.TextChoices):
    """Why a code opens nothing any more; one whose time is over simply is over."""

    USED = "used"
    LOCKED = "locked"
    REPLACED = "replaced"


class ReplyCode(models.Model):
    """A one-time code for one referral, sent to a confirmed contact; its id stands in the letter's address.

    Of the code a keyed hash is kept. `code` itself stands here, encrypted, until its letter has gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="reply_codes")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    code = SealedText(null=True)
    code_index = BlindIndex()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    misses = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=8, null=True, choices=CodeEnd.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(ended_at=None), name="one_open_code_per_referral"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_why=None)
                | Q(ended_at__isnull=False, ended_why__isnull=False),
                name="reply_code_ended_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(misses__lt=MOST_MISSES) | Q(misses=MOST_MISSES, ended_why=CodeEnd.LOCKED.value),
                name="reply_code_locked_by_wrong_ones",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def is_open(self, *, at: datetime) -> bool:
        """Say whether it can be used at a moment, as far as its row knows."""
        return self.ended_at is None and at < self.expires_at


class ReplyOutcome(models.TextChoices):
    """What became of a reply."""

    TAKEN = "taken"
    """It is the answer to the referral."""
    WAITING = "waiting"
    """Its signature is being checked for revocation (A31)."""
    FAILED = "failed"
    """Its signature turned out not to hold."""
    STATED = "stated"
    """Nobody knows who said it: a specialist has to ask."""
    CONFIRMED = "confirmed"
    """A specialist asked, and it is the answer."""
    SET_ASIDE = "set_aside"
    """A specialist asked, and it is not; or another answer came first."""
    WITHDRAWN = "withdrawn"
    """It was the answer, until the organisation said that it was a mistake."""

    @property
    def text_key(self) -> str:
        return f"reply.outcome.{self.value}"

    @property
    def explanation_key(self) -> str:
        """Key of the sentence that tells the organisation what it means."""
        return f"reply.outcome.{self.value}.text"


class WithdrawnAnswer(models.Model):
    """An answer that was one, until a specialist set it aside with a reason: the organisation had erred.

    It says what stood on the slip; `reply` is the row of one that came over the open page. Never removed.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    referral = models.ForeignKey(
        "referrals.Referral", on_delete=models.PROTECT, related_name="withdrawn_answers"
    )
    reply = models.OneToOneField("referrals.Reply", null=True, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=6, choices=Way.choices)
    answer = models.CharField(
        max_length=8, choices=[(one, one) for one in ("accepted", "rejected", "no_show")]
    )
    said = SealedJSON()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    reason = SealedText()
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "recorded_at"], name="one_answer_is_withdrawn_once"),
            models.CheckConstraint(
                condition=Q(way=Way.PAPER.value, reply=None)
                | ~Q(way=Way.PAPER.value) & Q(reply__isnull=False),
                name="withdrawn_answer_has_its_reply",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.answer}"


class Reply(models.Model):
    """One thing that came over the open page, whether it changed anything or not; never removed.

    `answer` is one of `Referral.Answer`. `said` holds what the slip holds, and of a signed one who signed (`by`).
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="replies")
    way = models.CharField(max_length=6, choices=Way.choices)
    answer = models.CharField(
        max_length=8, choices=[(one, one) for one in ("accepted", "rejected", "no_show")]
    )
    said = SealedJSON()
    came_at = models.DateTimeField()
    outcome = models.CharField(max_length=9, choices=ReplyOutcome.choices)
    code = models.OneToOneField(ReplyCode, null=True, on_delete=models.PROTECT, related_name="reply")
    signature = models.OneToOneField(Signature, null=True, on_delete=models.PROTECT, related_name="reply")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["referral", "came_at"], name="replies_of_referral"),
            models.Index(
                fields=["came_at"],
                name="replies_to_ask_about",
                condition=Q(outcome=ReplyOutcome.STATED.value),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(way=Way.CODE.value, code__isnull=False, signature=None)
                | Q(way=Way.EDS.value, code=None, signature__isnull=False)
                | Q(way=Way.STATED.value, code=None, signature=None),
                name="reply_came_one_way",
            ),
            models.CheckConstraint(
                condition=Q(way=Way.CODE.value, outcome__in=["taken", "withdrawn"])
                | Q(way=Way.EDS.value, outcome__in=["taken", "waiting", "failed", "set_aside", "withdrawn"])
                | Q(way=Way.STATED.value, outcome__in=["stated", "confirmed", "set_aside", "withdrawn"]),
                name="reply_outcome_of_its_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.answer}"
