"""What runs by itself and what a person does: look-up, numbers, clocks, documents, status and notices are automatic.

The decision and the signature are a person's, and his name stands on what leaves the house (¶5).
"""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from joldama.cases.models import Decision, SealedPaper
from joldama.journal.models import Event
from joldama.notices import ports
from joldama.notices.models import Notice
from joldama.referrals.models import Referral
from joldama.standard.words import say
from tests.factories import world
from tests.fakes.messengers import ScriptedMessenger
from tests.pdf import needs_poppler
from tests.pdf import text_of as printed
from tests.stories.counter import Counter
from tests.stories.town import wall


@pytest.fixture
def messenger() -> Iterator[ScriptedMessenger]:
    """A messenger that keeps what it carries."""
    before, carrying = ports.messenger(), ScriptedMessenger()
    ports.wire(carrying)
    yield carrying
    ports.wire(before)


@needs_poppler
def test_from_the_sent_application_to_the_result_people_only_draft_and_sign(
    counter: Counter, messenger: ScriptedMessenger
) -> None:
    """R5.1-b"""
    town, person = counter.town, world.applicant()
    town.at("2015-09-14 10:00")
    left = town.browser_of(person).post(reverse("portal:contact"), {"email": "aisha@example.kz"})
    application = town.apply(person, kind="JOB_PLACEMENT")
    town.work()
    counter.take(application)
    counter.draft(application)
    before = unsigned(counter, application.pk)
    counter.sign(application)
    town.work()
    town.work()  # sealing leaves the errand of the notice

    application.refresh_from_db()
    paper = SealedPaper.objects.get(decision=application.decision, copy=SealedPaper.Copy.RECIPIENT)
    events = Event.objects.filter(subject=application.pk).order_by("id")
    kinds = {event.name: event.actor_kind for event in events}
    official = counter.world.head.name.short
    assert left.status_code == 302
    assert before == [404, 404, 0]
    assert application.number == "АСТ-2015-000001"
    assert wall(application.due_at) == "2015-09-15 17:30:00"
    assert {name for name, kind in kinds.items() if kind == "staff"} == {
        "case.taken",
        "decision.drafted",
        "case.signed",
    }
    assert [
        kinds[name] for name in ("case.registered", "inquiry.answered", "decision.sealed", "case.issued")
    ] == ["system"] * 4
    assert say("status.application.ISSUED", "kk") in town.account_page(application)
    kind_of = dict(
        Notice.objects.values_list("pk", "kind")
    )  # written in one moment: the letters tell the order
    assert [kind_of[letter.reference] for letter in messenger.carried] == [
        "application_registered",
        "result_issued",
    ]
    assert official in printed(bytes(paper.pdf))


def test_no_referral_is_signed_without_an_official(counter: Counter) -> None:
    """R5.1-b"""
    counter.town.at("2015-09-15 10:00")
    application = counter.register()
    counter.town.work()
    counter.take(application)
    counter.draft(application)
    counter.sign(application)

    signed = Decision.objects.filter(application=application)
    with pytest.raises(IntegrityError), transaction.atomic():
        signed.update(signed_by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        signed.update(signature=None)
    assert [one.signed_by for one in signed] == [counter.world.head]


def unsigned(counter: Counter, application: object) -> list[int]:
    """Ask for the result of a case that nobody has signed: of the portal, of the desk, of the register."""
    person = counter.town.browser_of(world.applicant())
    return [
        person.get(reverse("portal:case-document", args=[application])).status_code,
        counter.specialist.get(reverse("desk:referral-pdf", args=[application])).status_code,
        Referral.objects.count(),
    ]
