"""The contact a person left of his own will, and the ledger of what was said to him."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q

from joldama.people.models import Person
from joldama.vault.fields import SealedText

CLAIM_LASTS = timedelta(minutes=2)
"""How long one attempt may take; after that somebody else may try: whoever tried has died."""


class NoticeKind(models.TextChoices):
    """What a notice tells of."""

    APPLICATION_REGISTERED = "application_registered"
    APPLICATION_WAITS = "application_waits"
    APPLICATION_NOT_ACCEPTED = "application_not_accepted"
    RESULT_ISSUED = "result_issued"
    RESULT_REFUSED = "result_refused"
    REFERRAL_ANNULLED = "referral_annulled"
    REFERRAL_EXPIRING = "referral_expiring"
    REFERRAL_ANSWERED = "referral_answered"
    COMPLAINT_MARK = "complaint_mark"
    REPLY_ASKED = "reply_asked"
    REPLY_REMINDED = "reply_reminded"
    REPLY_TAKEN = "reply_taken"

    @property
    def has_code(self) -> bool:
        """Whether it carries the one-time code of an organisation."""
        return self in (NoticeKind.REPLY_ASKED, NoticeKind.REPLY_REMINDED)

    @property
    def text_key(self) -> str:
        """Key of its name."""
        return f"notices.kind.{self.value}"


TO_ORGANISATIONS = (NoticeKind.REPLY_ASKED, NoticeKind.REPLY_REMINDED, NoticeKind.REPLY_TAKEN)
"""What is told to a receiving organisation's confirmed contact, not to a person."""


class Channel(models.TextChoices):
    """How a notice goes."""

    EMAIL = "email"


class Outcome(models.TextChoices):
    """How a notice ended so far."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    GIVEN_UP = "given_up"

    @property
    def text_key(self) -> str:
        """Key of its name."""
        return f"notices.outcome.{self.value}"


class Contact(models.Model):
    """Where a person wishes to be told; only its form was checked. Without one nothing is sent (R9.2-c)."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="contact")
    email = SealedText()
    stated_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.person_id)


class Notice(models.Model):
    """One thing said to one person: its words as he reads them, `{link}` standing for the page it leads to.

    One said to an organisation has no person, and `{code}` for its one-time code. `about` is the case, the
    complaint, the code or the reply; `mark` tells notices of one kind about one thing apart. A claim
    keeps two workers from sending at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="notices")
    about = models.UUIDField()
    kind = models.CharField(max_length=30, choices=NoticeKind.choices)
    mark = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    language = models.CharField(max_length=2)
    address = SealedText()
    subject = SealedText()
    body = SealedText()
    written_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-written_at"], name="notices_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "kind", "mark", "channel"], name="one_thing_is_said_once_a_channel"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.WAITING.value, ended_at=None)
                | ~Q(outcome=Outcome.WAITING.value) & Q(ended_at__isnull=False),
                name="notice_ended_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(person=None, kind__in=[kind.value for kind in TO_ORGANISATIONS])
                | Q(person__isnull=False) & ~Q(kind__in=[kind.value for kind in TO_ORGANISATIONS]),
                name="notice_to_a_person_or_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"

    def is_claimed(self, *, at: datetime) -> bool:
        """Say whether an attempt is running."""
        return self.claimed_at is not None and at < self.claimed_at + CLAIM_LASTS


def waiting(rows: Any, *, at: datetime) -> Any:
    """Keep the notices that may be tried now."""
    free = Q(claimed_at=None) | Q(claimed_at__lte=at - CLAIM_LASTS)
    return rows.filter(free, outcome=Outcome.WAITING)
