"""The main job's steps for tests that begin in the middle."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from govkz.eds import Role
from joldama.cases.models import Application, Decision, Draft
from joldama.demo.people import demo_people
from joldama.people.models import Staff
from joldama.procedures import accept, apply, decide, issue, prepare
from joldama.procedures.accept import Intake
from joldama.procedures.apply import Answers
from joldama.standard.channels import IssueForm
from joldama.standard.documents import DocumentKind, Holder
from joldama.standard.kinds import ResultField, ResultKind
from tests.factories import pki, world
from tests.factories.world import World

ORIGIN = "http://localhost:8000"
MONDAY_TEN = datetime(2015, 9, 14, 4, 0, tzinfo=UTC)
"""10:00 in Astana, which was at UTC+6 then."""

FIELDS = {
    ResultField.ORGANISATION: "«Жол» ЖШС",
    ResultField.BIN: "140940311897",
    ResultField.WORKPLACE_ADDRESS: "Астана қаласы, Сарыарқа даңғылы, 1",
    ResultField.OCCUPATION: "қоймашы",
}

ALTHOUGH = "Тіркелім әлі жауап бермеді; адам жұмыс іздеп жүр."
"""Why a referral is given although a condition of its kind is not known."""


def filled_draft(at_world: World, *, at: datetime = MONDAY_TEN, **answers: Any) -> Draft:
    """A draft of a citizen with an ID card, ready to be checked and signed."""
    person = world.applicant("citizen-card")
    draft = apply.start(by=person, at=at)
    given = {
        "office": at_world.office.pk,
        "kind": ResultKind.PUBLIC_WORKS,
        "document_kind": DocumentKind.ID_CARD_KZ,
        "document_number": "041234567",
        "is_oralman": False,
        "issue_form": IssueForm.BOTH,
    }
    apply.save(draft, Answers(**{**given, **answers}), at=at)
    return draft


def document_of(draft: Draft, *, at: datetime = MONDAY_TEN) -> bytes:
    """The bytes the person reads and signs."""
    return apply.render(draft, origin=ORIGIN, language="kk", at=at)


def sent(at_world: World, *, at: datetime = MONDAY_TEN, **answers: Any) -> Application:
    """An application signed and sent on the portal."""
    draft = filled_draft(at_world, at=at, **answers)
    cms = pki.person(draft.person.iin).sign(document_of(draft, at=at), at=at)
    return accept.accept_application(draft, cms, by=draft.person, at=at)


def intake(**changes: Any) -> Intake:
    """What a specialist reads off a citizen's ID card."""
    citizen = demo_people().applicant("citizen-card")
    read = {
        "key": uuid4(),
        "iin": citizen.iin,
        "name": citizen.name,
        "holder": Holder.CITIZEN,
        "document_kind": DocumentKind.ID_CARD_KZ,
        "document_number": citizen.document_number,
        "document_valid_until": citizen.document_valid_until,
        "kind": ResultKind.JOB_PLACEMENT,
    }
    return Intake(**{**read, **changes})


def walked_in(at_world: World, *, at: datetime = MONDAY_TEN, **changes: Any) -> Application:
    """A person registered at the counter."""
    return accept.register_walk_in(intake(**changes), place=at_world.place, by=at_world.specialist, at=at)


def drafted(at_world: World, application: Application, *, at: datetime = MONDAY_TEN) -> Decision:
    """A case taken and its referral drafted."""
    prepare.take(application, by=at_world.specialist, at=at)
    return prepare.draft_referral(
        application,
        kind=ResultKind(application.kind),
        fields=FIELDS,
        although=ALTHOUGH,
        by=at_world.specialist,
        at=at,
    )


def signed(
    at_world: World, application: Application, *, at: datetime = MONDAY_TEN, by: Staff | None = None
) -> Decision:
    """A drafted decision signed by the head, or by whom is named."""
    official = by or at_world.head
    document = decide.render(application, by=official, at=at).document
    role = Role.HEAD if official == at_world.head else Role.SIGNATORY
    cms = pki.official(official.iin, at_world.office.bin, role=role).sign(document, at=at)
    return decide.sign(application, cms, by=official, at=at)


def sealed(decision: Decision, *, at: datetime = MONDAY_TEN) -> None:
    """Its papers, as if they had been made."""
    issue.keep_unsealed(decision, issue.Papers(b"%PDF", b"%PDF", made_at=at))
    issue.receive_sealed(decision, issue.Sealed(b"%PDF", b"%PDF"), at=at)
