"""Envelopes of SHEP's SyncChannel: SOAP 1.1, document/literal, one operation, SendMessage.

Only the wrapper is in a namespace; what stands in it is unqualified and is found by its local name, since
senders differ (the published sample qualifies `data`). Headers are passed over: the transport signature in
`wsse:Security` is judged by whoever verifies signatures, over the bytes and not over these values.
"""

from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from govkz.gateway import xml
from govkz.xml import Malformed

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
TYPES = "http://bip.bee.kz/SyncChannel/v10/Types"
CONTENT_TYPE = "text/xml; charset=utf-8"
SOAP_ACTION = '""'

SUCCESS = "SCSS001"
"""Status of a message that was processed; published clients know one other, SCSE001, for all that was not."""
FAILURE = "SCSE001"

_FAULT = "SendMessageFault1_SendMessageFault"


@dataclass(frozen=True, kw_only=True)
class SyncRequest:
    """A message on its way to a service; `data` is the element of that name with the business message.

    `sent_at` is None where it was read without an offset. SHEP itself sets `session_id`.
    """

    message_id: str
    service_id: str
    sent_at: datetime | None
    sender_id: str
    data: bytes
    password: str = field(default="", repr=False)
    correlation_id: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    session_id: str = ""


@dataclass(frozen=True, kw_only=True)
class SyncResponse:
    """A service's answer with its status; `data` is None where it has nothing to say."""

    message_id: str
    answered_at: datetime | None
    code: str
    message: str
    data: bytes | None = None
    correlation_id: str = ""
    session_id: str = ""

    @property
    def is_success(self) -> bool:
        """Say whether the message was processed."""
        return self.code == SUCCESS


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A SOAP fault; `code` and `message` are SHEP's own, empty where the fault brings no ErrorInfo."""

    soap_code: str
    soap_text: str
    code: str = ""
    message: str = ""
    failed_at: datetime | None = None


def write_request(request: SyncRequest) -> bytes:
    """Write a request; raise Unwritable, and Malformed where `data` is no element of that name."""
    envelope, body = _envelope()
    asked = xml.add(_wrapper(body, "SendMessage"), "request")
    about = xml.add(asked, "requestInfo")
    xml.add(about, "messageId", request.message_id)
    xml.add_known(about, "correlationId", request.correlation_id)
    xml.add(about, "serviceId", request.service_id)
    xml.add(about, "messageDate", request.sent_at)
    sender = xml.add(about, "sender")
    xml.add(sender, "senderId", request.sender_id)
    xml.add_known(sender, "password", request.password)
    for key, value in request.properties:
        one = xml.add(about, "properties")
        xml.add(one, "key", key)
        xml.add(one, "value", value)
    xml.add_known(about, "sessionId", request.session_id)
    xml.add(asked, "requestData").append(_data(request.data))
    return _written(envelope)


def write_response(response: SyncResponse) -> bytes:
    """Write a response; raise Unwritable, and Malformed where `data` is no element of that name."""
    envelope, body = _envelope()
    answered = xml.add(_wrapper(body, "SendMessageResponse"), "response")
    about = xml.add(answered, "responseInfo")
    xml.add(about, "messageId", response.message_id)
    xml.add_known(about, "correlationId", response.correlation_id)
    xml.add(about, "responseDate", response.answered_at)
    status = xml.add(about, "status")
    xml.add(status, "code", response.code)
    xml.add(status, "message", response.message)
    xml.add_known(about, "sessionId", response.session_id)
    carried = xml.add(answered, "responseData")
    if response.data is not None:
        carried.append(_data(response.data))
    return _written(envelope)


