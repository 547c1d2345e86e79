"""What is swept each minute: deadlines are facts in rows, never timers (level-triggered)."""

from procrastinate.contrib.django import app

from joldama.installation.clock import now
from joldama.journal.outbox import OUTSIDE
from joldama.procedures import (
    accept,
    breach,
    correct,
    decide,
    expire,
    import_table,
    line,
    prove,
    remind,
    remote_signing,
    verify,
    windows,
)
from joldama.worker.centre import fetch_due_lists, stamp_signatures

STALLED_AFTER = 60
"""Seconds without a heartbeat after which a job's worker counts as gone."""


@app.periodic(cron="* * * * *")
@app.task(name="sweep_delivered", queueing_lock="sweep_delivered", pass_context=False)
def sweep_delivered(timestamp: int) -> None:
    """Register what was delivered and whose day has opened (A4, A31)."""
    accept.settle_delivered(at=now())


@app.periodic(cron="* * * * *")
@app.task(name="sweep_terms", queueing_lock="sweep_terms", pass_context=False)
def sweep_terms(timestamp: int) -> None:
    """Reckon anew what was accepted in the very moment in which the calendar was corrected (R4.1-a)."""
    correct.recompute_late(at=now())


@app.periodic(cron="* * * * *")
@app.task(name="sweep_held_back", queueing_lock="sweep_held_back", pass_context=False)
def sweep_held_back(timestamp: int) -> None:
    """Put in force, and leave to be sealed, each decision that can no longer be recalled."""
    decide.release_due(at=now())


@app.periodic(cron="1 * * * *")
@app.task(name="sweep_expired", queueing_lock="sweep_expired", pass_context=False)
def sweep_expired(timestamp: int) -> None:
    """Mark referrals whose last day is over; a day ends on an hour in every zone of the country."""
    expire.expire_referrals(at=now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="sweep_last_days", queueing_lock="sweep_last_days", pass_context=False)
def sweep_last_days(timestamp: int) -> None:
    """Remind persons and organisations of the last day of a referral, on the business day before it."""
    remind.remind(at=now())


@app.periodic(cron="* * * * *")
@app.task(name="sweep_lines", queueing_lock="sweep_lines", pass_context=False)
def sweep_lines(timestamp: int) -> None:
    """Close the tickets and the windows of each line whose day of reception is over (A6, A32)."""
    line.close_lines(at=now())
    windows.close_windows(at=now())


@app.periodic(cron="* * * * *")
@app.task(name="sweep_breaches", queueing_lock="sweep_breaches", pass_context=False)
def sweep_breaches(timestamp: int) -> None:
    """Write down each wait, serving and result that has passed its limit of ¶4, when it has (R4.1-c)."""
    breach.write_breaches(at=now())


@app.periodic(cron="* * * * *")
@app.task(name="sweep_remote_signings", queueing_lock="sweep_remote_signings", pass_context=False)
def sweep_remote_signings(timestamp: int) -> None:
    """End requests for a phone's signature whose minutes are over, and forget old ones."""
    remote_signing.sweep(at=now())


@app.periodic(cron="* * * * *")
@app.task(name="sweep_verification_tries", queueing_lock="sweep_verification_tries", pass_context=False)
def sweep_verification_tries(timestamp: int) -> None:
    """Forget which networks asked about referrals, once it counts no more (A33)."""
    verify.forget_tries(at=now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="sweep_tables", queueing_lock="sweep_tables", pass_context=False)
def sweep_tables(timestamp: int) -> None:
    """Refuse each table that could not be read in a day, so that no file is kept longer."""
    import_table.give_up_late(at=now())


@app.periodic(cron="* * * * *")
@app.task(
    name="fetch_revocation_lists", queue=OUTSIDE, queueing_lock="fetch_revocation_lists", pass_context=False
)
def fetch_revocation_lists(timestamp: int) -> None:
    """Fetch each revocation list that is due, well before the one that is kept stops being fresh (A31)."""
    fetch_due_lists()


@app.periodic(cron="* * * * *")
@app.task(name="stamp_signatures", queue=OUTSIDE, queueing_lock="stamp_signatures", pass_context=False)
def stamp_signatures_of_late(timestamp: int) -> None:
    """Have what was signed of late stamped, so that it stays proved after its certificate has ended."""
    stamp_signatures()


@app.periodic(cron="* * * * *")
@app.task(name="prove_papers", queueing_lock="prove_papers", pass_context=False)
def prove_papers(timestamp: int) -> None:
    """Leave an errand for each sealed paper that nothing proves and nobody is at: one of earlier years, or rested."""
    prove.leave_errands(at=now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="renew_papers", queueing_lock="renew_papers", pass_context=False)
def renew_papers(timestamp: int) -> None:
    """Leave an errand for each paper whose last stamp ends soon."""
    prove.leave_renewals(at=now())


@app.periodic(cron="* * * * *")
@app.task(name="sweep_stalled", queueing_lock="sweep_stalled", pass_context=False)
async def sweep_stalled(timestamp: int) -> None:
    """Put jobs of workers that died back to work."""
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER)
    for job in stalled:
        await app.job_manager.retry_job(job)
