"""What was drafted is signed only while it still holds: for the person, by the register, in a case that goes on."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from joldama.cases.models import Application, Decision, NumberSeries, Recall
from joldama.demo.gateway.moods import Mood
from joldama.journal.models import Event
from joldama.procedures import decide, withdraw
from joldama.referrals.models import Referral
from joldama.signatures.models import Signature
from joldama.worker import tasks
from tests.factories import world
from tests.fakes.centre import FakeCentre, wired
from tests.stories.counter import Counter, said
from tests.stories.gateway import Gateway


@pytest.fixture
def centre() -> Iterator[FakeCentre]:
    """The centre, silent until a story has it answer."""
    with wired(FakeCentre()) as made:
        made.falls_silent()
        yield made


def read_by_head(counter: Counter, application: Application) -> Any:
    return counter.head.get(reverse("desk:decision", args=[application.pk]))


def taken(counter: Counter, **document: Any) -> Application:
    """A case of 2015-09-15 10:00 that was registered at the counter and taken."""
    counter.town.at("2015-09-15 10:00")
    made = counter.register(**document)
    counter.town.work()
    counter.take(made)
    return made


def test_what_the_register_denies_after_the_draft_is_not_signed_and_may_only_be_refused(
    counter: Counter, gateway: Gateway
) -> None:
    """R9.3-b, R9.3-c: the register was silent while the specialist drafted."""
    gateway.keeps(Mood.SILENT)
    application = taken(counter, document_number="049999999")
    assert counter.draft(application).status_code == 302
    rendered = read_by_head(counter, application)
    signature = counter.signature_on(rendered, by=counter.world.head)
    gateway.answers()
    counter.town.passes_to("2015-09-15 10:10")
    counter.town.work()

    read = read_by_head(counter, application)
    pressed = counter.head.post(reverse("desk:decision", args=[application.pk]), {"cms": signature})

    for answer in (read, pressed):
        assert answer.status_code == 409
        assert "No referral is issued on such data (point 9)." in said(answer)
    assert not Referral.objects.exists()
    assert "The data were not confirmed: draft a reasoned refusal" in counter.case_page(application)
    head_sees = said(counter.head.get(reverse("desk:case", args=[application.pk])))
    assert "A specialist is preparing the draft" in head_sees
    counter.refuse(application, ground="DATA_NOT_CONFIRMED", reasons="Тіркелім растамады.")
    counter.sign(application)
    assert (application.state, application.decision.number) == ("REFUSED", "АСТ-Б-2015-000001")


def test_what_turned_out_not_to_be_met_after_the_draft_is_not_signed(counter: Counter) -> None:
    """A14: the own register says since then that the person is not unemployed."""
    application = taken(counter, kind="PUBLIC_WORKS")
    enter_unemployed(counter, application, "yes")
    assert counter.draft(application, although="").status_code == 302
    signature = counter.signature_on(read_by_head(counter, application), by=counter.world.head)
    counter.town.passes_to("2015-09-15 10:05")
    enter_unemployed(counter, application, "no")

    pressed = counter.head.post(reverse("desk:decision", args=[application.pk]), {"cms": signature})

    assert pressed.status_code == 409
    assert "The condition is not met:" in said(pressed)
    assert not Referral.objects.exists()
    enter_unemployed(counter, application, "yes")
    counter.sign(application)
    assert Referral.objects.get().number == "АСТ-Ж-2015-000001"


def enter_unemployed(counter: Counter, application: Application, holds: str) -> None:
    told = {"fact": "unemployed", "holds": holds, "source": "Өз тіркелім", "on": "15.09.2015"}
    answer = counter.specialist.post(reverse("desk:fact", args=[application.pk]), told)
    assert answer.status_code == 302


@pytest.fixture
def drafted(counter: Counter, settings: Any) -> Application:
    """A case of the portal that waits for the head; what he signs is held back for ten minutes."""
    settings.JOLDAMA_RECALL_MINUTES = 10
    counter.town.at("2015-09-15 10:00")
    made = counter.town.apply(world.applicant("citizen-card"))
    counter.town.work()
    counter.take(made)
    counter.draft(made)
    return made


def test_an_application_taken_back_while_the_signature_is_checked_gets_no_number(
    counter: Counter, centre: FakeCentre, drafted: Application
) -> None:
    """A31, A38: nothing is given to who took the application back, and nobody else's release waits for it."""
    counter.town.passes_to("2015-09-15 10:05")
    counter.town.trusts_only("2015-09-14 09:30")
    counter.sign(drafted)
    browser = counter.town.browser_of(drafted.person)
    browser.post(reverse("portal:withdraw", args=[drafted.pk]), {"confirmed": "yes"})

    centre.answers()
    counter.town.passes_to("2015-09-15 10:20")
    tasks.check_signature(signature=str(Signature.objects.get(purpose="decision").pk))

    drafted.refresh_from_db()
    assert drafted.state == "WITHDRAWN"
    assert list(Decision.objects.values_list("number", "signed_at")) == [(None, None)]
    assert not Recall.objects.exists()
    assert not NumberSeries.objects.filter(register="Ж").exists()
    counter.town.at_instant(counter.town.now + timedelta(minutes=11))
    assert decide.release_due(at=counter.town.now) == 0


def test_an_application_taken_back_in_the_moment_of_the_signature_gets_nothing(
    counter: Counter, drafted: Application
) -> None:
    """The person's page was read before the head signed: what is held back ends with the case all the same."""
    counter.town.passes_to("2015-09-15 10:05")
    read_before = Application.objects.select_related("decision", "person").get(pk=drafted.pk)
    counter.sign(drafted)

    withdraw.withdraw(read_before, by=drafted.person, at=counter.town.now)
    counter.town.at_instant(counter.town.now + timedelta(minutes=11))
    counter.town.sweep()

    assert (read_before.state, Recall.objects.get().end) == ("WITHDRAWN", "withdrawn")
    assert not Referral.objects.exists()
    assert not Event.objects.filter(name="case.signed").exists()


def test_a_decision_that_cannot_be_released_holds_up_no_other(counter: Counter, drafted: Application) -> None:
    counter.sign(drafted)
    counter.town.passes_to("2015-09-15 10:02")
    other = counter.town.apply(drafted.person, kind="CAREER_GUIDANCE")
    counter.town.work()
    counter.take(other)
    counter.draft(other, guidance_given="Әңгіме өтті.")
    counter.sign(other)
    Application.objects.filter(pk=drafted.pk).update(state="REGISTERED", taken_at=None, taken_by=None)
    counter.town.at_instant(counter.town.now + timedelta(minutes=11))

    counter.town.sweep()

    assert Referral.objects.get().application == other
