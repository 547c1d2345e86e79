from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from joldama.standard import moments, words
from joldama.standard.counting import Counted, Unit, counted, figure
from joldama.standard.kazakh import Case
from joldama.standard.moments import Told
from joldama.standard.names import PersonName
from joldama.standard.words import LANGUAGES, Phrase, UnknownText, UnsayableValue, parts, say

ALMATY = ZoneInfo("Asia/Almaty")
SUNDAY = datetime(2026, 11, 22, 14, 30, tzinfo=ALMATY)


def test_a_moment_is_said_in_each_language_with_its_case():
    said = [
        say("status.application.REGISTERED.text", code, number="К-1", due_at=SUNDAY) for code in LANGUAGES
    ]

    assert said == [
        "Өтініш қабылданды, нөмірі – К-1; нәтиже 2026 ж. 22 қараша сағат 14:30-ға дейін беріледі.",
        "Заявление принято под номером К-1; результат выдадут до 14:30 22 ноября 2026 г.",
        "The application is accepted under number К-1; the result will be issued by "
        "14:30 on 22 November 2026.",
    ]


def test_a_moment_of_this_year_is_told_with_its_weekday_and_without_the_year():
    said = [
        say("status.application.REGISTERED.text", code, number="К-1", due_at=Told(SUNDAY, date(2026, 1, 5)))
        for code in LANGUAGES
    ]

    assert said == [
        "Өтініш қабылданды, нөмірі – К-1; нәтиже 22 қараша, жексенбі, 14:30-ға дейін беріледі.",
        "Заявление принято под номером К-1; результат выдадут до 14:30 воскресенья, 22 ноября.",
        "The application is accepted under number К-1; the result will be issued by "
        "14:30 on Sunday 22 November.",
    ]


def test_a_moment_standing_alone_names_the_year_unless_it_is_the_current_one():
    lone = [moments.due(Told(SUNDAY, date(2026, 1, 5)), code) for code in LANGUAGES]
    far = [moments.due(Told(SUNDAY, date(2025, 12, 31)), code) for code in LANGUAGES]

    assert lone == [
        "22 қараша, жексенбі, 14:30",
        "22 ноября, воскресенье, 14:30",
        "Sunday 22 November, 14:30",
    ]
    assert far == [
        "2026 ж. 22 қараша, жексенбі, 14:30",
        "22 ноября 2026 г., воскресенье, 14:30",
        "Sunday 22 November 2026, 14:30",
    ]


def test_the_parts_of_a_message_stay_apart():
    said = parts(
        "refusal.OUTSIDE_RECEPTION_HOURS",
        "kk",
        open=time(9),
        close=time(17, 30),
        lunch_from=time(13),
        lunch_to=time(14, 30),
        opens_at=SUNDAY,
    )

    assert said == (
        "Қазір құжаттар қабылданбайды.",
        "Қабылдау жұмыс күндері сағат 9:00-ден 17:30-ға дейін, түскі үзіліс 13:00-ден 14:30-ға дейін "
        "(стандарттың 8-тармағының 1) тармақшасы).",
        "Келесі қабылдау – 2026 ж. 22 қараша, сағат 14:30; порталда өтінішті қазір-ақ жіберуге болады.",
    )


def test_a_day_a_weekday_and_a_python_word_fill_their_places():
    assert say("term.step.business_day", "ru", n=1, date=SUNDAY.date(), weekday=SUNDAY.date()) == (
        "Рабочий день 1 – 22 ноября 2026 г., воскресенье"
    )
    assert say("term.step.minutes", "kk", from_=time(9, 5), to=time(9, 40), minutes=35) == (
        "9:05-тен 9:40-қа дейін – 35 минут"
    )
    assert say("voice.closed", "ru", weekday=date(2026, 11, 24)) == (
        "Прием на сегодня окончен. Следующий прием – во вторник, в девять часов."
    )


def test_a_text_inside_a_text_is_said_in_the_same_language():
    holiday = Phrase("holiday.nauryz")

    assert say("term.step.holiday", "en", date=date(2026, 3, 23), holiday=holiday) == (
        "23 March 2026, Nauryz, is a holiday and not counted"
    )


