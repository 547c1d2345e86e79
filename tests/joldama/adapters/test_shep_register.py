"""The register's words are understood, or left open; nothing that is not plainly told counts as valid (R9.3-c)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from govkz.gateway import gbdfl, shep
from govkz.gateway.gbdfl import Document, Entry, Person, PersonResponse, Repatriation
from govkz.gateway.shep import Fault, SyncResponse
from joldama.adapters.shep.codes import SHIPPED, Codes, CodesUnreadable, load_codes
from joldama.adapters.shep.register import ShepRegister
from joldama.registries.models import Ended, Outcome
from joldama.registries.ports import Answer, Question, RegisterSilent
from joldama.standard.documents import DocumentKind, Holder

AT = datetime(2026, 3, 20, 5, tzinfo=UTC)
TODAY = date(2026, 3, 20)
AISHA, YERLAN = "900115267840", "850916102604"
QUESTION = Question(AISHA, DocumentKind.ID_CARD_KZ, "041234567")
CARD = Document(
    kind=Entry("002"),
    number="041234567",
    issued_on=date(2020, 3, 2),
    valid_until=date(2030, 3, 1),
    issuer=Entry("002", "МВД РК", "ҚР ІІМ"),
    status=Entry("00"),
)
PERSON = Person(
    iin=AISHA,
    surname="Нұрланова",
    name="Айша",
    patronymic="Серікқызы",
    born_on=date(1990, 1, 15),
    citizenship=Entry("398"),
    documents=(CARD,),
)
ANOTHER = replace(PERSON, iin=YERLAN)
CONFIRMED = Answer(
    Outcome.CONFIRMED,
    surname="Нұрланова",
    given_name="Айша",
    patronymic="Серікқызы",
    born_on=date(1990, 1, 15),
    holder=Holder.CITIZEN,
    document_issuer="ҚР ІІМ",
    document_issued_on=date(2020, 3, 2),
    document_valid_until=date(2030, 3, 1),
)


class Gateway:
    """Answers with these people: by number, and by document; keeps what it was asked."""

    def __init__(self, *persons: Person, by_document: tuple[Person, ...] = ()) -> None:
        self.persons, self.by_document = persons, by_document
        self.asked: list[tuple[str, str]] = []

    def send(self, message: bytes) -> bytes:
        question = gbdfl.read_request(shep.read_request(message).data)
        self.asked.append((question.iin, question.document_number))
        return enveloped(reply(question.message_id, self.persons if question.iin else self.by_document))


def reply(to: str, persons: tuple[Person, ...] = (), result: str = "0") -> PersonResponse:
    return PersonResponse(message_id="a", sent_at=AT, request_id=to, result=Entry(result), persons=persons)


def enveloped(answer: PersonResponse, code: str = shep.SUCCESS) -> bytes:
    data = gbdfl.write_response(answer)
    return shep.write_response(
        SyncResponse(message_id="a", answered_at=AT, code=code, message="x", data=data)
    )


def asking(
    send: Callable[[bytes], bytes], question: Question = QUESTION, codes: Codes | None = None
) -> Answer:
    return ShepRegister(send, sender="joldama", codes=codes or load_codes()).ask(question, at=AT)


def outcome(*persons: Person, by_document: tuple[Person, ...] = ()) -> Outcome:
    return asking(Gateway(*persons, by_document=by_document).send).outcome


def with_card(**changes: object) -> Person:
    return replace(PERSON, documents=(replace(CARD, **changes),))


def test_a_document_in_force_of_the_person_is_confirmed_with_his_data_by_one_message() -> None:
    gateway = Gateway(PERSON)

    assert asking(gateway.send) == CONFIRMED
    assert gateway.asked == [(AISHA, "")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"valid_until": TODAY}, Outcome.CONFIRMED),
        ({"valid_until": date(2026, 3, 19)}, Outcome.EXPIRED),
        ({"valid_until": None}, Outcome.CONFIRMED),
        ({"status": Entry("01")}, Outcome.EXPIRED),
        ({"status": Entry("0")}, Outcome.EXPIRED),
        ({"invalid_since": TODAY}, Outcome.EXPIRED),
        ({"invalid_since": date(2026, 3, 21)}, Outcome.CONFIRMED),
        ({"number": " 041234567 "}, Outcome.CONFIRMED),
        ({"series": "0412", "number": "34567"}, Outcome.CONFIRMED),
    ],
)
def test_a_document_holds_to_its_last_day_unless_the_register_ended_it(
    changes: dict[str, object], expected: Outcome
) -> None:
    assert outcome(with_card(**changes)) == expected


def test_the_day_is_that_of_the_country() -> None:
    ends_today = Gateway(with_card(valid_until=date(2026, 3, 19)))
    register = ShepRegister(ends_today.send, sender="x", codes=load_codes())

    before = datetime(2026, 3, 19, 18, 59, tzinfo=UTC)
    assert register.ask(QUESTION, at=before).outcome == Outcome.CONFIRMED
    assert register.ask(QUESTION, at=before.replace(hour=19)).outcome == Outcome.EXPIRED


def test_no_document_of_the_dead_is_in_force() -> None:
    assert outcome(replace(PERSON, died_on=date(2026, 1, 1))) == Outcome.EXPIRED


def test_of_two_editions_of_a_document_the_one_in_force_counts() -> None:
    old = replace(CARD, status=Entry("01"), valid_until=date(2040, 1, 1))

    assert outcome(replace(PERSON, documents=(CARD, old))) == Outcome.CONFIRMED
    assert outcome(replace(PERSON, documents=(old, CARD))) == Outcome.CONFIRMED


def test_nobody_with_the_number_is_unknown_and_so_is_one_who_was_removed() -> None:
    assert outcome() == Outcome.UNKNOWN
    assert outcome(replace(PERSON, is_removed=True)) == Outcome.UNKNOWN


def test_a_document_that_is_not_his_is_looked_for_once_more_by_its_number() -> None:
    without = replace(PERSON, documents=())
    gateway = Gateway(without)

    assert asking(gateway.send) == Answer(Outcome.UNKNOWN)
    assert gateway.asked == [(AISHA, ""), ("", "041234567")]
    assert outcome(without, by_document=(ANOTHER,)) == Outcome.OTHER_PERSON
    assert outcome(without, by_document=(PERSON,)) == Outcome.UNKNOWN
    assert asking(Gateway(without, by_document=(ANOTHER,)).send) == Answer(Outcome.OTHER_PERSON)


def test_a_document_of_another_kind_with_the_number_is_not_the_one_named() -> None:
    passport = with_card(kind=Entry("001"))

    assert outcome(passport, by_document=(passport,)) == Outcome.UNKNOWN


def test_a_number_that_no_message_can_carry_is_known_to_no_register() -> None:
    asked = replace(QUESTION, document_number="04\x01")

    assert asking(Gateway(PERSON).send, asked).outcome == Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("country", "kind", "holder"),
    [
        ("398", DocumentKind.PASSPORT_KZ, Holder.CITIZEN),
        ("643", DocumentKind.RESIDENCE_PERMIT, Holder.FOREIGNER),
        ("999", DocumentKind.STATELESS_CERTIFICATE, Holder.STATELESS),
        ("643", DocumentKind.ID_CARD_KZ, None),
    ],
)
def test_citizenship_is_told_by_its_code_and_otherwise_by_the_document(
    country: str, kind: DocumentKind, holder: Holder | None
) -> None:
    (code, *_others) = [code for code, named in load_codes().documents.items() if named is kind]
    person = replace(with_card(kind=Entry(code)), citizenship=Entry(country))

    answer = asking(Gateway(person).send, replace(QUESTION, document_kind=kind))

    assert (answer.outcome, answer.holder) == (Outcome.CONFIRMED, holder)


@pytest.mark.parametrize(
    ("status", "is_oralman"),
    [
        (None, None),
        (Repatriation(status=Entry("1")), None),
        (Repatriation(since=date(2026, 1, 1)), True),
        (Repatriation(since=date(2025, 3, 20), until=TODAY), True),
        (Repatriation(since=date(2025, 1, 1), until=date(2026, 1, 1)), False),
        (Repatriation(since=date(2026, 4, 1)), False),
    ],
)
def test_the_status_of_an_oralman_holds_between_its_days_and_is_not_known_without_them(
    status: Repatriation | None, is_oralman: bool | None
) -> None:
    assert asking(Gateway(replace(PERSON, repatriation=status)).send).is_oralman is is_oralman


def faulty(**fault: str) -> bytes:
    return shep.write_fault(Fault(**{"soap_code": "Server", "soap_text": "x", **fault}, failed_at=AT))


@pytest.mark.parametrize(
    ("received", "ended"),
    [
        (faulty(), Ended.FAULT),
        (faulty(code="FAULT-015", message="x"), Ended.FAULT),
        (faulty(code="VAL-R-004", message="x"), Ended.REJECTED),
        (faulty(soap_code="Client"), Ended.REJECTED),
        (faulty(soap_code="MustUnderstand"), Ended.REJECTED),
        (enveloped(reply("q"), code=shep.FAILURE), Ended.FAULT),
        (enveloped(reply("of somebody else", (PERSON,))), Ended.NOT_UNDERSTOOD),
        (
            shep.write_response(SyncResponse(message_id="a", answered_at=AT, code="SCSS001", message="x")),
            Ended.NOT_UNDERSTOOD,
        ),
        (enveloped(reply("q")).replace(b"requestId", b"request"), Ended.NOT_UNDERSTOOD),
        (b"<html><h1>502 Bad Gateway</h1></html>", Ended.NOT_UNDERSTOOD),
        (b"", Ended.NOT_UNDERSTOOD),
    ],
)
def test_what_is_no_answer_leaves_the_question_open(received: bytes, ended: Ended) -> None:
    with pytest.raises(RegisterSilent) as silent:
        asking(lambda message: received)

    assert silent.value.ended == ended


def test_an_answer_about_somebody_else_leaves_the_question_open() -> None:
    with pytest.raises(RegisterSilent) as silent:
        outcome(ANOTHER)

    assert silent.value.ended == Ended.NOT_UNDERSTOOD


def test_a_kind_of_document_nobody_explained_is_neither_the_one_named_nor_another() -> None:
    with pytest.raises(RegisterSilent) as silent:
        outcome(with_card(kind=Entry("077")))

    assert silent.value.ended == Ended.NOT_UNDERSTOOD


def test_a_result_listed_as_failed_is_no_answer_even_with_nobody_in_it() -> None:
    codes = replace(load_codes(), failed=frozenset({"9"}))

    def send(message: bytes) -> bytes:
        return enveloped(reply(gbdfl.read_request(shep.read_request(message).data).message_id, result="9"))

    assert asking(send).outcome == Outcome.UNKNOWN
    with pytest.raises(RegisterSilent) as silent:
        asking(send, codes=codes)
    assert silent.value.ended == Ended.FAULT


def test_every_kind_of_document_has_a_code_and_no_code_has_two() -> None:
    codes = load_codes()

    assert set(codes.documents.values()) == set(DocumentKind)
    assert (codes.since, codes.in_force) == (date(2026, 11, 22), {"00"})
    assert [codes.is_lasting(code) for code in ("VAL-R-004", "FAULT-015", "")] == [True, False, False]
    assert not replace(codes, lasting=()).is_lasting("VAL-R-004")


@pytest.mark.parametrize(
    "written", [None, "", "[documents]", "since = ", SHIPPED.read_text().replace("[faults]", "[x]")]
)
def test_a_file_of_codes_that_is_not_whole_is_refused(tmp_path: Path, written: str | None) -> None:
    path = tmp_path / "codes.toml"
    if written is not None:
        path.write_text(written)

    with pytest.raises(CodesUnreadable):
        load_codes(path)


def test_an_operators_own_codes_take_the_place_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "codes.toml"
    path.write_text(SHIPPED.read_text().replace('["00"]', '["00", "01"]'))

    person = with_card(status=Entry("01"))

    assert asking(Gateway(person).send).outcome == Outcome.EXPIRED
    assert asking(Gateway(person).send, codes=load_codes(path)).outcome == Outcome.CONFIRMED
