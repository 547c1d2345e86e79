"""A person is told that something happened to his case or complaint, and where to look (R5.1-b).

A notice is written in the transaction of what it tells of, and one errand left to send it. Whoever left no
contact is told nothing; what is said holds no more than that something happened.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from joldama.cases.models import Application
from joldama.complaints.models import Complaint
from joldama.journal import outbox
from joldama.journal.actors import Actor
from joldama.notices import operations as ledger
from joldama.notices.models import Notice, NoticeKind, Outcome
from joldama.notices.operations import Said
from joldama.notices.queries import contact_of
from joldama.people.models import Person, Staff
from joldama.procedures.refusing import NotAllowed
from joldama.referrals import codes
from joldama.referrals.models import Referral
from joldama.standard import words
from joldama.standard.roles import Role
from joldama.standard.workflows import ApplicationState

_FORM = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
"""Tells an address from a telephone; pages check its form as Django does."""

LINK = "{link}"
"""Stands in the words of a notice for the page they lead to, which the worker knows."""

CODE = "{code}"
"""Stands in the words of a letter for its one-time code, which is put in when it goes and then forgotten."""


class BeingSent(Exception):
    """Another attempt is running: look again later."""


@dataclass(frozen=True, kw_only=True)
class Happened:
    """What a notice tells of: `key` is of its words, `values` are theirs, `number` stands in its subject."""

    kind: NoticeKind
    about: UUID
    number: str
    language: str
    key: str
    values: dict[str, Any]
    mark: str = ""


def tell(person: Person, happened: Happened, *, at: datetime) -> None:
    """Write a notice and leave its errand; nothing where the person left no contact, or was told before.

    Call it in the transaction of what happened. `values` hold no personal data: what is said may be read
    by whoever reads the mailbox.
    """
    contact = contact_of(person)
    if contact is None:
        return
    spoken = happened.language
    parts = (
        words.say("notice.greeting", spoken),
        words.say(happened.key, spoken, number=happened.number, link=LINK, **happened.values),
        words.say("notice.footer", spoken),
    )
    said = Said(
        kind=happened.kind,
        about=happened.about,
        mark=happened.mark,
        language=spoken,
        subject=words.say("notice.subject", spoken, number=happened.number),
        body="\n\n".join(parts) + "\n",
    )
    notice = ledger.write(said, to=contact, at=at)
    if notice is not None:
        outbox.send_notice(notice.pk)


def tell_of_acceptance(application: Application, *, at: datetime) -> None:
    """Tell that an application is registered, or that it waits for the office's day (¶8)."""
    zone = application.place.zone
    due_at = application.due_at.astimezone(zone)
    if application.state == ApplicationState.SUBMITTED:
        assert application.submitted_at is not None
        values = {
            "submitted_at": application.submitted_at.astimezone(zone),
            "accept_at": application.accepted_at.astimezone(zone),
            "due_at": due_at,
        }
        _tell_of(application, NoticeKind.APPLICATION_WAITS, "notice.application_waits.email", values, at=at)
        return
    assert application.registered_at is not None
    values = {"registered_at": application.registered_at.astimezone(zone), "due_at": due_at}
    key = "notice.application_registered.email"
    _tell_of(application, NoticeKind.APPLICATION_REGISTERED, key, values, at=at)


def tell_of_non_acceptance(application: Application, *, at: datetime) -> None:
    """Tell that a delivered application was not accepted after all (A31); why stands in the account only."""
    key = "notice.application_not_accepted.email"
    values = {"not_accepted_at": at.astimezone(application.place.zone)}
    _tell_of(application, NoticeKind.APPLICATION_NOT_ACCEPTED, key, values, at=at)


def tell_of_result(application: Application, *, at: datetime) -> None:
    """Tell that the result is issued; whoever was advised, and sent to no organisation, is told it is ready."""
    decision = application.decision
    assert decision is not None
    zone = application.place.zone
    referral: Referral | None = getattr(decision, "referral", None)
    key, values = "notice.result_issued.sms", dict[str, Any]()
    if referral is not None and referral.valid_until_on is not None:
        key = "notice.result_issued.email"
        values = {"issued_at": at.astimezone(zone), "valid_until_on": referral.valid_until_on}
    mark = str(decision.pk)
    _tell_of(application, NoticeKind.RESULT_ISSUED, key, values, at=at, mark=mark)


def tell_of_refusal(application: Application, *, at: datetime) -> None:
    """Tell that a decision was taken; why stands in the personal account only."""
    values = {"decided_at": at.astimezone(application.place.zone)}
    _tell_of(application, NoticeKind.RESULT_REFUSED, "notice.result_refused.email", values, at=at)


def tell_of_annulment(referral: Referral, *, at: datetime) -> None:
    """Tell that a referral has changed; the reason stands in the personal account only (R6.2-b)."""
    key = "notice.referral_annulled.sms"
    _tell_of_referral(referral, NoticeKind.REFERRAL_ANNULLED, key, {}, at=at)


