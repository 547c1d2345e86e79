"""A table that somebody handed in: taken whole, or refused with everything that is wrong with it."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from joldama.openings.tables.columns import TableSort
from joldama.people.models import Office, Staff
from joldama.vault.fields import SealedJSON


class Import(models.Model):
    """A file an official handed in for his office, and what became of it; the file itself is not kept.

    `id` is given by the form, so a file sent twice is taken once. `faults` holds what the report says, as
    `joldama.openings.tables.reporting` codes it; of more than it lists `fault_count` tells.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="imports")
    sort = models.CharField(max_length=15, choices=[(s.value, s.value) for s in TableSort])
    digest = models.BinaryField(max_length=32)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField()
    entered = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    fault_count = models.PositiveIntegerField(default=0)
    faults = SealedJSON(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["office", "-received_at"], name="imports_of_office")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(fault_count=0, faults=None)
                | Q(fault_count__gt=0, faults__isnull=False, entered=0, corrected=0, unchanged=0),
                name="import_taken_whole_or_refused",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_taken(self) -> bool:
        """Whether its rows were entered."""
        return self.fault_count == 0

    @property
    def table_sort(self) -> TableSort:
        """What stood in its rows."""
        return TableSort(self.sort)
