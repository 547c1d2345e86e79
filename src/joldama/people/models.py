"""Who takes part: recipients, officials, the offices they work in and the places where people come."""

from dataclasses import replace
from typing import Any, ClassVar
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from govkz.workdays import Hours
from joldama.journal.actors import Actor
from joldama.journal.models import ActorKind
from joldama.standard.documents import Holder
from joldama.standard.names import PersonName
from joldama.standard.office_kinds import OfficeKind
from joldama.standard.provider_kinds import ProviderKind
from joldama.standard.roles import Role
from joldama.vault.fields import BlindIndex, SealedJSON, SealedText


class Territory(models.Model):
    """A unit of the classifier of territories (KATO, nine digits) with the days it is valid."""

    kato = models.CharField(max_length=9, primary_key=True)
    kk = models.CharField(max_length=120)
    ru = models.CharField(max_length=120)
    en = models.CharField(max_length=120)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kato__regex=r"^\d{9}$"), name="kato_nine_digits")]

    def __str__(self) -> str:
        return f"{self.kato} {self.kk}"


class Office(models.Model):
    """A provider of the service (¶3), an akimat or the quality body (¶10); `code` begins its numbers (A38).

    `kind` says which of the four kinds a provider is; other bodies have none.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    code = models.CharField(max_length=4, unique=True)
    body = models.CharField(
        max_length=12, choices=[(k.value, k.value) for k in OfficeKind], default=OfficeKind.PROVIDER.value
    )
    kind = models.CharField(max_length=40, null=True, choices=[(k.value, k.value) for k in ProviderKind])
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT)
    bin = models.CharField(max_length=12, unique=True)
    kk = models.CharField(max_length=250)
    ru = models.CharField(max_length=250)
    en = models.CharField(max_length=250)
    phones = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[А-ЯӘҒҚҢӨҰҮҺІ]{2,4}$"), name="office_code_kazakh_letters"
            ),
            models.CheckConstraint(condition=Q(bin__regex=r"^\d{12}$"), name="office_bin_twelve_digits"),
            models.CheckConstraint(
                condition=Q(body=OfficeKind.PROVIDER.value, kind__isnull=False)
                | ~Q(body=OfficeKind.PROVIDER.value) & Q(kind=None),
                name="office_kind_of_a_provider_only",
            ),
            models.UniqueConstraint(
                fields=["territory"],
                condition=Q(body=OfficeKind.AKIMAT.value),
                name="one_akimat_per_territory",
            ),
        ]

    def __str__(self) -> str:
        return self.kk

    def name(self, language: str) -> str:
        """Give the office's name in kk, ru or en."""
        return getattr(self, language)


class Place(models.Model):
    """Where an office gives the service: address, windows, time zone; the queue belongs to it.

    It may be open longer than the hours of the standard, never shorter (R8.1-b); in those alone packages are
    registered and results reckoned.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="places")
    kk = models.CharField(max_length=250)
    ru = models.CharField(max_length=250)
    en = models.CharField(max_length=250)
    phones = models.JSONField(default=list)
    windows = models.PositiveSmallIntegerField(default=1)
    zone_name = models.CharField(max_length=40, default="Asia/Almaty")
    is_main = models.BooleanField(default=True)
    opens_earlier = models.TimeField(null=True)
    closes_later = models.TimeField(null=True)
    works_through_lunch = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office"], condition=Q(is_main=True), name="one_main_place_per_office"
            )
        ]

    def __str__(self) -> str:
        return self.kk

    @property
    def is_open_longer(self) -> bool:
        """Whether its doors are open longer than the standard has it."""
        return self.opens_earlier is not None or self.closes_later is not None or self.works_through_lunch

    def doors(self, standard: Hours) -> Hours:
        """Give when its doors are open: the hours of the standard, or longer."""
        opens = min(standard.opens, self.opens_earlier or standard.opens)
        closes = max(standard.closes, self.closes_later or standard.closes)
        if self.works_through_lunch:
            return Hours(opens=opens, closes=closes)
        return replace(standard, opens=opens, closes=closes)

    @property
    def zone(self) -> ZoneInfo:
        """The zone by whose wall clock this place opens and counts (A25)."""
        return ZoneInfo(self.zone_name)

    def address(self, language: str) -> str:
        """Give the address in kk, ru or en."""
        return getattr(self, language)


class Person(models.Model):
    """A natural person who applies (¶7): everything that identifies him is encrypted."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    iin = SealedText()
    iin_index = BlindIndex(unique=True)
    stated_name = SealedJSON()
    born_on = SealedText(null=True)
    holder = models.CharField(max_length=20, null=True, choices=[(h.value, h.value) for h in Holder])
    language = models.CharField(max_length=2, default="kk")

    def __str__(self) -> str:
        return str(self.id)

    @property
    def name(self) -> PersonName:
        """Surname, given name, patronymic."""
        return PersonName(**self.stated_name)

    @property
    def actor(self) -> Actor:
        """The person as the journal names him."""
        return Actor(ActorKind.PERSON, self.id)


