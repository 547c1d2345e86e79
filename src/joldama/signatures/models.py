"""Signatures as received with the verdict on them, and the trust they are judged by."""

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import Q

from joldama.people.models import Office, Person, Staff
from joldama.vault.fields import BlindIndex, SealedField, SealedJSON


class Purpose(models.TextChoices):
    """What a signed document is for; one purpose is never accepted for another (A37)."""

    APPLICATION = "application"
    SIGN_IN = "sign-in"
    DECISION = "decision"
    COMPLAINT = "complaint"
    REPLY = "reply"
    ANNULMENT = "annulment"

    @property
    def is_of_office(self) -> bool:
        """Whether an official signs it for his office, with a key of that organisation."""
        return self in (Purpose.DECISION, Purpose.ANNULMENT)

    @property
    def is_of_organisation(self) -> bool:
        """Whether it is signed with the key of an organisation: an office's, or a receiving organisation's."""
        return self.is_of_office or self is Purpose.REPLY

    @property
    def text_key(self) -> str:
        """Key of its name in the administration."""
        return f"administration.centre.purpose.{self}"


class Status(models.TextChoices):
    PASSED = "passed"
    INDETERMINATE = "indeterminate"
    FAILED = "failed"


class Fault(models.TextChoices):
    """How a question to a service of the certification centre ended without an answer."""

    SILENT = "silent"
    """Nobody listens, or nothing came in time."""
    FAILING = "failing"
    """The service says that it cannot answer now."""
    REFUSES = "refuses"
    """The service does not take our question: asking again soon changes nothing."""
    TOO_LARGE = "too_large"
    NOT_UNDERSTOOD = "not_understood"
    """Something came that is no answer, such as a page of a server in between."""
    NOT_BELIEVED = "not_believed"
    """An answer came that is not the centre's, not to this question, or too old."""

    @property
    def text_key(self) -> str:
        return f"administration.centre.fault.{self}"


class ServiceKind(models.TextChoices):
    """What a service of the certification centre is for."""

    LIST = "list"
    DELTA = "delta"
    OCSP = "ocsp"
    TSP = "tsp"

    @property
    def text_key(self) -> str:
        return f"administration.centre.kind.{self}"


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
    evidence = SealedJSON(null=True)
    """What the verdict rests on: parts named by SHA-256, the moment, whose signature was asked for."""
    stamped_at = models.DateTimeField(null=True)
    """The moment of the centre's time stamp over it; by then it was there, whatever ends later."""

    class Meta:
        indexes = [
            models.Index(fields=["subject"], name="signatures_of_subject"),
            models.Index(
                fields=["received_at"], name="signatures_unstamped", condition=models.Q(stamped_at=None)
            ),
            models.Index(
                fields=["received_at"], name="signatures_waiting", condition=models.Q(status="indeterminate")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.status}"


class Rendering(models.Model):
    """A paper as it was rendered for one official to read and sign; gone once it is changed, or somebody signed."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    subject = models.UUIDField()
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    document = SealedField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "purpose", "staff"], name="one_rendering_for_each_official"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.made_at}"


class ProofKind(models.TextChoices):
    """What the centre said about a signature."""

    OCSP = "ocsp"
    """Whether its certificate was revoked (RFC 6960)."""
    TIMESTAMP = "timestamp"
    """That it was there at a moment (RFC 3161)."""


class Proof(models.Model):
    """An answer of the centre about one signature, as received; it tells of a person by his serial number."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    signature = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="proofs")
    kind = models.CharField(max_length=9, choices=ProofKind.choices)
    digest = models.CharField(max_length=64)
    der = SealedField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["signature", "digest"], name="one_proof_is_kept_once")]

    def __str__(self) -> str:
        return self.kind


class Material(models.Model):
    """A published list or a centre's certificate in DER, kept once under its SHA-256 for all that rests on it.

    Nothing changes or removes one: years later a verdict is reached again from these bytes.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    der = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256


class Anchor(models.Model):
    """A certificate that signatures here are judged by: an anchor, or an intermediate below it."""

    id = models.BigAutoField(primary_key=True)
    set_name = models.CharField(max_length=10, choices=[(s, s) for s in ("production", "test", "demo")])
    der = models.BinaryField(unique=True)

    def __str__(self) -> str:
        return self.set_name


class RevocationList(models.Model):
    """The newest list of an issuer as fetched: the whole one, or the delta that brings it up to date."""

    issuer = models.CharField(max_length=500, primary_key=True)
    is_delta = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, default="")
    der = models.BinaryField()
    this_update = models.DateTimeField()
    next_update = models.DateTimeField()

    def __str__(self) -> str:
        return self.issuer


class Service(models.Model):
    """How a service of the certification centre is doing: written after each question to it.

    While it `rests_until` a moment it is not asked at all. Of a published list, `etag` and `modified` are the
    marks by which it is asked for again, `digest` names the one that was fetched, and until `fresh_until` it
    counts as fresh (A31).
    """

    name = models.CharField(max_length=60, primary_key=True)
    kind = models.CharField(max_length=5, choices=ServiceKind.choices)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    milliseconds = models.PositiveIntegerField(null=True)
    fault = models.CharField(max_length=14, null=True, choices=Fault.choices)
    failed_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    etag = models.CharField(max_length=200, default="")
    modified = models.CharField(max_length=200, default="")
    digest = models.CharField(max_length=64, default="")
    fresh_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(failures=0, failing_since=None, rests_until=None)
                | models.Q(failures__gt=0, failing_since__isnull=False, failed_at__isnull=False),
                name="service_fails_since_a_moment_or_does_not",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def rests(self, *, at: datetime) -> bool:
        """Say whether the service is left alone at this moment."""
        return self.rests_until is not None and at < self.rests_until


class RemoteState(models.TextChoices):
    """How far a signature that is given on a phone has come."""

    WAITING = "waiting"
    OPENED = "opened"
    SIGNED = "signed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class RemoteEnd(models.TextChoices):
    """Why a request for a phone's signature was cancelled."""

    PERSON = "person"
    OTHER_ADDRESS = "other_address"
    REPLACED = "replaced"
    CHANGED = "changed"
    TOO_MANY = "too_many"


