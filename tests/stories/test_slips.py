"""S28: the slip comes back, and the organisation's answer is written down (§3.6, §4.7, A11)."""

from typing import Any

import pytest
from django.urls import reverse

from joldama.cases.models import Application
from joldama.demo.people import demo_people
from joldama.journal.models import Event
from joldama.referrals.models import Referral
from joldama.standard.kinds import ResultKind
from tests.stories.counter import Counter, said
from tests.stories.town import text_of

ACCEPTED = {
    "answer": "accepted",
    "answered_on": "21.09.2015",
    "occupation": "қоймашы",
    "order": "14-ж, 21.09.2015",
}


@pytest.fixture
def handed_over(counter: Counter) -> Application:
    """A referral of Tuesday, 2015-09-15, in the person's hand; its slip comes on Monday."""
    counter.town.at("2015-09-15 10:00")
    application = counter.register(document_valid_until="31.12.2030")
    counter.take(application)
    counter.draft(application)
    counter.sign(application)
    counter.town.work()
    counter.offer(application)
    counter.hand_over(application)
    counter.town.at("2015-09-21 11:00")
    return application


def slip(counter: Counter, application: Application, **typed: str) -> Any:
    return counter.specialist.post(reverse("desk:slip", args=[application.pk]), typed)


def test_s28_a_slip_that_says_accepted(counter: Counter, handed_over: Application) -> None:
    assert "When the organisation's slip comes back, record the answer" in counter.case_page(handed_over)

    assert slip(counter, handed_over, **ACCEPTED).status_code == 302

    referral = Referral.objects.get()
    assert (referral.state, referral.slip_answer, referral.slip) == (
        "ACCEPTED_BY_ORGANISATION",
        "accepted",
        {
            "answered_on": "2015-09-21",
            "start_on": "2015-09-21",
            "occupation": "қоймашы",
            "order": "14-ж, 21.09.2015",
        },
    )
    assert (referral.slip_recorded_at, referral.slip_recorded_by) == (
        counter.town.now,
        counter.world.specialist,
    )
    event = Event.objects.get(subject=referral.pk, name="referral.accepted_by_organisation")
    assert (event.at, event.actor, event.facts) == (
        counter.town.now,
        counter.world.specialist.pk,
        {"late": False, "way": "paper"},
    )
    page = counter.case_page(handed_over)
    assert (
        "Return slip of the referral Accepted 21 September 2015; paper slip, entered by a specialist; "
        "қоймашы; № 14-ж, 21.09.2015" in page
    )
    assert "took you on from 21 September 2015" in counter.town.account_page(handed_over, "en")


def test_s28_what_was_answered_no_longer_expires(counter: Counter, handed_over: Application) -> None:
    slip(counter, handed_over, **ACCEPTED)

    counter.town.at("2015-09-23 09:00")
    counter.town.sweep()

    assert Referral.objects.get().state == "ACCEPTED_BY_ORGANISATION"


@pytest.mark.parametrize(
    ("typed", "state", "told"),
    [
        (
            {"answer": "rejected", "answered_on": "18.09.2015", "reason": "Орын бос емес."},
            "REJECTED_BY_ORGANISATION",
            "reason: Орын бос емес; a specialist will offer another place",
        ),
        (
            {"answer": "no_show", "answered_on": "21.09.2015"},
            "NO_SHOW",
            "On 21 September 2015 the organisation reported that you did not come",
        ),
    ],
)
def test_s28_rejected_and_did_not_come_are_told_and_open_the_way_to_another_referral(
    counter: Counter, handed_over: Application, typed: dict[str, str], state: str, told: str
) -> None:
    assert slip(counter, handed_over, **typed).status_code == 302

    assert Referral.objects.get().state == state
    assert told in counter.town.account_page(handed_over, "en")
    again = counter.register()
    counter.take(again)
    assert counter.draft(again).status_code == 302


def test_s28_a_slip_after_the_last_day_closes_the_task_and_the_referral_stays_expired(
    counter: Counter, handed_over: Application
) -> None:
    counter.town.at("2015-09-24 09:00")
    counter.town.sweep()
    assert "does not become valid again" in said(
        counter.specialist.get(reverse("desk:slip", args=[handed_over.pk]))
    )

    slip(counter, handed_over, **ACCEPTED)

    referral = Referral.objects.get()
    assert (referral.state, referral.slip_answer, referral.contacted_at) == (
        "EXPIRED",
        "accepted",
        counter.town.now,
    )
    assert Event.objects.get(name="referral.accepted_by_organisation").facts == {
        "late": True,
        "way": "paper",
    }


