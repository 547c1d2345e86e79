"""S24, S25: no protected trait changes an answer, in whichever way one asks for it (A14, R9.1-d).

Metamorphic: two people who differ in one trait and in nothing a condition names are told the same on every page: at the
desk, in their case, before they apply; they are offered the same kinds, and the same is drafted or not.
"""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.urls import reverse

from govkz.iin.numbers import check_digit
from joldama.cases.models import Application
from joldama.cases.offers import Offer
from joldama.procedures import offer as offers
from joldama.standard.eligibility import Judged
from joldama.standard.kinds import ResultKind
from tests.factories.steps import FIELDS
from tests.stories.counter import Counter, said
from tests.stories.town import Town

MAN, WOMAN = "5", "6"
KNOWN = (
    {},
    {"unemployed": "yes", "target_group": "no"},
    {"unemployed": "yes", "graduate": "yes", "needs_profession": "no"},
)
BORN = ("1985-09-16", "1950-01-01")
ALIKE = {
    "document_kind": "ID_CARD_KZ",
    "holder": "CITIZEN",
    "surname": "Ахметов",
    "given_name": "Ерлан",
    "patronymic": "Бекболатұлы",
    "document_number": "041234567",
    "document_valid_until": "01.03.2030",
    "language": "kk",
}
TRAITS: dict[str, dict[str, str]] = {
    "sex": {"sex": WOMAN, "surname": "Ахметова", "given_name": "Айгүл", "patronymic": "Бекболатқызы"},
    "a name of another people": {"surname": "Петров", "given_name": "Иван", "patronymic": "Иванович"},
    "a name like a faith": {"surname": "Мұхаммедәлі", "given_name": "Абдулла", "patronymic": ""},
    "another faith": {"surname": "Христенко", "given_name": "Пётр", "patronymic": "Павлович"},
    "no patronymic": {"patronymic": ""},
    "a very long name": {"surname": "Әбдірахманов" * 6},
    "a foreigner": {"document_kind": "RESIDENCE_PERMIT", "holder": "FOREIGNER"},
    "a stateless person": {"document_kind": "STATELESS_CERTIFICATE", "holder": "STATELESS"},
    "an oralman": {
        "document_kind": "RESIDENCE_PERMIT",
        "holder": "FOREIGNER",
        "is_oralman": "on",
        "oralman_certificate": "123456",
    },
    "a passport": {"document_kind": "PASSPORT_KZ", "document_number": "N12345678"},
    "Russian": {"language": "ru"},
    "English": {"language": "en"},
    "another city": {"office": "almaty"},
    "no e-mail": {"contact": ""},
    "a number of an older card": {"document_number": "011111111"},
}  # fmt: skip

_serials = count(1)


def test_the_traits_are_told_apart_by_the_numbers_they_make() -> None:
    """The seventh digit is the sex and the century of birth."""
    assert [iin(sex)[6] for sex in (MAN, WOMAN)] == ["5", "6"]


def test_no_protected_trait_changes_an_answer(town: Town) -> None:
    """R9.1-d, A14"""
    bases = [answers(town, {}, known, BORN[0]) for known in KNOWN]
    found = {}
    for place, (trait, typed) in enumerate(TRAITS.items()):
        which = place % len(KNOWN)
        found[trait] = answers(town, typed, KNOWN[which], BORN[0]) == bases[which]

    assert [trait for trait, is_alike in found.items() if not is_alike] == []


@pytest.mark.long
@pytest.mark.parametrize("born_on", BORN)
@pytest.mark.parametrize("known", KNOWN, ids=len)
@pytest.mark.parametrize("trait", TRAITS)
def test_no_protected_trait_changes_any_answer(
    town: Town, trait: str, known: dict[str, str], born_on: str
) -> None:
    """The long form: every trait with everything known."""
    assert answers(town, TRAITS[trait], known, born_on) == answers(town, {}, known, born_on)


def test_the_answers_differ_where_they_may(town: Town) -> None:
    """A control: age and what is known do change what is told, so the comparison sees something."""
    young, old = (answers(town, {}, KNOWN[1], born_on) for born_on in BORN)
    unknown = answers(town, {}, KNOWN[0], BORN[0])

    assert young != old
    assert young != unknown


