"""S25: who may get a kind and why; other kinds are offered before a refusal (A14, A39, R9.1-d)."""

import re
from typing import Any

import pytest
from django.urls import reverse

from joldama.cases.models import Application, Decision
from joldama.cases.offers import KnownFact, Offer
from joldama.journal.models import Event
from joldama.standard.kinds import ResultKind
from tests.factories import world
from tests.factories.steps import FIELDS
from tests.stories.counter import Counter, said
from tests.stories.town import wall

DAY = "2015-09-15 10:00"
STILL_29, TURNED_30 = "1985-09-16", "1985-09-15"
EVERYTHING = ("unemployed", "graduate", "target_group", "needs_profession")


def came(
    counter: Counter, kind: str = "YOUTH_PRACTICE", born_on: str = STILL_29, **changes: Any
) -> Application:
    """A visitor of S25 whose birth date the register has told, taken into work."""
    counter.town.at(DAY)
    application = counter.register(kind=kind, **changes)
    person = application.person
    person.born_on = born_on
    person.save()
    counter.take(application)
    return application


def page(counter: Counter, application: Application) -> str:
    return said(counter.specialist.get(reverse("desk:eligibility", args=[application.pk])))


def step(counter: Counter, application: Application, name: str, **typed: str) -> Any:
    return counter.specialist.post(reverse(f"desk:{name}", args=[application.pk]), typed)


def know(counter: Counter, application: Application, *facts: str, holds: str = "yes") -> None:
    for fact in facts:
        answer = step(
            counter,
            application,
            "fact",
            fact=fact,
            holds=holds,
            source="Жұмыссыздарды есепке алу журналы, № 12",
            on="14.09.2015",
        )
        assert answer.status_code == 302, said(answer)


def drafted(counter: Counter, application: Application, **changes: str) -> Any:
    fields = {str(name): text for name, text in FIELDS.items()}
    typed = {"kind": application.kind, **fields, **changes}
    return counter.specialist.post(reverse("desk:draft", args=[application.pk]), typed)


def refused(counter: Counter, application: Application, ground: str = "NOT_ELIGIBLE_FOR_KIND") -> Any:
    return counter.refuse(application, ground=ground, reasons="Жасы шарттан асады.")


def test_s25_on_the_last_day_at_29_he_may_get_it(counter: Counter) -> None:
    application = came(counter, born_on=STILL_29)
    know(counter, application, "unemployed", "graduate")

    assert "5. Youth practice met" in page(counter, application)
    assert drafted(counter, application).status_code == 302
    assert Decision.objects.get().kind == "YOUTH_PRACTICE"


def test_s25_who_turned_30_may_not_and_is_told_why_and_what_is_open_to_him(counter: Counter) -> None:
    application = came(counter, born_on=TURNED_30)
    know(counter, application, *EVERYTHING)

    answer = drafted(counter, application)

    assert answer.status_code == 409
    text = said(answer)
    assert "has to be no older than 29 on the day of applying" in text
    assert not Decision.objects.exists()
    assert "5. Youth practice not met" in page(counter, application)
    assert "No. 149" in page(counter, application)


def test_s25_the_age_is_that_of_the_day_he_applied(counter: Counter) -> None:
    """The office's night does not cost him the kind."""
    application = came(counter, born_on=STILL_29)
    know(counter, application, "unemployed", "graduate")

    counter.town.at("2015-09-16 09:00")

    assert drafted(counter, application).status_code == 302


def test_s25_the_other_kinds_are_offered_and_guidance_always(counter: Counter) -> None:
    application = came(counter, born_on=TURNED_30)
    know(counter, application, *EVERYTHING)

    step(counter, application, "make-offer", ground="NOT_ELIGIBLE_FOR_KIND")

    offer = Offer.objects.get()
    assert offer.kinds == [
        "JOB_PLACEMENT",
        "PUBLIC_WORKS",
        "VOCATIONAL_TRAINING",
        "SOCIAL_WORKPLACE",
        "CAREER_GUIDANCE",
    ]
    assert (offer.offered_at, offer.answer_until_at, offer.offered_by) == (
        counter.town.now,
        counter.town.now,
        counter.world.specialist,
    )