def tell_of_answer(referral: Referral, *, at: datetime) -> None:
    """Tell that the organisation has answered; what, and how it came, stands in the personal account."""
    before = referral.withdrawn_answers.order_by("withdrawn_at").last()
    key, again = "notice.referral_answered", f"after {before.pk.hex}" if before else ""
    _tell_of_referral(referral, NoticeKind.REFERRAL_ANSWERED, key, {}, mark=again, at=at)


def tell_of_withdrawn_answer(referral: Referral, aside: UUID, *, at: datetime) -> None:
    """Tell that the organisation's answer was set aside, and another one is awaited."""
    key = "notice.referral_answer_withdrawn"
    _tell_of_referral(referral, NoticeKind.REFERRAL_ANSWERED, key, {}, mark=str(aside), at=at)


def tell_of_last_day(referral: Referral, *, at: datetime) -> None:
    """Remind of the last day of a referral (§3.6)."""
    phones = referral.application.place.phones or referral.application.office.phones
    values = {"valid_until_on": referral.valid_until_on, "phone": phones[0] if phones else ""}
    key = "notice.referral_expiring.email"
    _tell_of_referral(referral, NoticeKind.REFERRAL_EXPIRING, key, values, at=at)


def tell_of_complaint(complaint: Complaint, *, at: datetime) -> None:
    """Tell that a complaint has a new mark, once for each (R10.7-a); which one stands in the account."""
    if complaint.person is None:
        return
    happened = Happened(
        kind=NoticeKind.COMPLAINT_MARK,
        about=complaint.pk,
        mark=complaint.state,
        number=complaint.number or complaint.reference,
        language=complaint.language,
        key="notice.complaint_mark.sms",
        values={},
    )
    tell(complaint.person, happened, at=at)


def claim(notice_id: UUID, *, at: datetime) -> Notice | None:
    """Begin to send a notice; None where it has ended. Raise BeingSent while another attempt runs."""
    notice = Notice.objects.get(pk=notice_id)
    if notice.outcome != Outcome.WAITING:
        return None
    if not ledger.claim(notice, at=at):
        raise BeingSent
    notice.refresh_from_db()
    return notice


def end(notice: Notice, outcome: Outcome, *, at: datetime) -> None:
    """Write down how a notice ended; a one-time code is known to nobody here from then on."""
    ledger.end(notice, outcome, at=at)
    if NoticeKind(notice.kind).has_code:
        codes.forget_code(notice.about)


def note_silence(notice: Notice, *, is_last: bool, at: datetime) -> None:
    """An attempt failed: the notice waits for the next one, or was tried for the last time."""
    if is_last:
        end(notice, Outcome.GIVEN_UP, at=at)
    else:
        ledger.let_wait(notice)


@transaction.atomic
def set_contact(person: Person, email: str, *, by: Person | Staff, at: datetime) -> None:
    """Keep where a person wishes to be told: his own word, or said at the counter. Raise NotAllowed."""
    _may_set(person, by)
    ledger.set_contact(person, email, by=by.actor, at=at)


@transaction.atomic
def remove_contact(person: Person, *, by: Person | Staff, at: datetime) -> None:
    """Forget where a person wished to be told. Raise NotAllowed."""
    _may_set(person, by)
    ledger.remove_contact(person, by=by.actor, at=at)


def take_over_contact(person: Person, email: str, *, by: Actor, at: datetime) -> None:
    """Keep the e-mail address an application names; nothing where it is the known one, or a telephone."""
    if _FORM.fullmatch(email) is None:
        return
    contact = contact_of(person)
    if contact is None or contact.email != email:
        ledger.set_contact(person, email, by=by, at=at)


def _may_set(person: Person, by: Person | Staff) -> None:
    if isinstance(by, Person):
        if by.pk != person.pk:
            raise NotAllowed
    elif by.role != Role.SPECIALIST or not Application.objects.visible_to(by).of(person).exists():
        raise NotAllowed


def _tell_of_referral(
    referral: Referral,
    kind: NoticeKind,
    key: str,
    values: dict[str, Any],
    *,
    mark: str = "",
    at: datetime,
) -> None:
    """Tell once; of what may come again about one referral, once for each `mark`."""
    application = referral.application
    happened = Happened(
        kind=kind,
        about=application.pk,
        mark=mark or str(referral.pk),
        number=referral.number,
        language=application.language,
        key=key,
        values=values,
    )
    tell(application.person, happened, at=at)


def _tell_of(
    application: Application,
    kind: NoticeKind,
    key: str,
    values: dict[str, Any],
    *,
    at: datetime,
    mark: str = "",
) -> None:
    happened = Happened(
        kind=kind,
        about=application.pk,
        mark=mark,
        number=application.number or application.reference,
        language=application.language,
        key=key,
        values=values,
    )
    tell(application.person, happened, at=at)
