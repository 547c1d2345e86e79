"""A head's signature waits for the centre while an earlier referral is opened: he and the specialist are told.

§3.6: one referral of a kind at a time. A31: what cannot be known yet is kept, and asked again.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from joldama.cases.models import Application, Decision
from joldama.journal.models import Event
from joldama.referrals.models import Referral
from joldama.signatures.models import Signature, Status
from joldama.worker import tasks
from tests.fakes.centre import FakeCentre, wired
from tests.stories.counter import Counter, said

TOLD = "The signature was confirmed, but the decision was not taken."
OVER = "The decision has to be signed anew."
LIVE = '<div id="blocked" data-live="15" aria-live="polite"'


@pytest.fixture
def centre() -> Iterator[FakeCentre]:
    """The centre, silent until a story has it answer."""
    with wired(FakeCentre()) as made:
        made.falls_silent()
        yield made


@pytest.fixture
def blocked(counter: Counter, centre: FakeCentre) -> tuple[Application, Application]:
    """Two cases of one person, both signed while the centre is silent; the first signature is confirmed first."""
    counter.town.at("2015-09-14 10:00")
    first, second = counter.register(), counter.register()
    for application in (first, second):
        counter.take(application)
        counter.draft(application)
    counter.town.passes_to("2015-09-15 10:00")
    counter.town.trusts_only("2015-09-14 09:30")
    for application in (first, second):
        counter.sign(application)
    assert not Referral.objects.exists()
    centre.answers()
    counter.town.passes_to("2015-09-15 10:20")
    for application in (first, second):
        check(application)
    return first, second


def check(application: Application) -> None:
    """The errand that asks the centre about the signature on the case's decision."""
    decision = Decision.objects.get(application=application)
    tasks.check_signature(signature=str(Signature.objects.get(subject=decision.pk).pk))


def head_reads(counter: Counter, name: str, *args: Any) -> str:
    return said(counter.head.get(reverse(name, args=args)))


def close(counter: Counter, application: Application) -> None:
    """The first referral goes its way until the organisation has said no."""
    counter.town.work()
    counter.offer(application)
    counter.hand_over(application)
    slip = {"answer": "rejected", "answered_on": "15.09.2015", "reason": "Орын бос емес."}
    counter.specialist.post(reverse("desk:slip", args=[application.pk]), slip)


def test_head_and_specialist_read_what_happened_why_and_what_to_do(
    counter: Counter, blocked: tuple[Application, Application]
) -> None:
    first, second = blocked
    second.refresh_from_db()
    number = Referral.objects.get(application=first).number

    pages = {
        "specialist's case": counter.case_page(second),
        "head's case": head_reads(counter, "desk:case", second.pk),
        "head's decision": head_reads(counter, "desk:decision", second.pk),
    }

    assert (second.state, second.decision.number) == ("IN_PROGRESS", None)
    for page in pages.values():
        assert TOLD in page
        assert f"an open referral of this kind: No. {number}." in page
        assert "after that the head signs the decision anew" in page
    assert "Signature confirmed, decision not taken" in pages["specialist's case"]
    assert Event.objects.get(name="decision.blocked").subject == second.pk


def test_it_stands_among_the_tasks_of_both_and_comes_to_a_page_that_is_open(
    counter: Counter, blocked: tuple[Application, Application]
) -> None:
    """The list asks by itself, and a reader of screens says once what came; of nothing, nothing stands there."""
    for browser in (counter.specialist, counter.head):
        page = browser.get(reverse("desk:work"))
        assert [row.case for row in page.context["blocked"]] == [blocked[1]]
        assert "Decisions signed but not taken" in said(page)
        assert f"""{LIVE}>""" in page.content.decode()
    of_another = counter.town.browser_of(counter.town.office("temirtau").head)
    elsewhere = of_another.get(reverse("desk:work"))
    assert elsewhere.context["blocked"] == []
    assert f"{LIVE} hidden></div>" in elsewhere.content.decode()
    for live in (page, elsewhere):
        assert "ui/live" in live.content.decode()


def test_once_the_first_is_closed_it_is_said_and_the_second_is_signed_anew(
    counter: Counter, blocked: tuple[Application, Application]
) -> None:
    """No two signatures are taken on the same bytes (A37): the head reads it anew."""
    first, second = blocked
    counter.town.at("2015-09-15 10:30")
    close(counter, first)

    assert OVER in counter.case_page(second)
    assert OVER in head_reads(counter, "desk:decision", second.pk)
    assert counter.sign(second).status_code == 302

    second.refresh_from_db()
    assert (second.state, Referral.objects.count()) == ("SIGNED", 2)
    assert OVER not in counter.case_page(second)
    assert not counter.head.get(reverse("desk:work")).context["blocked"]


def test_a_draft_of_another_kind_ends_it(counter: Counter, blocked: tuple[Application, Application]) -> None:
    second = blocked[1]

    counter.refuse(second, ground="FALSE_DATA", reasons="Мәлімет расталмады.")

    assert TOLD not in counter.case_page(second)
    assert not counter.specialist.get(reverse("desk:work")).context["blocked"]


def test_the_page_of_the_specialist_looks_out_for_it(
    counter: Counter, blocked: tuple[Application, Application]
) -> None:
    turn = counter.specialist.get(reverse("desk:case-turn", args=[blocked[1].pk])).content.decode()

    assert turn.split()[-1] == "True"


def test_the_errand_done_twice_tells_once(counter: Counter, blocked: tuple[Application, Application]) -> None:
    check(blocked[1])

    assert Event.objects.filter(name="decision.blocked").count() == 1
    assert (
        Signature.objects.get(subject=Decision.objects.get(application=blocked[1]).pk).status == Status.PASSED
    )
