"""A question and an answer with everything in them."""

from dataclasses import replace
from datetime import UTC, date, datetime

from govkz.gateway.gbdfl import (
    Document,
    Entry,
    Person,
    PersonRequest,
    PersonResponse,
    Repatriation,
    write_request,
    write_response,
)
from govkz.gateway.shep import FAILURE, SUCCESS, Fault, SyncRequest, SyncResponse

AT = datetime(2026, 3, 20, 5, 0, 0, 250_000, tzinfo=UTC)
AISHA = "900115267840"

QUESTION = PersonRequest(
    message_id="q-1", sent_at=AT, sender_code="joldama", iin=AISHA, kdp_token="token", public_key="key"
)
ASKED = SyncRequest(
    message_id="5b0c8b0e-0000-4000-8000-000000000001",
    service_id="GBDFLUniversal_token",
    sent_at=AT,
    sender_id="joldama",
    password="secret",
    correlation_id="chain",
    properties=(("CONNECTOR_CLIENT", "true"), ("OTHER", "<&>")),
    session_id="{5b0c8b0e-0000-4000-8000-000000000002}",
    data=write_request(QUESTION),
)
CARD = Document(
    kind=Entry("002", "УДОСТОВЕРЕНИЕ РК", "ҚР ЖЕКЕ КУӘЛІГІ"),
    number="041234567",
    series="А",
    issued_on=date(2020, 3, 2),
    valid_until=date(2030, 3, 1),
    issuer=Entry("002", "МВД РК", "ҚР ІІМ"),
    status=Entry("00", "ДОКУМЕНТ ДЕЙСТВИТЕЛЕН", "ҚҰЖАТ ЖАРАМДЫ"),
    invalid_since=date(2029, 1, 1),
    surname="Нұрланова",
    name="Айша",
    patronymic="Серікқызы",
    born_on=date(1990, 1, 15),
)
PERSON = Person(
    iin=AISHA,
    surname="Нұрланова",
    name="Айша",
    patronymic="Серікқызы",
    born_on=date(1990, 1, 15),
    died_on=date(2090, 1, 1),
    gender=Entry("2", "Женский", "Әйел"),
    nationality=Entry("005", "КАЗАХ", "ҚАЗАҚ"),
    citizenship=Entry("398", "КАЗАХСТАН", "ҚАЗАҚСТАН"),
    life_status=Entry("0", "Нормальный", "Қалыпты"),
    repatriation=Repatriation(
        status=Entry("1", "Оралман", "Оралман"),
        since=date(2025, 5, 1),
        until=date(2026, 5, 1),
        number="0001234",
    ),
    documents=(CARD, replace(CARD, kind=Entry("001"), number="N01234567", status=Entry("01"), series="")),
    is_removed=True,
)
REPLY = PersonResponse(
    message_id="a-1",
    sent_at=AT,
    request_id="q-1",
    sender=Entry("GBDFL", "ГБД ФЛ", "ЖТ МДҚ"),
    receiver=Entry("joldama", "Жолдама", "Жолдама"),
    result=Entry("0", "Успешно", "Сәтті"),
    persons=(PERSON,),
)
ANSWERED = SyncResponse(
    message_id="a-1",
    correlation_id="chain",
    answered_at=AT,
    code=SUCCESS,
    message="Message has been processed successfully",
    session_id="{5b0c8b0e-0000-4000-8000-000000000002}",
    data=write_response(REPLY),
)
FAILED = SyncResponse(message_id="a-2", answered_at=AT, code=FAILURE, message="Failed to process message")
FAULT = Fault(
    soap_code="Server",
    soap_text="SendMessageFault1",
    code="FAULT-015",
    message="no route",
    failed_at=AT,
)
