"""Numbered blanks of the paper series: printed ahead for a power cut, used or voided by an act (A38)."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from joldama.cases.codes import new_code
from joldama.people.models import Office, Staff


class PaperBlank(models.Model):
    """One blank of an office: a case that is kept by hand takes its number and its control code."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="blanks")
    number = models.CharField(max_length=20, unique=True)
    control_code = models.CharField(max_length=8, default=new_code)
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    void_act = models.CharField(max_length=250, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None, void_act=None)
                | Q(voided_at__isnull=False, voided_by__isnull=False, void_act__isnull=False),
                name="blank_voided_whole_or_not",
            )
        ]

    def __str__(self) -> str:
        return self.number