class Staff(models.Model):
    """An official or employee; a row a post, left by a date."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="staff")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="staff")
    surname = models.CharField(max_length=100)
    given_name = models.CharField(max_length=100)
    patronymic = models.CharField(max_length=100, blank=True)
    iin = SealedText(null=True)
    iin_index = BlindIndex(null=True)
    position_kk = models.CharField(max_length=150, blank=True)
    position_ru = models.CharField(max_length=150, blank=True)
    position_en = models.CharField(max_length=150, blank=True)
    left_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["administrator", "auditor", "operator_1414"])
                | Q(office__isnull=False, place__isnull=False),
                name="staff_belongs_to_an_office",
            )
        ]

    def __str__(self) -> str:
        return self.name.short

    @property
    def name(self) -> PersonName:
        """Surname, given name, patronymic."""
        return PersonName(surname=self.surname, given_name=self.given_name, patronymic=self.patronymic)

    @property
    def duty(self) -> Role:
        """The role as the standard has it; it has a text."""
        return Role(self.role)

    @property
    def actor(self) -> Actor:
        """The official as the journal names him."""
        return Actor(ActorKind.STAFF, self.id, self.office_id)

    def position(self, language: str) -> str:
        """Give the position in kk, ru or en."""
        return getattr(self, f"position_{language}")


class Deputising(models.Model):
    """An order by which a deputy stands for the head from a day to a day, both included.

    One that was called off has no force from then on; it stays with that moment.
    """

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="deputisings")
    starts_on = models.DateField()
    ends_on = models.DateField()
    order = models.CharField(max_length=60)
    called_off_at = models.DateTimeField(null=True)
    called_off_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="deputising_in_order"
            ),
            models.CheckConstraint(
                condition=Q(called_off_at=None, called_off_by=None)
                | Q(called_off_at__isnull=False, called_off_by__isnull=False),
                name="deputising_called_off_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["staff", "starts_on", "ends_on", "order"],
                condition=Q(called_off_at=None),
                name="one_order_entered_once",
            ),
        ]

    def __str__(self) -> str:
        return self.order


class _Accounts(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save()
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=username)


class Account(AbstractBaseUser):
    """A way to sign in: a person's (by EDS only) or an official's (password and second factor)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    username = models.CharField(max_length=60, unique=True)
    person = models.OneToOneField(Person, null=True, on_delete=models.PROTECT)
    staff = models.OneToOneField(Staff, null=True, on_delete=models.PROTECT)
    is_active = models.BooleanField(default=True)
    sessions_ended_at = models.DateTimeField(null=True)

    objects: ClassVar[_Accounts] = _Accounts()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, staff=None) | Q(person=None, staff__isnull=False),
                name="account_of_a_person_or_an_official",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Bind sessions to the password, as Django does, and to the moment when all of them were ended."""
        bound_to = f"{self.password}:{self.sessions_ended_at}"
        return salted_hmac("joldama.people.Account", bound_to, secret=secret, algorithm="sha256").hexdigest()


class Invitation(models.Model):
    """A one-time secret with which an official sets his password; only its hash is kept.

    An account has one that is open: a new one calls the older off.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="invitations")
    secret_hash = models.BinaryField(max_length=32)
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField()
    valid_until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(used_at=None, called_off_at=None),
                name="one_open_invitation_per_account",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(called_off_at=None), name="invitation_used_or_called_off"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SecondFactorReset(models.Model):
    """A request to take an official's second factor away: asked by one administrator, confirmed by another."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="factor_resets")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    called_off_at = models.DateTimeField(null=True)
    called_off_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(confirmed_at=None, called_off_at=None),
                name="one_open_reset_per_account",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, called_off_at=None)
                & ~Q(confirmed_by=models.F("asked_by")),
                name="reset_confirmed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(called_off_at=None, called_off_by=None)
                | Q(called_off_at__isnull=False, called_off_by__isnull=False),
                name="reset_called_off_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
