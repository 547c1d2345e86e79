"""How a term was counted, in words: the whole explanation of typical cases in three languages."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from govkz.workdays import DayKind, published
from joldama.standard import terms
from joldama.standard.editions import current
from joldama.standard.figures import FIGURES_2015_04_28
from joldama.standard.kinds import ResultKind
from joldama.standard.terms import ComplaintAddressee, ComplaintChannel
from joldama.standard.terms.steps import day_steps
from joldama.standard.words import LANGUAGES, say

ALMATY = ZoneInfo("Asia/Almaty")
CALENDAR = published()
REFERRAL = current().declared(ResultKind.JOB_PLACEMENT)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "kk",
            (
                "Соңғы мерзім – 2015 ж. 25 қыркүйек, сағат 9:20",
                "Құжаттардың топтамасы тіркелген сәттен бастап – 30 минут",
                "17:20-дан 17:30-ға дейін – 10 минут",
                "Қабылдау 17:30-да аяқталады; есептеу 2015 ж. 25 қыркүйек сағат 9:00-де жалғасады",
                "2015 ж. 24 қыркүйек, Құрбан айттың бірінші күні – демалыс күні, есептелмейді",
                "9:00-ден 9:20-ға дейін – 20 минут",
                "Үзіліссіз есептегендегі ішкі меже – 2015 ж. 23 қыркүйек, сағат 17:50",
                "Негізі: стандарттың 4-тармағының 1) тармақшасы; стандарттың 8-тармағының 1) тармақшасы",
                "Уақыт – көрсетілетін қызметті беруші тұрған жердің жергілікті уақыты",
            ),
        ),
        (
            "ru",
            (
                "Срок – до 9:20 25 сентября 2015 г.",
                "С момента регистрации пакета документов – 30 минут",
                "С 17:20 до 17:30 – 10 мин",
                "Прием заканчивается в 17:30; отсчет продолжается 25 сентября 2015 г. в 9:00",
                "24 сентября 2015 г., первый день Курбан-айта – выходной день, не учитывается",
                "С 9:00 до 9:20 – 20 мин",
                "Внутренний ориентир без учета перерывов – 23 сентября 2015 г. в 17:50",
                "Основание: подпункт 1) пункта 4 стандарта; подпункт 1) пункта 8 стандарта",
                "Время – местное, по месту нахождения услугодателя",
            ),
        ),
        (
            "en",
            (
                "Due by 9:20 on 25 September 2015",
                "30 minutes from the registration of the package of documents",
                "17:20 to 17:30: 10 min",
                "Reception ends at 17:30; counting goes on from 9:00 on 25 September 2015",
                "24 September 2015, the first day of Kurban Ait, is a day off and not counted",
                "9:00 to 9:20: 20 min",
                "Internal target, counting straight on: 17:50 on 23 September 2015",
                "Basis: point 4(1) of the standard; point 8(1) of the standard",
                "Times are local, at the place of the provider",
            ),
        ),
    ],
)
def test_a_counter_term_over_kurban_ait_is_told_line_by_line(language, lines):
    term = terms.counter(at("2015-09-23T17:20"), zone=ALMATY, calendar=CALENDAR)

    assert terms.told(term, language, zone=ALMATY) == lines


@pytest.mark.parametrize(
    ("arrived", "keys"),
    [
        ("2015-09-14T10:00", ["same_day", "business_day"]),
        ("2015-09-14T13:30", ["same_day", "no_lunch", "business_day"]),
        ("2015-09-14T17:30", ["after_hours", "business_day"]),
        ("2015-09-15T08:59", ["before_hours", "business_day"]),
        ("2015-09-19T12:00", ["day_off", "weekend", "weekend", "business_day"]),
        ("2024-05-03T19:00", ["after_hours", "moved_work", "business_day"]),
        ("2024-06-16T10:00", ["day_off", "weekend", "no_substitute", "business_day"]),
        (
            "2026-03-20T11:00",
            ["same_day", "holiday", "holiday", "holiday", "substitute", "substitute", "business_day"],
        ),
        ("2026-12-31T10:00", ["same_day", "holiday", "holiday", "weekend", "substitute", "business_day"]),
    ],
)
def test_a_portal_term_says_how_it_arrived_and_what_was_passed_over(arrived, keys):
    term = terms.portal(at(arrived), zone=ALMATY, calendar=CALENDAR)

    middle = [step.key.rpartition(".")[2] for step in term.steps[1:]]
    ending = ["day_end", "provisional"] if term.provisional else ["day_end"]
    assert (term.steps[0].key, middle) == ("term.portal.rule", [*keys, *ending])


def test_a_complaint_from_the_portal_on_a_holiday_is_told_line_by_line():
    term = terms.complaint(
        ComplaintAddressee.HEAD,
        at("2026-03-24T12:00"),
        channel=ComplaintChannel.PORTAL,
        zone=ALMATY,
        calendar=CALENDAR,
    )

    assert [terms.tell(step, "en") for step in term.steps] == [
        "The complaint is considered within 5 (five) business days from the day of registration",
        "24 March 2026 is a day off and not counted: the holiday (Nauryz) fell on a day off",
        "25 March 2026 is a day off and not counted: the holiday (Nauryz) fell on a day off",
        "The complaint is registered at 9:00 on 26 March 2026",
        "The day of registration is not counted; the first day is 27 March 2026",
        "Business day 1: 27 March 2026, Friday",
        "28 March 2026, Saturday, is a day off and not counted",
        "29 March 2026, Sunday, is a day off and not counted",
        "Business day 2: 30 March 2026, Monday",
        "Business day 3: 31 March 2026, Tuesday",
        "Business day 4: 1 April 2026, Wednesday",
        "Business day 5: 2 April 2026, Thursday",
        "A term in days ends at 17:30 of the last day",
        "Internal target, counting the day of registration: 17:30 on 1 April 2026",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_the_calendar_can_be_told_in_every_language(language):
    told = {
        day.on: [terms.tell(step, language) for step in day_steps(day)]
        for day in CALENDAR.days(CALENDAR.first, CALENDAR.last)
    }

    silent = {on for on, lines in told.items() if not lines}
    assert silent == {
        day.on for day in CALENDAR.days(CALENDAR.first, CALENDAR.last) if day.kind is DayKind.WORKING
    }


def test_every_act_of_the_calendar_is_named_in_every_language_and_in_english_as_in_the_table():
    acts = {day.act_key: day.act for day in CALENDAR.named_days}

    said = {key: [say(f"calendar.act.{key}", language) for language in LANGUAGES] for key in acts}

    assert {key: len(set(names)) for key, names in said.items()} == dict.fromkeys(acts, len(LANGUAGES))
    assert {key: _bare(names[-1]) for key, names in said.items()} == {
        key: _bare(act) for key, act in acts.items()
    }


def _bare(title: str) -> str:
    """Leave quotation marks and capitals aside: a name is set off in a sentence, not in a table."""
    return title.translate(str.maketrans("", "", "“”")).casefold()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_validity_can_be_told_in_every_language(language):
    valid = terms.validity(date(2026, 12, 28), REFERRAL, calendar=CALENDAR)

    lines = [terms.tell(step, language) for step in valid.steps]

    assert len(lines) == len(valid.steps)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("key", "figure"),
    [
        ("term.counter.rule", FIGURES_2015_04_28.counter_result),
        ("term.portal.rule", FIGURES_2015_04_28.portal_result),
        ("term.wait.rule", FIGURES_2015_04_28.wait),
        ("term.serving.rule", FIGURES_2015_04_28.serving),
        ("term.complaint5.rule", FIGURES_2015_04_28.complaint_to_head),
        ("term.complaint5.rule", FIGURES_2015_04_28.complaint_to_akim),
        ("term.complaint15.rule", FIGURES_2015_04_28.complaint_to_quality_body),
    ],
)
def test_the_only_figure_in_the_words_of_a_rule_is_that_of_the_edition(key, figure, language):
    assert re.findall(r"\d+", say(key, language)) == [str(figure.amount)]


def test_minutes_shown_add_up_to_thirty_whatever_the_seconds():
    term = terms.counter(at("2015-09-15T12:50:40"), zone=ALMATY, calendar=CALENDAR)

    assert [step.values["minutes"] for step in term.steps if step.key == "term.step.minutes"] == [10, 20]
