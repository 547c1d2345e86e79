"""A result that is wrong is annulled with a reason; a corrected one has a number of its own (R6.2-b)."""

from datetime import datetime

from django.db import transaction

from joldama.cases.models import Application
from joldama.cases.operations import SomebodyWasFaster, ask_correction
from joldama.cases.rules import may_annul, may_see
from joldama.journal import outbox
from joldama.people.models import Staff
from joldama.people.rules import may_sign_for_office
from joldama.procedures import notify
from joldama.procedures.refusing import NotAllowed
from joldama.referrals import operations as referrals
from joldama.referrals.queries import referral_of
from joldama.registries.queries import inquiry_about
from joldama.standard.workflows import ApplicationState


def must_be_corrected(application: Application) -> bool:
    """Say whether the person is still owed a result: this one was signed, and not yet offered."""
    return application.state == ApplicationState.SIGNED


@transaction.atomic
def annul(application: Application, *, reason: str, with_correction: bool, by: Staff, at: datetime) -> None:
    """Annul the result that stands; with a correction, the case awaits a new draft.

    An act of the head or his deputy by order, kept in the journal. Raises NotAllowed for anybody else,
    SomebodyWasFaster where nothing stands that could be annulled.
    """
    case = Application.objects.select_for_update(of=("self",)).select_related("place").get(pk=application.pk)
    on = at.astimezone(case.place.zone).date()
    if not may_see(by, case) or not may_sign_for_office(by, case.office_id, on=on):
        raise NotAllowed
    referral = referral_of(case)
    if referral is None or not may_annul(by, case, on=on):
        raise SomebodyWasFaster(case)
    is_corrected = with_correction or must_be_corrected(case)
    referrals.annul(referral, reason=reason, by=by, at=at, is_corrected=is_corrected)
    notify.tell_of_annulment(referral, at=at)
    if is_corrected:
        ask_correction(case, at=at)
        _ask_on(case)


def _ask_on(case: Application) -> None:
    """Have a register that never answered asked again: its answer is of use once more."""
    inquiry = inquiry_about(case.pk)
    if inquiry is not None and inquiry.answered_at is None:
        outbox.ask_register(inquiry.pk)
