"""S28: a referral is valid for business days; no slip after the last of them is a task for the specialist (§3.6)."""

from datetime import date

import pytest
from django.urls import reverse

from joldama.cases.models import Application
from joldama.journal.models import Event
from joldama.referrals.models import Referral
from tests.stories.counter import Counter, said

LATER = "Referrals from which no slip came back"


def signed(counter: Counter, moment: str) -> Application:
    counter.town.at(moment)
    application = counter.register(document_valid_until="31.12.2030")
    counter.take(application)
    counter.draft(application)
    counter.sign(application)
    return application


@pytest.fixture
def handed_over(counter: Counter) -> Application:
    """A referral of Tuesday, 2015-09-15, in the person's hand."""
    application = signed(counter, "2015-09-15 10:00")
    counter.town.work()
    counter.offer(application)
    counter.hand_over(application)
    return application


@pytest.mark.parametrize(
    ("issued", "last_day"), [("2015-09-15 10:00", date(2015, 9, 22)), ("2026-03-18 10:00", date(2026, 3, 30))]
)
def test_s28_the_last_day_is_five_business_days_on(counter: Counter, issued: str, last_day: date) -> None:
    """Nauryz of 2026 lies between."""
    signed(counter, issued)

    assert Referral.objects.get().valid_until_on == last_day


@pytest.mark.parametrize(
    ("moment", "state"), [("2015-09-22 23:59:59", "HANDED_OVER"), ("2015-09-23 00:00:00", "EXPIRED")]
)
def test_s28_it_expires_with_the_end_of_its_last_day_at_the_place(
    counter: Counter, handed_over: Application, moment: str, state: str
) -> None:
    counter.town.at(moment)

    counter.town.sweep()
    counter.town.sweep()

    referral = Referral.objects.get()
    events = Event.objects.filter(name="referral.expired").values_list("subject", flat=True)
    assert (referral.state, list(events)) == (state, [referral.pk] if state == "EXPIRED" else [])


def test_s28_without_a_slip_the_specialist_has_a_task_until_he_has_asked(
    counter: Counter, handed_over: Application
) -> None:
    counter.town.at("2015-09-23 09:00")
    counter.town.sweep()
    work = reverse("desk:work")

    assert LATER in said(counter.specialist.get(work))
    assert "No slip came back: ask the person" in counter.case_page(handed_over)
    counter.press(handed_over, "asked")

    referral = Referral.objects.get()
    assert (referral.contacted_by, referral.contacted_at) == (counter.world.specialist, counter.town.now)
    assert LATER not in said(counter.specialist.get(work))
    assert "The person was asked what became of the referral" in counter.case_page(handed_over)


def test_s28_the_person_is_told_that_it_expired_and_may_apply_again(
    counter: Counter, handed_over: Application
) -> None:
    counter.town.at("2015-09-23 09:00")
    counter.town.sweep()

    assert "The last day of the referral was 22 September 2015" in counter.town.account_page(
        handed_over, "en"
    )
    again = counter.register()
    counter.take(again)
    assert counter.draft(again).status_code == 302


@pytest.mark.parametrize(("moment", "answer"), [("2015-09-22 09:00", 409), ("2015-09-23 09:00", 302)])
def test_s28_one_that_nobody_collected_stands_in_the_way_until_its_last_day_is_over(
    counter: Counter, moment: str, answer: int
) -> None:
    signed(counter, "2015-09-15 10:00")

    counter.town.at(moment)
    again = counter.register()
    counter.take(again)

    assert counter.draft(again).status_code == answer


def test_s28_an_expired_referral_may_still_be_annulled_and_is_no_task_then(
    counter: Counter, handed_over: Application
) -> None:
    counter.town.at("2015-09-23 09:00")
    counter.town.sweep()

    counter.annul(handed_over, "Ұйым таратылды")

    assert Referral.objects.get().state == "ANNULLED"
    assert LATER not in said(counter.specialist.get(reverse("desk:work")))
