"""S20: six kinds, six results, each with its own fields and document, drafted at the desk (¶6, R6.1-a)."""

import pytest
from django.test import Client
from django.urls import reverse

from joldama.cases.models import Application, Decision, SealedPaper
from joldama.referrals.models import Referral
from joldama.standard.kinds import ResultKind
from tests.factories.steps import ALTHOUGH, FIELDS
from tests.pdf import needs_poppler
from tests.pdf import text_of as printed
from tests.stories.counter import Counter
from tests.stories.town import text_of, wall

WHY = {"although": ALTHOUGH}
WORK = {**WHY, **{str(name): text for name, text in FIELDS.items()}}
COURSE = {
    **WHY,
    "training_kind": "retraining",
    "organisation": "«Білім» колледжі",
    "bin": "140940311897",
    "workplace_address": "Астана қаласы, Абай даңғылы, 5",
    "course": "Электргазбен дәнекерлеуші",
}
GUIDANCE = {
    "guidance_given": "Кәсіби тест өткізілді, үш мамандық талқыланды",
    "recommendation": "Дәнекерлеуші курсы",
}
TYPED = {
    "JOB_PLACEMENT": WORK,
    "PUBLIC_WORKS": WORK,
    "VOCATIONAL_TRAINING": COURSE,
    "SOCIAL_WORKPLACE": WORK,
    "YOUTH_PRACTICE": WORK,
    "CAREER_GUIDANCE": GUIDANCE,
}


def result_of(counter: Counter, kind: str, **intake: object) -> Application:
    """A visitor of 2015-09-15 goes all the way to the result in his hand."""
    counter.town.at("2015-09-15 10:00")
    training = {"training_kind": "training"} if kind == "VOCATIONAL_TRAINING" else {}
    application = counter.register(kind=kind, **training, **intake)
    counter.take(application)
    return finished(counter, application, kind)


def finished(counter: Counter, application: Application, kind: str) -> Application:
    address = reverse("desk:draft", args=[application.pk])
    answer = counter.specialist.post(address, {"kind": kind, **TYPED[kind]})
    assert answer.status_code == 302, answer.content.decode()
    counter.sign(application)
    counter.town.work()
    counter.offer(application)
    counter.hand_over(application)
    return application


@needs_poppler
@pytest.mark.parametrize("kind", TYPED)
def test_s20_each_kind_has_its_own_fields_and_its_own_sealed_document(counter: Counter, kind: str) -> None:
    """R6.1-a, R6.1-c, R6.1-d, R6.1-e, R6.2-a"""
    application = result_of(counter, kind)

    referral, decision = Referral.objects.get(), Decision.objects.get()
    assert (referral.kind, referral.number, wall(referral.issued_at)) == (
        kind,
        "АСТ-Ж-2015-000001",
        "2015-09-15 10:00:00",
    )
    expected = {name: text for name, text in TYPED[kind].items() if name not in ("training_kind", "although")}
    assert (decision.fields, decision.training_kind) == (expected, TYPED[kind].get("training_kind"))
    paper = printed(counter.paper(application))
    assert [text for text in expected.values() if text not in paper] == []
    assert ("қайта даярлау" in paper) is (kind == "VOCATIONAL_TRAINING")


@pytest.mark.parametrize("kind", TYPED)
def test_s20_only_guidance_has_neither_employer_nor_slip_nor_last_day(counter: Counter, kind: str) -> None:
    """R6.1-d, A9"""
    result_of(counter, kind)

    sends_somewhere = kind != "CAREER_GUIDANCE"
    referral = Referral.objects.get()
    copies = set(SealedPaper.objects.values_list("copy", flat=True))
    assert (referral.valid_until_on is not None, copies) == (
        sends_somewhere,
        {"recipient", "organisation"} if sends_somewhere else {"recipient"},
    )


def test_s20_guidance_is_told_as_given_and_verifies_without_a_last_day(counter: Counter) -> None:
    """R6.1-d, R6.2-b"""
    application = result_of(counter, "CAREER_GUIDANCE")

    referral = Referral.objects.get()
    asked = {"n": referral.number, "d": "2015-09-15", "c": referral.control_code}
    assert "This document was issued by the provider." in text_of(
        Client(headers={"accept-language": "en"}).get(reverse("portal:verify"), asked).content.decode()
    )
    assert "Vocational guidance was given at" in counter.town.account_page(application, "en")


def test_s20_guidance_is_given_again_since_none_is_ever_open(counter: Counter) -> None:
    """A9: one open referral of a kind at a time (§3.6); a record of guidance is none."""
    result_of(counter, "CAREER_GUIDANCE")

    result_of(counter, "CAREER_GUIDANCE")

    assert Referral.objects.count() == 2


def test_s20_another_kind_the_person_would_take_has_its_fields_one_step_away(counter: Counter) -> None:
    """R6.1-b: one result of one kind, of those the person named."""
    counter.town.at("2015-09-15 10:00")
    application = counter.register(kind="JOB_PLACEMENT", other_kinds=["VOCATIONAL_TRAINING"])
    counter.take(application)
    case = reverse("desk:case", args=[application.pk])

    asked, other = (
        counter.specialist.get(address).content.decode()
        for address in (case, f"{case}?kind=VOCATIONAL_TRAINING")
    )
    assert ('name="occupation"' in asked, 'name="course"' in asked) == (True, False)
    assert "?kind=VOCATIONAL_TRAINING" in asked
    assert ('name="occupation"' in other, 'name="course"' in other) == (False, True)

    finished(counter, application, "VOCATIONAL_TRAINING")
    result = Referral.objects.get()
    assert (result.kind, Application.objects.get().kind) == ("VOCATIONAL_TRAINING", "JOB_PLACEMENT")
    page = counter.town.account_page(application, "en")
    assert "vocational training, retraining" in page


def test_s20_a_kind_nobody_asked_for_is_not_drafted(counter: Counter) -> None:
    """R6.1-b"""
    counter.town.at("2015-09-15 10:00")
    application = counter.register(kind="PUBLIC_WORKS", other_kinds=["SOCIAL_WORKPLACE"])
    counter.take(application)

    answer = counter.specialist.post(
        reverse("desk:draft", args=[application.pk]), {"kind": "YOUTH_PRACTICE", **WORK}
    )

    assert (answer.status_code, Decision.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("JOB_PLACEMENT", "occupation"),
        ("VOCATIONAL_TRAINING", "course"),
        ("CAREER_GUIDANCE", "guidance_given"),
    ],
)
def test_s20_what_a_kind_needs_is_asked_for_beside_its_field(
    counter: Counter, kind: str, missing: str
) -> None:
    """R6.1-d, R6.1-e"""
    counter.town.at("2015-09-15 10:00")
    training = {"training_kind": "training"} if kind == "VOCATIONAL_TRAINING" else {}
    application = counter.register(kind=kind, **training)
    counter.take(application)

    answer = counter.specialist.post(
        reverse("desk:draft", args=[application.pk]), {"kind": kind, **TYPED[kind], missing: ""}
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [missing])
    assert Decision.objects.count() == 0


def test_the_six_kinds_are_those_of_the_standard() -> None:
    """R6.1-a"""
    assert list(TYPED) == list(ResultKind)
