"""Whatever arrives, it is read or refused with Malformed; nothing is fetched, nothing grows."""

import random
import time

import pytest
from tests.govkz.gateway.messages import ANSWERED, ASKED, FAULT, REPLY

from govkz.gateway import LARGEST, Malformed, gbdfl, shep

SEED = 20260320
GOOD = shep.write_response(ANSWERED)
LAUGHS = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
HOSTILE = {
    "nothing": b"",
    "no xml": b"%PDF-1.7",
    "a page": b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
    "entities": f"<!DOCTYPE e [<!ENTITY a0 'ha'>{LAUGHS}]><e>&a9;</e>".encode(),
    "outside entity": b"<!DOCTYPE e [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><e>&x;</e>",
    "outside DTD": b"<!DOCTYPE e SYSTEM 'http://127.0.0.1:1/x.dtd'><e/>",
    "an entity of nobody": GOOD.replace(b"SCSS001", b"&who;"),
    "UTF-16": b"<?xml version='1.0'?>".decode().encode("utf-16") + "<e/>".encode("utf-16-le"),
    "UTF-7": b"<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE e+AD4 <e/>",
    "no UTF-8": GOOD.replace(b"SCSS001", b"\xff\xfe"),
    "too long": GOOD.replace(b"SCSS001", b"1" * LARGEST),
    "too deep": b"<a>" * 5000 + b"</a>" * 5000,
    "two messages": GOOD.replace(b"<t:SendMessageResponse", b"<x/><t:SendMessageResponse", 1),
    "another envelope": GOOD.replace(
        b"schemas.xmlsoap.org/soap/envelope/", b"www.w3.org/2003/05/soap-envelope"
    ),
    "another message": shep.write_request(ASKED),
    "two codes": GOOD.replace(b"<code>SCSS001</code>", b"<code>SCSE001</code><code>SCSS001</code>"),
    "a code with children": GOOD.replace(b"SCSS001", b"<x>SCSE001</x>SCSS001"),
    "no code": GOOD.replace(b"SCSS001", b""),
    "no status": GOOD.replace(b"status>", b"statuz>"),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bytes_are_refused_at_once(data):
    began = time.process_time()

    with pytest.raises(Malformed):
        shep.read_answer(data)

    assert time.process_time() - began < 1


def test_a_comment_or_an_instruction_cannot_split_a_text():
    split = GOOD.replace(b"SCSS001", b"SC<!-- -->SS<?x y?>001")

    assert shep.read_answer(split).code == "SCSS001"


def test_a_text_that_carries_a_document_is_read_as_strictly():
    inner = b"<data><![CDATA[<!DOCTYPE e [<!ENTITY x 'y'>]><e>&x;</e>]]></data>"

    with pytest.raises(Malformed):
        gbdfl.read_response(inner)


def mutants(original: bytes, count: int):
    chance = random.Random(SEED)
    for _ in range(count):
        changed = bytearray(original)
        for _ in range(chance.randint(1, 2)):
            place = chance.randrange(len(changed))
            match chance.randrange(4):
                case 0:
                    changed[place] = chance.choice(b"0aZ-.+ <&'\xff")
                case 1:
                    del changed[place : place + chance.randint(1, 40)]
                case 2:
                    changed[place:place] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 4)))
                case 3:
                    other = chance.randrange(len(changed))
                    changed[place:place] = changed[other : other + chance.randint(1, 80)]
        yield bytes(changed)


@pytest.mark.parametrize("original", [GOOD, shep.write_fault(FAULT)], ids=["answer", "fault"])
def test_a_changed_answer_is_read_or_refused_and_nothing_else_happens(original):
    read = refused = 0
    for mutant in mutants(original, 1500):
        try:
            answer = shep.read_answer(mutant)
            if isinstance(answer, shep.SyncResponse) and answer.data is not None:
                gbdfl.read_response(answer.data)
            read += 1
        except Malformed:
            refused += 1

    assert min(read, refused) > 20


def test_a_changed_question_is_read_or_refused_and_nothing_else_happens():
    read = refused = 0
    for mutant in mutants(shep.write_request(ASKED), 1500):
        try:
            gbdfl.read_request(shep.read_request(mutant).data)
            read += 1
        except Malformed:
            refused += 1

    assert min(read, refused) > 20


def test_the_untouched_answer_is_read():
    assert gbdfl.read_response(shep.read_answer(GOOD).data) == REPLY