def write_fault(fault: Fault) -> bytes:
    """Write a fault; raise Unwritable."""
    envelope, body = _envelope()
    said = etree.SubElement(body, f"{{{SOAP}}}Fault")
    xml.add(said, "faultcode", f"S:{fault.soap_code}")
    xml.add(said, "faultstring", fault.soap_text)
    if fault.code:
        detail = etree.SubElement(xml.add(said, "detail"), f"{{{TYPES}}}{_FAULT}", nsmap={"t": TYPES})
        xml.add(detail, "errorCode", fault.code)
        xml.add(detail, "errorMessage", fault.message)
        xml.add(detail, "errorDate", fault.failed_at)
    return _written(envelope)


def read_request(data: bytes) -> SyncRequest:
    """Read a request; raise Malformed."""
    asked = xml.needed(_content(data, "SendMessage"), "request")
    about = xml.needed(asked, "requestInfo")
    sender = xml.needed(about, "sender")
    return SyncRequest(
        message_id=xml.needed_text(about, "messageId"),
        correlation_id=xml.text(about, "correlationId"),
        service_id=xml.needed_text(about, "serviceId"),
        sent_at=xml.moment(about, "messageDate"),
        sender_id=xml.needed_text(sender, "senderId"),
        password=xml.text(sender, "password"),
        properties=tuple(
            (xml.text(one, "key"), xml.text(one, "value")) for one in xml.children(about, "properties")
        ),
        session_id=xml.text(about, "sessionId"),
        data=xml.serialise(xml.needed(xml.needed(asked, "requestData"), "data")),
    )


def read_answer(data: bytes) -> SyncResponse | Fault:
    """Read what came back: a response or a fault; raise Malformed."""
    body = _body(data)
    if body.tag == f"{{{SOAP}}}Fault":
        return _fault(body)
    answered = xml.needed(_checked(body, "SendMessageResponse"), "response")
    about = xml.needed(answered, "responseInfo")
    status = xml.needed(about, "status")
    carried = xml.child(xml.child(answered, "responseData"), "data")
    return SyncResponse(
        message_id=xml.needed_text(about, "messageId"),
        correlation_id=xml.text(about, "correlationId"),
        answered_at=xml.moment(about, "responseDate"),
        code=xml.needed_text(status, "code"),
        message=xml.text(status, "message"),
        session_id=xml.text(about, "sessionId"),
        data=None if carried is None else xml.serialise(carried),
    )


def _fault(said: etree._Element) -> Fault:
    detail = xml.child(xml.child(said, "detail"), _FAULT)
    return Fault(
        soap_code=xml.text(said, "faultcode").rpartition(":")[2],
        soap_text=xml.text(said, "faultstring"),
        code=xml.text(detail, "errorCode"),
        message=xml.text(detail, "errorMessage"),
        failed_at=xml.moment(detail, "errorDate"),
    )


def _content(data: bytes, wrapper: str) -> etree._Element:
    return _checked(_body(data), wrapper)


def _checked(content: etree._Element, wrapper: str) -> etree._Element:
    if content.tag != f"{{{TYPES}}}{wrapper}":
        raise Malformed(f"the body is no {wrapper}")
    return content


def _body(data: bytes) -> etree._Element:
    """Give the one element in the one body."""
    envelope = xml.parse(data)
    bodies = envelope.findall(f"{{{SOAP}}}Body")
    if envelope.tag != f"{{{SOAP}}}Envelope" or len(bodies) != 1 or len(bodies[0]) != 1:
        raise Malformed("no SOAP 1.1 envelope with one message")
    return bodies[0][0]


def _envelope() -> tuple[etree._Element, etree._Element]:
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"S": SOAP})
    return envelope, etree.SubElement(envelope, f"{{{SOAP}}}Body")


def _wrapper(body: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(body, f"{{{TYPES}}}{name}", nsmap={"t": TYPES})


def _data(data: bytes) -> etree._Element:
    element = xml.parse(data)
    if element.tag != "data":
        raise Malformed("the business message is no element named data")
    return element


def _written(envelope: etree._Element) -> bytes:
    return etree.tostring(envelope, encoding="UTF-8", xml_declaration=True)