def test_a_person_and_a_list_of_texts_fill_their_places():
    person = PersonName(surname="Нұрланова", given_name="Айша", patronymic="Серікқызы")
    kinds = (Phrase("kind.PUBLIC_WORKS"), Phrase("kind.YOUTH_PRACTICE"))

    assert say("paper.receipt.person", "ru", person=person) == "Услугополучатель: Нұрланова Айша Серікқызы"
    assert say("paper.receipt.other_kinds", "kk", other_kinds=kinds) == (
        "Келісетін басқа түрлері: қоғамдық жұмыстарға жолдама, жастар практикасына жолдама"
    )


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (SUNDAY.replace(tzinfo=None), "2026-11-22T14:30:00 is not wall time of a place"),
        (SUNDAY.astimezone(UTC), "2026-11-22T09:30:00+00:00 is not wall time of a place"),
        (None, "no words for NoneType in the dat"),
        ("ертең", "no words for str in the dat"),
    ],
)
def test_a_value_that_cannot_be_said_names_the_key_and_the_place(value, reason):
    with pytest.raises(UnsayableValue) as caught:
        say("status.application.REGISTERED.text", "kk", number="К-1", due_at=value)

    assert str(caught.value) == f"«status.application.REGISTERED.text» cannot say {{due_at}}: {reason}"


def test_a_missing_value_names_the_key_and_the_place():
    with pytest.raises(UnsayableValue, match=r"«label\.left» needs a value for \{minutes\}"):
        say("label.left", "ru")


@pytest.mark.parametrize(("key", "language"), [("label.nothing", "kk"), ("label.iin", "de")])
def test_an_unknown_key_or_language_is_refused(key, language):
    with pytest.raises(UnknownText, match=f"no text «{key}» in «{language}»"):
        say(key, language)


@pytest.mark.parametrize(
    ("number", "plain", "genitive"),
    [
        (1, "1 рабочий день", "1 рабочего дня"),
        (3, "3 рабочих дня", "3 рабочих дней"),
        (5, "5 рабочих дней", "5 рабочих дней"),
        (11, "11 рабочих дней", "11 рабочих дней"),
        (13, "13 рабочих дней", "13 рабочих дней"),
        (21, "21 рабочий день", "21 рабочего дня"),
        (111, "111 рабочих дней", "111 рабочих дней"),
    ],
)
def test_russian_counts_in_three_forms(number, plain, genitive):
    days = Counted(number, Unit.BUSINESS_DAY)

    assert (counted(days, "ru"), counted(days, "ru", Case.GENITIVE)) == (plain, genitive)


def test_kazakh_counts_without_a_plural_and_english_with_two_forms():
    assert [counted(Counted(n, Unit.PERSON), code) for n in (1, 12) for code in ("kk", "en")] == [
        "1 адам",
        "1 person",
        "12 адам",
        "12 people",
    ]


def test_large_numbers_stand_in_groups_of_three():
    assert [figure(9999, "kk"), figure(12500, "ru"), figure(12500, "en")] == ["9999", "12 500", "12,500"]


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(minutes=80), ("1 сағат 20 минут", "1 ч 20 мин", "1 h 20 min")),
        (timedelta(hours=2), ("2 сағат", "2 ч", "2 h")),
        (timedelta(seconds=59), ("0 минут", "0 мин", "0 min")),
    ],
)
def test_a_length_is_said_in_hours_and_minutes(length, said):
    assert tuple(moments.length(length, code) for code in LANGUAGES) == said


def test_days_have_a_form_for_papers_and_one_for_tables():
    on = date(2026, 11, 22)

    assert [moments.day_on_paper(on, code) for code in LANGUAGES] == [
        "2026 жылғы 22 қараша",
        "22 ноября 2026 года",
        "22 November 2026",
    ]
    assert [moments.day_with_weekday(on, code) for code in LANGUAGES] == [
        "2026 ж. 22 қараша, жексенбі",
        "22 ноября 2026 г., воскресенье",
        "Sunday, 22 November 2026",
    ]
    assert moments.day_in_table(on) == "22.11.2026"


def test_the_dot_of_an_abbreviation_is_not_doubled_at_the_end_of_a_sentence():
    said = say("status.referral.HANDED_OVER.text", "ru", valid_until_on=date(2026, 11, 22))

    assert said.endswith("не позднее 22 ноября 2026 г.")


def test_every_text_of_the_catalogue_was_read():
    assert len(words.texts()) >= 662
