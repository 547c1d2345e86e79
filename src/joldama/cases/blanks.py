"""Numbered blanks of the paper series: printed ahead for a power cut, used or voided by an act (A38)."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from joldama.cases.codes import new_code
from joldama.people.models import Office, Place, Staff
from joldama.standard.blanks import BlankKind
from joldama.vault.fields import SealedText, closed

LIES_LONG = timedelta(days=30)
"""After so long a blank that is neither used nor voided is shown to the head: it may be lost."""


class PaperBlanks(models.QuerySet[Any]):  # of PaperBlank
    """Blanks, asked in the words of the paper series."""

    def of_office(self, office_id: Any) -> "PaperBlanks":
        """Keep the blanks of an office."""
        return self.filter(office=office_id)

    def unused(self) -> "PaperBlanks":
        """Keep those that are neither used nor voided, in order."""
        return self.filter(used_at=None, voided_at=None).order_by("number")

    def usable(self) -> "PaperBlanks":
        """Keep those on which something may still be entered: the unused, and sheets of the line begun."""
        return self.filter(Q(used_at=None) | Q(kind=BlankKind.LINE.value), voided_at=None)


class PaperBlank(models.Model):
    """One blank of an office: what is kept by hand takes its number, a case its control code too.

    A sheet of the line lies at one place and may be entered in parts; voiding it then voids the tickets that
    were not torn off. Used and voided are written once (a trigger refuses a change). The remark says why
    something unusual is as it was written.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="blanks")
    kind = models.CharField(
        max_length=7, choices=[(k.value, k.value) for k in BlankKind], default=BlankKind.PACKAGE.value
    )
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, unique=True)
    control_code = models.CharField(max_length=8, default=new_code)
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    void_act = models.CharField(max_length=250, null=True)
    void_act_on = models.DateField(null=True)
    remark = SealedText(null=True)

    objects: ClassVar[Any] = PaperBlanks.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None, void_act=None, void_act_on=None)
                | Q(
                    voided_at__isnull=False,
                    voided_by__isnull=False,
                    void_act__isnull=False,
                    void_act_on__isnull=False,
                ),
                name="blank_voided_whole_or_not",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None, used_by=None) | Q(used_at__isnull=False, used_by__isnull=False),
                name="blank_used_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(voided_at=None) | Q(kind=BlankKind.LINE.value),
                name="blank_used_or_voided",
            ),
            models.CheckConstraint(
                condition=~Q(kind=BlankKind.LINE.value) | Q(place__isnull=False),
                name="blank_of_a_line_has_its_place",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def sort(self) -> BlankKind:
        """What it is for; it has a text."""
        return BlankKind(self.kind)

    def lies_long(self, *, at: datetime) -> bool:
        """Say whether it has lain unused for longer than it should."""
        return self.used_at is None and self.voided_at is None and at - self.printed_at > LIES_LONG


def use(blank: PaperBlank, *, by: Staff, at: datetime, remark: str = "") -> bool:
    """Use a blank up; False where somebody used or voided it before. A sheet of the line is used repeatedly."""
    untouched = PaperBlank.objects.filter(pk=blank.pk, voided_at=None)
    if blank.kind == BlankKind.LINE and blank.used_at is not None:
        return bool(untouched.exists())
    kept = closed(blank, "remark", remark or None)
    return bool(untouched.filter(used_at=None).update(used_at=at, used_by=by, remark=kept))


def void(blank: PaperBlank, *, act: str, act_on: date, by: Staff, at: datetime) -> bool:
    """Void a blank by an act; False where it is voided, or used (of a sheet: its tickets not torn off go)."""
    untouched = PaperBlank.objects.usable().filter(pk=blank.pk)
    return bool(untouched.update(voided_at=at, voided_by=by, void_act=act, void_act_on=act_on))
