"""The moves of an application and of a referral, and no other."""

from enum import StrEnum

from govkz.workflow import Move, Workflow
from joldama.standard.roles import Party


class ApplicationState(StrEnum):
    """Where an application stands; overdue is a mark beside the state, never a state."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    REGISTERED = "REGISTERED"
    IN_PROGRESS = "IN_PROGRESS"
    SIGNED = "SIGNED"
    ISSUED = "ISSUED"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"

    @property
    def text_key(self) -> str:
        return f"status.application.{self}"


class ApplicationMove(StrEnum):
    """What happens to an application; the journal names its events so."""

    SUBMIT = "delivered"
    REGISTER = "registered"
    NOT_ACCEPT = "not_accepted"
    REGISTER_AT_COUNTER = "registered_at_counter"
    TAKE = "taken"
    SIGN = "signed"
    REFUSE = "refused"
    ISSUE = "issued"
    GRANT_BY_COURT = "granted_by_court"
    WITHDRAW = "withdrawn"


class ReferralState(StrEnum):
    """Where a referral stands after the head has signed."""

    ISSUED = "ISSUED"
    HANDED_OVER = "HANDED_OVER"
    ACCEPTED_BY_ORGANISATION = "ACCEPTED_BY_ORGANISATION"
    REJECTED_BY_ORGANISATION = "REJECTED_BY_ORGANISATION"
    NO_SHOW = "NO_SHOW"
    EXPIRED = "EXPIRED"
    ANNULLED = "ANNULLED"

    @property
    def text_key(self) -> str:
        return f"status.referral.{self}"


class ReferralMove(StrEnum):
    """What happens to a referral."""

    ISSUE = "issued"
    HAND_OVER = "handed_over"
    ACCEPT = "accepted_by_organisation"
    REJECT = "rejected_by_organisation"
    MARK_NO_SHOW = "no_show"
    REOPEN = "answer_withdrawn"
    EXPIRE = "expired"
    ANNUL = "annulled"


_A = ApplicationState
_AM = ApplicationMove
_R = ReferralState
_RM = ReferralMove
_RECIPIENT = frozenset({Party.RECIPIENT})
_SPECIALIST = frozenset({Party.SPECIALIST})
_SYSTEM = frozenset({Party.SYSTEM})
_SIGNER = frozenset({Party.HEAD, Party.DEPUTY})
# At the counter the act of offering; on the portal the sealed PDF that stands in the account (R4.1-e).
_OFFERING = frozenset({Party.SPECIALIST, Party.SYSTEM})
# At the counter the specialist withdraws on the person's word.
_WITHDRAWING = frozenset({Party.RECIPIENT, Party.SPECIALIST})
# At the counter the specialist hands it over; on the portal the person takes it from the account (A11).
_TAKING = frozenset({Party.SPECIALIST, Party.RECIPIENT})
_ANSWERING = frozenset({Party.ORGANISATION, Party.SPECIALIST})
_ANSWERED = (_R.ACCEPTED_BY_ORGANISATION, _R.REJECTED_BY_ORGANISATION, _R.NO_SHOW)

APPLICATION: Workflow[ApplicationMove, ApplicationState, Party] = Workflow(
    [
        Move(_AM.SUBMIT, _A.DRAFT, _A.SUBMITTED, _RECIPIENT, "9"),
        Move(_AM.REGISTER, _A.SUBMITTED, _A.REGISTERED, _SYSTEM, "8.2"),
        Move(_AM.NOT_ACCEPT, _A.SUBMITTED, _A.NOT_ACCEPTED, _SYSTEM, "9"),
        Move(_AM.REGISTER_AT_COUNTER, None, _A.REGISTERED, _SPECIALIST, "4.1"),
        Move(_AM.TAKE, _A.REGISTERED, _A.IN_PROGRESS, _SPECIALIST, "5"),
        Move(_AM.SIGN, _A.IN_PROGRESS, _A.SIGNED, _SIGNER, "5"),
        Move(_AM.REFUSE, _A.IN_PROGRESS, _A.REFUSED, _SIGNER, "5"),
        Move(_AM.ISSUE, _A.SIGNED, _A.ISSUED, _OFFERING, "4.1"),
        # Its referral was annulled to be corrected, and none may be given any more: it ends with a refusal (R9.3-c).
        *(Move(_AM.REFUSE, state, _A.REFUSED, _SIGNER, "9") for state in (_A.SIGNED, _A.ISSUED)),
        # A court found against the refusal (¶11): the result is given, the refusal stays in the history.
        Move(_AM.GRANT_BY_COURT, _A.REFUSED, _A.ISSUED, _SIGNER, "11"),
        Move(_AM.WITHDRAW, _A.SUBMITTED, _A.WITHDRAWN, _WITHDRAWING, "9"),
        Move(_AM.WITHDRAW, _A.REGISTERED, _A.WITHDRAWN, _WITHDRAWING, "9"),
        Move(_AM.WITHDRAW, _A.IN_PROGRESS, _A.WITHDRAWN, _WITHDRAWING, "9"),
    ],
    initial=[_A.DRAFT],
    final=[_A.ISSUED, _A.REFUSED, _A.NOT_ACCEPTED, _A.WITHDRAWN],
)

REFERRAL: Workflow[ReferralMove, ReferralState, Party] = Workflow(
    [
        Move(_RM.ISSUE, None, _R.ISSUED, _SIGNER, "6"),
        Move(_RM.HAND_OVER, _R.ISSUED, _R.HANDED_OVER, _TAKING, "3"),
        Move(_RM.ACCEPT, _R.HANDED_OVER, _R.ACCEPTED_BY_ORGANISATION, _ANSWERING, "6"),
        Move(_RM.REJECT, _R.HANDED_OVER, _R.REJECTED_BY_ORGANISATION, _ANSWERING, "6"),
        Move(_RM.MARK_NO_SHOW, _R.HANDED_OVER, _R.NO_SHOW, _ANSWERING, "6"),
        # An answer given by mistake is set aside while nothing rests on it, and another one is awaited.
        *(Move(_RM.REOPEN, state, _R.HANDED_OVER, _SPECIALIST, "6") for state in _ANSWERED),
        Move(_RM.EXPIRE, _R.HANDED_OVER, _R.EXPIRED, _SYSTEM, "6"),
        # A result is never changed: it is annulled with a reason, at any time; a new one has a new number.
        *(
            Move(_RM.ANNUL, state, _R.ANNULLED, _SIGNER, "6")
            for state in ReferralState
            if state is not _R.ANNULLED
        ),
    ],
    initial=[_R.ISSUED],
    final=[_R.EXPIRED, _R.ANNULLED],
)

CLOSED_REFERRALS = frozenset({*_ANSWERED, *REFERRAL.final})
"""States in which a referral sends nobody any more."""
