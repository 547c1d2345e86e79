"""An organisation answered by mistake: the office sets the answer aside with a reason, and both stay (§3.6, S28)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from joldama.cases.models import Application
from joldama.journal.models import Event
from joldama.notices.models import Notice
from joldama.notices.ports import Letter
from joldama.openings.models import Contact
from joldama.referrals.models import Referral, Reply, ReplyCode, WithdrawnAnswer
from tests.fakes.messengers import ScriptedMessenger
from tests.stories.answers.receiver import (
    ACCEPTED,
    NO_SHOW,
    REJECTED,
    code_in,
    link_in,
    on_the_paper,
    signed,
    stranger,
    to_sign,
)
from tests.stories.counter import Counter, hidden, said

REASON = "Кадр бөлімі: адам ертеңіне келді, № 14-ж бұйрық бар."


def page_of(counter: Counter, case: Application) -> Any:
    return counter.specialist.get(reverse("desk:withdraw-answer", args=[case.pk]))


def set_aside(counter: Counter, case: Application, *, reason: str = REASON, **typed: str) -> Any:
    """The specialist opens the page, and sets the answer aside that it shows."""
    address = reverse("desk:withdraw-answer", args=[case.pk])
    known = typed or {"answered_at": hidden(page_of(counter, case), "answered_at")}
    return counter.specialist.post(address, {**known, "reason": reason})


@pytest.fixture
def mistaken(counter: Counter, letter: Letter, handed_over: Application) -> Application:
    """The contact answered with the code that nobody came; then somebody did."""
    stranger().post(link_in(letter), {**NO_SHOW, "code": code_in(letter)})
    counter.town.work()
    counter.town.at("2015-09-18 15:00")
    return handed_over


def test_a_mistake_is_set_aside_and_a_new_letter_answers(
    counter: Counter, mistaken: Application, messenger: ScriptedMessenger
) -> None:
    assert "Set the answer aside" in counter.case_page(mistaken)
    before = len(messenger.carried)

    assert set_aside(counter, mistaken).status_code == 302
    counter.town.work()

    referral = Referral.objects.get()
    assert (referral.state, referral.slip_answer, referral.slip, referral.slip_way) == (
        "HANDED_OVER",
        None,
        None,
        None,
    )
    [newer] = messenger.carried[before:]
    assert newer.address == "kadr@zhol.example"
    given = stranger().post(link_in(newer), {**ACCEPTED, "code": code_in(newer)})
    assert given.status_code == 302
    assert Referral.objects.get().state == "ACCEPTED_BY_ORGANISATION"


def test_both_are_seen_by_the_office_the_person_and_the_organisation(
    counter: Counter, letter: Letter, mistaken: Application
) -> None:
    receipt = reverse("organisation:given", args=[Reply.objects.get().pk])
    assert "a specialist sets the answer aside" in said(stranger().get(receipt))
    set_aside(counter, mistaken)

    for page in (counter.case_page(mistaken), counter.town.account_page(mistaken, "en")):
        assert "Did not come" in page
        assert f"Set aside, because: {REASON}" in page
    name = counter.world.specialist.name.short
    assert f", {name})" in counter.case_page(mistaken)
    told = said(stranger().get(receipt))
    assert "The answer was taken back" in told
    assert REASON not in told
    assert stranger().get(link_in(letter)).url == receipt
    kept = WithdrawnAnswer.objects.get()
    assert (kept.answer, kept.way, kept.said) == ("no_show", "code", {"answered_on": "2015-09-18"})
    reply = Reply.objects.get()
    assert (reply.outcome, reply.settled_by) == ("withdrawn", counter.world.specialist)


def test_the_journal_names_who_did_it_and_tells_no_reason(counter: Counter, mistaken: Application) -> None:
    set_aside(counter, mistaken)

    event = Event.objects.get(name="referral.answer_withdrawn")
    assert (event.actor, event.subject) == (counter.world.specialist.pk, Referral.objects.get().pk)
    assert event.facts == {"late": False, "way": "code"}
    assert "Set aside" not in str(event.facts)
    assert "another one is awaited" in counter.case_page(mistaken)


def test_the_person_is_told_of_each_turn(
    counter: Counter, letter: Letter, handed_over: Application, messenger: ScriptedMessenger
) -> None:
    browser = counter.town.browser_of(handed_over.person)
    browser.post(reverse("portal:contact"), {"email": "aisha@example.kz"})
    stranger().post(link_in(letter), {**NO_SHOW, "code": code_in(letter)})
    set_aside(counter, handed_over)
    counter.town.work()
    newer = [one for one in messenger.carried if one.address == "kadr@zhol.example"][-1]
    stranger().post(link_in(newer), {**ACCEPTED, "code": code_in(newer)})

    told = Notice.objects.filter(kind="referral_answered").order_by("written_at", "pk")
    assert len(told) == 3
    assert len([one for one in told if "қателескенін" in one.body or "об ошибке" in one.body]) == 1


@pytest.mark.parametrize("way", ["paper", "eds", "stated"])
def test_an_answer_of_every_way_can_be_set_aside(
    counter: Counter, handed_over: Application, way: str
) -> None:
    match way:
        case "paper":
            typed = {"answer": "rejected", "answered_on": "18.09.2015", "reason": "Орын бос емес."}
            counter.specialist.post(reverse("desk:slip", args=[handed_over.pk]), typed)
        case "eds":
            browser = stranger()
            document = to_sign(browser, **REJECTED)
            browser.post(reverse("organisation:sign"), signed(counter, document))
        case _:
            stranger().post(reverse("organisation:answer"), {**on_the_paper(), **REJECTED, "way": "stated"})
            reply = Reply.objects.get()
            counter.specialist.post(reverse("desk:confirm-reply", args=[handed_over.pk, reply.pk]))
    assert Referral.objects.get().state == "REJECTED_BY_ORGANISATION"

    assert set_aside(counter, handed_over).status_code == 302

    assert Referral.objects.get().state == "HANDED_OVER"
    assert WithdrawnAnswer.objects.get().way == way
    assert f"Set aside, because: {REASON}" in counter.case_page(handed_over)
    assert "Орын бос емес." in counter.case_page(handed_over)


def test_without_a_reason_nothing_is_set_aside(counter: Counter, mistaken: Application) -> None:
    empty = set_aside(counter, mistaken, reason="  ")

    assert empty.status_code == 422
    assert 'href="#id_reason"' in empty.content.decode()
    assert (Referral.objects.get().state, WithdrawnAnswer.objects.count()) == ("NO_SHOW", 0)


def test_a_second_click_sets_no_other_answer_aside(
    counter: Counter, mistaken: Application, messenger: ScriptedMessenger
) -> None:
    """The page knows which answer it showed: the one that came since stays."""
    shown = hidden(page_of(counter, mistaken), "answered_at")
    set_aside(counter, mistaken, answered_at=shown)
    counter.town.work()
    newer = messenger.carried[-1]
    counter.town.at_instant(counter.town.now + timedelta(minutes=5))
    stranger().post(link_in(newer), {**ACCEPTED, "code": code_in(newer)})

    for moment in (shown, "yesterday", "2015-09-18T11:00:00"):
        set_aside(counter, mistaken, answered_at=moment)

    assert Referral.objects.get().state == "ACCEPTED_BY_ORGANISATION"
    assert WithdrawnAnswer.objects.count() == 1


def test_only_a_specialist_of_the_office_sets_aside(counter: Counter, mistaken: Application) -> None:
    address = reverse("desk:withdraw-answer", args=[mistaken.pk])
    typed = {"answered_at": hidden(page_of(counter, mistaken), "answered_at"), "reason": REASON}

    assert Counter(counter.town, "almaty").specialist.post(address, typed).status_code == 404
    assert counter.head.post(address, typed).status_code == 403
    assert stranger().post(address, typed).status_code in (302, 403)
    assert Referral.objects.get().state == "NO_SHOW"


def test_where_no_answer_stands_there_is_nothing_to_set_aside(
    counter: Counter, handed_over: Application
) -> None:
    address = reverse("desk:case", args=[handed_over.pk])

    assert page_of(counter, handed_over).url == address
    typed = {"answered_at": "2015-09-18T06:00:00+00:00"}
    assert set_aside(counter, handed_over, **typed).status_code in (302, 409)
    assert "Set the answer aside" not in counter.case_page(handed_over)
    assert WithdrawnAnswer.objects.count() == 0


def test_an_annulled_referral_keeps_its_answer(counter: Counter, mistaken: Application) -> None:
    shown = hidden(page_of(counter, mistaken), "answered_at")
    counter.annul(mistaken, "Лауазым қате жазылған.")

    assert page_of(counter, mistaken).url == reverse("desk:case", args=[mistaken.pk])
    set_aside(counter, mistaken, answered_at=shown)
    assert WithdrawnAnswer.objects.count() == 0


def test_an_answer_on_which_another_referral_rests_stays(
    counter: Counter, contact: Contact, mistaken: Application
) -> None:
    """The person did not come, and was sent elsewhere since: that has to be settled first."""
    again = counter.register(document_valid_until="31.12.2030")
    counter.take(again)
    counter.draft(again)
    counter.sign(again)
    other = Referral.objects.get(application=again)

    refused = set_aside(counter, mistaken)

    assert refused.status_code == 409
    assert f"After it the person got referral No. {other.number}" in said(refused)
    assert Referral.objects.get(application=mistaken).state == "NO_SHOW"
    counter.town.work()
    counter.annul(again, "Қате жолданған.")
    assert set_aside(counter, mistaken).status_code == 302


def test_a_late_answer_that_is_set_aside_makes_the_task_again(
    counter: Counter, letter: Letter, handed_over: Application
) -> None:
    """§4.7: the referral stays expired, and somebody has to ask what became of it."""
    counter.town.at("2015-09-23 09:00")
    counter.town.sweep()
    stranger().post(link_in(letter), {**NO_SHOW, "code": code_in(letter)})
    assert handed_over.number not in said(counter.specialist.get(reverse("desk:work")))

    assert set_aside(counter, handed_over).status_code == 302

    assert (Referral.objects.get().state, Referral.objects.get().slip_answer) == ("EXPIRED", None)
    assert handed_over.number in said(counter.specialist.get(reverse("desk:work")))
    assert Event.objects.get(name="referral.answer_withdrawn").facts["late"] is True


def test_after_its_last_day_it_expires_as_if_nobody_had_answered(
    counter: Counter, mistaken: Application
) -> None:
    counter.town.at("2015-09-23 09:00")
    counter.town.sweep()
    assert Referral.objects.get().state == "NO_SHOW"
    set_aside(counter, mistaken)
    counter.town.sweep()

    assert Referral.objects.get().state == "EXPIRED"
    assert ReplyCode.objects.filter(ended_at=None).count() == 1
