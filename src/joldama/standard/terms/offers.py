"""Until when an offer of other kinds is waited for (A39)."""

from datetime import datetime, timedelta

from joldama.standard.channels import Channel

ANSWERED_AHEAD = timedelta(hours=2)
"""Working hours before the result is due. A term of the portal ends at closing, after a stretch of three hours."""


def answer_until(due_at: datetime, *, channel: Channel, offered_at: datetime) -> datetime:
    """Give the moment from which an unanswered offer no longer holds a refusal up.

    An offer stops no clock; at the counter the person is asked on the spot.
    """
    return offered_at if channel is Channel.PROVIDER else max(offered_at, due_at - ANSWERED_AHEAD)
