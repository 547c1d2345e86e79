"""What is written is read as the same; what strangers write is read where it has one meaning."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.govkz.gateway.messages import (
    AISHA,
    ANSWERED,
    ASKED,
    AT,
    FAILED,
    FAULT,
    PERSON,
    QUESTION,
    REPLY,
)

from govkz.gateway import Malformed, Unwritable, gbdfl, shep
from govkz.gateway.gbdfl import Entry, Person, PersonRequest, Repatriation

NOBODY = replace(REPLY, persons=())


def test_a_request_is_read_as_it_was_written():
    read = shep.read_request(shep.write_request(ASKED))

    assert replace(read, data=b"") == replace(ASKED, data=b"")
    assert gbdfl.read_request(read.data) == QUESTION


@pytest.mark.parametrize("reply", [REPLY, NOBODY], ids=["somebody", "nobody"])
def test_an_answer_is_read_as_it_was_written(reply):
    sent = replace(ANSWERED, data=gbdfl.write_response(reply))

    read = shep.read_answer(shep.write_response(sent))

    assert replace(read, data=b"") == replace(ANSWERED, data=b"")
    assert gbdfl.read_response(read.data) == reply


def test_an_answer_without_data_and_a_fault_are_read_as_they_were_written():
    assert shep.read_answer(shep.write_response(FAILED)) == FAILED
    assert shep.read_answer(shep.write_fault(FAULT)) == FAULT
    bare = shep.Fault(soap_code="Client", soap_text="no")
    assert shep.read_answer(shep.write_fault(bare)) == bare


def test_only_the_code_of_success_is_success():
    assert [ANSWERED.is_success, FAILED.is_success, replace(ANSWERED, code="").is_success] == [
        True,
        False,
        False,
    ]


words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=20)
some = words.filter(bool)
days = st.none() | st.dates()
entries = st.builds(Entry, some, words, words)
people = st.builds(
    Person,
    iin=some,
    surname=words,
    name=words,
    patronymic=words,
    born_on=days,
    died_on=days,
    gender=st.none() | entries,
    citizenship=st.none() | entries,
    repatriation=st.none() | st.builds(Repatriation, status=entries, since=days, until=days, number=words),
    documents=st.lists(
        st.builds(
            gbdfl.Document, kind=entries, number=some, status=entries, valid_until=days, invalid_since=days
        ),
        max_size=3,
    ).map(tuple),
    is_removed=st.booleans(),
)


@given(persons=st.lists(people, max_size=3).map(tuple), result=entries)
def test_any_answer_is_read_as_it_was_written(persons, result):
    reply = replace(REPLY, persons=persons, result=result)
    sent = shep.write_response(replace(ANSWERED, data=gbdfl.write_response(reply)))

    assert gbdfl.read_response(shep.read_answer(sent).data) == reply


@given(number=st.text(max_size=10))
def test_any_number_of_a_document_is_asked_for_as_it_is_or_refused(number):
    try:
        asked = PersonRequest(message_id="1", sent_at=AT, sender_code="x", document_number=number)
        written = gbdfl.write_request(asked)
    except Unwritable:
        return
    except ValueError:
        assert number == ""
        return
    # XML makes \r\n one line end, and spaces around a value are none of it.
    plain = number.replace("\r\n", "\n").replace("\r", "\n").strip()
    if plain:
        assert gbdfl.read_request(written).document_number in (number.strip(), plain)


def test_children_of_data_may_stand_as_a_text():
    inner = gbdfl.write_response(REPLY).decode()

    assert gbdfl.read_response(f"<data><![CDATA[{inner}]]></data>".encode()) == REPLY


def test_children_of_data_need_no_type_and_the_root_may_have_another_name():
    bare = gbdfl.write_response(REPLY).decode().split(">", 1)[1].removesuffix("</data>")

    assert gbdfl.read_response(f"<data>{bare}</data>".encode()) == REPLY
    wrapped = f"<r:sendMessageResponse xmlns:r='http://smartbridge.b10.kz'>{bare}</r:sendMessageResponse>"
    assert gbdfl.read_response(wrapped.encode()) == REPLY


def test_elements_that_real_answers_leave_empty_tell_nothing():
    written = gbdfl.write_response(replace(REPLY, persons=(Person(iin=AISHA),))).decode()
    emptied = written.replace(
        "<birthPlace/>",
        "<birthPlace/><excludeStatus/><disappearStatus><disappear>false</disappear></disappearStatus>"
        "<repatriationStatus/><documents/>",
    )

    assert gbdfl.read_response(emptied.encode()).persons == (Person(iin=AISHA),)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1990-01-15", date(1990, 1, 15)),
        ("1990-01-15+06:00", date(1990, 1, 15)),
        ("1990-01-15T00:00:00.000+06:00", date(1990, 1, 15)),
        (" 1990-01-15Z ", date(1990, 1, 15)),
        ("", None),
    ],
)
def test_a_day_is_the_one_written_whatever_stands_behind_it(written, read):
    answer = answer_with("birthDate", written)

    assert gbdfl.read_response(answer).persons[0].born_on == read


@pytest.mark.parametrize(
    "written", ["15.01.1990", "1990-02-30", "1990-W03-1", "19900115", "०१९९-01-01", "0000-01-01", "soon"]
)
def test_what_is_no_day_is_not_guessed_at(written):
    with pytest.raises(Malformed):
        gbdfl.read_response(answer_with("birthDate", written))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-03-20T10:00:00+05:00", datetime(2026, 3, 20, 5, tzinfo=UTC)),
        ("2026-03-20T05:00:00.1234567Z", datetime(2026, 3, 20, 5, 0, 0, 123456, tzinfo=UTC)),
        ("2026-03-20T10:00:00", None),
        ("", None),
    ],
)
def test_a_moment_without_offset_is_not_known(written, read):
    sent = shep.write_response(ANSWERED).decode().replace("2026-03-20T05:00:00.250Z", written)

    assert shep.read_answer(sent.encode()).answered_at == read


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"iin": AISHA, "document_number": "1"},
        {"surname": "Нұрланова"},
        {"born_on": date(1990, 1, 15)},
        {"iin": AISHA, "patronymic": "Серікқызы"},
    ],
)
def test_a_question_is_asked_in_one_way_only(wrong):
    with pytest.raises(ValueError, match="asks"):
        PersonRequest(message_id="1", sent_at=AT, sender_code="x", **wrong)


def test_a_question_asked_in_two_ways_is_refused_when_read():
    twice = gbdfl.write_request(QUESTION).replace(
        b"</iin>", b"</iin><documentNumber>041234567</documentNumber>"
    )

    with pytest.raises(Malformed):
        gbdfl.read_request(twice)


def test_what_cannot_be_written_is_named_without_being_repeated():
    with pytest.raises(Unwritable, match=r"^surname has a character that XML cannot carry$"):
        gbdfl.write_response(replace(REPLY, persons=(replace(PERSON, surname="a\x00b"),)))
    with pytest.raises(Unwritable, match="offset"):
        shep.write_request(replace(ASKED, sent_at=AT.replace(tzinfo=None)))
    with pytest.raises(Malformed, match="named data"):
        shep.write_request(replace(ASKED, data=b"<other/>"))


def test_secrets_do_not_stand_in_what_is_printed():
    assert "secret" not in repr(ASKED) + repr(QUESTION)
    assert "token" not in repr(replace(QUESTION, sender_code="x"))


def answer_with(element: str, text: str) -> bytes:
    written = gbdfl.write_response(replace(REPLY, persons=(replace(PERSON, documents=()),))).decode()
    return written.replace(f"<{element}>1990-01-15</{element}>", f"<{element}>{text}</{element}>").encode()
