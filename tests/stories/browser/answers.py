"""What an organisation answers, arranged behind the pages that are looked at."""

import json
from collections.abc import Mapping

from tests.stories.browser.house import House

_BEHIND = """
import json
from urllib.parse import urlencode
from joldama.installation.clock import now
from joldama.openings.content import OrganisationSaid
from joldama.openings.models import Organisation
from joldama.openings.operations import confirm_contact, enter_organisation
from joldama.cases.models import Application
from joldama.procedures import issue, letters, reply, withdraw_answer
from joldama.procedures.slip import Slip, record_slip
from joldama.referrals.models import Referral, ReplyCode
referral = Referral.objects.get(application={case!r})
case, at = referral.application, now()
number, by = referral.decision.fields["bin"], case.registered_by
known = Organisation.objects.known_by(number).first() or enter_organisation(
    OrganisationSaid(number=number, name_kk="«Жол» ЖШС", name_ru="ТОО «Жол»"), by=by.actor, at=at)
confirm_contact(known, name="Дәулетова Сәуле", email="kadr@zhol.example", language="kk", by=by, at=at)
letters.send_code(referral, at=at)
today = at.astimezone(case.place.zone).date()
stated = reply.state(referral, Slip(answer=Referral.Answer.NO_SHOW, answered_on=today), at=at)
other = Application.objects.select_related("person", "place", "office", "decision").get(pk={answered!r})
issue.take_from_account(other, by=other.person, at=at)
other = Application.objects.get(pk=other.pk)
record_slip(other, Slip(answer=Referral.Answer.NO_SHOW, answered_on=today), by=by, at=at)
recorded = Referral.objects.get(application=other.pk).slip_recorded_at
withdraw_answer.withdraw(
    Application.objects.get(pk=other.pk), answered_at=recorded, reason="Адам ертеңіне келді.", by=by, at=at)
record_slip(Application.objects.get(pk=other.pk), Slip(answer=Referral.Answer.ACCEPTED, answered_on=today), by=by,
    at=now())
print(json.dumps({{
    "held": urlencode({{"n": referral.number, "d": today, "c": referral.control_code}}),
    "reply_code": str(ReplyCode.objects.get(referral=referral, ended_at=None).pk),
    "reply_stated": str(stated.pk),
}}))
"""
"""Has an organisation's contact confirmed, a one-time code sent to it, and an answer stated by the paper alone.

Of the other case one answer was set aside, and another one stands.
"""


def arrange_answers(house: House, case: str, *, answered: str) -> Mapping[str, str]:
    """Have an answer to a referral that was handed over awaited and stated, and another case answered twice.

    Give the addresses' parts.
    """
    told: dict[str, str] = json.loads(house.behind(_BEHIND.format(case=case, answered=answered)))
    return told
