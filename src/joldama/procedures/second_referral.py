"""One referral of a kind at a time: a second one waits until the first is closed (§3.6)."""

from datetime import datetime

from django.conf import settings

from joldama.cases.models import Application, Decision
from joldama.people.models import Person
from joldama.procedures.refusing import NotYet
from joldama.referrals.models import Referral
from joldama.standard.kinds import ResultKind


def hold_person(application: Application) -> None:
    """Hold the person of a case until the transaction ends; from now on he is known here as he stands.

    Two cases of one person wait for one another.
    """
    held = Person.objects.select_for_update(of=("self",))
    application.person = held.get(pk=application.person_id)


def check_no_other_open(application: Application, kind: ResultKind, *, at: datetime) -> None:
    """Raise NotYet while the person has an open referral of this kind, or one that is held back; see the setting.

    Call it once the person is held (`hold_person`), in the transaction of what is written.
    """
    if settings.JOLDAMA_SECOND_REFERRALS:
        return
    earlier = other_open(application, kind, at=at)
    if earlier is not None:
        raise NotYet("error.second_referral", number=earlier.number)


def other_open(application: Application, kind: ResultKind, *, at: datetime) -> Referral | Decision | None:
    """Give the person's referral of a kind that is open, or a decision on one that is held back; it has a number."""
    local_day = at.astimezone(application.place.zone).date()
    active = Referral.objects.active(application.person, kind, on=local_day).only("number")
    earlier: Referral | None = active.order_by("issued_at").first()
    if earlier is not None:
        return earlier
    held = Decision.objects.filter(
        recall__ended_at=None, application__person=application.person_id, kind=kind
    )
    return held.exclude(recall=None).exclude(application=application.pk).only("number").first()
