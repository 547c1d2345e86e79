"""Numbers and counted things in three languages: 5 жұмыс күні, 5 рабочих дней, 5 business days."""

from dataclasses import dataclass
from enum import StrEnum

from joldama.standard.kazakh import Case


class Unit(StrEnum):
    """Things that are counted in texts."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    BUSINESS_DAY = "business_day"
    MONTH = "month"
    PERSON = "person"
    APPLICATION = "application"
    REFERRAL = "referral"
    COMPLAINT = "complaint"
    TICKET = "ticket"
    PLACE = "place"
    ATTEMPT = "attempt"
    FILE = "file"
    ROW = "row"


@dataclass(frozen=True)
class Counted:
    """A number of things: 5 жұмыс күні, 5 рабочих дней, 5 business days."""

    number: int
    unit: Unit


def counted(it: Counted, language: str, case: Case | None = None) -> str:
    """Return a number with its thing; the Russian genitive goes after «в течение»: 1 рабочего дня."""
    one, few, many = _UNITS[language][it.unit]
    if language == "kk":
        return f"{figure(it.number, language)} {one}"
    if language == "en":
        return f"{figure(it.number, language)} {one if it.number == 1 else many}"
    ends_in_one = it.number % 10 == 1 and it.number % 100 != 11
    if case is Case.GENITIVE:
        return f"{figure(it.number, language)} {_GENITIVE_RU[it.unit] if ends_in_one else many}"
    if ends_in_one:
        return f"{figure(it.number, language)} {one}"
    is_few = it.number % 10 in (2, 3, 4) and it.number % 100 not in (12, 13, 14)
    return f"{figure(it.number, language)} {few if is_few else many}"


def figure(number: int, language: str) -> str:
    """Return a whole number, from 10 000 up in groups of three: 12 500, in English 12,500."""
    if abs(number) < 10_000:
        return str(number)
    return f"{number:,}" if language == "en" else f"{number:,}".replace(",", " ")


_UNITS_KK = {
    Unit.MINUTE: "минут",
    Unit.HOUR: "сағат",
    Unit.DAY: "күн",
    Unit.BUSINESS_DAY: "жұмыс күні",
    Unit.MONTH: "ай",
    Unit.PERSON: "адам",
    Unit.APPLICATION: "өтініш",
    Unit.REFERRAL: "жолдама",
    Unit.COMPLAINT: "шағым",
    Unit.TICKET: "талон",
    Unit.PLACE: "орын",
    Unit.ATTEMPT: "әрекет",
    Unit.FILE: "файл",
    Unit.ROW: "жол",
}
_UNITS: dict[str, dict[Unit, tuple[str, str, str]]] = {
    "kk": {unit: (word, word, word) for unit, word in _UNITS_KK.items()},
    "ru": {
        Unit.MINUTE: ("минута", "минуты", "минут"),
        Unit.HOUR: ("час", "часа", "часов"),
        Unit.DAY: ("день", "дня", "дней"),
        Unit.BUSINESS_DAY: ("рабочий день", "рабочих дня", "рабочих дней"),
        Unit.MONTH: ("месяц", "месяца", "месяцев"),
        Unit.PERSON: ("человек", "человека", "человек"),
        Unit.APPLICATION: ("заявление", "заявления", "заявлений"),
        Unit.REFERRAL: ("направление", "направления", "направлений"),
        Unit.COMPLAINT: ("жалоба", "жалобы", "жалоб"),
        Unit.TICKET: ("талон", "талона", "талонов"),
        Unit.PLACE: ("место", "места", "мест"),
        Unit.ATTEMPT: ("попытка", "попытки", "попыток"),
        Unit.FILE: ("файл", "файла", "файлов"),
        Unit.ROW: ("строка", "строки", "строк"),
    },
    "en": {
        Unit.MINUTE: ("minute", "minutes", "minutes"),
        Unit.HOUR: ("hour", "hours", "hours"),
        Unit.DAY: ("day", "days", "days"),
        Unit.BUSINESS_DAY: ("business day", "business days", "business days"),
        Unit.MONTH: ("month", "months", "months"),
        Unit.PERSON: ("person", "people", "people"),
        Unit.APPLICATION: ("application", "applications", "applications"),
        Unit.REFERRAL: ("referral", "referrals", "referrals"),
        Unit.COMPLAINT: ("complaint", "complaints", "complaints"),
        Unit.TICKET: ("ticket", "tickets", "tickets"),
        Unit.PLACE: ("place", "places", "places"),
        Unit.ATTEMPT: ("attempt", "attempts", "attempts"),
        Unit.FILE: ("file", "files", "files"),
        Unit.ROW: ("row", "rows", "rows"),
    },
}
_GENITIVE_RU = {
    Unit.MINUTE: "минуты",
    Unit.HOUR: "часа",
    Unit.DAY: "дня",
    Unit.BUSINESS_DAY: "рабочего дня",
    Unit.MONTH: "месяца",
    Unit.PERSON: "человека",
    Unit.APPLICATION: "заявления",
    Unit.REFERRAL: "направления",
    Unit.COMPLAINT: "жалобы",
    Unit.TICKET: "талона",
    Unit.PLACE: "места",
    Unit.ATTEMPT: "попытки",
    Unit.FILE: "файла",
    Unit.ROW: "строки",
}
