"""What holds when a referral is drafted, and still when it is signed: what is known of the person may change."""

from joldama.cases.models import Application, Decision, Outcome
from joldama.procedures.court import carried_out
from joldama.procedures.offer import check_eligible
from joldama.procedures.refusing import NotYet
from joldama.registries.models import Outcome as RegisterSaid
from joldama.registries.queries import outcome_about
from joldama.standard.channels import Channel
from joldama.standard.grounds import Ground, Tier, grounds
from joldama.standard.kinds import ResultKind


def check_may_be_granted(application: Application, kind: ResultKind, *, although: str) -> None:
    """Hold that a referral of a kind may be given to the person of a case.

    Raise NotYet while the state register has denied the identity data, when only a refusal is possible (R9.3-c);
    where a condition is not met; and where one is not known and nothing is said to it: `although` (A39). A court
    that found against a refusal binds the office: none of it holds up what was asked for (¶11).
    """
    if is_owed_by_court(application, kind):
        return
    if is_denied(application) and carried_out(application) is None:
        raise NotYet("error.data_not_confirmed")
    check_eligible(application, kind, although=although)


def is_owed_by_court(application: Application, kind: ResultKind) -> bool:
    """Say whether a kind is what was asked for, and a court found against its refusal (¶11)."""
    return kind == application.kind and carried_out(application) is not None


def check_still_granted(application: Application, decision: Decision) -> None:
    """Hold it of a draft that is read or signed now; a refusal needs nothing of it. Raise NotYet."""
    if decision.outcome == Outcome.GRANT:
        kind = ResultKind(decision.kind or "")
        check_may_be_granted(application, kind, although=decision.although or "")


def grounds_open(application: Application) -> tuple[Ground, ...]:
    """Give the grounds on which the case may be refused now, in their order (A13).

    In the place of a referral that was annulled to be corrected a result is still owed, so none that speaks of kinds
    and places: only what bars any result, the identity data as long as the register denies them (R9.3-c). None at
    all where a court found against a refusal (¶11).
    """
    possible = grounds(Tier.REFUSED, Channel(application.channel))
    if application.correction_asked_at is None:
        return possible
    if carried_out(application) is not None:
        return ()
    barring = (one for one in possible if not one.basis.offers_other_kinds)
    return tuple(one for one in barring if one is not Ground.DATA_NOT_CONFIRMED or is_denied(application))


def is_denied(application: Application) -> bool:
    """Say whether the register answered otherwise than that it confirms the identity data."""
    return outcome_about(application.pk) not in (None, "", RegisterSaid.CONFIRMED)
