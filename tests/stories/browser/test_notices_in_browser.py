"""A person leaves an address, applies, and the worker's letter lies in the demonstration's folder."""

import time
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.stories.browser.house import House
from tests.stories.browser.walk import PATIENCE, Walker, answer_questions

pytestmark = pytest.mark.browser

ADDRESS = "aisha@example.kz"


def letters(house: House) -> list[EmailMessage]:
    """Give the letters to this person: the organisations of the scene get theirs in the same folder."""
    files = sorted((Path(house.environment["JOLDAMA_DATA"]) / "mail").glob("*"))
    read = [message_from_bytes(one.read_bytes().split(b"\n-----")[0], policy=policy.default) for one in files]
    return [letter for letter in read if letter["To"] == ADDRESS]


def test_who_left_an_address_is_written_to_once_he_has_applied(
    house: House, walker: Callable[..., Walker]
) -> None:
    applicant = house.visitor()
    person = walker(language="ru")
    person.enter_as_person(applicant)
    person.link("notices.add").click()
    person.sees_page("/account/contact/")
    person.fill(email=ADDRESS)
    person.button("notices.keep").click()
    person.sees_page("/account/")
    person.open("/apply/kind/")

    answer_questions(person, applicant, kind="PUBLIC_WORKS", office="Астан")
    person.sign(applicant.slug)
    person.sees_page("/applications/*/receipt/")

    patient_until = time.monotonic() + PATIENCE / 1000
    while not letters(house) and time.monotonic() < patient_until:
        person.page.wait_for_timeout(200)
    [written] = letters(house)
    assert "сообщение о государственной услуге" in written["Subject"]
    assert applicant.surname not in written.get_content()