def test_what_he_named_comes_first_and_what_is_not_known_is_not_promised(counter: Counter) -> None:
    application = came(counter, born_on=TURNED_30, other_kinds=["SOCIAL_WORKPLACE", "PUBLIC_WORKS"])
    know(counter, application, "target_group")
    know(counter, application, "unemployed", holds="no")

    step(counter, application, "make-offer", ground="NOT_ELIGIBLE_FOR_KIND")

    assert Offer.objects.get().kinds == ["SOCIAL_WORKPLACE", "JOB_PLACEMENT", "CAREER_GUIDANCE"]


def test_no_refusal_before_the_offer_and_at_the_counter_he_is_asked_on_the_spot(counter: Counter) -> None:
    application = came(counter, born_on=TURNED_30)
    first = refused(counter, application)
    assert (first.status_code, Decision.objects.count()) == (409, 0)
    assert "other kinds are offered first" in said(first)

    step(counter, application, "make-offer", ground="NOT_ELIGIBLE_FOR_KIND")
    step(counter, application, "answer-offer", kind="none")
    assert refused(counter, application).status_code == 302

    decision = Decision.objects.get()
    assert decision.ground == "NOT_ELIGIBLE_FOR_KIND"
    assert decision.reasons.startswith("Жасы шарттан асады.\n\nҰсынылған түрлер: ")
    assert "Предложенные виды: направление для трудоустройства, " in decision.reasons
    events = Event.objects.filter(subject=application.pk, name__startswith="offer.").order_by("id")
    assert [(one.name, one.facts) for one in events] == [
        ("offer.made", {"ground": "NOT_ELIGIBLE_FOR_KIND"}),
        ("offer.answered", {"outcome": "declined"}),
    ]


def test_a_kind_he_accepts_is_drafted_and_no_longer_refused(counter: Counter) -> None:
    application = came(counter, born_on=TURNED_30)
    step(counter, application, "make-offer", ground="NOT_ELIGIBLE_FOR_KIND")

    step(counter, application, "answer-offer", kind="JOB_PLACEMENT")
    step(counter, application, "answer-offer", kind="none")

    application.refresh_from_db()
    assert (application.kind, application.other_kinds) == ("YOUTH_PRACTICE", ["JOB_PLACEMENT"])
    assert refused(counter, application).status_code == 409
    assert drafted(counter, application, kind="JOB_PLACEMENT").status_code == 302
    assert Decision.objects.get().kind == "JOB_PLACEMENT"


def test_an_offer_is_not_made_where_he_may_get_what_he_asked_for(counter: Counter) -> None:
    application = came(counter, born_on=STILL_29)

    answer = step(counter, application, "make-offer", ground="NOT_ELIGIBLE_FOR_KIND")

    assert answer.status_code == 409
    assert "No condition of the kind asked for is unmet" in said(answer)
    assert not Offer.objects.exists()
    assert step(counter, application, "make-offer", ground="NO_PLACE_AVAILABLE").status_code == 302


def test_what_is_not_known_neither_refuses_nor_passes(counter: Counter) -> None:
    """A39: the specialist decides, and says why."""
    application = came(counter, kind="PUBLIC_WORKS")
    assert "has to be registered as unemployed" in page(counter, application)

    silent = drafted(counter, application)
    told = drafted(counter, application, although="Журнал жоғалған, өтінішінде жазылған.")

    assert (silent.status_code, list(silent.context["form"].errors)) == (422, ["although"])
    assert told.status_code == 302
    assert Decision.objects.get().although == "Журнал жоғалған, өтінішінде жазылған."
    assert "Why is it given although a condition is not known? Журнал жоғалған" in counter.case_page(
        application
    )


def test_the_fact_that_was_entered_last_counts_and_says_where_it_comes_from(counter: Counter) -> None:
    application = came(counter, kind="PUBLIC_WORKS")
    know(counter, application, "unemployed", holds="no")
    assert drafted(counter, application).status_code == 409
    know(counter, application, "unemployed")

    text = page(counter, application)
    assert "registered as unemployed: Yes Жұмыссыздарды есепке алу журналы, № 12, 14 September 2015" in text
    assert drafted(counter, application).status_code == 302
    assert KnownFact.objects.count() == 2


