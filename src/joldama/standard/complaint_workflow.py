"""The moves of a complaint, and no other (§4.7, R10.6-a)."""

from enum import StrEnum

from govkz.workflow import Move, Workflow
from joldama.standard.roles import Party


class ComplaintState(StrEnum):
    """Where a complaint stands; overdue is a mark beside the state, never a state.

    *Executed* and *answered* are two marks: the decision is carried out after the answer is given.
    """

    DELIVERED = "DELIVERED"
    REGISTERED = "REGISTERED"
    IN_CONSIDERATION = "IN_CONSIDERATION"
    ANSWERED = "ANSWERED"
    EXECUTED = "EXECUTED"
    CONSIDERATION_REFUSED = "CONSIDERATION_REFUSED"
    FORWARDED = "FORWARDED"
    WITHDRAWN = "WITHDRAWN"

    @property
    def text_key(self) -> str:
        return f"status.complaint.{self}"


class ComplaintMove(StrEnum):
    """What happens to a complaint; the journal names its events so."""

    SEND = "delivered"
    REGISTER = "registered"
    REGISTER_PAPER = "registered_on_paper"
    CONSIDER = "in_consideration"
    ANSWER = "answered"
    EXECUTE = "executed"
    REFUSE = "consideration_refused"
    FORWARD = "forwarded"
    WITHDRAW = "withdrawn"


_C = ComplaintState
_CM = ComplaintMove
_RECIPIENT = frozenset({Party.RECIPIENT})
_CHANCERY = frozenset({Party.CHANCERY})
_ADDRESSEE = frozenset({Party.HEAD, Party.DEPUTY, Party.AKIM, Party.QUALITY_OFFICIAL})
_BODY = _ADDRESSEE | _CHANCERY

COMPLAINT: Workflow[ComplaintMove, ComplaintState, Party] = Workflow(
    [
        Move(_CM.SEND, None, _C.DELIVERED, _RECIPIENT, "10.6"),
        Move(_CM.REGISTER, _C.DELIVERED, _C.REGISTERED, _CHANCERY, "10.3"),
        Move(_CM.REGISTER_PAPER, None, _C.REGISTERED, _CHANCERY, "10.3"),
        Move(_CM.CONSIDER, _C.REGISTERED, _C.IN_CONSIDERATION, _ADDRESSEE, "10.4"),
        Move(_CM.ANSWER, _C.IN_CONSIDERATION, _C.ANSWERED, _ADDRESSEE, "10.6"),
        Move(_CM.EXECUTE, _C.ANSWERED, _C.EXECUTED, _BODY, "10.6"),
        Move(_CM.REFUSE, _C.REGISTERED, _C.CONSIDERATION_REFUSED, _ADDRESSEE, "10.6"),
        Move(_CM.REFUSE, _C.IN_CONSIDERATION, _C.CONSIDERATION_REFUSED, _ADDRESSEE, "10.6"),
        Move(_CM.FORWARD, _C.REGISTERED, _C.FORWARDED, _BODY, "10.6"),
        Move(_CM.FORWARD, _C.IN_CONSIDERATION, _C.FORWARDED, _BODY, "10.6"),
        Move(_CM.WITHDRAW, _C.DELIVERED, _C.WITHDRAWN, _RECIPIENT, "10.6"),
        Move(_CM.WITHDRAW, _C.REGISTERED, _C.WITHDRAWN, _RECIPIENT, "10.6"),
        Move(_CM.WITHDRAW, _C.IN_CONSIDERATION, _C.WITHDRAWN, _RECIPIENT, "10.6"),
    ],
    initial=[_C.DELIVERED, _C.REGISTERED],
    final=[_C.EXECUTED, _C.CONSIDERATION_REFUSED, _C.FORWARDED, _C.WITHDRAWN],
)
