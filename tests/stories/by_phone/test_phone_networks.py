"""A code belongs to one network, a ticket to one session; who guesses or asks too often has to wait."""

import pytest
from django.test import Client
from django.urls import reverse

from joldama.people.models import Person
from joldama.procedures import remote_signing
from joldama.procedures.remote_signing import MOST_ASKED, MOST_MISSES
from joldama.signatures.models import RemoteMiss, RemoteSigning
from tests.factories import pki
from tests.stories.by_phone.screen import BY_PHONE, CHECK, Screen, message, nothing_was_taken
from tests.stories.phone import ELSEWHERE, Phone
from tests.stories.town import Town, text_of


def test_a_second_network_ends_it_and_the_screen_says_why(town: Town, screen: Screen, phone: Phone) -> None:
    content = screen.ask()
    phone.scan(content)
    stranger = Phone(pki.person("850916125478"), at=town.now, network=ELSEWHERE)

    second = stranger.scan(content)

    assert second.status_code == 409
    assert "opened from another network already" in message(second)
    assert screen.state["state"] == "cancelled"
    assert "opened a second time from another network" in screen.said
    assert phone._client.get(content.removeprefix("mobileSign:http://localhost:8000")).status_code == 410
    assert nothing_was_taken()


@pytest.mark.parametrize("step", ["read", "send"])
def test_every_later_call_comes_from_the_first_network(
    town: Town, screen: Screen, phone: Phone, step: str
) -> None:
    phone.scan(screen.ask())
    phone.read()
    stranger = Phone(pki.person("850916125478"), at=town.now, network=ELSEWHERE)
    stranger.invitation, stranger.asked = phone.invitation, phone.asked

    assert getattr(stranger, step)().status_code == 409
    assert phone.send().status_code == 410
    assert nothing_was_taken()


def test_a_phone_may_ask_twice_from_its_own_network(screen: Screen, phone: Phone) -> None:
    content = screen.ask()

    assert [phone.scan(content).status_code for _ in range(3)] == [200, 200, 200]
    assert phone.sign_by(content).status_code == 200


def test_two_addresses_of_one_ipv6_network_are_one_phone(town: Town, screen: Screen, person: Person) -> None:
    key = pki.person(person.iin)
    content = screen.ask()
    Phone(key, at=town.now, network="2001:db8:1:2:aaaa::1").scan(content)

    assert Phone(key, at=town.now, network="2001:db8:1:2:bbbb::9").sign_by(content).status_code == 200


def test_two_ipv6_networks_are_two(town: Town, screen: Screen, person: Person) -> None:
    content = screen.ask()
    Phone(pki.person(person.iin), at=town.now, network="2001:db8:1:2::1").scan(content)

    assert (
        Phone(pki.person(person.iin), at=town.now, network="2001:db8:1:3::1").scan(content).status_code == 409
    )


def test_guessed_tokens_find_nothing_and_a_network_that_guesses_has_to_wait(
    town: Town, screen: Screen, phone: Phone
) -> None:
    content = screen.ask()
    guesser = Client(REMOTE_ADDR=ELSEWHERE)
    guesses = [guesser.get(f"/mobile/{n:043d}/mgovSign").status_code for n in range(MOST_MISSES + 2)]

    assert guesses == [404] * MOST_MISSES + [429] * 2
    waiting = Phone(pki.person("850916125478"), at=town.now, network=ELSEWHERE)
    assert waiting.scan(content).status_code == 429  # also with a token that exists
    assert phone.sign_by(content).status_code == 200  # who guesses holds up nobody else
    town.at("2015-09-14 10:10")
    assert guesser.get(f"/mobile/{1:043d}/mgovSign").status_code == 404
    remote_signing.sweep(at=town.now)
    assert RemoteMiss.objects.count() == 1


def test_too_many_codes_from_one_network_are_refused_with_a_sentence(person: Person) -> None:
    answers = [Client(HTTP_ACCEPT_LANGUAGE="en").post(BY_PHONE).status_code for _ in range(MOST_ASKED)]
    refused = Client(HTTP_ACCEPT_LANGUAGE="en").post(BY_PHONE)

    assert answers == [302] * MOST_ASKED
    assert refused.status_code == 422
    assert "No new code can be given now." in text_of(refused.content.decode())
    assert Client(REMOTE_ADDR=ELSEWHERE).post(BY_PHONE).status_code == 302


def test_another_session_sees_neither_code_nor_state(town: Town, screen: Screen, person: Person) -> None:
    screen.ask()
    pk = RemoteSigning.objects.get().pk
    other = town.browser_of(person)

    for browser in (other, Client()):
        assert browser.get(reverse("mobile:state", args=[pk])).status_code == 404
        assert browser.get(reverse("mobile:code", args=[pk])).status_code == 404
        assert browser.post(reverse("mobile:cancel", args=[pk])).status_code == 404
    assert screen.state["state"] == "waiting"
    assert 'data-code="' not in other.get(CHECK).content.decode()


def test_a_ticket_carried_into_another_session_opens_nothing(
    town: Town, screen: Screen, person: Person
) -> None:
    screen.ask()
    thief = Client()
    session = thief.session
    session["remote_signing"] = screen.browser.session["remote_signing"]
    session.save()

    assert thief.get(reverse("mobile:state", args=[RemoteSigning.objects.get().pk])).status_code == 404
