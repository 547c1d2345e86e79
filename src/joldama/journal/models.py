"""Append-only rows: events of cases, and looks at people's data (triggers refuse any change); and their seals.

Rows carry public ids only, never names, numbers of persons or typed text, and no foreign keys, so
that they outlive what they tell of. They are written unchained; a sealer chains what was committed
(joldama.journal.sealing, docs/journal.md).
"""

from uuid import UUID

from django.db import models
from django.db.models.functions import Now


class ActorKind(models.TextChoices):
    PERSON = "person"
    STAFF = "staff"
    DEVICE = "device"
    RECEIVER = "receiver"
    """The organisation a person was sent to; the id is that of its reply."""
    PARTNER = "partner"
    """A system of a partner that hands openings in."""
    SYSTEM = "system"


WAIT_BREACHED = "ticket.wait_breached"
SERVING_BREACHED = "ticket.serving_breached"
RESULT_BREACHED = "case.result_breached"


class Event(models.Model):
    """One thing that happened to a subject, at a moment (UTC), by somebody.

    A breach of ¶4 stands here once, whoever noticed it first: a ticket has one of its wait and one of its serving,
    a case one of each due moment it was told.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    entered_at = models.DateTimeField(db_default=Now())
    name = models.CharField(max_length=60)
    subject = models.UUIDField()
    office = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=10, choices=ActorKind.choices)
    actor = models.UUIDField(null=True)
    paragraph = models.CharField(max_length=10, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="event_of_subject")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(actor_kind="system", actor=None)
                | (~models.Q(actor_kind="system") & models.Q(actor__isnull=False)),
                name="event_actor_named_unless_system",
            ),
            models.UniqueConstraint(
                fields=["subject", "name"],
                condition=models.Q(name__in=[WAIT_BREACHED, SERVING_BREACHED]),
                name="one_breach_per_clock_of_a_ticket",
            ),
            models.UniqueConstraint(
                fields=["subject", "at"],
                condition=models.Q(name=RESULT_BREACHED),
                name="one_breach_per_due_moment_of_a_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject}"


class Look(models.Model):
    """Somebody looked at a person's data."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    person = models.UUIDField()
    subject = models.UUIDField(null=True)
    staff = models.UUIDField()
    office = models.UUIDField(null=True)
    page = models.CharField(max_length=60)
    allowed = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="look_at_person")]

    def __str__(self) -> str:
        return f"{self.page} {self.person}"


NOWHERE = UUID(int=0)
"""Stands for the office of rows that have none: their chain is one of its own."""


class Ledger(models.TextChoices):
    """What is chained: each table by itself."""

    EVENT = "event"
    LOOK = "look"

    @property
    def text_key(self) -> str:
        """Key of its rows' name."""
        return f"journal.ledger.{self}"


class Unsealed(models.Model):
    """A row that waits for its seal; written by a trigger in the transaction of the row, removed by the sealer.

    What commits late waits like everything else: nothing is skipped, whatever order the ids are in.
    """

    id = models.BigAutoField(primary_key=True)
    ledger = models.CharField(max_length=10, choices=Ledger.choices)
    row = models.BigIntegerField()
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.ledger} {self.row}"


class Batch(models.Model):
    """Rows of one ledger and office that were sealed together; `previous` is the hash of the batch before.

    `ordinal` counts the batches of the whole journal, `number` those of the chain; both from 1 without gaps.
    """

    ordinal = models.BigIntegerField(primary_key=True)
    ledger = models.CharField(max_length=10, choices=Ledger.choices)
    office = models.UUIDField()
    number = models.BigIntegerField()
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    count = models.IntegerField()
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ledger", "office", "number"], name="one_batch_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.ledger} {self.office} {self.number}"


class Seal(models.Model):
    """In which batch a row stands, at which place (from 1), and the hash of all its columns."""

    row = models.BigIntegerField(primary_key=True)
    batch = models.BigIntegerField()
    position = models.IntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="one_%(class)s_per_position")
        ]

    def __str__(self) -> str:
        return f"{self.batch}:{self.position}"


class EventSeal(Seal):
    """The seal of an event."""


class LookSeal(Seal):
    """The seal of a look."""


class Checkpoint(models.Model):
    """A signed text that says which batches stood at a moment; checkpoints are a chain themselves.

    `last` is the ordinal of the last batch it speaks of; all it says stands in `body`.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    last = models.BigIntegerField()
    body = models.TextField()
    signature = models.BinaryField(max_length=64)

    def __str__(self) -> str:
        return str(self.number)