def test_a_slip_is_recorded_once(counter: Counter, handed_over: Application) -> None:
    slip(counter, handed_over, **ACCEPTED)

    again = slip(counter, handed_over, answer="no_show", answered_on="21.09.2015")

    assert again.url == reverse("desk:case", args=[handed_over.pk])
    assert Referral.objects.get().slip_answer == "accepted"
    assert Event.objects.filter(name__startswith="referral.no_show").count() == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"answer": "rejected", "answered_on": "21.09.2015"}, "reason"),
        ({"answer": "accepted", "answered_on": "22.09.2015"}, "answered_on"),
        ({"answer": "accepted", "answered_on": "14.09.2015"}, "answered_on"),
        ({"answer": "accepted", "answered_on": ""}, "answered_on"),
        ({"answer": "", "answered_on": "21.09.2015"}, "answer"),
    ],
)
def test_a_slip_that_cannot_be_is_not_recorded(
    counter: Counter, handed_over: Application, typed: dict[str, str], field: str
) -> None:
    answer = slip(counter, handed_over, **typed)

    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()
    assert Referral.objects.get().state == "HANDED_OVER"


def test_the_slip_is_found_by_its_number_at_the_own_office_only(
    counter: Counter, handed_over: Application
) -> None:
    address = reverse("desk:slips")
    number = Referral.objects.get().number
    elsewhere = Counter(counter.town, "almaty")

    found = counter.specialist.post(address, {"number": f" {number.lower()} "})
    nothing = counter.specialist.post(address, {"number": "АСТ-Ж-2015-000009"})
    foreign = elsewhere.specialist.post(address, {"number": number})

    assert found.url == reverse("desk:slip", args=[handed_over.pk])
    assert (nothing.status_code, foreign.status_code) == (422, 422)
    assert number in said(counter.specialist.get(address))
    assert number not in said(elsewhere.specialist.get(address))
    assert elsewhere.specialist.get(reverse("desk:slip", args=[handed_over.pk])).status_code == 404
    assert counter.head.get(address).status_code == 403


def test_guidance_has_no_slip(counter: Counter) -> None:
    counter.town.at("2015-09-15 10:00")
    application = counter.register(kind="CAREER_GUIDANCE")
    counter.take(application)
    counter.draft(application, guidance_given="Жеке кеңес берілді.")
    counter.sign(application)
    counter.town.work()
    counter.offer(application)
    counter.hand_over(application)

    assert slip(counter, application, **ACCEPTED).status_code == 302
    assert Referral.objects.get().slip_answer is None
    assert Referral.objects.get().number not in said(counter.specialist.get(reverse("desk:slips")))


@pytest.fixture
def in_account(counter: Counter) -> Application:
    """A referral that stands in the account of who applied on the portal."""
    counter.town.at("2015-09-14 10:00")
    application = counter.town.apply(kind=ResultKind.JOB_PLACEMENT)
    counter.take(application)
    counter.draft(application)
    counter.sign(application)
    counter.town.work()
    application.refresh_from_db()
    return application


def taken(counter: Counter, application: Application) -> None:
    browser = counter.town.browser_of(application.person)
    assert browser.get(reverse("portal:case-document", args=[application.pk])).status_code == 200


def test_who_takes_the_document_from_his_account_has_the_referral_in_his_hand(
    counter: Counter, in_account: Application
) -> None:
    """A11: from then on a slip is awaited, and without one it expires."""
    counter.town.at("2015-09-15 20:00")
    taken(counter, in_account)
    counter.town.at("2015-09-16 20:00")
    taken(counter, in_account)

    referral = Referral.objects.get()
    assert (referral.state, referral.handed_over_by, referral.is_handed_over_outside_hours) == (
        "HANDED_OVER",
        None,
        None,
    )
    assert str(referral.handed_over_at) == "2015-09-15 14:00:00+00:00"
    assert Event.objects.filter(name="referral.taken", subject=referral.pk).count() == 1
    assert "The person took the referral from his account" in counter.case_page(in_account)
    counter.town.at("2015-09-22 00:00")
    counter.town.sweep()
    assert Referral.objects.get().state == "EXPIRED"


def test_one_that_nobody_takes_stays_issued_and_is_over_for_everybody_who_asks(
    counter: Counter, in_account: Application
) -> None:
    """§4.7: no organisation waits for it, so nobody is sent to ask."""
    counter.town.at("2015-09-22 09:00")
    counter.town.sweep()
    taken(counter, in_account)

    referral = Referral.objects.get()
    assert referral.state == "ISSUED"
    asked = {"n": referral.number, "d": "2015-09-14", "c": referral.control_code}
    page = text_of(counter.specialist.get(reverse("portal:verify"), asked).content.decode())
    assert "21 September 2015" in page
    assert "No slip came back" not in counter.case_page(in_account)


def test_the_list_of_slips_costs_the_same_for_one_and_for_three(
    counter: Counter, handed_over: Application, django_assert_num_queries: Any
) -> None:
    browser, address = counter.specialist, reverse("desk:slips")
    browser.get(address)
    with django_assert_num_queries(4):
        browser.get(address)
    counter.town.at("2015-09-15 10:00")
    for slug in ("citizen-passport", "foreigner"):
        other = counter.register(demo_people().applicant(slug))
        counter.take(other)
        counter.draft(other)
        counter.sign(other)
        counter.town.work()
        counter.offer(other)
        counter.hand_over(other)
    with django_assert_num_queries(4):
        browser.get(address)
