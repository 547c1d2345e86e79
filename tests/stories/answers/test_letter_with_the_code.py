"""S28: the letter with the one-time code: to whom it goes, what it tells, that its link does nothing (§3.6)."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from joldama.cases.models import Application
from joldama.journal.models import Event
from joldama.notices.models import Notice, NoticeKind
from joldama.notices.ports import Letter, MessengerSilent
from joldama.openings.models import Contact
from joldama.referrals.models import Referral, Reply, ReplyCode
from joldama.vault.cipher import blind
from tests.fakes.messengers import ScriptedMessenger
from tests.stories.answers.receiver import (
    ACCEPTED,
    code_in,
    given_to_the_person,
    link_in,
    on_the_paper,
    stranger,
)
from tests.stories.counter import Counter, said


def test_a_code_goes_to_the_confirmed_contact_and_stands_on_no_paper(
    counter: Counter, letter: Letter, handed_over: Application
) -> None:
    assert (letter.address, letter.language) == ("kadr@zhol.example", "ru")
    referral = Referral.objects.get()
    assert referral.number in letter.subject
    assert "22 сентября 2015" in letter.body
    person = handed_over.person
    for told in (person.name.surname, person.name.given_name, person.iin):
        assert told not in letter.body + letter.subject
    paper = counter.paper(handed_over)
    assert code_in(letter).replace(" ", "").encode() not in paper
    kept = ReplyCode.objects.get()
    assert kept.code is None
    assert kept.pk.hex not in paper.hex()
    assert code_in(letter) not in Notice.objects.get(kind=NoticeKind.REPLY_ASKED).body


def test_the_code_stays_until_its_letter_has_gone(
    counter: Counter, contact: Contact, messenger: ScriptedMessenger
) -> None:
    """A letter that could not be carried at first carries the same code later."""
    messenger._script.append(MessengerSilent())
    given_to_the_person(counter)
    assert messenger.carried == []
    kept = ReplyCode.objects.get().code
    assert kept is not None

    counter.town.at("2015-09-18 11:10")
    counter.town.work()

    [carried] = messenger.carried
    assert code_in(carried).replace(" ", "") == kept


def test_opening_the_link_changes_nothing(letter: Letter) -> None:
    """A mail scanner opens every link, and may look twice (GET, HEAD)."""
    before = ReplyCode.objects.values().get()
    events = Event.objects.count()

    with CaptureQueriesContext(
        connection,
    ) as asked:
        for _ in range(3):
            assert stranger().get(link_in(letter)).status_code == 200
        assert stranger().head(link_in(letter)).status_code == 200

    assert not [one["sql"] for one in asked if re.match(r"\s*(INSERT|UPDATE|DELETE)", one["sql"])]
    assert ReplyCode.objects.values().get() == before
    assert (Reply.objects.count(), Event.objects.count()) == (0, events)
    assert Referral.objects.get().state == "HANDED_OVER"


def test_the_page_of_the_letter_tells_no_more_than_the_paper(
    letter: Letter, handed_over: Application
) -> None:
    page = said(stranger().get(link_in(letter)))

    assert Referral.objects.get().number in page
    assert handed_over.person.iin[-4:] in page
    assert handed_over.person.iin not in page
    assert handed_over.person.name.surname not in page
    assert "kadr@zhol.example" not in page


def test_a_new_code_ends_the_one_before(
    counter: Counter, letter: Letter, handed_over: Application, messenger: ScriptedMessenger
) -> None:
    counter.specialist.post(reverse("desk:send-reply-code", args=[handed_over.pk]))
    counter.town.work()
    newer = messenger.carried[-1]

    old = stranger().post(link_in(letter), {**ACCEPTED, "code": code_in(letter)})
    new = stranger().post(link_in(newer), {**ACCEPTED, "code": code_in(newer)})

    assert (old.status_code, new.status_code) == (410, 302)
    assert "A newer letter was sent" in said(old)


def test_a_code_of_another_referral_opens_nothing(letter: Letter) -> None:
    """The hash is bound to its own row: the same digits under another id do not fit."""
    kept = ReplyCode.objects.get()
    digits = code_in(letter).replace(" ", "")
    assert bytes(kept.code_index) == blind("reply code", f"{kept.pk}:{digits}")
    assert bytes(kept.code_index) != blind("reply code", f"{kept.referral_id}:{digits}")


def test_without_a_confirmed_contact_no_letter_goes(
    counter: Counter, handed_over: Application, messenger: ScriptedMessenger
) -> None:
    assert messenger.carried == []
    page = said(stranger().get(reverse("organisation:answer"), on_the_paper()))
    assert "not confirmed yet, so no letter is sent" in page
    refused = stranger().post(reverse("organisation:letter"), on_the_paper())
    assert refused.status_code == 422
    assert ReplyCode.objects.count() == 0


def test_the_holder_can_have_a_letter_sent_three_times_a_day_and_never_learns_where_to(
    counter: Counter, letter: Letter, messenger: ScriptedMessenger
) -> None:
    browser, address = stranger(), reverse("organisation:letter")
    for _ in range(3):
        sent = browser.post(address, on_the_paper(), follow=True)
        assert "kadr@" not in sent.content.decode()
    enough = browser.post(address, on_the_paper())
    counter.town.work()

    assert (sent.status_code, enough.status_code) == (200, 422)
    assert "Three letters" in said(enough)
    assert {one.address for one in messenger.carried} == {"kadr@zhol.example"}
    assert len(messenger.carried) == 4
    counter.town.at("2015-09-19 11:01")
    assert browser.post(address, on_the_paper()).status_code == 302
