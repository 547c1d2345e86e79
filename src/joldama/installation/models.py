"""The one row that says what this database is."""

from datetime import timedelta

from django.db import models


class Installation(models.Model):
    """Whether the database is a demonstration: set when it is made, never changed (a trigger refuses)."""

    only = models.BooleanField(primary_key=True, default=True)
    is_demo = models.BooleanField()
    created_at = models.DateTimeField()
    clock_offset = models.DurationField(default=timedelta(0))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(only=True), name="installation_one_row"),
            models.CheckConstraint(
                condition=models.Q(is_demo=True) | models.Q(clock_offset=timedelta(0)),
                name="installation_only_a_demo_has_its_own_clock",
            ),
        ]

    def __str__(self) -> str:
        return "demonstration" if self.is_demo else "installation"
