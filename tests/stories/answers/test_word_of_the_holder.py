"""S28: what only the paper vouches for is noted, and changes nothing until a specialist asked (§3.6)."""

import pytest
from django.urls import reverse

from joldama.cases.models import Application
from joldama.notices.ports import Letter
from joldama.referrals.models import Referral, Reply, ReplyCode
from tests.fakes.messengers import ScriptedMessenger
from tests.stories.answers.receiver import (
    ACCEPTED,
    NO_SHOW,
    REJECTED,
    code_in,
    link_in,
    on_the_paper,
    stranger,
)
from tests.stories.counter import Counter, said


def test_s28_what_the_holder_states_changes_nothing_and_makes_a_task(
    counter: Counter, handed_over: Application
) -> None:
    browser = stranger()
    given = browser.post(reverse("organisation:answer"), {**on_the_paper(), **ACCEPTED, "way": "stated"})

    assert "not confirmed" in said(browser.get(given.url))
    referral = Referral.objects.get()
    assert (referral.state, referral.slip_answer) == ("HANDED_OVER", None)
    work = said(counter.specialist.get(reverse("desk:work")))
    assert "Unconfirmed answers: ask the organisation" in work
    assert handed_over.number in work
    assert "The answer is noted, but not confirmed" in counter.case_page(handed_over)
    assert "the code on the paper" in counter.town.account_page(handed_over, "en")


def test_a_specialist_who_asked_confirms_it(counter: Counter, handed_over: Application) -> None:
    stranger().post(reverse("organisation:answer"), {**on_the_paper(), **ACCEPTED, "way": "stated"})
    reply = Reply.objects.get()

    counter.specialist.post(reverse("desk:confirm-reply", args=[handed_over.pk, reply.pk]))

    referral = Referral.objects.get()
    assert (referral.state, referral.slip_way) == ("ACCEPTED_BY_ORGANISATION", "stated")
    assert referral.slip_recorded_by == counter.world.specialist
    reply.refresh_from_db()
    assert (reply.outcome, reply.settled_by) == ("confirmed", counter.world.specialist)
    assert "Unconfirmed answers" not in said(counter.specialist.get(reverse("desk:work")))


def test_a_specialist_sets_it_aside(counter: Counter, handed_over: Application) -> None:
    stranger().post(reverse("organisation:answer"), {**on_the_paper(), **NO_SHOW, "way": "stated"})
    reply = Reply.objects.get()

    counter.specialist.post(reverse("desk:set-reply-aside", args=[handed_over.pk, reply.pk]))

    reply.refresh_from_db()
    assert (reply.outcome, Referral.objects.get().state) == ("set_aside", "HANDED_OVER")
    assert "Unconfirmed answers" not in said(counter.specialist.get(reverse("desk:work")))


def test_another_office_confirms_nothing(counter: Counter, handed_over: Application) -> None:
    stranger().post(reverse("organisation:answer"), {**on_the_paper(), **NO_SHOW, "way": "stated"})
    address = reverse("desk:confirm-reply", args=[handed_over.pk, Reply.objects.get().pk])

    assert Counter(counter.town, "almaty").specialist.post(address).status_code == 404
    assert counter.head.post(address).status_code == 403
    assert Referral.objects.get().state == "HANDED_OVER"


def test_an_answer_that_counts_sets_aside_what_was_stated(counter: Counter, letter: Letter) -> None:
    stranger().post(reverse("organisation:answer"), {**on_the_paper(), **NO_SHOW, "way": "stated"})

    stranger().post(link_in(letter), {**ACCEPTED, "code": code_in(letter)})

    assert sorted(Reply.objects.values_list("way", "outcome")) == [
        ("code", "taken"),
        ("stated", "set_aside"),
    ]


def test_no_more_than_three_statements_wait(counter: Counter, handed_over: Application) -> None:
    browser, address = stranger(), reverse("organisation:answer")
    for typed in (NO_SHOW, NO_SHOW, REJECTED, ACCEPTED):
        assert browser.post(address, {**on_the_paper(), **typed, "way": "stated"}).status_code == 302

    enough = browser.post(address, {**on_the_paper(), **ACCEPTED, "order": "15-ж", "way": "stated"})

    assert enough.status_code == 422
    assert Reply.objects.count() == 3


@pytest.mark.parametrize("wrong", ["n", "d", "c"])
def test_who_does_not_hold_the_paper_learns_nothing(
    counter: Counter, letter: Letter, wrong: str, messenger: ScriptedMessenger
) -> None:
    other = {"n": "АСТ-Ж-2015-000999", "d": "16.09.2015", "c": "ABCDEFGH"}
    typed = {**on_the_paper(), wrong: other[wrong]}

    looked = stranger().get(reverse("organisation:answer"), typed)
    stated = stranger().post(reverse("organisation:answer"), {**typed, **NO_SHOW, "way": "stated"})
    asked = stranger().post(reverse("organisation:letter"), typed)

    assert {looked.status_code, stated.status_code, asked.status_code} == {404}
    unknown = stranger().get(reverse("organisation:answer"), {**typed, "n": "АСТ-Ж-2015-000998"})
    assert said(looked) == said(unknown)
    counter.town.work()
    assert (Reply.objects.count(), ReplyCode.objects.count(), len(messenger.carried)) == (0, 1, 1)


def test_who_guesses_has_to_wait_and_who_reloads_his_page_has_not(
    counter: Counter, handed_over: Application
) -> None:
    """A33: ten tries a minute from one network; what was found once is no guess."""
    browser, address, held = stranger(), reverse("organisation:answer"), on_the_paper()

    assert [browser.get(address, held).status_code for _ in range(12)] == [200] * 12
    guesses = [browser.get(address, {**held, "c": f"ABCDEF{n:02d}"}).status_code for n in range(10)]

    assert guesses == [404] * 9 + [429]
    assert browser.get(address, {**held, "c": "ABCDEFGH"}).status_code == 429


def test_what_is_closed_says_so(counter: Counter, handed_over: Application) -> None:
    counter.annul(handed_over, "Лауазым қате жазылған.")
    page = stranger().get(reverse("organisation:answer"), on_the_paper())
    assert "The referral is void" in said(page)
    stated = stranger().post(reverse("organisation:answer"), {**on_the_paper(), **NO_SHOW, "way": "stated"})
    assert stated.status_code == 422
    assert Reply.objects.count() == 0
