"""What the emulated register answers about an invented person, in the words of the real one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4

from govkz.gateway import gbdfl, shep
from govkz.gateway.gbdfl import Document, Entry, Person, PersonRequest, PersonResponse, Repatriation
from govkz.gateway.shep import SyncRequest, SyncResponse
from joldama.demo.people import DemoApplicant
from joldama.standard.documents import DocumentKind, Holder

NAME = Entry("GBDFL", "ГБД «Физические лица»", "«Жеке тұлғалар» МДҚ")
PROCESSED = Entry("0", "Сообщение обработано", "Хабарлама өңделді")
IN_FORCE = Entry("00", "ДОКУМЕНТ ДЕЙСТВИТЕЛЕН", "ҚҰЖАТ ЖАРАМДЫ")
ALIVE = Entry("0", "Нормальный", "Қалыпты")
NOT_TOLD = Entry("999", "НЕ УКАЗАНО", "КӨРСЕТІЛМЕГЕН")
KAZAKHSTAN = Entry("398", "КАЗАХСТАН", "ҚАЗАҚСТАН")
ORALMAN = Entry("1", "Оралман", "Оралман")
SINCE = date(2015, 1, 1)
"""Since when an invented oralman is one: the status of an invented person does not end."""

_GENDERS = {1: Entry("1", "Мужской", "Ер"), 0: Entry("2", "Женский", "Әйел")}
_KINDS = {
    DocumentKind.PASSPORT_KZ: Entry("001", "ПАСПОРТ РК", "ҚР ПАСПОРТЫ"),
    DocumentKind.ID_CARD_KZ: Entry("002", "УДОСТОВЕРЕНИЕ РК", "ҚР ЖЕКЕ КУӘЛІГІ"),
    DocumentKind.RESIDENCE_PERMIT: Entry("003", "ВИД НА ЖИТЕЛЬСТВО", "ТҰРУҒА ЫҚТИЯРХАТ"),
    DocumentKind.STATELESS_CERTIFICATE: Entry(
        "004", "УДОСТОВЕРЕНИЕ ЛИЦА БЕЗ ГРАЖДАНСТВА", "АЗАМАТТЫҒЫ ЖОҚ АДАМНЫҢ КУӘЛІГІ"
    ),
}
_ISSUER = "002"


@dataclass(frozen=True)
class EmulatedRegister:
    """Answers messages about the people it is shown anew for each, since visitors come and go."""

    people: Callable[[], Iterable[DemoApplicant]]
    now: Callable[[], datetime]

    def answer(self, message: bytes) -> bytes:
        """Answer an envelope with an envelope; raise Malformed for what is none."""
        envelope = shep.read_request(message)
        question = gbdfl.read_request(envelope.data)
        return shep.write_response(self._enveloped(envelope, self._answered(question)))

    def _answered(self, question: PersonRequest) -> PersonResponse:
        return PersonResponse(
            message_id=str(uuid4()),
            sent_at=self.now().astimezone(UTC),
            request_id=question.message_id,
            sender=NAME,
            receiver=Entry(question.sender_code, "Жолдама", "Жолдама"),
            result=PROCESSED,
            persons=tuple(_person(one) for one in self.people() if _is_asked_about(one, question)),
        )

    def _enveloped(self, asked: SyncRequest, answered: PersonResponse) -> SyncResponse:
        return SyncResponse(
            message_id=answered.message_id,
            correlation_id=asked.correlation_id,
            answered_at=answered.sent_at,
            code=shep.SUCCESS,
            message="Message has been processed successfully",
            session_id=f"{{{uuid4()}}}",
            data=gbdfl.write_response(answered),
        )


def _is_asked_about(one: DemoApplicant, question: PersonRequest) -> bool:
    if question.iin:
        return one.iin == question.iin
    if question.document_number:
        return one.document_number == question.document_number
    names = {(one.surname, question.surname), (one.given_name, question.name)}
    return one.born_on == question.born_on and all(own == asked for own, asked in names)


def _person(one: DemoApplicant) -> Person:
    return Person(
        iin=one.iin,
        surname=one.surname,
        name=one.given_name,
        patronymic=one.patronymic,
        born_on=one.born_on,
        gender=_GENDERS[int(one.iin[6]) % 2],
        nationality=NOT_TOLD,
        citizenship=KAZAKHSTAN if one.holder is Holder.CITIZEN else NOT_TOLD,
        life_status=ALIVE,
        repatriation=Repatriation(status=ORALMAN, since=SINCE) if one.is_oralman else None,
        documents=(_document(one),),
    )


def _document(one: DemoApplicant) -> Document:
    return Document(
        kind=_KINDS[one.document_kind],
        number=one.document_number,
        issued_on=one.document_issued_on,
        valid_until=one.document_valid_until,
        issuer=Entry(_ISSUER, "МВД РК", one.document_issuer),
        status=IN_FORCE,
        surname=one.surname,
        name=one.given_name,
        patronymic=one.patronymic,
        born_on=one.born_on,
    )
