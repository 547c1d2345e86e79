"""How long an errand is tried again while the outside does not answer."""

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

from joldama.registries.ports import RegisterSilent

MOST_ATTEMPTS = 50
LONGEST_PAUSE = 600
"""Seconds between two attempts once the pauses have grown."""

_DOUBLINGS = 9  # 2, 4, 8 … 512, then the longest pause


class Patience(BaseRetryStrategy):
    """Try again after 2, 4, 8 … seconds, at last every ten minutes; give up after about seven hours.

    `most_attempts=None` never gives up. Where a register refuses our message itself, the pause is the
    longest from the start.
    """

    def __init__(self, *, most_attempts: int | None = MOST_ATTEMPTS) -> None:
        self._most_attempts = most_attempts

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Say when to try again; None once the attempts are used up."""
        if self._most_attempts is not None and job.attempts >= self._most_attempts:
            return None
        return RetryDecision(retry_in={"seconds": _pause(exception, job.attempts)})


def _pause(exception: BaseException, attempts: int) -> int:
    refuses_us = isinstance(exception, RegisterSilent) and not exception.may_pass_soon
    if refuses_us or attempts >= _DOUBLINGS:
        return LONGEST_PAUSE
    return int(2 ** (attempts + 1))
