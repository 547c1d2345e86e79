"""R4.1-a, R8.1-a, R8.2-d: a day of the calendar is corrected; open terms grow, and none becomes shorter."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from joldama.cases.models import Application, Deadline
from joldama.journal.models import Event
from joldama.people.models import Staff
from joldama.procedures import correct
from joldama.schedule.models import DayCorrection
from joldama.standard.roles import Role
from tests.factories import world
from tests.stories.counter import Counter, hidden, said
from tests.stories.town import Town, wall

ACT = "Үкіметтің 2015 жылғы 14 қыркүйектегі № 5 қаулысы"
OFF = {"change": "off", "on": "15.09.2015", "worked_on": "", "act": ACT}


@pytest.fixture
def administrator(town: Town) -> Staff:
    return Staff.objects.create(role=Role.ADMINISTRATOR, surname="Қуанышев", given_name="Ерасыл")


def page_of(town: Town, administrator: Staff) -> Client:
    browser = town.browser_of(administrator)
    browser.cookies["language"] = "en"
    return browser


def corrected(town: Town, administrator: Staff, **changes: str) -> Any:
    """Enter a correction on the page, and give what it answers."""
    browser, address = page_of(town, administrator), reverse("desk:calendar")
    key = hidden(browser.get(address), "key")
    return browser.post(address, {**OFF, "key": key, **changes})


def moments(application: Application) -> tuple[str, str]:
    application.refresh_from_db()
    return wall(application.accepted_at), wall(application.due_at)


def test_a_day_that_becomes_off_moves_the_open_term_to_the_next_business_day(
    town: Town, administrator: Staff
) -> None:
    town.at("2015-09-14 10:00")
    application = town.apply()
    town.at("2015-09-14 16:00")

    assert corrected(town, administrator).status_code == 302

    assert moments(application) == ("2015-09-14 10:00:00", "2015-09-16 17:30:00")
    first, second = Deadline.objects.filter(application=application).order_by("id")
    assert (wall(first.due_at), wall(second.due_at)) == ("2015-09-15 17:30:00", "2015-09-16 17:30:00")
    assert (first.calendar_version == second.calendar_version, second.edition) == (False, first.edition)
    event = Event.objects.get(name="deadline.recomputed")
    correction = DayCorrection.objects.get()
    assert (event.subject, event.actor, event.at, event.paragraph) == (
        application.pk,
        administrator.pk,
        town.now,
        "4.1",
    )
    assert event.facts == {
        "old_due_at": "2015-09-15T11:30:00+00:00",
        "new_due_at": "2015-09-16T11:30:00+00:00",
        "edition": "2015-04-28",
        "correction": str(correction.key),
    }
    assert (correction.terms_recomputed, correction.act, correction.entered_at) == (1, ACT, town.now)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "kk",
            "бұрынғы мерзім – 2015 ж. 15 қыркүйек, сағат 17:30, жаңасы – 2015 ж. 16 қыркүйек, сағат 17:30",
        ),
        (
            "ru",
            "Календарь изменился: прежний срок – 15 сентября 2015 г. в 17:30, новый – 16 сентября 2015 г. в 17:30",
        ),
        (
            "en",
            "The calendar changed: the term was 17:30 on 15 September 2015, now 17:30 on 16 September 2015",
        ),
    ],
)
def test_the_person_reads_why_his_term_grew(
    town: Town, administrator: Staff, language: str, told: str
) -> None:
    town.at("2015-09-14 10:00")
    application = town.apply()
    corrected(town, administrator)

    page = town.account_page(application, language)

    assert told in page
    assert ACT in page


def test_the_thirty_minutes_at_the_counter_run_on_after_the_day_off(
    counter: Counter, administrator: Staff
) -> None:
    """S10: registered at 17:20, ten minutes were left; the rest runs on Thursday instead of Wednesday."""
    counter.town.at("2015-09-15 17:20")
    application = counter.register()
    assert moments(application)[1] == "2015-09-16 09:20:00"

    corrected(counter.town, administrator, on="16.09.2015")

    assert moments(application)[1] == "2015-09-17 09:20:00"
    assert "The calendar changed: the term was 9:20 on 16 September 2015" in counter.case_page(application)
    assert "Term prolonged by the corrected calendar" in counter.case_page(application)


def test_what_was_registered_stays_registered_when_its_day_becomes_off(
    counter: Counter, administrator: Staff
) -> None:
    counter.town.at("2015-09-15 10:00")
    application = counter.register()

    corrected(counter.town, administrator)

    assert moments(application) == ("2015-09-15 10:00:00", "2015-09-16 09:30:00")
    assert application.registered_at == counter.town.now


def test_what_waits_for_its_day_is_accepted_on_the_next_one(town: Town, administrator: Staff) -> None:
    """S32: sent at 20:00, told Tuesday; Tuesday becomes a day off."""
    town.at("2015-09-14 20:00")
    application = town.apply()
    assert moments(application) == ("2015-09-15 09:00:00", "2015-09-15 17:30:00")

    corrected(town, administrator)
    assert moments(application) == ("2015-09-16 09:00:00", "2015-09-16 17:30:00")

    town.at("2015-09-15 09:00")
    town.sweep()
    application.refresh_from_db()
    assert application.state == "SUBMITTED"
    town.at("2015-09-16 09:00")
    town.sweep()
    application.refresh_from_db()
    assert (application.state, wall(application.registered_at)) == ("REGISTERED", "2015-09-16 09:00:00")


def test_no_term_becomes_shorter_than_what_was_told(town: Town, administrator: Staff) -> None:
    """S35: Kurban Ait is taken back, and the person still was told Friday."""
    town.at("2015-09-23 10:00")
    told = town.apply()
    assert moments(told)[1] == "2015-09-25 17:30:00"

    assert corrected(town, administrator, change="works", on="24.09.2015").status_code == 302

    assert moments(told)[1] == "2015-09-25 17:30:00"
    assert not Event.objects.filter(name="deadline.recomputed").exists()
    later = town.apply(world.applicant("citizen-passport"))
    assert moments(later)[1] == "2015-09-24 17:30:00"


def test_a_finished_case_keeps_its_term(town: Town, administrator: Staff) -> None:
    town.at("2015-09-14 10:00")
    application = town.apply()
    town.browser_of(application.person).post(reverse("portal:withdraw", args=[application.pk]))

    corrected(town, administrator)

    assert moments(application)[1] == "2015-09-15 17:30:00"
    assert Deadline.objects.filter(application=application).count() == 1


def test_a_term_that_the_day_does_not_touch_stays(town: Town, administrator: Staff) -> None:
    town.at("2015-09-14 10:00")
    application = town.apply()

    corrected(town, administrator, on="16.09.2015")

    assert moments(application)[1] == "2015-09-15 17:30:00"
    assert DayCorrection.objects.get().terms_recomputed == 0


def test_twice_is_once(town: Town, administrator: Staff) -> None:
    town.at("2015-09-14 10:00")
    application = town.apply()
    browser, address = page_of(town, administrator), reverse("desk:calendar")
    typed = {**OFF, "key": hidden(browser.get(address), "key")}

    answers = [browser.post(address, typed).status_code for _ in range(2)]
    correct.recompute_late(at=town.now)

    assert answers == [302, 302]
    assert DayCorrection.objects.count() == 1
    assert Event.objects.filter(name="deadline.recomputed", subject=application.pk).count() == 1


def test_what_was_accepted_in_the_very_moment_of_the_correction_is_found_by_the_sweep(
    town: Town, administrator: Staff
) -> None:
    """Negative control: a term written by the old calendar beside the correction does not stay."""
    town.at("2015-09-14 10:00")
    application = town.apply()
    corrected(town, administrator)
    Application.objects.filter(pk=application.pk).update(due_at="2015-09-15T11:30:00Z")

    town.at("2015-09-14 10:01")
    town.sweep()

    assert moments(application)[1] == "2015-09-16 17:30:00"
    assert DayCorrection.objects.get().terms_recomputed == 2


def test_an_exchange_of_days_opens_the_saturday_and_closes_the_monday(
    counter: Counter, administrator: Staff
) -> None:
    corrected(counter.town, administrator, change="moved", on="21.09.2015", worked_on="19.09.2015")

    counter.town.at("2015-09-19 10:00")
    assert moments(counter.register())[1] == "2015-09-19 10:30:00"
    counter.town.at("2015-09-21 10:00")
    assert "22 September" in counter.intake_page()
    assert counter.show_document().status_code == 422


def test_the_next_page_reckons_by_the_correction(town: Town, administrator: Staff) -> None:
    """R8.1-a: a day off by a correction is refused at the counter with the next opening."""
    astana = Counter(town)
    town.at("2015-09-15 10:00")

    corrected(town, administrator)

    refused = astana.show_document()
    assert refused.status_code == 422
    assert "16 September" in said(refused)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"change": "works", "on": "15.09.2015"}, "on"),
        ({"change": "works", "on": "19.09.2015"}, "on"),
        ({"change": "off", "on": "24.09.2015"}, "on"),
        ({"change": "off", "on": "15.09.2035"}, "on"),
        ({"change": "moved"}, "worked_on"),
        ({"change": "moved", "worked_on": "16.09.2015"}, "worked_on"),
        ({"change": "moved", "worked_on": "19.09.2035"}, "worked_on"),
        ({"change": "moved", "on": "24.09.2015", "worked_on": "19.09.2015"}, "on"),
        ({"change": "never"}, "change"),
        ({"on": "31.09.2015"}, "on"),
        ({"act": " "}, "act"),
    ],
)
def test_what_makes_no_sense_is_said_and_what_was_typed_stays(
    town: Town, administrator: Staff, changes: dict[str, str], field: str
) -> None:
    town.at("2015-09-14 10:00")

    answer = corrected(town, administrator, **changes)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in page
    assert changes.get("act", ACT).strip() in page
    assert not DayCorrection.objects.exists()


def test_the_page_lists_the_corrections_and_the_days_of_a_year(town: Town, administrator: Staff) -> None:
    town.at("2015-09-14 10:00")
    corrected(town, administrator)
    browser = page_of(town, administrator)

    page = said(browser.get(reverse("desk:calendar")))

    assert f"15 September 2015: A day off {ACT} Қуанышев Е." in page
    assert "24 September 2015 Religious day, day off the first day of Kurban Ait" in page
    assert "8 May 2024" in said(browser.get(reverse("desk:calendar"), {"year": "2024"}))
    assert "24 September 2015" in said(browser.get(reverse("desk:calendar"), {"year": "x"}))
    assert "Labour Code of 15 May 2007, article 96, point 4" in page


def test_the_page_costs_the_same_for_one_correction_and_for_three(
    town: Town, administrator: Staff, django_assert_num_queries: Any
) -> None:
    town.at("2015-09-14 10:00")
    corrected(town, administrator)
    browser = page_of(town, administrator)
    browser.get(reverse("desk:calendar"))

    with django_assert_num_queries(5):
        browser.get(reverse("desk:calendar"))
    corrected(town, administrator, on="16.09.2015")
    corrected(town, administrator, on="17.09.2015")
    browser.get(reverse("desk:calendar"))
    with django_assert_num_queries(5):
        browser.get(reverse("desk:calendar"))


def test_only_an_administrator_corrects_the_calendar(town: Town) -> None:
    town.at("2015-09-14 10:00")
    head = town.browser_of(town.office().head)

    assert head.get(reverse("desk:calendar")).status_code == 403
    assert head.post(reverse("desk:calendar"), OFF).status_code == 403
    assert not DayCorrection.objects.exists()


def test_he_finds_the_page_where_he_lands(town: Town, administrator: Staff) -> None:
    town.at("2015-09-14 10:00")
    landed = page_of(town, administrator).get(reverse("desk:work"), follow=True)
    found = re.findall(r'href="([^"]+)"', landed.content.decode())

    assert reverse("desk:calendar") in found
