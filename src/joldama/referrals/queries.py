"""Reads referrals."""

from typing import Any

from django.db import models

from joldama.cases.models import Application
from joldama.people.models import Person
from joldama.standard.kinds import ResultKind
from joldama.standard.workflows import REFERRAL


class Referrals(models.QuerySet[Any]):  # of Referral, whose module imports this one
    """Referrals, asked in the words of the service."""

    def active(self, person: Person, kind: ResultKind) -> "Referrals":
        """Keep the person's referrals of a kind that are not closed (§3.6: one at a time).

        A record of guidance sends nobody anywhere, so none is ever open (A9).
        """
        if not kind.is_referral:
            return self.none()
        return self.filter(application__person=person, kind=kind).exclude(state__in=REFERRAL.final)


def referral_of(application: Application) -> Any:
    """Give the referral of the decision that stands; None where there is none, or a draft stands."""
    return getattr(application.decision, "referral", None)
