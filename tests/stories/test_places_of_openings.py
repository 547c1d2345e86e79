"""A referral from an opening holds a place there until whatever ends it frees the place; accepted keeps it (¶6)."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from joldama.cases.models import Application, Decision
from joldama.openings.models import Opening
from joldama.procedures import prepare, withdraw
from joldama.referrals.models import Referral, Reservation
from joldama.referrals.reserving import NoPlaceLeft
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultField, ResultKind, TrainingKind
from tests.factories import openings
from tests.factories.steps import ALTHOUGH, FIELDS
from tests.stories.counter import Counter

REASON = "Мамандық қате жазылған"


@pytest.fixture
def opening(counter: Counter) -> Opening:
    return openings.opening(counter.world, open_from_on=date(2015, 9, 1))


@pytest.fixture
def taken(counter: Counter) -> Application:
    application = counter.register(document_valid_until="31.12.2030")
    counter.take(application)
    application.refresh_from_db()
    return application


@pytest.fixture
def drafted(counter: Counter, opening: Opening, taken: Application) -> Application:
    """A referral drafted from the opening, on Tuesday, 2015-09-15."""
    draft(counter, taken, opening)
    return taken


@pytest.fixture
def handed_over(counter: Counter, drafted: Application) -> Application:
    counter.sign(drafted)
    counter.town.work()
    counter.offer(drafted)
    counter.hand_over(drafted)
    return drafted


def draft(counter: Counter, application: Application, opening: Opening | None, **fields: str) -> Decision:
    return prepare.draft_referral(
        application,
        kind=ResultKind(application.kind),
        fields={ResultField[name.upper()]: text for name, text in fields.items()},
        although=ALTHOUGH,
        opening=opening,
        by=counter.world.specialist,
        at=counter.town.now,
    )


def held(opening: Opening) -> tuple[int, list[str | None]]:
    """How many places are taken, and why each that was held was freed; None holds it still."""
    opening.refresh_from_db()
    return opening.taken, [one.why for one in opening.reservations.order_by("reserved_at", "freed_at")]


def slip(counter: Counter, application: Application, answer: str, **typed: str) -> Any:
    typed = {"answer": answer, "answered_on": f"{counter.town.now:%d.%m.%Y}", **typed}
    answered = counter.specialist.post(reverse("desk:slip", args=[application.pk]), typed)
    assert answered.status_code == 302, answered.content.decode()
    return answered


def test_a_draft_from_an_opening_says_what_the_opening_says(
    counter: Counter, opening: Opening, taken: Application
) -> None:
    decision = draft(counter, taken, opening, work_hours="9.00–18.00", bin="140940311897")

    assert decision.fields == {
        "organisation": "«Қойма» ЖШС / ТОО «Қойма»",
        "bin": opening.organisation.bin,
        "workplace_address": "Астана қаласы, Сарыарқа даңғылы, 1",
        "occupation": "Қоймашы / Кладовщик",
        "wage": "120 000 ₸",
        "work_hours": "9.00–18.00",
    }
    assert held(opening) == (1, [None])


def test_what_was_typed_of_the_work_stands_before_the_opening(
    counter: Counter, opening: Opening, taken: Application
) -> None:
    assert draft(counter, taken, opening, occupation="Аға қоймашы").fields["occupation"] == "Аға қоймашы"


def test_a_course_says_which_training_it_is(counter: Counter, taken: Application) -> None:
    school = openings.organisation(counter.world, is_training=True)
    course = openings.opening(
        counter.world,
        of=school,
        kind=ResultKind.VOCATIONAL_TRAINING,
        training_kind=TrainingKind.RETRAINING,
        course="Дәнекерлеуші",
        stipend=30_000,
    )
    Application.objects.filter(pk=taken.pk).update(other_kinds=[ResultKind.VOCATIONAL_TRAINING])
    taken.refresh_from_db()

    decision = prepare.draft_referral(
        taken,
        kind=ResultKind.VOCATIONAL_TRAINING,
        fields={},
        although=ALTHOUGH,
        opening=course,
        by=counter.world.specialist,
        at=counter.town.now,
    )

    assert (decision.training_kind, decision.fields["stipend"]) == (TrainingKind.RETRAINING, "30 000 ₸")


def test_an_opening_of_another_kind_is_no_choice(counter: Counter, taken: Application) -> None:
    elsewhere = openings.opening(counter.world, kind=ResultKind.YOUTH_PRACTICE)

    with pytest.raises(ValueError, match=str(elsewhere.pk)):
        draft(counter, taken, elsewhere)


def test_a_vacancy_of_another_office_holds_a_place_and_what_that_office_pays_for_is_no_choice(
    counter: Counter, taken: Application
) -> None:
    other = counter.town.office("temirtau")
    practice = openings.opening(other, kind=ResultKind.YOUTH_PRACTICE)
    Application.objects.filter(pk=taken.pk).update(other_kinds=[ResultKind.YOUTH_PRACTICE])
    taken.refresh_from_db()

    vacancy = openings.opening(other)
    draft(counter, taken, vacancy)

    assert held(vacancy) == (1, [None])
    with pytest.raises(ValueError, match=str(practice.pk)):
        prepare.draft_referral(
            taken,
            kind=ResultKind.YOUTH_PRACTICE,
            fields={},
            although=ALTHOUGH,
            opening=practice,
            by=counter.world.specialist,
            at=counter.town.now,
        )


def test_the_second_of_two_drafts_for_one_place_is_told(
    counter: Counter, opening: Opening, drafted: Application
) -> None:
    later = counter.register(document_valid_until="31.12.2030")
    counter.take(later)

    with pytest.raises(NoPlaceLeft):
        draft(counter, later, opening)

    assert (held(opening), Decision.objects.filter(application=later).exists()) == ((1, [None]), False)


def test_drafting_it_anew_keeps_the_place_and_without_the_opening_frees_it(
    counter: Counter, opening: Opening, drafted: Application
) -> None:
    draft(counter, drafted, opening)
    assert held(opening) == (1, [None])

    assert counter.draft(drafted).status_code == 302

    assert held(opening) == (0, ["replaced"])


def test_a_drafted_refusal_frees_the_place(counter: Counter, opening: Opening, drafted: Application) -> None:
    prepare.draft_refusal(
        drafted,
        ground=Ground.COURT_BAN,
        reasons=REASON,
        by=counter.world.specialist,
        at=counter.town.now,
    )

    assert held(opening) == (0, ["refused"])


@pytest.mark.parametrize("by", ["person", "specialist"])
def test_taking_the_application_back_frees_the_place(
    counter: Counter, opening: Opening, drafted: Application, by: str
) -> None:
    if by == "person":
        withdraw.withdraw(drafted, by=drafted.person, at=counter.town.now)
    else:
        withdraw.withdraw_on_word(drafted, by=counter.world.specialist, at=counter.town.now)

    assert held(opening) == (0, ["withdrawn"])


@pytest.mark.parametrize(("answer", "why"), [("rejected", "rejected"), ("no_show", "no_show")])
def test_an_organisation_that_does_not_take_the_person_has_its_place_free(
    counter: Counter, opening: Opening, handed_over: Application, answer: str, why: str
) -> None:
    slip(counter, handed_over, answer, reason="Орын қысқарды")

    assert held(opening) == (0, [why])


def accepted(counter: Counter, application: Application) -> None:
    slip(counter, application, "accepted", occupation="қоймашы", order="14-ж, 21.09.2015")


def test_whoever_was_accepted_keeps_his_place_also_after_the_last_day(
    counter: Counter, opening: Opening, handed_over: Application
) -> None:
    accepted(counter, handed_over)
    counter.town.at("2015-12-01 10:00")
    counter.town.sweep()

    assert held(opening) == (1, [None])


def test_an_annulled_referral_frees_the_place(
    counter: Counter, opening: Opening, handed_over: Application
) -> None:
    assert counter.annul(handed_over, REASON).status_code == 302

    assert held(opening) == (0, ["annulled"])


def test_s27_the_place_of_an_annulled_referral_waits_for_the_corrected_one(
    counter: Counter, opening: Opening, handed_over: Application
) -> None:
    """Whoever was accepted stands there already: nobody else is sent to his place while his paper is corrected."""
    accepted(counter, handed_over)
    assert counter.annul(handed_over, REASON, with_correction=True).status_code == 302
    assert held(opening) == (1, [None])
    page = counter.specialist.get(reverse("desk:case", args=[handed_over.pk])).content.decode()
    assert f'name="opening" value="{opening.pk}"' in page

    handed_over.refresh_from_db()
    draft(counter, handed_over, opening)
    counter.sign(handed_over)

    assert held(opening) == (1, [None])
    assert Reservation.objects.get(freed_at=None).decision == Referral.objects.get(state="ISSUED").decision


def test_s27_a_corrected_referral_that_leads_elsewhere_leaves_the_place_to_others(
    counter: Counter, opening: Opening, handed_over: Application
) -> None:
    counter.annul(handed_over, REASON, with_correction=True)

    handed_over.refresh_from_db()
    draft(counter, handed_over, None, **{str(name): text for name, text in FIELDS.items()})

    assert held(opening) == (0, ["replaced"])


def test_the_last_day_frees_the_place(counter: Counter, opening: Opening, handed_over: Application) -> None:
    counter.town.at("2015-09-22 23:59")
    counter.town.sweep()
    assert held(opening) == (1, [None])

    counter.town.at("2015-09-23 00:00")
    counter.town.sweep()
    counter.town.sweep()

    assert held(opening) == (0, ["expired"])


def test_a_referral_that_nobody_collects_frees_the_place_after_its_last_day(
    counter: Counter, opening: Opening, drafted: Application
) -> None:
    counter.sign(drafted)
    counter.town.at("2015-09-23 00:00")

    counter.town.sweep()

    assert (Referral.objects.get().state, held(opening)) == ("ISSUED", (0, ["expired"]))


@pytest.mark.parametrize("is_free", [True, False])
def test_an_acceptance_told_after_the_last_day_takes_the_place_again_if_it_is_free(
    counter: Counter, opening: Opening, handed_over: Application, is_free: bool
) -> None:
    counter.town.at("2015-09-23 10:00")
    counter.town.sweep()
    if not is_free:
        openings.fill(opening, taken=1)

    accepted(counter, handed_over)

    assert held(opening) == (1, ["expired", None] if is_free else ["expired"])
