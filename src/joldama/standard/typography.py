"""Non-breaking spaces, put in when a text is shown and never stored: section (j) of the project's wording."""

import re

NBSP = "\u00a0"


def bound(text: str) -> str:
    """Return a text for a screen or a paper with the spaces that must not break made non-breaking.

    Between a figure and what it counts, № and its number, day and month, a year and ж. or г., сағат and the
    time, a surname and its initials, before a dash, before the number of a house at the end of an
    address, inside telephone numbers and groups of thousands.
    """
    return _BREAKS.sub(NBSP, _TELEPHONE.sub(lambda found: found[0].replace(" ", NBSP), text))


_UNITS = (
    "минут|мин|сағат|күн|жұмыс|ай|адам|өтініш|жолдама|шағым|талон|орын|файл|жол|цифр|теңге|тенге|МБ|%"
    "|ч|час|день|дня|дней|рабоч|месяц|человек|заявлени|направлени|жалоб|мест|строк"
    "|min|h|minute|hour|day|business|month|people|person|application|referral|complaint|MB"
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
_TELEPHONE = re.compile(r"(?<!\d)(?:\+7 \d{3} \d{3} \d\d \d\d|(?:8 \(\d{4}\) )?\d\d \d\d \d\d)(?!\d)")
