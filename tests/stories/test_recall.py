"""A signed decision of the portal may be recalled for some minutes, before it is sealed and told (A38)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from joldama.cases.models import Application, Decision, NumberSeries, Recall, SealedPaper
from joldama.journal.models import Event
from joldama.notices.models import Notice
from joldama.openings.models import Opening
from joldama.procedures import decide
from joldama.referrals.models import Referral, Reservation
from joldama.referrals.reserving import reserve
from joldama.standard.channels import Channel
from tests.factories import world
from tests.factories.openings import opening as opening_at
from tests.stories.counter import Counter, said
from tests.stories.town import wall

MINUTES = 10


@pytest.fixture
def application(counter: Counter, settings: Any) -> Application:
    """A portal case of 2015-09-15 10:00 whose draft the head may sign; signed decisions are held back."""
    settings.JOLDAMA_RECALL_MINUTES = MINUTES
    counter.town.at("2015-09-15 10:00")
    made = counter.town.apply(world.applicant("citizen-card"))
    counter.town.work()
    counter.take(made)
    counter.draft(made, occupation="қоймашы")
    return made


def held(application: Application) -> Recall:
    return Recall.objects.get(decision__application=application, ended_at=None)


def press_recall(counter: Counter, application: Application) -> Any:
    return counter.head.post(reverse("desk:recall", args=[application.pk]))


def later(counter: Counter, minutes: int) -> None:
    """Let minutes pass, the sweeps run and the worker work."""
    counter.town.at_instant(counter.town.now + timedelta(minutes=minutes))
    counter.town.sweep()
    counter.town.work()


def test_until_the_minutes_are_over_nothing_has_come_of_the_signature(
    counter: Counter, application: Application
) -> None:
    counter.sign(application)
    later(counter, MINUTES - 1)

    application.refresh_from_db()
    decision = application.decision
    assert (application.state, application.decided_at, application.offered_at) == ("IN_PROGRESS", None, None)
    assert (decision.number, wall(decision.signed_at)) == ("АСТ-Ж-2015-000001", "2015-09-15 10:00:00")
    assert wall(held(application).until_at) == "2015-09-15 10:10:00"
    assert not Referral.objects.exists()
    assert not SealedPaper.objects.exists()
    assert not Notice.objects.filter(kind="result_issued").exists()
    account = counter.town.account_page(application, "en")
    assert "АСТ-Ж-2015-000001" not in account
    assert "In progress" in account


def test_after_them_it_is_issued_sealed_and_told_with_the_moment_of_the_signature(
    counter: Counter, application: Application
) -> None:
    counter.sign(application)
    later(counter, MINUTES)

    application.refresh_from_db()
    referral = Referral.objects.get()
    assert (application.state, referral.number) == ("ISSUED", "АСТ-Ж-2015-000001")
    assert wall(application.decided_at) == wall(referral.issued_at) == "2015-09-15 10:00:00"
    assert wall(application.offered_at) == "2015-09-15 10:10:00"
    assert SealedPaper.objects.filter(decision=application.decision).count() == 2
    assert decide.release_due(at=counter.town.now) == 0
    assert Event.objects.filter(name="case.signed").count() == 1


def test_head_and_specialist_see_until_when_and_how_long(counter: Counter, application: Application) -> None:
    counter.sign(application)
    counter.town.at_instant(counter.town.now + timedelta(minutes=3, seconds=30))

    specialist = counter.case_page(application)
    head = said(counter.head.get(reverse("desk:case", args=[application.pk])))

    for page in (specialist, head):
        assert "The decision can be recalled until 10:10 on 15 September 2015" in page
        assert "Time left: 06:30" in page
        assert "it is sealed once it can no longer be recalled" in page
    assert ("Recall the decision" in head, "Recall the decision" in specialist) == (True, False)
    work = said(counter.head.get(reverse("desk:work")))
    assert "No decision waits for a signature." in work


def test_the_card_counts_down_by_the_seconds_it_was_given_and_is_gone_when_they_are_over(
    counter: Counter, application: Application
) -> None:
    """Also where nobody has put the decision in force yet: then nothing can be recalled any more."""
    counter.sign(application)
    address = reverse("desk:case", args=[application.pk])
    counter.town.at_instant(counter.town.now + timedelta(minutes=3, seconds=30))
    counting = counter.head.get(address).content.decode()
    counter.town.at_instant(counter.town.now + timedelta(minutes=MINUTES - 4, seconds=30))
    over = counter.head.get(address)

    assert 'data-ends-in="390"' in counting
    assert "desk/clock" in counting
    assert "data-ends-in" not in over.content.decode()
    assert "Recall the decision" not in said(over)
    assert "it is sealed once it can no longer be recalled" in said(over)
    assert held(application)


def test_recalled_it_is_a_draft_again_and_the_number_is_neither_skipped_nor_given_twice(
    counter: Counter, application: Application
) -> None:
    """A38: the next signature gets the next number; the recalled decision keeps its own."""
    counter.sign(application)
    counter.town.at_instant(counter.town.now + timedelta(minutes=4))
    assert press_recall(counter, application).status_code == 302

    page = counter.case_page(application)
    assert "Recalled decisions" in page
    assert "АСТ-Ж-2015-000001" in page
    application.refresh_from_db()
    assert application.decision.fields["occupation"] == "қоймашы"
    assert (application.decision.signed_at, application.decision.number) == (None, None)
    counter.draft(application, occupation="күзетші")
    counter.sign(application)
    later(counter, MINUTES)

    assert list(Decision.objects.order_by("number").values_list("number", "recall__end")) == [
        ("АСТ-Ж-2015-000001", "recalled"),
        ("АСТ-Ж-2015-000002", "released"),
    ]
    assert NumberSeries.objects.get(register="Ж").latest == 2
    referral = Referral.objects.get()
    assert (referral.number, referral.decision.fields["occupation"]) == ("АСТ-Ж-2015-000002", "күзетші")
    recalled = Decision.objects.get(number="АСТ-Ж-2015-000001")
    assert (recalled.signature.status, recalled.recall.recalled_by) == ("passed", counter.world.head)
    assert not SealedPaper.objects.filter(decision=recalled).exists()
    event = Event.objects.get(name="decision.recalled")
    assert (event.subject, event.actor) == (application.pk, counter.world.head.pk)


def test_a_recalled_draft_may_be_signed_as_it_is(counter: Counter, application: Application) -> None:
    counter.sign(application)
    press_recall(counter, application)

    assert counter.sign(application).status_code == 302
    assert held(application).decision.number == "АСТ-Ж-2015-000002"


def test_a_refusal_is_told_to_nobody_before_it_can_no_longer_be_recalled(
    counter: Counter, application: Application
) -> None:
    counter.refuse(application, ground="FALSE_DATA", reasons="Мәлімет расталмады.")
    counter.sign(application)
    assert "Мәлімет расталмады." not in counter.town.account_page(application, "en")
    press_recall(counter, application)
    assert counter.draft(application).status_code == 302
    counter.sign(application)
    later(counter, MINUTES)

    application.refresh_from_db()
    assert application.state == "ISSUED"
    account = counter.town.account_page(application, "en")
    assert "Мәлімет расталмады." not in account
    assert "АСТ-Б-2015-000001" not in account
    assert not Notice.objects.filter(kind="result_refused").exists()


def test_a_refusal_that_stands_meets_its_term_when_it_takes_effect(
    counter: Counter, application: Application
) -> None:
    counter.refuse(application, ground="FALSE_DATA", reasons="Мәлімет расталмады.")
    counter.sign(application)
    later(counter, MINUTES)

    application.refresh_from_db()
    assert (application.state, application.decision.number) == ("REFUSED", "АСТ-Б-2015-000001")
    assert wall(application.decided_at) == "2015-09-15 10:00:00"
    assert wall(application.offered_at) == "2015-09-15 10:10:00"


@pytest.mark.parametrize(
    ("before_due", "until_before_due"), [(60, 50), (12, 3), (5, 3), (3, None), (1, None), (-30, None)]
)
def test_never_so_long_that_the_result_misses_its_term(
    counter: Counter, application: Application, before_due: int, until_before_due: int | None
) -> None:
    """Three minutes are left for noticing and sealing; where there is no time, it takes effect at once."""
    counter.town.at_instant(application.due_at - timedelta(minutes=before_due))
    counter.sign(application)

    window = Recall.objects.filter(decision__application=application).first()
    if until_before_due is None:
        assert window is None
        assert application.state == "SIGNED"
    else:
        assert application.due_at - window.until_at == timedelta(minutes=until_before_due)
        later(counter, before_due - until_before_due)
        application.refresh_from_db()
        assert not application.is_overdue(at=counter.town.now)


def test_at_the_counter_and_without_the_setting_it_takes_effect_at_once(
    counter: Counter, application: Application, settings: Any
) -> None:
    walk_in = counter.register()
    counter.take(walk_in)
    counter.draft(walk_in, kind=walk_in.kind)
    counter.sign(walk_in)
    settings.JOLDAMA_RECALL_MINUTES = 0
    counter.sign(application)

    assert (walk_in.channel, walk_in.state, application.state) == (Channel.PROVIDER, "SIGNED", "SIGNED")
    assert not Recall.objects.exists()


def test_ten_minutes_at_most_whatever_is_set(
    counter: Counter, application: Application, settings: Any
) -> None:
    settings.JOLDAMA_RECALL_MINUTES = 60
    counter.sign(application)

    assert wall(held(application).until_at) == "2015-09-15 10:10:00"


def test_too_late_it_is_not_recalled_even_if_the_sweep_has_not_come_yet(
    counter: Counter, application: Application
) -> None:
    counter.sign(application)
    counter.town.at_instant(counter.town.now + timedelta(minutes=MINUTES))

    late = press_recall(counter, application)
    counter.town.sweep()
    later_still = press_recall(counter, application)

    assert (late.status_code, later_still.status_code) == (409, 302)
    assert "The decision can no longer be recalled." in said(late)
    assert Referral.objects.get().number == "АСТ-Ж-2015-000001"


def test_only_who_signs_for_the_office_recalls(counter: Counter, application: Application) -> None:
    counter.sign(application)
    address = reverse("desk:recall", args=[application.pk])
    elsewhere = counter.town.office("temirtau").head

    by_specialist = counter.specialist.post(address)
    by_deputy = counter.town.browser_of(counter.world.deputy).post(address)
    by_stranger = counter.town.browser_of(elsewhere).post(address)
    by_get = counter.head.get(address)

    statuses = [one.status_code for one in (by_specialist, by_deputy, by_stranger, by_get)]
    assert statuses == [403, 403, 404, 302]
    assert held(application)
    world.by_order(counter.world.deputy, starts_on=date(2015, 9, 1), ends_on=date(2015, 9, 30))
    assert counter.town.browser_of(counter.world.deputy).post(address).status_code == 302
    assert Recall.objects.get().recalled_by == counter.world.deputy


def test_while_it_is_held_back_nobody_drafts_or_signs_anew(
    counter: Counter, application: Application
) -> None:
    counter.sign(application)
    world.by_order(counter.world.deputy, starts_on=date(2015, 9, 1), ends_on=date(2015, 9, 30))
    draft = counter.specialist.post(reverse("desk:draft", args=[application.pk]), {"kind": application.kind})
    deputy = counter.town.browser_of(counter.world.deputy)
    deputy.cookies["language"] = "en"

    signing = deputy.post(reverse("desk:decision", args=[application.pk]), {"cms": "AAAA"})

    assert (draft.status_code, signing.status_code) == (409, 409)
    assert f"{counter.world.head.name.short} took it at" in said(signing)
    assert Decision.objects.count() == 1


def test_a_person_who_takes_his_application_back_gets_nothing(
    counter: Counter, application: Application
) -> None:
    counter.sign(application)
    browser = counter.town.browser_of(application.person)
    browser.post(reverse("portal:withdraw", args=[application.pk]), {"confirmed": "yes"})
    later(counter, MINUTES)

    application.refresh_from_db()
    assert (application.state, Recall.objects.get().end) == ("WITHDRAWN", "withdrawn")
    assert not Referral.objects.exists()
    assert not SealedPaper.objects.exists()


def test_the_place_of_an_opening_stays_with_the_draft(counter: Counter, application: Application) -> None:
    opening = opening_at(counter.world, places=1)
    application.refresh_from_db()
    reserve(opening, application.decision, by=counter.world.specialist.actor, at=counter.town.now)
    counter.sign(application)
    press_recall(counter, application)

    application.refresh_from_db()
    assert Reservation.objects.get(freed_at=None).decision == application.decision
    assert Opening.objects.get().taken == 1


def test_a_recall_is_whole_and_ends_once(counter: Counter, application: Application) -> None:
    counter.sign(application)
    now = counter.town.now

    for broken in ({"end": "recalled", "ended_at": now}, {"end": "released"}, {"until_at": now}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recall.objects.update(**broken)
