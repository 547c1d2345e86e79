"""Organisations that take people, the contacts that staff confirmed for them, and their openings."""

from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from joldama.openings.imports import Import as Import
from joldama.openings.imports import ImportedFile as ImportedFile
from joldama.openings.imports import ImportedRow as ImportedRow
from joldama.openings.partners import Partner as Partner
from joldama.openings.queries import WORDS, Openings, Organisations
from joldama.people.models import Office, Staff
from joldama.standard.kinds import Receiver, ResultKind, TrainingKind
from joldama.standard.organisation_numbers import masked
from joldama.vault.fields import BlindIndex, SealedText


class Source(models.TextChoices):
    """How a row came in."""

    STAFF = "staff"
    IMPORT = "import"
    API = "api"

    @property
    def text_key(self) -> str:
        return f"openings.source.{self}"


class Organisation(models.Model):
    """An employer or a training organisation, one row a number; known to every office.

    A legal entity is known by its BIN, a sole trader by his IIN (`iin`, found by `iin_index`). `is_training` says
    that it holds courses too.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    bin = models.CharField(max_length=12, unique=True, null=True)
    iin = SealedText(null=True)
    iin_index = BlindIndex(null=True, unique=True)
    name_kk = models.CharField(max_length=250, blank=True)
    name_ru = models.CharField(max_length=250, blank=True)
    address = models.CharField(max_length=250, blank=True)
    is_training = models.BooleanField(default=False)
    source = models.CharField(max_length=6, choices=Source.choices, default=Source.STAFF)
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = Organisations.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(bin__regex=r"^\d{12}$"), name="organisation_bin_twelve_digits"
            ),
            models.CheckConstraint(
                condition=Q(bin__isnull=False, iin=None, iin_index=None)
                | Q(bin=None, iin__isnull=False, iin_index__isnull=False),
                name="organisation_known_by_one_number",
            ),
            models.CheckConstraint(condition=~Q(name_kk="", name_ru=""), name="organisation_has_a_name"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_sole_trader(self) -> bool:
        """Whether it is a person who trades in his own name, and its number his IIN."""
        return self.bin is None

    @property
    def number(self) -> str:
        """The BIN, or the sole trader's IIN: a page shows it masked (`masked_number`)."""
        return self.bin or self.iin or ""

    @property
    def masked_number(self) -> str:
        """The BIN, or the last four digits of the sole trader's IIN."""
        return masked(self.number)

    @property
    def number_key(self) -> str:
        """Key of the word for the number."""
        return "iin" if self.is_sole_trader else "bin"

    def name(self, language: str) -> str:
        """Give the name in Kazakh or Russian; in the other where one is not known, and Russian stands for English."""
        first, other = (self.name_kk, self.name_ru) if language == "kk" else (self.name_ru, self.name_kk)
        return first or other

    def takes(self, kind: ResultKind) -> bool:
        """Say whether people are sent there by a kind: a course is held by a training organisation."""
        return kind.is_referral and (self.is_training or kind.receiver is not Receiver.TRAINING_ORGANISATION)

    @property
    def contact(self) -> "Contact | None":
        """Whom staff confirmed for it, if anybody stands."""
        return Contact.objects.filter(organisation=self, ended_at=None).first()


class Contact(models.Model):
    """Whom staff asked and confirmed: the person of an organisation who answers about referrals.

    An organisation has one that stands; who answers for it is never taken from the paper the person carries.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contacts")
    name = SealedText()
    email = SealedText()
    language = models.CharField(max_length=2, default="kk")
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(ended_at=None), name="one_contact_per_organisation"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="contact_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Opening(models.Model):
    """A vacancy, work under a contract, a practice place or a course: so many places of one organisation.

    `taken` counts the referrals and drafts that hold a place; the database lets it pass neither zero nor `places`.
    Money is in tenge a month, days are those of the office's place, the last day is included. `folded` is what
    it is found by, whichever alphabet it is asked for in. `external_id` is its name in the system that handed it in.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="openings")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="openings")
    kind = models.CharField(max_length=30, choices=[(k.value, k.value) for k in ResultKind])
    training_kind = models.CharField(
        max_length=20, null=True, choices=[(k.value, k.value) for k in TrainingKind]
    )
    occupation_kk = models.CharField(max_length=250, blank=True)
    occupation_ru = models.CharField(max_length=250, blank=True)
    course = models.CharField(max_length=250, blank=True)
    locality = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=250)
    wage = models.PositiveIntegerField(null=True)
    stipend = models.PositiveIntegerField(null=True)
    work_hours = models.CharField(max_length=120, blank=True)
    duration = models.CharField(max_length=120, blank=True)
    start_on = models.DateField(null=True)
    contract_number = models.CharField(max_length=60, blank=True)
    contract_on = models.DateField(null=True)
    places = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    open_from_on = models.DateField()
    open_until_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    """Whoever closed it; a system of a partner has no row of staff."""
    source = models.CharField(max_length=6, choices=Source.choices, default=Source.STAFF)
    external_system = models.CharField(max_length=40, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    entered_at = models.DateTimeField()
    folded = models.TextField(default="")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = Openings.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["office", "kind", "open_from_on"],
                name="openings_of_office",
                condition=Q(closed_at=None),
            ),
            # A list of what is not sorted in yet would make the index look dear after an import, and every row be read.
            GinIndex(WORDS, name="openings_by_words", fastupdate=False),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(places__gte=1, taken__gte=0, taken__lte=F("places")),
                name="opening_not_overfilled",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ResultKind.CAREER_GUIDANCE.value), name="opening_sends_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(kind=ResultKind.VOCATIONAL_TRAINING.value, training_kind__isnull=False)
                | ~Q(kind=ResultKind.VOCATIONAL_TRAINING.value) & Q(training_kind=None),
                name="opening_of_training_says_which",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="opening_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(contract_number="", contract_on=None)
                | ~Q(contract_number="") & Q(contract_on__isnull=False),
                name="opening_contract_whole_or_not",
            ),
            models.UniqueConstraint(
                fields=["office", "external_system", "external_id"],
                condition=~Q(external_id=""),
                name="one_opening_per_external_id",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def left(self) -> int:
        """How many places are left."""
        return self.places - self.taken

    @property
    def result_kind(self) -> ResultKind:
        """Which of the six kinds sends people here."""
        return ResultKind(self.kind)

    def is_open(self, *, on: date) -> bool:
        """Say whether somebody may be sent here on a day of the place, places left or not."""
        is_over = self.open_until_on is not None and self.open_until_on < on
        return self.closed_at is None and self.open_from_on <= on and not is_over

    def occupation(self, language: str) -> str:
        """Give the occupation in Kazakh or Russian; in the other where one is not known."""
        first, other = (
            (self.occupation_kk, self.occupation_ru)
            if language == "kk"
            else (self.occupation_ru, self.occupation_kk)
        )
        return first or other