def test_a_fact_of_another_office_is_not_known_here(counter: Counter) -> None:
    application = came(counter, kind="PUBLIC_WORKS")
    know(counter, application, "unemployed")
    elsewhere = Counter(counter.town, "almaty")
    other = elsewhere.register(kind="PUBLIC_WORKS")
    elsewhere.take(other)

    assert "registered as unemployed: Yes" not in page(elsewhere, other)
    assert elsewhere.specialist.get(reverse("desk:eligibility", args=[application.pk])).status_code == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"on": "16.09.2015"}, "on"),
        ({"on": ""}, "on"),
        ({"source": ""}, "source"),
        ({"holds": ""}, "holds"),
        ({"fact": "rich"}, "fact"),
    ],
)
def test_a_fact_needs_its_source_and_a_day_that_has_come(
    counter: Counter, typed: dict[str, str], field: str
) -> None:
    application = came(counter, kind="PUBLIC_WORKS")
    whole = {"fact": "unemployed", "holds": "yes", "source": "Журнал", "on": "14.09.2015"}

    answer = step(counter, application, "fact", **{**whole, **typed})

    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()
    assert not KnownFact.objects.exists()


def on_the_portal(counter: Counter) -> Application:
    """S30's moment: applied on Monday, due Tuesday 17:30; the register told that he is 30."""
    counter.town.at("2015-09-14 10:00")
    person = world.applicant("citizen-card")
    person.born_on = "1985-09-14"
    person.save()
    application = counter.town.apply(person, kind=ResultKind.YOUTH_PRACTICE)
    counter.take(application)
    step(counter, application, "make-offer", ground="NOT_ELIGIBLE_FOR_KIND")
    return application


def answered(counter: Counter, application: Application, kind: str) -> Any:
    browser = counter.town.browser_of(application.person)
    return browser.post(reverse("portal:answer-offer", args=[application.pk]), {"kind": kind})


def test_on_the_portal_an_offer_waits_until_two_working_hours_before_the_term_which_runs_on(
    counter: Counter,
) -> None:
    application = on_the_portal(counter)
    assert wall(Offer.objects.get().answer_until_at) == "2015-09-15 15:30:00"
    assert wall(application.due_at) == "2015-09-15 17:30:00"

    counter.town.at("2015-09-15 15:29:59")
    assert refused(counter, application).status_code == 409
    counter.town.at("2015-09-15 15:30:00")
    assert refused(counter, application).status_code == 302

    application.refresh_from_db()
    assert wall(application.due_at) == "2015-09-15 17:30:00"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "өтініш берген күні жасы 29-дан аспауы керек"),
        ("ru", "на день обращения возраст не старше 29 лет"),
        ("en", "Answer by 15:30 on 15 September 2015; the term keeps running"),
    ],
)
def test_the_person_reads_why_and_what_is_offered_and_answers_himself(
    counter: Counter, language: str, words: str
) -> None:
    application = on_the_portal(counter)

    assert words in counter.town.account_page(application, language)
    assert answered(counter, application, "JOB_PLACEMENT").status_code == 302
    assert answered(counter, application, "none").status_code == 302

    application.refresh_from_db()
    offer = Offer.objects.get()
    assert (offer.accepted_kind, offer.is_on_word, application.other_kinds) == (
        "JOB_PLACEMENT",
        False,
        ["JOB_PLACEMENT"],
    )
    assert "You accepted: referral for job placement" in counter.town.account_page(application, "en")
    assert drafted(counter, application, kind="JOB_PLACEMENT").status_code == 302


def test_an_answer_that_was_not_offered_is_not_taken(counter: Counter) -> None:
    application = on_the_portal(counter)

    answer = answered(counter, application, "YOUTH_PRACTICE")

    assert answer.status_code == 422
    assert Offer.objects.get().answered_at is None
    stranger = counter.town.browser_of(world.applicant("citizen-passport"))
    address = reverse("portal:answer-offer", args=[application.pk])
    assert stranger.post(address, {"kind": "JOB_PLACEMENT"}).status_code == 404


def test_nowhere_is_a_paper_asked_for(counter: Counter) -> None:
    """S24: no field takes a file, and the person is told that nothing is asked of him."""
    application = on_the_portal(counter)
    desk = counter.specialist.get(reverse("desk:eligibility", args=[application.pk])).content.decode()

    assert re.findall('type="file"', desk) == []
    assert "No certificate is asked of you" in counter.town.account_page(application, "en")
