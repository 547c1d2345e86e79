"""Reads referrals."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models

from joldama.cases.models import Application
from joldama.people.models import Person
from joldama.standard.kinds import ResultKind
from joldama.standard.workflows import CLOSED_REFERRALS, ReferralState

_OPEN = (ReferralState.ISSUED, ReferralState.HANDED_OVER)
_EASTERNMOST = timedelta(hours=14)
"""No place on Earth is further ahead of UTC."""


class Referrals(models.QuerySet[Any]):  # of Referral, whose module imports this one
    """Referrals, asked in the words of the service."""

    def active(self, person: Person, kind: ResultKind, *, on: date) -> "Referrals":
        """Keep the person's referrals of a kind that are open on a day of the place (§3.6: one at a time).

        A record of guidance sends nobody anywhere, so none is ever open (A9). One that nobody collected
        stands in nobody's way after its last day, though only a handed-over one is marked expired (§4.7).
        """
        if not kind.is_referral:
            return self.none()
        found = self.filter(application__person=person, kind=kind, valid_until_on__gte=on)
        return found.exclude(state__in=CLOSED_REFERRALS)

    def past_last_day(self, at: datetime) -> list[Any]:
        """Give the handed-over referrals whose last day is over at their place, the oldest first.

        One whose answer came in time waits until it is known whether the answer's key was revoked (A31).
        """
        return self.filter(state=ReferralState.HANDED_OVER).unanswered()._past_last_day(at)

    def unanswered(self) -> "Referrals":
        """Keep those of which no signed answer came whose key is still being checked (A31)."""
        return self.exclude(replies__outcome="waiting")

    def uncollected_past_last_day(self, at: datetime) -> list[Any]:
        """Give those that nobody collected by their last day and that still hold a place of an opening."""
        holding = {"decision__reservations__isnull": False, "decision__reservations__freed_at": None}
        return self.filter(state=ReferralState.ISSUED, **holding)._past_last_day(at)

    def _past_last_day(self, at: datetime) -> list[Any]:
        latest_day = (at + _EASTERNMOST).date()
        found = self.filter(valid_until_on__lt=latest_day)
        rows = found.select_related("application__place", "decision").order_by("valid_until_on", "id")
        return [one for one in rows if one.valid_until_on < _local_day(one, at)]

    def to_remind_of(self, at: datetime, *, within: timedelta) -> list[Any]:
        """Give the open referrals nobody was reminded of whose last day comes within some days."""
        open_ones = self.filter(state__in=_OPEN, reminded_at=None)
        earliest, latest = (at - _EASTERNMOST).date(), (at + within + _EASTERNMOST).date()
        found = open_ones.filter(valid_until_on__gte=earliest, valid_until_on__lte=latest)
        rows = found.select_related("application__place", "application__office", "application__person")
        return list(rows.select_related("decision").order_by("valid_until_on", "id"))


def _local_day(referral: Any, at: datetime) -> date:
    return at.astimezone(referral.application.place.zone).date()


def referral_of(application: Application) -> Any:
    """Give the referral of the decision that stands; None where there is none, or a draft stands."""
    return getattr(application.decision, "referral", None)


def held_referral(application: Application) -> Any:
    """Give the referral the person holds: until a corrected one is signed, the annulled one (R6.2-b)."""
    if application.correction_asked_at is not None:
        # None after a refusal, which a court may have found against.
        return application.referrals.select_related("decision").order_by("issued_at").last()
    return referral_of(application)
