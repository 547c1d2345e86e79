"""Published messages of the gateway are read, and ours agree with its published schemas."""

from datetime import UTC, datetime

import pytest
from lxml import etree
from tests.govkz.gateway.messages import ANSWERED, ASKED, QUESTION, REPLY

from govkz.gateway import gbdfl, shep
from govkz.gateway.gbdfl import PersonRequest
from govkz.gateway.shep import SyncRequest

UNSIGNED = "wsse-shep/syncchannel_gbdfl_request_unsigned.xml"
SIGNED = "wsse-shep/syncchannel_gbdfl_request_signed_rsa__IIN_REDACTED.xml"
SMARTBRIDGE = "http://smartbridge.b10.kz"


@pytest.mark.parametrize("file", [UNSIGNED, SIGNED])
def test_a_published_request_is_read_whole(vectors, file):
    asked = shep.read_request((vectors / file).read_bytes())

    assert asked == SyncRequest(
        message_id="ccb1010b-8446-4937-913f-c87a717f6809",
        service_id="GBDFL_UniversalServiceSync",
        sent_at=datetime(2019, 12, 25, 12, 48, 21, 24000, tzinfo=UTC),
        sender_id="smartbridge",
        password="123",
        properties=(("CONNECTOR_CLIENT", "true"),),
        data=asked.data,
    )
    assert gbdfl.read_request(asked.data) == PersonRequest(
        message_id="1",
        sent_at=datetime(2017, 10, 12, 9, 22, 16, 183000, tzinfo=UTC),
        sender_code="smartbridge",
        iin="0" * 12,
    )


@pytest.mark.parametrize("message", [shep.write_request(ASKED), shep.write_response(ANSWERED)])
def test_our_envelopes_agree_with_the_published_schema(vectors, message):
    schema = etree.XMLSchema(etree.parse(vectors / "shep-xsd-merged/n0.xsd"))
    envelope = etree.fromstring(message)
    for data in envelope.iter("data"):  # the schema does not know the business message's type
        data.clear()

    schema.assertValid(envelope[0][0])


@pytest.mark.parametrize(
    ("data", "root"),
    [
        (gbdfl.write_request(QUESTION), "sendMessageRequest"),
        (gbdfl.write_response(REPLY), "sendMessageResponse"),
    ],
)
def test_our_business_messages_agree_with_the_published_schema(vectors, data, root):
    schema = etree.XMLSchema(etree.parse(vectors / "gbdfl-xsd/sendMessage.xsd"))

    schema.assertValid(renamed(data, root))


def test_a_message_with_an_element_too_many_does_not_agree(vectors):
    schema = etree.XMLSchema(etree.parse(vectors / "gbdfl-xsd/sendMessage.xsd"))
    wrong = renamed(gbdfl.write_request(QUESTION), "sendMessageRequest")
    etree.SubElement(wrong, "more")

    assert not schema.validate(wrong)


def renamed(data: bytes, root: str) -> etree._Element:
    """Give a business message the root that its schema knows."""
    message = etree.fromstring(data)
    made = etree.Element(f"{{{SMARTBRIDGE}}}{root}")
    made.extend(list(message))
    return made
