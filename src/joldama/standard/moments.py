"""Days, times and lengths of time in Kazakh, Russian and English.

Section (j) of the project's wording. Moments are shown as they stand: whoever hands one in has already turned
it into the wall time of the place.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from joldama.standard import kazakh
from joldama.standard.kazakh import Case


class NotLocal(ValueError):
    """A moment without a zone, or in UTC, was handed in to be shown; only wall time of a place is shown."""


@dataclass(frozen=True)
class Told:
    """A day or a moment told to a person: with its weekday, and without the year in the year of `today`."""

    when: date | datetime
    today: date | None = None

    @property
    def names_year(self) -> bool:
        return self.today is None or self.today.year != self.when.year


def day(on: date, language: str, case: Case | None = None, *, year: bool = True) -> str:
    """Return a day for a screen: 2026 ж. 22 қараша, 22 ноября 2026 г., 22 November 2026."""
    month = MONTHS[language][on.month - 1]
    match language:
        case "kk":
            ended = kazakh.inflected(month, case) if case else month
            return f"{on.year} ж. {on.day} {ended}" if year else f"{on.day} {ended}"
        case "ru":
            return f"{on.day} {month} {on.year} г." if year else f"{on.day} {month}"
        case _:
            return f"{on.day} {month} {on.year}" if year else f"{on.day} {month}"


def day_on_paper(on: date, language: str) -> str:
    """Return a day for a paper or the name of an act: 2026 жылғы 22 қараша, 22 ноября 2026 года."""
    month = MONTHS[language][on.month - 1]
    match language:
        case "kk":
            return f"{on.year} жылғы {on.day} {month}"
        case "ru":
            return f"{on.day} {month} {on.year} года"
        case _:
            return f"{on.day} {month} {on.year}"


def day_in_table(on: date) -> str:
    """Return a day for a table, the same in all languages: 22.11.2026."""
    return f"{on:%d.%m.%Y}"


def day_with_weekday(on: date, language: str) -> str:
    """Return 2026 ж. 22 қараша, жексенбі; 22 ноября 2026 г., воскресенье; Sunday, 22 November 2026."""
    if language == "en":
        return f"{weekday(on, language)}, {day(on, language)}"
    return f"{day(on, language)}, {weekday(on, language)}"


def weekday(on: date, language: str, case: Case | None = None) -> str:
    """Return the day of the week; in the Russian accusative with its preposition: во вторник."""
    if language == "ru" and case is Case.ACCUSATIVE:
        return _ON_WEEKDAY_RU[on.weekday()]
    if language == "ru" and case is Case.GENITIVE:
        return _OF_WEEKDAY_RU[on.weekday()]
    return WEEKDAYS[language][on.weekday()]


def clock(at: time | datetime, *, aligned: bool = False) -> str:
    """Return a time of day to the minute, 9:00; with a leading zero for boards, tables and clocks, 09:00."""
    return f"{at.hour:02}:{at.minute:02}" if aligned else f"{at.hour}:{at.minute:02}"


def clock_with(at: time | datetime, language: str, case: Case | None) -> str:
    """Return a time of day, with its ending in Kazakh: 17:30-ға."""
    wall = at.time() if isinstance(at, datetime) else at
    return kazakh.inflected_time(wall, case) if case and language == "kk" else clock(wall)


def moment(at: datetime, language: str, case: Case | None = None) -> str:
    """Return a day with a time: 2026 ж. 22 қараша, сағат 14:30.

    22 ноября 2026 г. в 14:30; 14:30 on 22 November 2026. In the Russian genitive, after «до, с, после»:
    14:30 22 ноября 2026 г. Raises NotLocal.
    """
    on = _wall(at).date()
    match language:
        case "kk":
            comma = "" if case else ","
            return f"{day(on, language)}{comma} сағат {clock_with(at, language, case)}"
        case "ru" if case is Case.GENITIVE:
            return f"{clock(at)} {day(on, language)}"
        case "ru":
            return f"{day(on, language)} в {clock(at)}"
        case _:
            return f"{clock(at)} on {day(on, language)}"


def told(it: Told, language: str, case: Case | None = None) -> str:
    """Return a day or moment with its weekday, for a sentence: 26 наурыз, бейсенбі, 17:30-ға.

    17:30 четверга, 26 марта (genitive); 26 марта (четверг) в 17:30; 17:30 on Thursday 26 March.

    Raises NotLocal.
    """
    if isinstance(it.when, datetime):
        return _told_moment(_wall(it.when), it, language, case)
    return _told_day(it.when, it, language, case)


def due(it: Told, language: str) -> str:
    """Return a day or moment standing alone: 26 наурыз, бейсенбі, 17:30; 26 марта, четверг, 17:30.

    In English: Thursday 26 March, 17:30. Raises NotLocal.
    """
    on = it.when
    named = weekday(on, language)
    plain = day(on, language, year=it.names_year)
    parts = [f"{named} {plain}"] if language == "en" else [plain, named]
    if isinstance(on, datetime):
        parts.append(clock(_wall(on)))
    return ", ".join(parts)


def length(of: timedelta, language: str) -> str:
    """Return a length in hours and minutes, seconds left out: 1 сағат 20 минут, 1 ч 20 мин, 1 h 20 min."""
    hours, minutes = divmod(int(of.total_seconds()) // 60, 60)
    hour_name, minute_name = _SHORT_UNITS[language]
    parts = [f"{hours} {hour_name}"] if hours else []
    if minutes or not hours:
        parts.append(f"{minutes} {minute_name}")
    return " ".join(parts)


def _told_moment(at: datetime, it: Told, language: str, case: Case | None) -> str:
    plain = day(at, language, year=it.names_year)
    match language:
        case "kk":
            return f"{plain}, {weekday(at, language)}, {clock_with(at, language, case)}"
        case "ru" if case is Case.GENITIVE:
            return f"{clock(at)} {weekday(at, language, case)}, {plain}"
        case "ru":
            return f"{plain} ({weekday(at, language)}) в {clock(at)}"
        case _:
            return f"{clock(at)} on {weekday(at, language)} {plain}"


def _told_day(on: date, it: Told, language: str, case: Case | None) -> str:
    plain = day(on, language, case, year=it.names_year)
    match language:
        case "en":
            return f"{weekday(on, language)} {plain}"
        case "kk" if case is None:
            return f"{plain}, {weekday(on, language)}"
        case _:
            return f"{plain} ({weekday(on, language)})"


def _wall(at: datetime) -> datetime:
    if at.tzinfo is None or at.tzinfo is UTC or str(at.tzinfo) == "UTC":
        raise NotLocal(f"{at.isoformat()} is not wall time of a place")
    return at


_MONTHS_KK = "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"
_MONTHS_RU = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
_MONTHS_EN = "January February March April May June July August September October November December"
_WEEKDAYS_KK = "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі"
_WEEKDAYS_RU = "понедельник вторник среда четверг пятница суббота воскресенье"
_WEEKDAYS_EN = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_GENITIVE_WEEKDAYS_RU = "понедельника вторника среды четверга пятницы субботы воскресенья"
_ACCUSATIVE_WEEKDAYS_RU = "в понедельник|во вторник|в среду|в четверг|в пятницу|в субботу|в воскресенье"

MONTHS = {"kk": _MONTHS_KK.split(), "ru": _MONTHS_RU.split(), "en": _MONTHS_EN.split()}
WEEKDAYS = {"kk": _WEEKDAYS_KK.split(), "ru": _WEEKDAYS_RU.split(), "en": _WEEKDAYS_EN.split()}
_OF_WEEKDAY_RU = _GENITIVE_WEEKDAYS_RU.split()
_ON_WEEKDAY_RU = _ACCUSATIVE_WEEKDAYS_RU.split("|")
_SHORT_UNITS = {"kk": ("сағат", "минут"), "ru": ("ч", "мин"), "en": ("h", "min")}
