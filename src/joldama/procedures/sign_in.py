"""A person signs in with his EDS: a document of its own purpose, bound to a nonce, single use (A37)."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from joldama.journal import outbox
from joldama.journal.actors import SYSTEM
from joldama.journal.operations import record
from joldama.people.models import Account, Person
from joldama.people.operations import account_of, end_sessions, remember_person
from joldama.procedures.refused_signature import SignatureRefused, other_document, refusal_of
from joldama.signatures.judging import Verdict, judge_again, judge_person, person_policy
from joldama.signatures.models import Purpose, Signature, Status
from joldama.signatures.operations import SignedBefore, keep, rejudge
from joldama.standard.names import PersonName
from joldama.standard.papers import NotThisPaper, SignInPaper

VALID_FOR = timedelta(minutes=5)
"""How long a sign-in document may be signed (A37)."""

SESSION_LASTS = timedelta(hours=12)
"""How long a session may run (SESSION_COOKIE_AGE)."""

KEPT_FOR = timedelta(minutes=4)
"""How long a page that is opened anew shows the same document: who signs in a program of his own leaves the
page and comes back to it. The minute that is left is for those who begin to sign only then."""


def challenge(*, origin: str, at: datetime, kept: bytes = b"") -> bytes:
    """Make the document to sign, or give the `kept` one while it is new; the session it is bound to keeps it."""
    return kept if _is_new(kept, at=at) else _made(origin=origin, at=at)


def check(cms: bytes, *, expected: bytes, at: datetime) -> Verdict:
    """Give the verdict on a signature of `expected` that signs in; raise Refused.

    Revocation that cannot be known now does not keep a person out of his own account; everything else must
    have passed. The centre is asked; until it answers the account shows nothing that it holds (`is_unchecked`),
    and where it says that the key was revoked, every session ends.
    """
    verdict = judge_person(cms, at=at)
    if verdict.content is None or not (
        verdict.status == Status.PASSED or verdict.is_waiting_for_revocation_only
    ):
        raise refusal_of(verdict, Purpose.SIGN_IN)
    if verdict.content != expected or not verdict.signer_iin:
        raise other_document(Purpose.SIGN_IN)
    _check_paper(verdict.content, at=at)
    return verdict


def sign_in(cms: bytes, *, expected: bytes, at: datetime, received_at: datetime | None = None) -> Account:
    """Give the account of the person who signed `expected`; raise Refused as `check` does.

    `received_at` is the moment the signature came, where that was earlier than the session asks.
    """
    verdict = check(cms, expected=expected, at=received_at or at)
    signer = verdict.report.signers[0]
    with transaction.atomic():
        person = remember_person(verdict.signer_iin, name=_name(signer.name or ""))
        try:
            signature = keep(cms, verdict, purpose=Purpose.SIGN_IN, subject=person.pk, at=at)
        except SignedBefore as error:
            raise other_document(Purpose.SIGN_IN) from error
        if verdict.status == Status.INDETERMINATE:
            outbox.check_signature(signature.pk)
        record("person.signed_in", subject=person.pk, by=person.actor, at=at)
        return account_of(person)


def is_unchecked(person: Person, *, at: datetime) -> bool:
    """Say whether a sign-in of this person, whose session may still run, is being checked (A31)."""
    open_ones = Signature.objects.filter(
        purpose=Purpose.SIGN_IN, subject=person.pk, status=Status.INDETERMINATE
    )
    return open_ones.filter(received_at__gte=at - SESSION_LASTS).exists()


@transaction.atomic
def look_again(signature: Signature, *, at: datetime) -> None:
    """Judge a waiting sign-in again; a key that turns out to have been revoked opens nothing any longer."""
    verdict = judge_again(signature, policy=person_policy())
    if verdict.status == Status.INDETERMINATE or not rejudge(signature, verdict, at=at):
        return
    if verdict.status == Status.FAILED:
        person = Person.objects.get(pk=signature.subject)
        end_sessions(person)
        record("person.sign_in_failed", subject=person.pk, by=SYSTEM, at=at)


def _is_new(document: bytes, *, at: datetime) -> bool:
    try:
        paper = SignInPaper.from_xml(document)
    except NotThisPaper:
        return False
    return paper.at <= at <= paper.at + KEPT_FOR


def _made(*, origin: str, at: datetime) -> bytes:
    return SignInPaper(origin=origin, nonce=secrets.token_urlsafe(24), at=at).to_xml()


def _check_paper(content: bytes, *, at: datetime) -> None:
    try:
        paper = SignInPaper.from_xml(content)
    except NotThisPaper as error:
        raise other_document(Purpose.SIGN_IN) from error
    if not paper.at <= at <= paper.at + VALID_FOR:
        raise SignatureRefused("signature.sign_in_late", minutes=VALID_FOR // timedelta(minutes=1))


def _name(signer: str) -> PersonName:
    """Read «SURNAME NAME PATRONYMIC» as certificates give it."""
    surname, _, rest = signer.partition(" ")
    given_name, _, patronymic = rest.partition(" ")
    return PersonName(surname=surname.title(), given_name=given_name.title(), patronymic=patronymic.title())
