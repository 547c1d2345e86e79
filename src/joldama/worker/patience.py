"""How long an errand is tried again while the outside does not answer."""

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

MOST_ATTEMPTS = 50
LONGEST_PAUSE = 600
"""Seconds between two attempts once the pauses have grown."""


class Patience(BaseRetryStrategy):
    """Try again after 2, 4, 8 … seconds, at last every ten minutes; give up after about seven hours."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Say when to try again; None once the attempts are used up."""
        if job.attempts >= MOST_ATTEMPTS:
            return None
        return RetryDecision(retry_in={"seconds": min(2 ** (job.attempts + 1), LONGEST_PAUSE)})
