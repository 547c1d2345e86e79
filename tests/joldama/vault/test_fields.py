"""What carries a person is unreadable at rest and bound to its row."""

from uuid import uuid4

import pytest
from django.db import connection

from joldama.cases.models import Draft
from joldama.people.models import Person
from joldama.people.operations import remember_person
from joldama.people.queries import person_by_iin
from joldama.standard.names import PersonName
from joldama.vault.cipher import Tampered, blind, seal, unseal
from joldama.vault.fields import closed

NAME = PersonName(surname="Нұрланова", given_name="Айша", patronymic="Серікқызы")
IIN = "900115267840"


def stored_bytes(table: str, column: str) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{table}" ORDER BY id')
        return [bytes(row[0]) for row in cursor.fetchall()]


def test_a_person_is_found_by_number_and_read_back(db: None) -> None:
    remember_person(IIN, name=NAME)

    found = person_by_iin(IIN)

    assert found is not None
    assert (found.iin, found.name) == (IIN, NAME)


def test_nothing_of_a_person_is_readable_in_the_table(db: None) -> None:
    remember_person(IIN, name=NAME)

    with connection.cursor() as cursor:
        cursor.execute("SELECT people_person::text FROM people_person")
        row = cursor.fetchone()[0]

    assert IIN not in row
    assert "Айша" not in row
    assert IIN.encode().hex() not in row


def test_a_value_moved_to_another_row_does_not_open(db: None) -> None:
    first = remember_person(IIN, name=NAME)
    second = remember_person("850916125478", name=NAME)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person SET iin = (SELECT iin FROM people_person WHERE id = %s) WHERE id = %s",
            [first.pk, second.pk],
        )

    with pytest.raises(Tampered):
        Person.objects.get(pk=second.pk).iin  # noqa: B018 - reading it is what opens it


def test_an_encrypted_column_refuses_an_unencrypted_update(db: None) -> None:
    person = remember_person(IIN, name=NAME)

    with pytest.raises(TypeError):
        Person.objects.filter(pk=person.pk).update(iin="850916125478")


def test_an_update_with_a_closed_value_is_read_back(db: None) -> None:
    person = remember_person(IIN, name=NAME)

    Person.objects.filter(pk=person.pk).update(born_on=closed(person, "born_on", "1990-01-15"))

    assert Person.objects.get(pk=person.pk).born_on == "1990-01-15"


def test_each_encryption_of_the_same_text_differs_and_flipped_bits_do_not_open() -> None:
    first, second = seal(b"text", place="t.c:1"), seal(b"text", place="t.c:1")

    assert first != second
    assert unseal(first, place="t.c:1") == b"text"
    for position in range(len(first)):
        flipped = bytearray(first)
        flipped[position] ^= 1
        with pytest.raises(Tampered):
            unseal(bytes(flipped), place="t.c:1")


def test_blind_indexes_of_two_purposes_differ() -> None:
    assert blind("iin", IIN) != blind("content", IIN)


def test_a_draft_keeps_its_answers(db: None) -> None:
    person = remember_person(IIN, name=NAME)
    draft = Draft.objects.create(
        id=uuid4(),
        person=person,
        answers={"kind": "PUBLIC_WORKS"},
        started_at="2015-09-14T04:00Z",
        saved_at="2015-09-14T04:00Z",
    )

    assert Draft.objects.get(pk=draft.pk).answers == {"kind": "PUBLIC_WORKS"}
