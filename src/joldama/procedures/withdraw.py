"""A person takes his application back; at the counter on his word."""

from datetime import datetime

from django.db import transaction

from joldama.cases.models import Application
from joldama.cases.operations import SomebodyWasFaster, move
from joldama.cases.recalling import end_of_case
from joldama.cases.rules import may_see, may_withdraw, may_withdraw_on_word
from joldama.people.models import Person, Staff
from joldama.procedures.refusing import NotAllowed
from joldama.referrals.models import Freed
from joldama.referrals.reserving import free_case
from joldama.standard.workflows import ApplicationMove


@transaction.atomic
def withdraw(application: Application, *, by: Person, at: datetime) -> None:
    """Close a case at its person's wish; raise SomebodyWasFaster once it is decided."""
    if application.person_id != by.pk:
        raise NotAllowed
    if not may_withdraw(by, application):
        raise SomebodyWasFaster(application)
    move(application, ApplicationMove.WITHDRAW, by=by.actor, at=at, withdrawn_at=at)
    end_of_case(application, at=at)
    free_case(application, why=Freed.WITHDRAWN, at=at, by=by.actor)


@transaction.atomic
def withdraw_on_word(application: Application, *, by: Staff, at: datetime) -> None:
    """Close a case at the counter on the person's word."""
    if not may_see(by, application):
        raise NotAllowed
    if not may_withdraw_on_word(by, application):
        raise SomebodyWasFaster(application)
    move(application, ApplicationMove.WITHDRAW, by=by.actor, at=at, withdrawn_at=at)
    end_of_case(application, at=at)
    free_case(application, why=Freed.WITHDRAWN, at=at, by=by.actor)
