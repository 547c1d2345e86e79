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
from joldama.procedures import letters, reply
from joldama.procedures.slip import Slip
from joldama.referrals.models import Referral, ReplyCode
referral = Referral.objects.get(application={case!r})
case, at = referral.application, now()
number, by = referral.decision.fields["bin"], case.registered_by
known = Organisation.objects.filter(bin=number).first() or enter_organisation(
    OrganisationSaid(bin=number, name_kk="«Жол» ЖШС", name_ru="ТОО «Жол»"), by=by.actor, at=at)
confirm_contact(known, name="Дәулетова Сәуле", email="kadr@zhol.example", language="kk", by=by, at=at)
letters.send_code(referral, at=at)
today = at.astimezone(case.place.zone).date()
stated = reply.state(referral, Slip(answer=Referral.Answer.NO_SHOW, answered_on=today), at=at)
print(json.dumps({{
    "held": urlencode({{"n": referral.number, "d": today, "c": referral.control_code}}),
    "reply_code": str(ReplyCode.objects.get(referral=referral, ended_at=None).pk),
    "reply_stated": str(stated.pk),
}}))
"""
"""Has an organisation's contact confirmed, a one-time code sent to it, and an answer stated by the paper alone."""


def arrange_answers(house: House, case: str) -> Mapping[str, str]:
    """Have an answer to a referral that was handed over awaited and stated; give the addresses' parts."""
    told: dict[str, str] = json.loads(house.behind(_BEHIND.format(case=case)))
    return told
