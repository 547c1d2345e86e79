"""What is swept each minute: deadlines are facts in rows, never timers (level-triggered)."""

from procrastinate.contrib.django import app

from joldama.installation.clock import now
from joldama.procedures import accept

STALLED_AFTER = 60
"""Seconds without a heartbeat after which a job's worker counts as gone."""


@app.periodic(cron="* * * * *")
@app.task(name="sweep_delivered", queueing_lock="sweep_delivered", pass_context=False)
def sweep_delivered(timestamp: int) -> None:
    """Register what was delivered and whose day has opened (A4, A31)."""
    accept.settle_delivered(at=now())


@app.periodic(cron="* * * * *")
@app.task(name="sweep_stalled", queueing_lock="sweep_stalled", pass_context=False)
async def sweep_stalled(timestamp: int) -> None:
    """Put jobs of workers that died back to work."""
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER)
    for job in stalled:
        await app.job_manager.retry_job(job)
