"""A person writes an application on the portal: a draft that survives everything until it is sent."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from joldama.cases.models import Application, Draft
from joldama.people.models import Office, Person, Place
from joldama.people.queries import main_place
from joldama.procedures.reckoning import edition_at
from joldama.standard.channels import Channel, IssueForm
from joldama.standard.documents import DocumentKind
from joldama.standard.kinds import ResultKind, TrainingKind
from joldama.standard.papers import ApplicationPaper


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What the person answered so far; None where he has not answered yet."""

    office: UUID | None = None
    kind: ResultKind | None = None
    training_kind: TrainingKind | None = None
    other_kinds: tuple[ResultKind, ...] = ()
    document_kind: DocumentKind | None = None
    document_number: str = ""
    is_oralman: bool | None = None
    issue_form: IssueForm | None = None
    email: str = ""
    phone: str = ""

    def as_stored(self) -> dict[str, object]:
        """Give the answers as they are stored."""
        return {
            **self.__dict__,
            "office": str(self.office) if self.office else None,
            "other_kinds": list(self.other_kinds),
        }

    @classmethod
    def of(cls, draft: Draft) -> "Answers":
        """Read the answers of a draft."""
        stored = dict(draft.answers)
        if not stored:
            return cls()
        return cls(
            office=UUID(stored["office"]) if stored["office"] else None,
            kind=ResultKind(stored["kind"]) if stored["kind"] else None,
            training_kind=TrainingKind(stored["training_kind"]) if stored["training_kind"] else None,
            other_kinds=tuple(ResultKind(kind) for kind in stored["other_kinds"]),
            document_kind=DocumentKind(stored["document_kind"]) if stored["document_kind"] else None,
            document_number=stored["document_number"],
            is_oralman=stored["is_oralman"],
            issue_form=IssueForm(stored["issue_form"]) if stored["issue_form"] else None,
            email=stored["email"],
            phone=stored["phone"],
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """Name the questions that still have no answer, in the order they are asked."""
        wanted = ["kind", "office", "document_kind", "document_number", "is_oralman", "issue_form"]
        if self.kind == ResultKind.VOCATIONAL_TRAINING:
            wanted.insert(1, "training_kind")
        return tuple(name for name in wanted if getattr(self, name) in (None, ""))


class Incomplete(Exception):
    """The application lacks answers, or asks for what is no longer given; `missing` names them in order."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


def open_draft(person: Person) -> Draft | None:
    """Give the person's draft that is not sent; he has at most one."""
    return Draft.objects.filter(person=person, sent_at=None).order_by("started_at").first()


def sent_under(reference: str, *, by: Person) -> Application | None:
    """Give the application that became of the person's draft of this reference; None where none did yet."""
    draft = Draft.objects.filter(person=by, reference=reference).exclude(sent_at=None).first()
    return Application.objects.get(key=draft.pk) if draft else None


def latest_sent(*, by: Person) -> Application | None:
    """Give what the person sent latest on the portal: a page whose answer was lost leads to it (A38)."""
    sent = Application.objects.filter(person=by, channel=Channel.PORTAL)
    return sent.order_by("-submitted_at").first()


def start(*, by: Person, at: datetime) -> Draft:
    """Open a draft, or give the one that is open."""
    return open_draft(by) or Draft.objects.create(person=by, started_at=at, saved_at=at)


def save(draft: Draft, answers: Answers, *, at: datetime) -> None:
    """Keep the answers; a document rendered from older answers is dropped, so that it cannot be signed."""
    draft.answers = answers.as_stored()
    draft.document = None
    draft.saved_at = at
    draft.save(update_fields=["answers", "document", "saved_at"])


def discard(draft: Draft) -> None:
    """Delete a draft that was not sent."""
    Draft.objects.filter(pk=draft.pk, sent_at=None).delete()


@transaction.atomic
def render(draft: Draft, *, origin: str, language: str, at: datetime) -> bytes:
    """Give the bytes the person reads on the check page and signs (A37); raise Incomplete.

    They are made once for given answers, so that the same bytes are shown, signed and kept. What is no longer
    given is asked anew, also of who has them already.
    """
    draft = Draft.objects.select_for_update(of=("self",)).select_related("person").get(pk=draft.pk)
    answers = Answers.of(draft)
    if answers.missing:
        raise Incomplete(answers.missing)
    assert answers.kind and answers.office
    office = Office.objects.get(pk=answers.office)
    place = main_place(office)
    check_kinds(answers.kind, answers.training_kind, answers.other_kinds, place=place, at=at)
    if draft.document:
        return draft.document
    draft.document = _paper(
        draft, answers, office=office, place=place, origin=origin, language=language, at=at
    ).to_xml()
    draft.save(update_fields=["document"])
    return draft.document


def _paper(
    draft: Draft,
    answers: Answers,
    *,
    office: Office,
    place: Place,
    origin: str,
    language: str,
    at: datetime,
) -> ApplicationPaper:
    assert answers.kind and answers.document_kind and answers.issue_form
    person = draft.person
    return ApplicationPaper(
        id=uuid4(),
        office=office.code,
        place=place.pk,
        kind=answers.kind,
        training_kind=answers.training_kind,
        other_kinds=answers.other_kinds,
        is_oralman=bool(answers.is_oralman),
        issue_form=answers.issue_form,
        iin=person.iin,
        name=person.name,
        document_kind=answers.document_kind,
        document_number=answers.document_number,
        email=answers.email,
        phone=answers.phone,
        language=language,
        at=at,
        draft=draft.reference,
        origin=origin,
    )


def check_kinds(
    kind: ResultKind,
    training_kind: TrainingKind | None,
    others: tuple[ResultKind, ...],
    *,
    place: Place,
    at: datetime,
) -> None:
    """Raise Incomplete where what is asked for is not in the edition of this moment (¶6, S67)."""
    edition = edition_at(place, at)
    asked = {
        "kind": kind in edition.kinds,
        "training_kind": training_kind is None or training_kind in edition.training_kinds,
        "other_kinds": set(edition.kinds).issuperset(others),
    }
    gone = tuple(name for name, is_given in asked.items() if not is_given)
    if gone:
        raise Incomplete(gone)