OPEN = (RemoteState.WAITING, RemoteState.OPENED)
"""The states in which a phone may still sign."""


class RemoteSigning(models.Model):
    """A document that a phone is asked to sign: these bytes, for this purpose, once, for some minutes.

    The phone comes with a random token, of which only a keyed hash is kept; the screen that asked is known by a
    keyed hash of its session: of an organisation, which has no account, nothing else is known. `document` are the
    exact bytes, kept while they may be signed; `cms` is a sign-in's signature, kept with them until the screen
    takes it. `result` is what came of the signature.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    subject = models.UUIDField(null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    document = SealedField(null=True)
    number = models.PositiveSmallIntegerField(null=True)
    language = models.CharField(max_length=2)
    token_index = BlindIndex(unique=True)
    session_index = BlindIndex()
    made_from = BlindIndex()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=RemoteState.choices, default=RemoteState.WAITING)
    opened_from = BlindIndex(null=True)
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=13, choices=RemoteEnd.choices, null=True)
    refusals = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=60, default="")
    answer_index = BlindIndex(null=True)
    cms = SealedField(null=True)
    taken_at = models.DateTimeField(null=True)
    result = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["session_index"], name="remote_of_session"),
            models.Index(fields=["made_from", "made_at"], name="remote_made_from"),
            models.Index(fields=["expires_at"], condition=Q(state__in=OPEN), name="remote_open_until"),
        ]
        constraints = [
            models.CheckConstraint(
                name="remote_whose_signature",
                condition=Q(
                    purpose=Purpose.SIGN_IN, person=None, staff=None, subject=None, number__isnull=False
                )
                | Q(
                    purpose__in=(Purpose.APPLICATION, Purpose.COMPLAINT),
                    person__isnull=False,
                    staff=None,
                    subject__isnull=False,
                    number=None,
                )
                | Q(
                    purpose__in=(Purpose.DECISION, Purpose.ANNULMENT),
                    staff__isnull=False,
                    person=None,
                    subject__isnull=False,
                    number=None,
                )
                | Q(purpose=Purpose.REPLY, staff=None, person=None, subject__isnull=False, number=None),
            ),
            models.CheckConstraint(
                name="remote_number_two_digits",
                condition=Q(number=None) | Q(number__gte=10, number__lte=99),
            ),
            models.CheckConstraint(
                name="remote_opened_from_somewhere",
                condition=Q(opened_at=None, opened_from=None)
                | Q(opened_at__isnull=False, opened_from__isnull=False),
            ),
            models.CheckConstraint(
                name="remote_state_and_moments",
                condition=Q(state=RemoteState.WAITING, opened_at=None, ended_at=None)
                | Q(state=RemoteState.OPENED, opened_at__isnull=False, ended_at=None)
                | Q(state=RemoteState.SIGNED, opened_at__isnull=False, ended_at__isnull=False)
                | Q(state__in=(RemoteState.CANCELLED, RemoteState.EXPIRED), ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="remote_document_while_open",
                condition=Q(state__in=OPEN, document__isnull=False)
                | Q(state=RemoteState.SIGNED, cms__isnull=False, document__isnull=False)
                | ~Q(state__in=OPEN) & Q(cms=None, document=None),
            ),
            models.CheckConstraint(
                name="remote_cancelled_for_a_reason",
                condition=Q(state=RemoteState.CANCELLED, ended_why__isnull=False)
                | ~Q(state=RemoteState.CANCELLED) & Q(ended_why=None),
            ),
            models.CheckConstraint(
                name="remote_signed_by_an_answer",
                condition=Q(state=RemoteState.SIGNED, answer_index__isnull=False)
                | ~Q(state=RemoteState.SIGNED) & Q(answer_index=None, cms=None, taken_at=None, result=None),
            ),
            models.CheckConstraint(
                name="remote_only_a_sign_in_is_taken",
                condition=Q(purpose=Purpose.SIGN_IN) | Q(cms=None, taken_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether a phone may still sign, as far as the row knows."""
        return self.state in OPEN


class RemoteMiss(models.Model):
    """A token that nobody was given, asked for from an address (a keyed hash); forgotten after some minutes."""

    id = models.BigAutoField(primary_key=True)
    made_from = BlindIndex()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["made_from", "at"], name="remote_miss_from")]

    def __str__(self) -> str:
        return f"{self.at:%H:%M:%S}"
