"""A QR code from its asking to its end: how long it lives, what ends it, what it holds and costs."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from joldama.cases.models import Application
from joldama.journal.models import Event
from joldama.people.models import Person
from joldama.procedures import remote_signing
from joldama.signatures.models import RemoteSigning
from tests.factories.steps import MONDAY_TEN
from tests.stories.by_phone.screen import CHECK, Screen, message, nothing_was_taken
from tests.stories.phone import Phone
from tests.stories.town import Town


def test_a_code_that_is_over_says_so_on_both_screens(town: Town, screen: Screen, phone: Phone) -> None:
    content = screen.ask()
    phone.scan(content)
    phone.read()
    town.at("2015-09-14 10:10")

    answer = phone.send()

    assert answer.status_code == 410
    assert "has expired. It works for 10 min only." in message(answer)
    assert screen.state["state"] == "expired"
    assert "The QR code has expired." in screen.said
    assert nothing_was_taken()
    assert phone.sign_by(screen.ask()).status_code == 200


def test_a_cancelled_code_is_closed(screen: Screen, phone: Phone) -> None:
    content = screen.ask()
    phone.scan(content)
    phone.read()

    assert screen.cancel().url == CHECK

    assert "You cancelled it yourself." in screen.said
    assert phone.send().status_code == 410
    assert phone.scan(content).status_code == 410
    assert nothing_was_taken()


def test_what_is_signed_by_now_is_not_cancelled(screen: Screen, phone: Phone) -> None:
    phone.sign_by(screen.ask())

    screen.cancel()

    assert screen.state["state"] == "signed"
    assert Application.objects.exists()


def test_a_new_code_takes_the_place_of_the_one_before(screen: Screen, phone: Phone) -> None:
    first = screen.ask()
    second = screen.ask()

    assert phone.scan(first).status_code == 410
    assert phone.sign_by(second).status_code == 200


def test_the_token_stands_in_no_row_and_the_document_only_while_it_may_be_signed(
    screen: Screen, phone: Phone
) -> None:
    content = screen.ask()
    token = content.split("/")[-2]
    kept = list(RemoteSigning.objects.values_list().get())

    assert not [
        value for value in kept if token in str(value) or token.encode() in bytes(str(value), "utf-8")
    ]
    assert not Event.objects.filter(facts__icontains=token).exists()
    phone.sign_by(content)
    assert RemoteSigning.objects.get().document is None


def test_the_sweep_ends_what_is_over_and_forgets_it_a_day_later(town: Town, screen: Screen) -> None:
    screen.ask()
    town.at("2015-09-14 10:11")
    remote_signing.sweep(at=town.now)
    ended = RemoteSigning.objects.get()
    town.at("2015-09-15 10:11")
    remote_signing.sweep(at=town.now)

    assert (ended.state, ended.document) == ("expired", None)
    assert not RemoteSigning.objects.exists()


def test_a_code_and_a_page_hold_nothing_of_the_person(screen: Screen, phone: Phone, person: Person) -> None:
    content = screen.ask()
    drawn = screen.browser.get(screen._address("code"))

    assert person.iin not in content
    assert drawn["Content-Type"] == "image/svg+xml"
    assert b"style" not in drawn.content
    phone.scan(content)
    assert person.iin not in json.dumps(phone.invitation)


def test_asking_each_second_costs_two_queries(screen: Screen, django_assert_num_queries: Any) -> None:
    screen.ask()
    address = screen._address("state")
    screen.browser.get(address)

    with django_assert_num_queries(2):
        screen.browser.get(address)


def test_the_page_with_a_code_costs_one_query_more(
    town: Town, screen: Screen, django_assert_max_num_queries: Any
) -> None:
    screen.browser.get(CHECK)
    with django_assert_max_num_queries(13) as before:
        screen.browser.get(CHECK)
    screen.ask()
    with django_assert_max_num_queries(14) as after:
        screen.browser.get(CHECK)

    assert len(after) - len(before) == 1


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "opened"},
        {"state": "signed"},
        {"state": "cancelled"},
        {"state": "expired"},
        {"ended_why": "person"},
        {"document": None},
        {"number": 47},
        {"person": None},
        {"taken_at": MONDAY_TEN},
        {"opened_at": MONDAY_TEN},
        {"result": UUID(int=1)},
    ],
)
def test_a_row_that_contradicts_itself_is_not_kept(screen: Screen, columns: dict[str, Any]) -> None:
    screen.ask()

    with pytest.raises(IntegrityError), transaction.atomic():
        RemoteSigning.objects.update(**columns)
