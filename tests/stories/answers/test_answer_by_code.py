"""S28: the organisation answers with the one-time code of its letter (§3.6, §4.7)."""

import pytest
from django.urls import reverse

from joldama.cases.models import Application
from joldama.journal.models import Event
from joldama.notices.ports import Letter
from joldama.openings.models import Contact
from joldama.openings.operations import end_contact
from joldama.referrals.models import Referral, Reply, ReplyCode
from tests.fakes.messengers import ScriptedMessenger
from tests.stories.answers.receiver import (
    ACCEPTED,
    NO_SHOW,
    REJECTED,
    another_than,
    code_in,
    link_in,
    stranger,
)
from tests.stories.counter import Counter, said


@pytest.mark.parametrize(
    ("typed", "state", "slip"),
    [
        (
            ACCEPTED,
            "ACCEPTED_BY_ORGANISATION",
            {"answered_on": "2015-09-18", "start_on": "2015-09-21", "order": "14-ж, 18.09.2015"},
        ),
        (REJECTED, "REJECTED_BY_ORGANISATION", {"answered_on": "2015-09-18", "reason": "Орын бос емес."}),
        (NO_SHOW, "NO_SHOW", {"answered_on": "2015-09-18"}),
    ],
)
def test_s28_an_answer_with_the_code(
    counter: Counter, letter: Letter, typed: dict[str, str], state: str, slip: dict[str, str]
) -> None:
    browser = stranger()
    given = browser.post(link_in(letter), {**typed, "code": code_in(letter)})

    assert given.status_code == 302
    assert "The answer is recorded" in said(browser.get(given.url))
    referral = Referral.objects.get()
    assert (referral.state, referral.slip, referral.slip_way) == (state, slip, "code")
    assert (referral.slip_recorded_at, referral.slip_recorded_by) == (counter.town.now, None)
    reply = Reply.objects.get()
    event = Event.objects.get(subject=referral.pk, name=f"referral.{state.lower()}")
    assert (event.actor_kind, event.actor, event.facts) == (
        "receiver",
        reply.pk,
        {"late": False, "way": "code"},
    )


def test_person_and_office_see_the_answer_and_how_it_came(
    counter: Counter, letter: Letter, handed_over: Application, messenger: ScriptedMessenger
) -> None:
    stranger().post(link_in(letter), {**ACCEPTED, "code": code_in(letter)})

    assert "one-time code from a letter" in counter.town.account_page(handed_over, "en")
    assert "хаттағы бір реттік код" in counter.town.account_page(handed_over, "kk")
    page = counter.case_page(handed_over)
    assert "Accepted , 21 September 2015; № 14-ж, 18.09.2015 How it came: one-time code from a letter" in page
    counter.town.work()
    told = messenger.carried[-1]
    assert told.address == "kadr@zhol.example"
    assert "одноразовый код из письма" in told.body
    assert reverse("organisation:given", args=[Reply.objects.get().pk]) in told.body


def test_an_answer_is_given_once(letter: Letter) -> None:
    """A second click leads to the same receipt; the code opens nothing any more."""
    first = stranger().post(link_in(letter), {**ACCEPTED, "code": code_in(letter)})
    again = stranger().post(link_in(letter), {**NO_SHOW, "code": code_in(letter)})

    assert again.url == first.url
    assert Referral.objects.get().state == "ACCEPTED_BY_ORGANISATION"
    assert Reply.objects.count() == 1


def test_five_wrong_codes_lock_it(letter: Letter) -> None:
    code, browser = code_in(letter), stranger()
    wrong = {**ACCEPTED, "code": another_than(code)}

    for left in (4, 3, 2, 1):
        page = browser.post(link_in(letter), wrong)
        assert page.status_code == 422
        assert f"tries left: {left}" in said(page)
    locked = browser.post(link_in(letter), wrong)
    right = browser.post(link_in(letter), {**ACCEPTED, "code": code})

    assert (locked.status_code, right.status_code) == (410, 410)
    assert "The code is locked" in said(right)
    assert (Referral.objects.get().state, Reply.objects.count()) == ("HANDED_OVER", 0)
    kept = ReplyCode.objects.get()
    assert (kept.misses, kept.ended_why) == (5, "locked")
    assert Event.objects.filter(name="referral.code_locked").count() == 1


def test_four_wrong_codes_do_not(letter: Letter) -> None:
    """The control of the one above; blanks and hyphens are nobody's fault."""
    code, browser = code_in(letter), stranger()
    for _ in range(4):
        browser.post(link_in(letter), {**ACCEPTED, "code": another_than(code)})

    given = browser.post(link_in(letter), {**ACCEPTED, "code": f" {code.replace(' ', '-')} "})

    assert given.status_code == 302
    assert Referral.objects.get().state == "ACCEPTED_BY_ORGANISATION"


def test_nothing_typed_is_lost_and_an_incomplete_answer_costs_no_try(letter: Letter) -> None:
    page = stranger().post(link_in(letter), {"answer": "accepted", "order": "14-ж", "code": "00000000"})

    assert page.status_code == 422
    assert 'href="#id_start_on"' in page.content.decode()
    assert 'value="14-ж"' in page.content.decode()
    assert ReplyCode.objects.get().misses == 0


@pytest.mark.parametrize(
    ("at", "status"), [("2015-09-29 23:59", 302), ("2015-09-30 00:00", 410)], ids=["last minute", "over"]
)
def test_a_code_is_over_a_week_after_the_last_day(
    counter: Counter, letter: Letter, at: str, status: int
) -> None:
    """The last day is 2015-09-22; until then and a week longer an answer is awaited."""
    counter.town.at(at)

    given = stranger().post(link_in(letter), {**ACCEPTED, "code": code_in(letter)})

    assert given.status_code == status


def test_a_contact_that_ended_answers_no_more(counter: Counter, letter: Letter, contact: Contact) -> None:
    end_contact(contact, by=counter.world.specialist, at=counter.town.now)

    given = stranger().post(link_in(letter), {**ACCEPTED, "code": code_in(letter)})

    assert given.status_code == 410
    assert Referral.objects.get().state == "HANDED_OVER"


def test_s28_a_late_answer_is_kept_and_closes_the_task_and_the_referral_stays_expired(
    counter: Counter, letter: Letter, handed_over: Application
) -> None:
    counter.town.at("2015-09-23 09:00")
    counter.town.sweep()
    [late] = [one for one in (letter,) if link_in(one)]
    assert "does not become valid again" in said(stranger().get(link_in(late)))

    given = stranger().post(link_in(late), {**NO_SHOW, "code": code_in(late)})

    assert given.status_code == 302
    referral = Referral.objects.get()
    assert (referral.state, referral.slip_answer, referral.contacted_at) == ("EXPIRED", "no_show", None)
    assert handed_over.number not in said(counter.specialist.get(reverse("desk:work")))
