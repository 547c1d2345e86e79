"""Letters to the organisation a person is sent to: the one-time code, the reminder, word that an answer came.

They go to the contact staff confirmed and to nobody else. What they say names no person.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from joldama.cases.models import Application
from joldama.cases.rules import may_ask_about_referral, may_see
from joldama.journal import outbox
from joldama.journal.actors import SYSTEM, Actor
from joldama.notices import operations as ledger
from joldama.notices.models import NoticeKind
from joldama.notices.operations import Said
from joldama.openings.models import Contact, Organisation
from joldama.people.models import Staff
from joldama.procedures.notify import CODE, LINK
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.referrals import codes
from joldama.referrals.models import Referral
from joldama.referrals.replies import Reply, Way
from joldama.standard import words
from joldama.standard.kinds import ResultField, ResultKind
from joldama.standard.workflows import ReferralState

LATE = timedelta(days=7)
"""How long after the last day an answer is still awaited: the slip has to come back within five working days."""

MOST_A_DAY = 3
"""Letters with a code about one referral in a day, for whoever asks on the open page."""


def contact_of(referral: Referral) -> Contact | None:
    """Give the contact staff confirmed for the organisation a referral names by its number."""
    number = referral.decision.fields.get(ResultField.BIN)
    if not number:
        return None
    named = Organisation.objects.known_by(number)
    return (
        Contact.objects.filter(organisation__in=named, ended_at=None).select_related("organisation").first()
    )


def send_first_code(referral: Referral, *, at: datetime) -> None:
    """Send the code of a referral that was just handed over; nothing where no contact is confirmed."""
    contact = contact_of(referral) if ResultKind(referral.kind).is_referral else None
    if contact is not None:
        _send(referral, contact, NoticeKind.REPLY_ASKED, by=SYSTEM, at=at)


def send_reminder(referral: Referral, *, at: datetime) -> None:
    """Send a new code before the last day, where nobody has answered and a contact is confirmed."""
    contact = contact_of(referral)
    if contact is not None and referral.slip_answer is None:
        _send(referral, contact, NoticeKind.REPLY_REMINDED, by=SYSTEM, at=at)


@transaction.atomic
def send_code(referral: Referral, *, by: Actor = SYSTEM, at: datetime, is_limited: bool = True) -> None:
    """Send a new code; the one before it opens nothing any more.

    Raises NotYet where no contact is confirmed, or too many letters went within a day.
    """
    Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    contact = contact_of(referral)
    if contact is None:
        raise NotYet("reply.no_contact")
    if is_limited and codes.made_since(referral, at - timedelta(days=1)) >= MOST_A_DAY:
        raise NotYet("reply.letters_enough")
    _send(referral, contact, NoticeKind.REPLY_ASKED, by=by, at=at)


def send_code_again(application: Application, *, by: Staff, at: datetime) -> None:
    """Send a new code because a specialist wishes it. Raises NotAllowed, and NotYet as `send_code`."""
    referral = getattr(application.decision, "referral", None)
    if not may_see(by, application) or not may_ask_about_referral(by, application):
        raise NotAllowed
    if referral is None or referral.state not in (ReferralState.HANDED_OVER, ReferralState.EXPIRED):
        raise NotYet("reply.not_given", number="", phone="")
    send_code(referral, by=by.actor, at=at, is_limited=False)


def tell_of_reply(reply: Reply, *, at: datetime) -> None:
    """Tell the confirmed contact that an answer was taken in the organisation's name, by code or EDS."""
    contact = reply.code.contact if reply.code is not None else contact_of(reply.referral)
    if contact is None:
        return
    values = {"way": words.say(Way(reply.way).text_key, contact.language)}
    _write(reply.referral, contact, NoticeKind.REPLY_TAKEN, values, about=reply.pk, at=at)


def _send(referral: Referral, contact: Contact, kind: NoticeKind, *, by: Actor, at: datetime) -> None:
    assert referral.valid_until_on is not None
    zone = referral.application.place.zone
    over_on = referral.valid_until_on + LATE + timedelta(days=1)
    over_at = datetime.combine(over_on, time(0), tzinfo=zone).astimezone(UTC)
    made = codes.make_code(referral, contact, expires_at=max(over_at, at + LATE), by=by, at=at)
    values = {"valid_until_on": referral.valid_until_on, "code": CODE}
    _write(referral, contact, kind, values, about=made.pk, at=at)


def _write(
    referral: Referral,
    contact: Contact,
    kind: NoticeKind,
    values: dict[str, Any],
    *,
    about: UUID,
    at: datetime,
) -> None:
    spoken, application = contact.language, referral.application
    phones = application.place.phones or application.office.phones
    values |= {
        "number": referral.number,
        "link": LINK,
        "office": application.office.name(spoken),
        "phone": phones[0] if phones else "",
    }
    parts = (
        words.say("notice.greeting", spoken),
        words.say(f"letter.{kind.value}", spoken, **values),
        words.say("letter.footer", spoken, **values),
    )
    said = Said(
        kind=kind,
        about=about,
        language=spoken,
        subject=words.say(f"letter.{kind.value}.subject", spoken, number=referral.number),
        body="\n\n".join(parts) + "\n",
    )
    notice = ledger.write_to_organisation(said, address=contact.email, at=at)
    if notice is not None:
        outbox.send_notice(notice.pk)
