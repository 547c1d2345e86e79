"""Spaces and hyphens that do not break, put in when a text is shown and never stored: section (j) of the wording."""

import re

NBSP = "\u00a0"
NBHY = "\u2011"


def bound(text: str) -> str:
    """Return a text for a screen or a paper with the spaces and hyphens that must not break made non-breaking.

    Between a figure and what it counts, № and its number, day and month, a year and ж. or г., сағат and the
    time, a surname and its initials, before a dash, before the number of a house at the end of an
    address, inside telephone numbers and groups of thousands; a figure and the ending or word that a hyphen
    joins to it (30-ға, 12-терезе, 15-day). Numbers of cases and papers stay as they are: they are copied.
    """
    return _ENDING.sub(NBHY, _BREAKS.sub(NBSP, _TELEPHONE.sub(_whole, text)))


def unbound(text: str) -> str:
    """Return a shown text with ordinary spaces and hyphens, as the catalogue writes it."""
    return text.replace(NBSP, " ").replace(NBHY, "-")


def _whole(found: re.Match[str]) -> str:
    return found[0].replace(" ", NBSP).replace("-", NBHY)


_UNITS = (
    "минут|мин|сағат|күн|жұмыс|ай|адам|өтініш|жолдама|шағым|талон|орын|файл|жол|цифр|теңге|тенге|₸|МБ|%"
    "|секунд|жыл|рет|мм|мс"
    "|ч|час|день|дня|дней|рабоч|месяц|человек|заявлени|направлени|жалоб|мест|строк|лет"
    "|min|h|minute|hour|day|business|month|people|person|application|referral|complaint|MB|second|week|year|mm|ms"
)
_MONTHS = (
    "қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан"
    "|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
    "|January|February|March|April|May|June|July|August|September|October|November|December"
)
_BREAKS = re.compile(
    rf"(?<=\d) (?=(?:{_UNITS}|{_MONTHS})|ж\.|г\.|жылғы)"
    r"|(?<=№) (?=\S)|(?<=No\.) (?=\d)|(?<=п\.) (?=\d)|(?<=сағат) (?=\d)"
    r"| (?=–)"
    r"|(?<=\d) (?=\d{3}(?!\d))"
    r"|(?<=,) (?=\d{1,4}$)"
    r"|(?<=[а-яәғқңөұүһі]) (?=[А-ЯӘҒҚҢӨҰҮҺІ]\.(?:[А-ЯӘҒҚҢӨҰҮҺІ]\.)?(?![а-яәғқңөұүһі]))"
)
_TELEPHONE = re.compile(
    r"(?<![\d-])(?:(?:\+7|8)[ -]\(?\d{3,4}\)?[ -]\d{3}[ -]\d{4}"
    r"|(?:(?:\+7|8)[ -]\(?\d{3,4}\)?[ -])?\d{2,3}[ -]\d\d[ -]\d\d)(?![\d-])"
)
_ENDING = re.compile(r"(?<=[\d%])-(?=[а-яәғқңөұүһі]|(?:minute|hour|day|month|page|digit)\b)")
