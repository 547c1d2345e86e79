"""Questions to the register of persons (ГБД ФЛ, GBD FL) and its answers, as the element `data` of an envelope.

Three ways of carrying them are met and all are read: children of `data` with an `xsi:type`, children without
one, and a text that is itself an XML document. Ours is the first, which the published samples use.
"""

from lxml import etree

from govkz.gateway import xml
from govkz.gateway.persons import (
    Document,
    Entry,
    Person,
    PersonRequest,
    PersonResponse,
    Repatriation,
)
from govkz.xml import Malformed

__all__ = [
    "Document",
    "Entry",
    "Person",
    "PersonRequest",
    "PersonResponse",
    "Repatriation",
    "read_request",
    "read_response",
    "write_request",
    "write_response",
]

MESSAGE = "http://message.persistence.interactive.nat"


def write_request(request: PersonRequest) -> bytes:
    """Write a question; raise Unwritable."""
    data = _data("Request")
    xml.add(data, "messageId", request.message_id)
    xml.add(data, "messageDate", request.sent_at)
    xml.add(data, "senderCode", request.sender_code)
    xml.add_known(data, "iin", request.iin)
    xml.add_known(data, "surname", request.surname)
    xml.add_known(data, "name", request.name)
    xml.add_known(data, "patronymic", request.patronymic)
    xml.add_known(data, "birthDate", request.born_on)
    xml.add_known(data, "documentNumber", request.document_number)
    xml.add_known(data, "kdpToken", request.kdp_token)
    xml.add_known(data, "publicKey", request.public_key)
    return xml.serialise(data)


def write_response(response: PersonResponse) -> bytes:
    """Write an answer; raise Unwritable."""
    data = _data("Response")
    xml.add(data, "messageId", response.message_id)
    xml.add(data, "messageDate", response.sent_at)
    xml.add(data, "requestId", response.request_id)
    _add_entry(data, "sender", response.sender)
    _add_entry(data, "receiver", response.receiver)
    _add_entry(data, "messageResult", response.result)
    if response.persons:
        persons = xml.add(data, "persons")
        for person in response.persons:
            _add_person(persons, person)
    return xml.serialise(data)


def read_request(data: bytes) -> PersonRequest:
    """Read a question; raise Malformed."""
    root = _root(data)
    try:
        return PersonRequest(
            message_id=xml.needed_text(root, "messageId"),
            sent_at=xml.moment(root, "messageDate"),
            sender_code=xml.text(root, "senderCode"),
            iin=xml.text(root, "iin"),
            surname=xml.text(root, "surname"),
            name=xml.text(root, "name"),
            patronymic=xml.text(root, "patronymic"),
            born_on=xml.day(root, "birthDate"),
            document_number=xml.text(root, "documentNumber"),
            kdp_token=xml.text(root, "kdpToken"),
            public_key=xml.text(root, "publicKey"),
        )
    except Malformed:
        raise
    except ValueError as error:
        raise Malformed(str(error)) from None


def read_response(data: bytes) -> PersonResponse:
    """Read an answer; raise Malformed."""
    root = _root(data)
    persons = xml.children(xml.child(root, "persons"), "person")
    return PersonResponse(
        message_id=xml.needed_text(root, "messageId"),
        sent_at=xml.moment(root, "messageDate"),
        request_id=xml.needed_text(root, "requestId"),
        sender=_entry(root, "sender") or Entry(""),
        receiver=_entry(root, "receiver") or Entry(""),
        result=_needed_entry(root, "messageResult"),
        persons=tuple(_person(person) for person in persons),
    )


def _root(data: bytes) -> etree._Element:
    """Find the element whose children are the message."""
    root = xml.parse(data)
    inner = (root.text or "").strip()
    if not len(root) and inner.startswith("<"):
        root = xml.parse(inner.encode())
    return root


def _data(kind: str) -> etree._Element:
    data = etree.Element("data", nsmap={"m": MESSAGE, "xsi": xml.XSI})
    data.set(xml.TYPE, f"m:{kind}")
    return data


def _person(person: etree._Element) -> Person:
    return Person(
        iin=xml.needed_text(person, "iin"),
        surname=xml.text(person, "surname"),
        name=xml.text(person, "name"),
        patronymic=xml.text(person, "patronymic"),
        born_on=xml.day(person, "birthDate"),
        died_on=xml.day(person, "deathDate"),
        gender=_entry(person, "gender"),
        nationality=_entry(person, "nationality"),
        citizenship=_entry(person, "citizenship"),
        life_status=_entry(person, "lifeStatus"),
        repatriation=_repatriation(xml.child(person, "repatriationStatus")),
        documents=tuple(_document(one) for one in xml.children(xml.child(person, "documents"), "document")),
        is_removed=xml.flag(person, "removed"),
    )


