"""A table that somebody handed in: it waits, is read, and is taken whole or refused with all that is wrong with it."""

from enum import StrEnum
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from joldama.openings.tables.columns import TableSort
from joldama.people.models import Office, Staff
from joldama.vault.fields import SealedField, SealedJSON, SealedText


class Stage(StrEnum):
    """How far a table is."""

    WAITING = "waiting"
    READING = "reading"
    JUDGING = "judging"
    ENTERING = "entering"
    TAKEN = "taken"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"

    @property
    def text_key(self) -> str:
        return f"desk.import.stage.{self}"

    @property
    def short_key(self) -> str:
        """Key of the word that marks it in a list."""
        return _SHORT.get(self, "desk.import.is_waiting")


_SHORT = {
    Stage.TAKEN: "desk.import.is_taken",
    Stage.REFUSED: "desk.import.is_refused",
    Stage.TAKEN_BACK: "desk.import.is_taken_back",
}


class Import(models.Model):
    """A file an official handed in for his office, and what became of it.

    `id` is given by the form, so a file sent twice is taken once. Until it is settled, `begun` counts how often an
    errand took it up, and `judged` how many of its `rows` are judged. `faults` holds what the report says, as
    `joldama.openings.tables.reporting` codes it; of more than it lists `fault_count` tells.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="imports")
    sort = models.CharField(max_length=15, choices=[(s.value, s.value) for s in TableSort])
    digest = models.BinaryField(max_length=32)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    begun = models.PositiveSmallIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    judged = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)
    entered = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    fault_count = models.PositiveIntegerField(default=0)
    faults = SealedJSON(null=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_reason = SealedText(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office", "-received_at"], name="imports_of_office"),
            models.Index(fields=["received_at"], name="imports_that_wait", condition=Q(settled_at=None)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(fault_count=0, faults=None)
                | Q(fault_count__gt=0, faults__isnull=False, entered=0, corrected=0, unchanged=0),
                name="import_taken_whole_or_refused",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=False) | Q(fault_count=0, entered=0, corrected=0, unchanged=0),
                name="import_says_nothing_until_settled",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, taken_back_reason=None)
                | Q(
                    taken_back_at__isnull=False,
                    taken_back_by__isnull=False,
                    taken_back_reason__isnull=False,
                    settled_at__isnull=False,
                    fault_count=0,
                ),
                name="import_taken_back_by_somebody_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def stage(self) -> Stage:
        """How far it is."""
        if self.taken_back_at is not None:
            return Stage.TAKEN_BACK
        if self.settled_at is not None:
            return Stage.REFUSED if self.fault_count else Stage.TAKEN
        if not self.begun:
            return Stage.WAITING
        if not self.rows:
            return Stage.READING
        return Stage.JUDGING if self.judged < self.rows else Stage.ENTERING

    @property
    def is_settled(self) -> bool:
        """Whether it is known what became of it."""
        return self.settled_at is not None

    @property
    def is_taken(self) -> bool:
        """Whether its rows were entered, and stand."""
        return self.stage is Stage.TAKEN

    @property
    def table_sort(self) -> TableSort:
        """What stood in its rows."""
        return TableSort(self.sort)


class ImportedFile(models.Model):
    """The file of a table that is not settled yet; it goes in the transaction that settles it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    table = models.OneToOneField(Import, on_delete=models.CASCADE, related_name="file")
    data = SealedField()

    def __str__(self) -> str:
        return str(self.id)


class ImportedRow(models.Model):
    """An opening or an organisation that a table entered or corrected, so that the table can be taken back.

    `number` is the row's in the file, 0 for an organisation that came beside an opening; `version` the one that was
    written. `before` is what it said till then (`joldama.openings.said`), None where it was entered.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    table = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="written")
    number = models.PositiveIntegerField()
    opening = models.ForeignKey("Opening", null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    before = SealedJSON(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(opening=None, organisation__isnull=False)
                | Q(opening__isnull=False, organisation=None),
                name="imported_row_is_one_thing",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
