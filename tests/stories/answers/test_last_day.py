"""S28: before the last day organisation and person are reminded, and the person is told of the answer (§4.7)."""

import pytest
from django.urls import reverse

from joldama.cases.models import Application
from joldama.notices.models import Notice
from joldama.notices.ports import Letter
from joldama.openings.models import Contact
from joldama.referrals.models import ReplyCode
from tests.fakes.messengers import ScriptedMessenger
from tests.stories.answers.receiver import ACCEPTED, code_in, link_in, stranger
from tests.stories.counter import Counter


@pytest.mark.parametrize(
    ("at", "reminded"),
    [
        ("2015-09-21 08:59", False),
        ("2015-09-21 09:00", True),
        ("2015-09-22 23:59", True),
        ("2015-09-23 00:00", False),
    ],
)
def test_the_last_day_is_reminded_of_on_the_business_day_before(
    counter: Counter, letter: Letter, messenger: ScriptedMessenger, at: str, *, reminded: bool
) -> None:
    """The last day is Tuesday, 2015-09-22; the organisation gets a new code."""
    counter.town.at(at)
    counter.town.sweep()
    counter.town.sweep()
    counter.town.work()

    assert [("скоро последний день" in one.subject) for one in messenger.carried[1:]] == [True] * reminded
    assert ReplyCode.objects.filter(ended_at=None).count() == 1


def test_the_person_is_reminded_too_and_told_of_the_answer(
    counter: Counter, handed_over: Application, messenger: ScriptedMessenger
) -> None:
    browser = counter.town.browser_of(handed_over.person)
    browser.post(reverse("portal:contact"), {"email": "aisha@example.kz"})
    counter.town.at("2015-09-21 09:00")
    counter.town.sweep()
    counter.specialist.post(
        reverse("desk:slip", args=[handed_over.pk]),
        {"answer": "accepted", "answered_on": "21.09.2015"},
    )
    counter.town.work()

    kinds = Notice.objects.filter(person=handed_over.person).values_list("kind", flat=True)
    assert set(kinds) == {"referral_expiring", "referral_answered"}
    assert [one.address for one in messenger.carried] == ["aisha@example.kz"] * 2


def test_an_answered_referral_is_reminded_of_to_nobody(
    counter: Counter, letter: Letter, messenger: ScriptedMessenger
) -> None:
    stranger().post(link_in(letter), {**ACCEPTED, "code": code_in(letter)})
    counter.town.work()
    before = len(messenger.carried)

    counter.town.at("2015-09-21 09:00")
    counter.town.sweep()
    counter.town.work()

    assert len(messenger.carried) == before


def test_s28_one_collected_after_its_last_day_is_given_with_a_word_about_it_and_no_organisation_is_written_to(
    counter: Counter, contact: Contact, messenger: ScriptedMessenger
) -> None:
    """R8.1-a: handing over is never refused."""
    counter.town.at("2015-09-15 10:00")
    application = counter.register(document_valid_until="31.12.2030")
    counter.take(application)
    counter.draft(application)
    counter.sign(application)
    counter.town.work()
    counter.offer(application)
    told = "The last day of this referral, 22 September 2015, is over"
    counter.town.passes_to("2015-09-22 10:00")
    on_its_last_day = counter.case_page(application)
    counter.town.passes_to("2015-09-23 10:00")

    after_it = counter.case_page(application)
    counter.hand_over(application)
    counter.town.work()

    assert (told in on_its_last_day, told in after_it) == (False, True)
    assert messenger.carried == []