def _document(document: etree._Element) -> Document:
    return Document(
        kind=_needed_entry(document, "type"),
        number=xml.needed_text(document, "number"),
        series=xml.text(document, "series"),
        issued_on=xml.day(document, "beginDate"),
        valid_until=xml.day(document, "endDate"),
        issuer=_entry(document, "issueOrganization"),
        status=_needed_entry(document, "status"),
        invalid_since=xml.day(document, "invalidityDate"),
        surname=xml.text(document, "surname"),
        name=xml.text(document, "name"),
        patronymic=xml.text(document, "patronymic"),
        born_on=xml.day(document, "birthDate"),
    )


def _repatriation(status: etree._Element | None) -> Repatriation | None:
    """Read the status; an empty element, which is met, tells nothing."""
    if status is None:
        return None
    read = Repatriation(
        status=_entry(status, "repatriationStatus"),
        since=xml.day(status, "repatriationDate"),
        until=xml.day(status, "repatriationEndDate"),
        number=xml.text(status, "repatriationNumber"),
    )
    return None if read == Repatriation() else read


def _entry(parent: etree._Element, name: str) -> Entry | None:
    """Read a value of a dictionary; an empty element, which is met, tells nothing."""
    found = xml.child(parent, name)
    code = xml.text(found, "code")
    return Entry(code, ru=xml.text(found, "nameRu"), kk=xml.text(found, "nameKz")) if code else None


def _needed_entry(parent: etree._Element, name: str) -> Entry:
    found = _entry(parent, name)
    if found is None:
        raise Malformed(f"no {name}")
    return found


def _add_person(persons: etree._Element, person: Person) -> None:
    made = xml.add(persons, "person")
    xml.add(made, "iin", person.iin)
    xml.add_known(made, "surname", person.surname)
    xml.add_known(made, "name", person.name)
    xml.add_known(made, "patronymic", person.patronymic)
    xml.add_known(made, "birthDate", person.born_on)
    xml.add_known(made, "deathDate", person.died_on)
    for name, entry in (
        ("gender", person.gender),
        ("nationality", person.nationality),
        ("citizenship", person.citizenship),
        ("lifeStatus", person.life_status),
    ):
        _add_known_entry(made, name, entry)
    xml.add(made, "birthPlace")
    if person.repatriation is not None:
        _add_repatriation(made, person.repatriation)
    if person.documents:
        documents = xml.add(made, "documents")
        for document in person.documents:
            _add_document(documents, document)
    xml.add_known(made, "removed", person.is_removed)


def _add_document(documents: etree._Element, document: Document) -> None:
    made = xml.add(documents, "document")
    _add_entry(made, "type", document.kind)
    xml.add(made, "number", document.number)
    xml.add_known(made, "series", document.series)
    xml.add_known(made, "beginDate", document.issued_on)
    xml.add_known(made, "endDate", document.valid_until)
    _add_known_entry(made, "issueOrganization", document.issuer)
    _add_entry(made, "status", document.status)
    xml.add_known(made, "invalidityDate", document.invalid_since)
    xml.add_known(made, "surname", document.surname)
    xml.add_known(made, "name", document.name)
    xml.add_known(made, "patronymic", document.patronymic)
    xml.add_known(made, "birthDate", document.born_on)


def _add_repatriation(person: etree._Element, status: Repatriation) -> None:
    made = xml.add(person, "repatriationStatus")
    _add_known_entry(made, "repatriationStatus", status.status)
    # The schema wants a moment where only the day has a meaning.
    for name, day in (("repatriationDate", status.since), ("repatriationEndDate", status.until)):
        xml.add_known(made, name, f"{day.isoformat()}T00:00:00" if day else None)
    xml.add_known(made, "repatriationNumber", status.number)


def _add_entry(parent: etree._Element, name: str, entry: Entry) -> None:
    made = xml.add(parent, name)
    xml.add(made, "code", entry.code)
    xml.add(made, "nameRu", entry.ru)
    xml.add(made, "nameKz", entry.kk)


def _add_known_entry(parent: etree._Element, name: str, entry: Entry | None) -> None:
    if entry is not None:
        _add_entry(parent, name, entry)
