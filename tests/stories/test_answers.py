"""S28: the organisation answers without an account: by code, by EDS, or unconfirmed (§3.6, §4.7)."""

import base64
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from govkz.eds import Role
from joldama.cases.models import Application
from joldama.journal.models import Event
from joldama.notices import ports
from joldama.notices.models import Notice, NoticeKind
from joldama.notices.ports import Letter, MessengerSilent
from joldama.openings.models import Contact
from joldama.openings.operations import confirm_contact, end_contact
from joldama.referrals.models import Referral, Reply, ReplyCode
from joldama.vault.cipher import blind
from tests.factories import openings, pki
from tests.factories.steps import FIELDS
from tests.fakes.messengers import ScriptedMessenger
from tests.stories.counter import Counter, said
from tests.stories.town import document_on

BIN = FIELDS["bin"]
DIRECTOR = "800101300019"
ACCEPTED = {"answer": "accepted", "start_on": "21.09.2015", "order": "14-ж, 18.09.2015"}
REJECTED = {"answer": "rejected", "reason": "Орын бос емес."}
NO_SHOW = {"answer": "no_show"}


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
    known = openings.organisation(counter.world, bin=BIN)
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


def given_to_the_person(counter: Counter) -> Application:
    counter.town.at("2015-09-15 10:00")
    application = counter.register(document_valid_until="31.12.2030")
    counter.take(application)
    counter.draft(application)
    counter.sign(application)
    counter.town.work()
    counter.offer(application)
    counter.hand_over(application)
    counter.town.work()
    counter.town.at("2015-09-18 11:00")
    return application


def stranger() -> Client:
    """A browser of the organisation; its pages are English."""
    browser = Client()
    browser.cookies["language"] = "en"
    return browser


def link_in(letter: Letter) -> str:
    found = re.search(r"http://localhost:8000(/answer/[0-9a-f-]{36}/)", letter.body)
    assert found, letter.body
    return found[1]


def code_in(letter: Letter) -> str:
    found = re.search(r"\b\d{4} \d{4}\b", letter.body)
    assert found, letter.body
    return found[0]


def another_than(code: str) -> str:
    return f"{(int(code.replace(' ', '')) + 1) % 10**8:08d}"


def on_the_paper() -> dict[str, str]:
    """What the holder reads off the paper."""
    referral = Referral.objects.get()
    return {"n": referral.number, "d": "15.09.2015", "c": referral.control_code}


def signed(counter: Counter, document: bytes, *, of: str = BIN, role: Role = Role.EMPLOYEE) -> dict[str, str]:
    key = pki.official(DIRECTOR, of, role=role)
    return {"cms": base64.b64encode(key.sign(document, at=counter.town.now)).decode()}


def to_sign(browser: Client, **answer: str) -> bytes:
    """Fill in the answer and give the document that its page asks to sign."""
    typed = {**on_the_paper(), **(answer or ACCEPTED), "way": "eds"}
    given = browser.post(reverse("organisation:answer"), typed)
    assert given.status_code == 302, said(given)
    return document_on(browser.get(given.url).content.decode())


# ── the one-time code


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


# ── the organisation's EDS


def test_s28_an_answer_signed_for_the_organisation(counter: Counter, handed_over: Application) -> None:
    browser = stranger()
    document = to_sign(browser)

    given = browser.post(reverse("organisation:sign"), signed(counter, document))

    assert given.status_code == 302
    assert "the organisation's EDS" in said(browser.get(given.url))
    referral = Referral.objects.get()
    assert (referral.state, referral.slip_way) == ("ACCEPTED_BY_ORGANISATION", "eds")
    reply = Reply.objects.get()
    assert reply.signature is not None
    assert (reply.signature.purpose, reply.signature.status) == ("reply", "passed")
    assert "ұйымның ЭЦҚ-сы" in counter.town.account_page(handed_over, "kk")
    assert "СӘРСЕНОВ ҚАЙРАТ" in counter.case_page(handed_over)


def test_the_key_of_another_organisation_is_refused(counter: Counter, handed_over: Application) -> None:
    browser = stranger()
    document = to_sign(browser)

    refused = browser.post(reverse("organisation:sign"), signed(counter, document, of="990340000483"))

    assert refused.status_code == 422
    assert "its BIN is not the one in the referral" in said(refused)
    assert (Referral.objects.get().state, Reply.objects.count()) == ("HANDED_OVER", 0)


def test_the_key_of_a_natural_person_is_refused(counter: Counter, handed_over: Application) -> None:
    browser = stranger()
    document = to_sign(browser)
    cms = pki.person(handed_over.person.iin).sign(document, at=counter.town.now)

    refused = browser.post(reverse("organisation:sign"), {"cms": base64.b64encode(cms).decode()})

    assert refused.status_code == 422
    assert "natural person" in said(refused)
    assert Reply.objects.count() == 0


def test_a_changed_document_and_one_of_another_purpose_are_refused(
    counter: Counter, handed_over: Application
) -> None:
    browser = stranger()
    document = to_sign(browser)
    number = Referral.objects.get().number.encode()
    another = number[:-1] + (b"9" if number[-1:] != b"9" else b"8")
    for content in (document.replace(number, another), document + b" ", b"<sign-in/>"):
        refused = browser.post(reverse("organisation:sign"), signed(counter, content))
        assert refused.status_code == 422
    assert (Referral.objects.get().state, Reply.objects.count()) == ("HANDED_OVER", 0)


@pytest.mark.parametrize(("minutes", "status"), [(30, 302), (31, 422)])
def test_a_document_is_good_for_half_an_hour(
    counter: Counter, handed_over: Application, minutes: int, status: int
) -> None:
    browser = stranger()
    document = to_sign(browser)
    counter.town.at_instant(counter.town.now + timedelta(minutes=minutes))

    assert browser.post(reverse("organisation:sign"), signed(counter, document)).status_code == status


def test_the_same_signature_twice_is_one_answer(counter: Counter, handed_over: Application) -> None:
    browser = stranger()
    document = to_sign(browser)
    handed_in = signed(counter, document)
    session = dict(browser.session)
    first = browser.post(reverse("organisation:sign"), handed_in)
    again = browser.session
    again.update(session)
    again.save()

    second = browser.post(reverse("organisation:sign"), handed_in)

    assert second.url == first.url
    assert Reply.objects.count() == 1


def test_who_lost_the_session_is_told_to_begin_again(counter: Counter, handed_over: Application) -> None:
    document = to_sign(stranger())

    lost = stranger().post(reverse("organisation:sign"), signed(counter, document))

    assert lost.status_code == 410
    assert "Fill in the answer again" in said(lost)


def test_what_is_not_known_of_a_key_waits_and_keeps_the_referral_from_expiring(
    counter: Counter, handed_over: Application
) -> None:
    """A31: the answer came on the last day; whether its key was revoked becomes known the day after."""
    counter.town.passes_to("2015-09-22 16:00")
    counter.town.trusts_only("2015-09-10 10:00")
    browser = stranger()
    document = to_sign(browser)
    given = browser.post(reverse("organisation:sign"), signed(counter, document))
    assert "its signature is being checked" in said(browser.get(given.url))
    assert Referral.objects.get().state == "HANDED_OVER"

    counter.town.passes_to("2015-09-23 09:00")
    counter.town.sweep()
    assert Referral.objects.get().state == "HANDED_OVER"
    counter.town.at("2015-09-23 09:05")
    counter.town.work()

    referral = Referral.objects.get()
    assert (referral.state, Reply.objects.get().outcome) == ("ACCEPTED_BY_ORGANISATION", "taken")


# ── whoever holds the paper


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


# ── the last day


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