def test_a_rule_that_looked_at_the_sex_would_be_found(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A control: one kind closed to women is seen by the comparison."""
    fair: Callable[..., Any] = offers.eligibility_of

    def unfair(application: Application, kinds: Any, **known: Any) -> Any:
        judged = fair(application, kinds, **known)
        is_woman = application.person.iin[6] == WOMAN
        return [turned(one) if is_woman and one.kind is ResultKind.PUBLIC_WORKS else one for one in judged]

    monkeypatch.setattr(offers, "eligibility_of", unfair)
    base, other = (answers(town, each, KNOWN[1], BORN[0]) for each in ({}, TRAITS["sex"]))

    assert other != base


def test_age_changes_nothing_where_no_condition_is_of_age(town: Town) -> None:
    """A14: of six kinds youth practice alone has an age."""
    young, old = (without_youth(answers(town, {}, KNOWN[2], born_on)) for born_on in BORN)

    assert young == old


def answers(town: Town, traits: dict[str, str], known: dict[str, str], born_on: str) -> dict[str, Any]:
    """Have somebody come, tell what is known of him, and give everything he and the specialist are told."""
    town.at("2015-09-15 10:00")
    counter = Counter(town, traits.get("office", "astana"))
    typed = {**ALIKE, "kind": "PUBLIC_WORKS", "iin": iin(traits.get("sex", MAN)), **traits}
    answer = counter.show_document(
        **{name: text for name, text in typed.items() if name not in ("sex", "office")}
    )
    assert answer.status_code == 302, said(answer)
    application = Application.objects.select_related("person").get(pk=answer.url.split("/")[-2])
    application.person.born_on = born_on
    application.person.save()
    counter.take(application)
    for fact, holds in known.items():
        told = {"fact": fact, "holds": holds, "source": "Журнал", "on": "14.09.2015"}
        assert post(counter, application, "fact", told).status_code == 302
    desk = counter.specialist.get(reverse("desk:eligibility", args=[application.pk]))
    drafted = post(
        counter, application, "draft", {"kind": application.kind, **{str(k): v for k, v in FIELDS.items()}}
    )
    assert post(counter, application, "make-offer", {"ground": "NO_PLACE_AVAILABLE"}).status_code == 302
    person = town.browser_of(application.person)
    person.cookies["language"] = "en"
    case = person.get(reverse("portal:case", args=[application.pk]))
    step = person.get(reverse("portal:step", args=["kind"]))
    return {
        "desk": judged_of(desk.context["eligibility"]),
        "desk says": said(desk).split("Public works", 1)[1].split("What is known", 1)[0],
        "offered": Offer.objects.get(application=application).kinds,
        "drafted": drafted.status_code,
        "case": judged_of([case.context["eligibility"]]),
        "before": [step.context["form"].hint_of("kind", kind.value) for kind in ResultKind],
    }


def judged_of(found: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    """Give the answers without the names of those who got them."""
    return [
        (
            str(one.kind),
            str(one.standing),
            tuple(f"{each.condition.text_key} {each.standing}" for each in one.judged),
        )
        for one in found
    ]


def without_youth(told: dict[str, Any]) -> tuple[Any, ...]:
    """Leave aside the kind that has an age."""
    desk = [one for one in told["desk"] if one[0] != ResultKind.YOUTH_PRACTICE]
    offered = [kind for kind in told["offered"] if kind != ResultKind.YOUTH_PRACTICE]
    return desk, offered, told["drafted"], told["case"]


def turned(one: Any) -> Any:
    """Give an answer with every condition not met."""
    judged = tuple(Judged(each.condition, type(each.standing).NOT_MET) for each in one.judged)
    return type(one)(one.declared, judged)


def post(counter: Counter, application: Application, step: str, typed: dict[str, str]) -> Any:
    """Send one of the specialist's forms."""
    return counter.specialist.post(reverse(f"desk:{step}", args=[application.pk]), typed)


def iin(sex: str) -> str:
    """Make a number of its own for somebody of a sex; the birth date in it says nothing here."""
    for serial in _serials:
        first = f"850916{sex}{serial:04}"
        last = check_digit(first)
        if last is not None:
            return f"{first}{last}"
    raise AssertionError
