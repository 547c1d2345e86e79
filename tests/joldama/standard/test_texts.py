"""Every text people see, held to the rules of wording; each test lists the keys that break it."""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from joldama.standard.counting import Counted, Unit
from joldama.standard.editions import current
from joldama.standard.names import ALPHABET
from joldama.standard.words import LANGUAGES, placeholders, say, texts

EVERY = [(key, language, entry[language]) for key, entry in texts().items() for language in LANGUAGES]
CASES = {"kk": {"dat", "abl", "loc", "attr", "poss"}, "ru": {"gen", "acc"}, "en": set()}
# The voice says numbers as words, the English of the board shows them as figures.
SPOKEN = {"voice.call", "voice.call_again", "voice.window_opened"}
LOOK_ALIKE = set("aceopxyiABCEHKMOPTXYI")


def broken(rule):
    return [f"{key} ({language}): {text}" for key, language, text in EVERY if rule(key, language, text)]


def a_value_for(name):
    if name.endswith("_at"):
        return datetime(2026, 11, 22, 14, 30, tzinfo=ZoneInfo("Asia/Almaty"))
    if name.endswith("_on") or name in {"date", "other_date", "weekday"}:
        return date(2026, 11, 22)
    if name in {"open", "close", "lunch_from", "lunch_to", "from", "to", "since"}:
        return time(9, 5)
    if name == "held":
        return 9
    return Counted(5, Unit.BUSINESS_DAY) if name.endswith("_term") else "х"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_said_with_values_of_the_kind_its_places_name(language):
    said = {
        key: say(key, language, **{name: a_value_for(name) for name in placeholders(entry[language])})
        for key, entry in texts().items()
    }

    assert [key for key, text in said.items() if "{" in text or "‖" in text or not text] == []


def test_the_three_languages_ask_for_the_same_values():
    differing = [
        key
        for key, entry in texts().items()
        if len({frozenset(placeholders(entry[language])) for language in LANGUAGES}) > 1
    ]

    assert set(differing) == SPOKEN


def test_messages_have_the_same_parts_in_every_language():
    differing = [
        key for key, entry in texts().items() if len({text.count("‖") for text in entry.values()}) > 1
    ]

    assert differing == []


@pytest.mark.parametrize("prefix", ["error.", "refusal."])
def test_a_refusal_or_an_error_says_what_happened_why_and_what_to_do(prefix):
    assert [
        key for key, entry in texts().items() if key.startswith(prefix) and entry["kk"].count("‖") != 2
    ] == []


def test_only_the_cases_of_a_language_stand_behind_a_place():
    def wrong_case(key, language, text):
        found = re.findall(r"\{[a-z0-9_]+_(gen|dat|acc|loc|abl|ins|attr|poss)\}", text)
        return not set(found) <= CASES[language]

    assert broken(wrong_case) == []


def test_no_brace_is_left_open():
    def odd(key, language, text):
        return "{" in (rest := re.sub(r"\{[a-z][a-z0-9_]*\}", "", text)) or "}" in rest

    assert broken(odd) == []


def test_no_word_mixes_latin_and_cyrillic_letters():
    def mixed(key, language, text):
        bare = re.sub(r"\{[a-z0-9_]+\}", "", text)
        return any(
            re.search(r"[A-Za-zƏəɵƟ]", word) and re.search(r"[\u0400-\u04ff]", word)
            for word in re.findall(r"[^\W\d_]+", bare)
        )

    assert broken(mixed) == []


def test_no_cyrillic_text_holds_a_latin_word_that_looks_cyrillic():
    def disguised(key, language, text):
        bare = re.sub(r"\{[a-z0-9_]+\}", "", text)
        words = re.findall(r"[A-Za-z]+", bare)
        return language != "en" and any(set(word) <= LOOK_ALIKE for word in words)

    assert broken(disguised) == []


def test_every_letter_is_of_the_kazakh_alphabet_or_plain_latin():
    def foreign(key, language, text):
        letters = {letter for letter in text.casefold() if letter.isalpha()}
        return letters - set(ALPHABET) - set("abcdefghijklmnopqrstuvwxyz")

    assert broken(foreign) == []


def test_nobody_shouts_or_praises_himself():
    def loud(key, language, text):
        return ("!" in text and key != "notice.greeting") or re.search(
            r"сәтті|успешно|successfully|dear user", text, re.IGNORECASE
        )

    assert broken(loud) == []


def test_russian_is_written_without_yo():
    assert broken(lambda key, language, text: language == "ru" and re.search("[ёЁ]", text)) == []


def test_quotation_marks_are_those_of_the_language():
    def foreign(key, language, text):
        return '"' in text or re.search("[«»]" if language == "en" else "[“”]", text)

    assert broken(foreign) == []


def test_times_have_a_colon():
    def dotted(key, language, text):
        return re.search(r"(?<!\d)(?<!\d\.)\d{1,2}\.[0-5]\d(?!\.?\d)", text)

    assert broken(dotted) == []


def test_texts_have_ordinary_spaces_only():
    assert broken(lambda key, language, text: re.search(r"[\u00a0\t\n]|  |^ | $", text)) == []


def test_no_language_was_left_untranslated():
    same = {
        key for key, entry in texts().items() if entry["kk"] == entry["ru"] and len(entry["kk"].split()) > 2
    }

    assert same == set()


def test_the_terms_said_in_texts_are_those_of_the_edition():
    figures = current().figures
    minutes = {figures.counter_result.amount, figures.wait.amount, figures.serving.amount}
    days = {
        figures.portal_result.amount,
        figures.complaint_to_head.amount,
        figures.complaint_to_akim.amount,
        figures.complaint_to_quality_body.amount,
    }

    said_minutes, said_days = set(), set()
    for _key, _language, text in EVERY:
        plain = re.sub(r"\([^)]*\) ", "", text)
        said_minutes |= {int(n) for n in re.findall(r"(\d+) (?:минут|мин\b|minutes)", plain)}
        said_days |= {int(n) for n in re.findall(r"(\d+) (?:жұмыс күн|рабоч|business day)", plain)}

    assert said_minutes == minutes
    assert said_days == days


def test_telephones_in_texts_are_those_of_the_edition():
    numbers = {
        number
        for _key, _language, text in EVERY
        for number in re.findall(r"(?:8 \(7172\) )?24 \d\d \d\d", text)
    }

    known = set(current().phones) | {phone.removeprefix("8 (7172) ") for phone in current().phones}
    assert numbers <= known
