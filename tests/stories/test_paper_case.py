"""S26: the power is cut, a register is kept by hand, and the head enters it later (R5.1-a, R5.1-b, A38)."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from joldama.cases.blanks import PaperBlank
from joldama.cases.models import Application, Decision
from joldama.journal.models import Event
from joldama.referrals.models import Referral
from tests.factories.steps import FIELDS
from tests.stories.counter import CITIZEN, Counter, hidden, read_off, said
from tests.stories.town import wall

NUMBER = "АСТ-Қ-2015-000001"
WRITTEN = {
    "decided_at": "15.09.2015 10:18",
    "offered_at": "15.09.2015 10:20",
    "handed_over_at": "15.09.2015 10:21",
}


@pytest.fixture
def blank(counter: Counter) -> PaperBlank:
    """The first of three blanks, prepared at 9:00 on Tuesday; the head sits down at 16:30."""
    assert counter.head.post(reverse("desk:paper"), {"count": "3"}).status_code == 302
    counter.town.at("2015-09-15 16:30")
    return PaperBlank.objects.get(number=NUMBER)


def entered(counter: Counter, blank: PaperBlank, **changes: Any) -> Any:
    """The head enters the package of the citizen; give the page that answers."""
    browser, address = counter.head, reverse("desk:paper-enter", args=[blank.pk])
    typed = {
        **read_off(CITIZEN),
        "registered_at": "15.09.2015 10:00",
        "registered_by": str(counter.world.specialist.pk),
        "key": hidden(browser.get(address), "key"),
    }
    return browser.post(address, {**typed, **changes})


def case_of(answer: Any) -> Application:
    assert answer.status_code == 302, said(answer)
    return Application.objects.get(pk=UUID(answer.url.split("/")[-2]))


def result_entered(counter: Counter, application: Application, **changes: Any) -> Any:
    """The head enters the referral; give the page that answers."""
    typed = {
        "kind": application.kind,
        **{str(name): text for name, text in FIELDS.items()},
        **WRITTEN,
        "signed_by": str(counter.world.head.pk),
    }
    return counter.head.post(reverse("desk:paper-result", args=[application.pk]), {**typed, **changes})


def test_s26_times_stay_as_written_and_the_moment_of_entry_stands_apart(
    counter: Counter, blank: PaperBlank
) -> None:
    application = case_of(entered(counter, blank))
    entry = counter.town.now
    counter.town.at("2015-09-15 16:40")
    assert result_entered(counter, application).status_code == 302

    application.refresh_from_db()
    decision, referral = Decision.objects.get(), Referral.objects.get()
    head, specialist = counter.world.head, counter.world.specialist
    assert (application.number, decision.number, referral.number) == (NUMBER, NUMBER, NUMBER)
    assert (application.state, referral.state) == ("ISSUED", "HANDED_OVER")
    assert [
        wall(moment)
        for moment in (
            application.registered_at,
            application.due_at,
            application.decided_at,
            application.offered_at,
            referral.handed_over_at,
            application.entered_at,
        )
    ] == [
        "2015-09-15 10:00:00",
        "2015-09-15 10:30:00",
        "2015-09-15 10:18:00",
        "2015-09-15 10:20:00",
        "2015-09-15 10:21:00",
        "2015-09-15 16:30:00",
    ]
    assert (application.registered_by, application.entered_by, application.taken_by) == (
        specialist,
        head,
        specialist,
    )
    assert (decision.signed_by, decision.is_by_hand, decision.signature, decision.document) == (
        head,
        True,
        None,
        None,
    )
    assert str(referral.valid_until_on) == "2015-09-22"
    assert not application.is_overdue(at=counter.town.now)
    assert application.entered_at == entry


def test_s26_both_moments_stand_in_the_journal_with_the_mark_paper(
    counter: Counter, blank: PaperBlank
) -> None:
    application = case_of(entered(counter, blank))
    counter.town.at("2015-09-15 16:40")
    result_entered(counter, application)

    subjects = [application.pk, Referral.objects.get().pk]
    told = [
        (event.name, wall(event.at), wall(event.entered_at), event.actor, event.facts.get("paper"))
        for event in Event.objects.filter(subject__in=subjects).order_by("id")
    ]
    head = counter.world.head.pk
    assert told == [
        ("case.registered_at_counter", "2015-09-15 10:00:00", "2015-09-15 16:30:00", head, True),
        ("case.taken", "2015-09-15 10:00:00", "2015-09-15 16:40:00", head, True),
        ("case.signed", "2015-09-15 10:18:00", "2015-09-15 16:40:00", head, True),
        ("referral.issued", "2015-09-15 10:18:00", "2015-09-15 16:40:00", head, True),
        ("case.issued", "2015-09-15 10:20:00", "2015-09-15 16:40:00", head, True),
        ("referral.handed_over", "2015-09-15 10:21:00", "2015-09-15 16:40:00", head, True),
    ]
    page = counter.case_page(application)
    assert "From paper Entered into the system: 16:40 on 15 September 2015" in page
    assert "Referral signed" in page
    assert f"{counter.world.head.name.short}" in page
    assert "by hand" in page
    assert "The document was given on paper" in counter.town.account_page(application, "en")


def test_s26_what_was_late_on_paper_is_late(counter: Counter, blank: PaperBlank) -> None:
    """S02: offered one minute after its term."""
    application = case_of(entered(counter, blank))
    result_entered(counter, application, offered_at="15.09.2015 10:31", handed_over_at="")

    application.refresh_from_db()
    assert application.is_overdue(at=counter.town.now)
    assert Referral.objects.get().state == "ISSUED"
    breach = Event.objects.get(name="case.result_breached")
    assert (wall(breach.at), breach.paragraph, breach.facts["paper"]) == ("2015-09-15 10:30:00", "4.1", True)


def test_s26_the_referral_of_a_blank_is_verified_by_what_is_printed_on_it(
    counter: Counter, blank: PaperBlank
) -> None:
    result_entered(counter, case_of(entered(counter, blank)))

    asked = {"n": NUMBER, "d": "2015-09-15", "c": blank.control_code}
    page = said(counter.specialist.get(reverse("portal:verify"), asked))

    assert "valid" in page.lower()
    assert Referral.objects.get().control_code == blank.control_code


def test_s26_a_refusal_written_by_hand_is_entered_too(counter: Counter, blank: PaperBlank) -> None:
    application = case_of(entered(counter, blank))
    address = reverse("desk:paper-result", args=[application.pk]) + "?refusal"
    typed = {
        **WRITTEN,
        "ground": "FALSE_DATA",
        "reasons": "Мәлімет жалған.",
        "signed_by": str(counter.world.head.pk),
    }

    assert counter.head.post(address, typed).status_code == 302

    application.refresh_from_db()
    decision = Decision.objects.get()
    assert (application.state, wall(application.offered_at)) == ("REFUSED", "2015-09-15 10:20:00")
    assert (decision.ground, decision.reasons, decision.number) == ("FALSE_DATA", "Мәлімет жалған.", NUMBER)


def test_a_case_may_begin_on_paper_and_end_electronically(counter: Counter, blank: PaperBlank) -> None:
    """R5.1-a: mixed. The referral then has the number of the electronic series."""
    application = case_of(entered(counter, blank))
    counter.take(application)
    counter.draft(application)
    counter.sign(application)
    counter.town.work()
    counter.offer(application)

    assert Referral.objects.get().number == "АСТ-Ж-2015-000001"
    assert (application.number, application.state) == (NUMBER, "ISSUED")
    assert counter.head.get(reverse("desk:paper-result", args=[application.pk])).status_code in (302, 409)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"registered_at": "15.09.2015 16:31"}, "registered_at", "has not come yet"),
        ({"registered_at": "15.09.2015 13:00"}, "registered_at", "14:30 on 15 September 2015"),
        ({"registered_at": "15.09.2015 08:59"}, "registered_at", "9:00 on 15 September 2015"),
        ({"registered_at": "27.04.2015 10:00"}, "registered_at", "not in force yet"),
        ({"registered_at": "14.09.2015 10:00"}, "registered_at", "prepared later"),
        ({"registered_at": "15.09.2015"}, "registered_at", "not clear"),
        ({"registered_at": "31.09.2015 10:00"}, "registered_at", ""),
        ({"registered_at": "01.01.0001 00:10"}, "registered_at", "not clear"),
        ({"registered_at": "31.12.9999 23:59"}, "registered_at", "has not come yet"),
        ({"registered_by": ""}, "registered_by", ""),
    ],
)
def test_s26_a_registration_that_cannot_be_is_refused_with_its_reason(
    counter: Counter, blank: PaperBlank, changes: dict[str, str], field: str, words: str
) -> None:
    answer = entered(counter, blank, **changes)

    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()
    assert words in said(answer)
    assert CITIZEN.surname in answer.content.decode()
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"decided_at": "15.09.2015 09:59"}, "decided_at", "10:00 on 15 September 2015"),
        ({"offered_at": "15.09.2015 10:17"}, "offered_at", "10:18 on 15 September 2015"),
        ({"handed_over_at": "15.09.2015 10:19"}, "handed_over_at", "10:20 on 15 September 2015"),
        ({"handed_over_at": "15.09.2015 16:31"}, "handed_over_at", "has not come yet"),
        ({"signed_by": "deputy"}, "signed_by", "could not sign"),
        ({"organisation": ""}, "organisation", ""),
        ({"decided_at": ""}, "decided_at", ""),
    ],
)
def test_s26_a_result_that_cannot_be_is_refused_with_its_reason(
    counter: Counter, blank: PaperBlank, changes: dict[str, str], field: str, words: str
) -> None:
    application = case_of(entered(counter, blank))
    if changes.get("signed_by") == "deputy":
        changes = {"signed_by": str(counter.world.deputy.pk)}

    answer = result_entered(counter, application, **changes)

    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()
    assert words in said(answer)
    assert not Decision.objects.exists()


def test_an_expired_document_is_refused_by_the_day_that_was_written(
    counter: Counter, blank: PaperBlank
) -> None:
    answer = entered(counter, blank, document_valid_until="14.09.2015")

    assert answer.status_code == 422
    assert "14 September 2015" in said(answer)
    assert not Application.objects.exists()


def test_a_blank_is_used_once_and_a_double_click_enters_once(counter: Counter, blank: PaperBlank) -> None:
    first = case_of(entered(counter, blank))
    again = counter.head.get(reverse("desk:paper-enter", args=[blank.pk]))
    assert again.url == reverse("desk:case", args=[first.pk])

    second = PaperBlank.objects.get(number="АСТ-Қ-2015-000002")
    browser, address = counter.head, reverse("desk:paper-enter", args=[second.pk])
    typed = {
        **read_off(CITIZEN),
        "registered_at": "15.09.2015 10:05",
        "registered_by": str(counter.world.specialist.pk),
        "key": hidden(browser.get(address), "key"),
    }
    answers = [browser.post(address, typed).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Application.objects.count() == 2


def test_unused_blanks_are_voided_by_an_act_and_their_numbers_never_come_again(
    counter: Counter, blank: PaperBlank
) -> None:
    case_of(entered(counter, blank))
    unused = [str(one.pk) for one in PaperBlank.objects.unused()]
    act, on = "3", "15.09.2015"

    nothing = counter.head.post(reverse("desk:paper-void"), {"act": act, "act_on": on})
    done = counter.head.post(reverse("desk:paper-void"), {"blanks": unused, "act": act, "act_on": on})
    counter.head.post(reverse("desk:paper"), {"count": "1"})

    assert (nothing.status_code, done.status_code) == (422, 302)
    told = list(PaperBlank.objects.order_by("number").values_list("number", "void_act"))
    assert told == [
        (NUMBER, None),
        ("АСТ-Қ-2015-000002", act),
        ("АСТ-Қ-2015-000003", act),
        ("АСТ-Қ-2015-000004", None),
    ]
    voided = PaperBlank.objects.get(number="АСТ-Қ-2015-000002")
    assert entered(counter, voided).status_code == 422
    page = said(counter.head.get(reverse("desk:paper")))
    assert "АСТ-Қ-2015-000003" in page
    assert f"Act No. 3 of 15 September 2015; {counter.world.head.name.short}" in page


@pytest.mark.parametrize(
    ("on", "words"), [("16.09.2015", "has not come yet"), ("14.09.2015", "prepared after the act"), ("", "")]
)
def test_an_act_is_of_a_day_between_the_blank_and_today(
    counter: Counter, blank: PaperBlank, on: str, words: str
) -> None:
    typed = {"blanks": [str(blank.pk)], "act": "3", "act_on": on}

    answer = counter.head.post(reverse("desk:paper-void"), typed)

    assert answer.status_code == 422
    assert words in said(answer)
    blank.refresh_from_db()
    assert blank.voided_at is None


def test_a_used_blank_is_not_voided(counter: Counter, blank: PaperBlank) -> None:
    """Negative control: a number sent by hand that is not among the unused ones."""
    case_of(entered(counter, blank))

    answer = counter.head.post(
        reverse("desk:paper-void"), {"blanks": [str(blank.pk)], "act": "3", "act_on": "15.09.2015"}
    )

    assert answer.status_code == 422
    blank.refresh_from_db()
    assert blank.voided_at is None


@pytest.mark.parametrize("count", ["0", "51", "x", ""])
def test_how_many_blanks_is_said(counter: Counter, count: str) -> None:
    answer = counter.head.post(reverse("desk:paper"), {"count": count})

    assert answer.status_code == 422
    assert not PaperBlank.objects.exists()


def test_the_register_and_the_blanks_are_printed_with_their_numbers(
    counter: Counter, blank: PaperBlank
) -> None:
    page = said(counter.head.get(reverse("desk:paper-sheets")))

    assert f"(бланкілердің нөмірлері: {NUMBER}–АСТ-Қ-2015-000003)" in page
    assert f"Бақылау коды: {blank.control_code}" in page
    assert "Отрывной талон к направлению" in page
    parts_of_a_blank = len(["package", "receipt", "refusal", "referral", "slip"])
    assert len(re.findall("№ АСТ-Қ-2015-00000", page)) == 3 * parts_of_a_blank


def test_only_the_head_or_his_deputy_by_order_enters_paper(counter: Counter, blank: PaperBlank) -> None:
    """R5.1-b: and nobody of another office sees the blank."""
    deputy = counter.town.browser_of(counter.world.deputy)
    other = counter.town.browser_of(counter.town.office("almaty").head)
    addresses = [reverse("desk:paper"), reverse("desk:paper-enter", args=[blank.pk])]

    assert [counter.specialist.get(address).status_code for address in addresses] == [403, 403]
    assert [deputy.get(address).status_code for address in addresses] == [404, 404]
    assert [other.get(address).status_code for address in addresses] == [200, 404]


def test_the_list_of_blanks_costs_the_same_for_one_and_for_three(
    counter: Counter, django_assert_num_queries: Any
) -> None:
    counter.head.post(reverse("desk:paper"), {"count": "1"})
    browser = counter.head
    browser.get(reverse("desk:paper"))
    with django_assert_num_queries(7):
        browser.get(reverse("desk:paper"))
    counter.head.post(reverse("desk:paper"), {"count": "2"})
    with django_assert_num_queries(7):
        browser.get(reverse("desk:paper"))
