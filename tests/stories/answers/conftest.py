"""A referral in the person's hand, the contact of its organisation, and the letter with the code."""

from collections.abc import Iterator

import pytest

from joldama.cases.models import Application
from joldama.notices import ports
from joldama.notices.ports import Letter
from joldama.openings.models import Contact
from joldama.openings.operations import confirm_contact
from tests.factories import openings
from tests.fakes.messengers import ScriptedMessenger
from tests.stories.answers.receiver import BIN, given_to_the_person
from tests.stories.counter import Counter


@pytest.fixture
def messenger() -> Iterator[ScriptedMessenger]:
    before = ports.messenger()
    carrying = ScriptedMessenger()
    ports.wire(carrying)
    yield carrying
    ports.wire(before)


@pytest.fixture
def contact(counter: Counter) -> Contact:
    """Whom staff asked and confirmed for the organisation of the referral."""
    counter.town.at("2015-09-15 09:30")
    known = openings.organisation(counter.world, number=BIN)
    return confirm_contact(
        known,
        name="Дәулетова Сәуле",
        email="kadr@zhol.example",
        language="ru",
        by=counter.world.specialist,
        at=counter.town.now,
    )


@pytest.fixture
def handed_over(counter: Counter, messenger: ScriptedMessenger) -> Application:
    """A referral of Tuesday, 2015-09-15, in the person's hand; it is Friday."""
    return given_to_the_person(counter)


@pytest.fixture
def letter(contact: Contact, handed_over: Application, messenger: ScriptedMessenger) -> Letter:
    """The letter with the one-time code."""
    [carried] = messenger.carried
    return carried
