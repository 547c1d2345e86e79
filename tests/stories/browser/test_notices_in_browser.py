"""A person leaves an address, applies, and the worker's letter lies in the demonstration's folder."""

import time
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.stories.browser.house import House
from tests.stories.browser.walk import PATIENCE, Walker, answer_questions

pytestmark = pytest.mark.browser

ADDRESS = "aisha@example.kz"


def letters(house: House) -> list[Path]:
    return sorted((Path(house.environment["JOLDAMA_DATA"]) / "mail").glob("*"))


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
    [letter] = letters(house)
    written = message_from_bytes(letter.read_bytes().split(b"\n-----")[0], policy=policy.default)
    assert written["To"] == ADDRESS
    assert "сообщение о государственной услуге" in written["Subject"]
    assert applicant.surname not in written.get_content()
