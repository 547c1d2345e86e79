"""Derives the whole journal again – rows, batches, chains, checkpoints – and names what does not fit."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction

from joldama.journal.chains import check_chains, check_unsealed
from joldama.journal.checkpoints import Kept, check_checkpoints
from joldama.journal.findings import Counted, Finding
from joldama.journal.ledgers import TABLES


def check(*, office: UUID | None = None, against: Sequence[Kept] = ()) -> tuple[Counted, list[Finding]]:
    """Give how much was looked at and everything that does not fit, of one state of the database.

    With `office` the rows of its chains only; checkpoints concern every office and are always looked at.
    `against` are checkpoints that were kept elsewhere.
    """
    counted, found = Counted(), list[Finding]()
    with transaction.atomic():
        if not connection.savepoint_ids:  # in a transaction of the caller's the state is his
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in TABLES:
            found += check_chains(table, office, counted)
            found += check_unsealed(table, office)
        found += check_checkpoints(counted, against)
    return counted, found
