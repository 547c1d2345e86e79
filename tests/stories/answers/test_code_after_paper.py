"""S26, S28: a handing over that was kept on paper and entered later: the contact gets the code at the entry."""

import re

import pytest

from joldama.cases.blanks import PaperBlank
from joldama.openings.models import Contact
from joldama.referrals.models import Referral, ReplyCode
from tests.fakes.messengers import ScriptedMessenger
from tests.stories.answers.receiver import NO_SHOW, code_in, link_in, stranger
from tests.stories.counter import Counter
from tests.stories.test_paper_case import NUMBER, case_of, entered, result_entered
from tests.stories.town import wall


@pytest.fixture
def blank(counter: Counter) -> PaperBlank:
    """A blank of Tuesday, 2015-09-15, on which everything will be written that morning."""
    counter.head.post("/desk/paper/", {"count": "3"})
    return PaperBlank.objects.get(number=NUMBER)


def entered_at(counter: Counter, blank: PaperBlank, at: str) -> Referral:
    """The head enters package and referral; the last day is 2015-09-22."""
    counter.town.at(at)
    application = case_of(entered(counter, blank))
    assert result_entered(counter, application).status_code == 302
    counter.town.sweep()
    counter.town.work()
    return Referral.objects.get()


def test_the_letter_goes_when_the_paper_is_entered_and_its_code_answers(
    counter: Counter, contact: Contact, blank: PaperBlank, messenger: ScriptedMessenger
) -> None:
    referral = entered_at(counter, blank, "2015-09-15 16:30")

    [letter] = messenger.carried
    assert letter.address == "kadr@zhol.example"
    assert re.search(r"ждем вашего ответа", letter.subject)
    assert wall(ReplyCode.objects.get().made_at) == "2015-09-15 16:30:00"
    given = stranger().post(link_in(letter), {**NO_SHOW, "code": code_in(letter)})
    assert given.status_code == 302
    referral.refresh_from_db()
    assert referral.state == "NO_SHOW"


def test_without_a_confirmed_contact_none_goes(
    counter: Counter, blank: PaperBlank, messenger: ScriptedMessenger
) -> None:
    entered_at(counter, blank, "2015-09-15 16:30")

    assert (messenger.carried, ReplyCode.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("at", "subject"),
    [
        ("2015-09-18 16:30", "ждем вашего ответа"),
        ("2015-09-21 09:30", "скоро последний день"),
        ("2015-09-29 16:30", "ждем вашего ответа"),
    ],
    ids=["before the reminder", "the reminder alone", "the last day an answer is awaited"],
)
def test_one_letter_goes_however_late_the_paper_is_entered(
    counter: Counter, contact: Contact, blank: PaperBlank, messenger: ScriptedMessenger, at: str, subject: str
) -> None:
    entered_at(counter, blank, at)

    [letter] = messenger.carried
    assert subject in letter.subject


def test_no_letter_asks_for_what_nobody_awaits_any_more(
    counter: Counter, contact: Contact, blank: PaperBlank, messenger: ScriptedMessenger
) -> None:
    """The control of the one above: eight days after the last day."""
    entered_at(counter, blank, "2015-09-30 10:00")

    assert (messenger.carried, ReplyCode.objects.count()) == ([], 0)
