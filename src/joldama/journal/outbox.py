"""Errands left for the worker: one function per errand, deferred in the business transaction.

A rollback leaves no job, a commit exactly one. Errands carry public ids only; they may run twice
and their effects are unique.
"""

from uuid import UUID

from procrastinate.contrib.django import app

WITHIN = "default"
OUTSIDE = "outside"
"""The queue of errands that wait for somebody outside: they hold up each other only."""

LETTERS = "letters"
"""The queue of what is said to people: a slow mail server keeps no register waiting."""

TABLES = "tables"
"""The queue of tables handed in: one that takes seconds to read keeps no paper from being sealed."""

ASK_REGISTER = "ask_register"
SEAL_RESULT = "seal_result"
SETTLE_DELIVERED = "settle_delivered"
CHECK_SIGNATURE = "check_signature"
SEND_NOTICE = "send_notice"
ENTER_TABLE = "enter_table"
PROVE_PAPER = "prove_paper"
RENEW_PAPER = "renew_paper"


def ask_register(inquiry: UUID) -> None:
    """Have an inquiry sent to its state information system (¶9)."""
    _leave(ASK_REGISTER, queue=OUTSIDE, inquiry=str(inquiry))


def seal_result(decision: UUID) -> None:
    """Have the document of a signed decision made and sealed (R6.2-a)."""
    _leave(SEAL_RESULT, decision=str(decision))


def settle_delivered(application: UUID) -> None:
    """Have a delivered application looked at again: signature, opening of the day (A4, A31)."""
    _leave(SETTLE_DELIVERED, application=str(application))


def check_signature(signature: UUID) -> None:
    """Have the centre asked whether the certificate of a signature was revoked (A31)."""
    _leave(CHECK_SIGNATURE, queue=OUTSIDE, signature=str(signature))


def send_notice(notice: UUID) -> None:
    """Have a notice sent to the address it was written for."""
    _leave(SEND_NOTICE, queue=LETTERS, notice=str(notice))


def enter_table(table: UUID) -> None:
    """Have a table that was handed in read, judged, and entered whole or not at all (R6.1-e)."""
    _leave(ENTER_TABLE, queue=TABLES, table=str(table))


def prove_paper(paper: UUID) -> None:
    """Have the centre stamp a sealed paper, and say that the certificates it rests on are good."""
    _leave(PROVE_PAPER, queue=OUTSIDE, paper=str(paper))


def renew_paper(paper: UUID) -> None:
    """Have the centre stamp a paper again before the certificate of its last stamp ends."""
    _leave(RENEW_PAPER, queue=OUTSIDE, paper=str(paper))


def _leave(task: str, *, queue: str = WITHIN, **ids: str) -> None:
    app.configure_task(task, queue=queue, lock=f"{task}:{next(iter(ids.values()))}").defer(**ids)
