"""The classifier of territories (KATO) as far as it could be verified, with the days it is valid."""

import csv
from datetime import date
from pathlib import Path

from joldama.people.models import Territory

_FILE = Path(__file__).with_name("kato.csv")


def load() -> int:
    """Write the shipped territories; those entered by hand stay. Return how many are shipped."""
    with _FILE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    Territory.objects.bulk_create(
        [
            Territory(
                kato=row["kato"],
                kk=row["kk"],
                ru=row["ru"],
                en=row["en"],
                valid_from=_day(row["valid_from"]),
                valid_until=_day(row["valid_until"]),
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["kato"],
        update_fields=["kk", "ru", "en", "valid_from", "valid_until"],
    )
    return len(rows)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
