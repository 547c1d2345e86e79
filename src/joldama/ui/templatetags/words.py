"""The words of the catalogue on a page, in its language, with the spaces that must not break."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from joldama.standard import citations, moments, words
from joldama.standard.moments import Told
from joldama.standard.typography import bound

register = template.Library()


def language() -> str:
    """Give the language of the page: kk, ru or en."""
    active = (get_language() or "")[:2]
    return active if active in words.LANGUAGES else words.LANGUAGES[0]


@register.simple_tag
def say(key: Any, **values: Any) -> str:
    """Say a text of the catalogue; a value that has a text itself may be the key."""
    return bound(words.say(getattr(key, "text_key", key), language(), **values))


@register.simple_tag
def say_sentence(sentence: Any) -> str:
    """Say a text of the catalogue that comes with its values."""
    return bound(words.say(sentence.key, language(), **sentence.values))


@register.simple_tag
def say_in(key: str, spoken: str, **values: Any) -> str:
    """Say a text in a language named."""
    return bound(words.say(key, spoken, **values))


@register.simple_tag
def say_parts(key: str, **values: Any) -> SafeString:
    """Say a message of three parts (what happened, why, what to do) as three lines."""
    return lines(words.parts(key, language(), **values))


@register.filter
def lines(parts: Iterable[str]) -> SafeString:
    """Write the parts of a message as lines, the first one strong."""
    first, *rest = [bound(part) for part in parts]
    return format_html(
        "<p><strong>{}</strong></p>{}", first, format_html_join("", "<p>{}</p>", ((part,) for part in rest))
    )


@register.simple_tag
def cite_briefly(paragraph: str) -> str:
    """Name a paragraph as a mark beside a rule."""
    return bound(citations.cite_briefly(paragraph, language()))


@register.filter
def local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    """Give a moment as the wall clock of a place shows it."""
    return at.astimezone(zone) if at else None


@register.filter
def moment(at: datetime) -> str:
    """Write a local moment: 2026 ж. 22 қараша, сағат 14:30."""
    return bound(moments.moment(at, language()))


@register.filter
def day(on: date | str) -> str:
    """Write a day: 2026 ж. 22 қараша; a stored day is ISO text."""
    return bound(moments.day(date.fromisoformat(on) if isinstance(on, str) else on, language()))


@register.filter
def told(at: datetime, today: datetime | date) -> str:
    """Write a local moment with its weekday, without the year while it is the current one."""
    return bound(moments.told(Told(at, today.date() if isinstance(today, datetime) else today), language()))


@register.filter
def told_day(at: datetime, today: datetime | date) -> str:
    """Write the local day of a moment with its weekday, without the year while it is the current one."""
    return bound(
        moments.told(Told(at.date(), today.date() if isinstance(today, datetime) else today), language())
    )


@register.filter
def clock_time(at: datetime) -> str:
    """Write a local time: 9:05."""
    return moments.clock(at)


@register.filter
def clock_aligned(at: datetime) -> str:
    """Write a local time for tables and clocks: 09:05."""
    return moments.clock(at, aligned=True)


@register.filter
def length(of: timedelta) -> str:
    """Write a length: 1 сағат 20 минут."""
    return bound(moments.length(of, language()))


@register.filter
def masked(number: str) -> str:
    """Show only the last four digits of a person's number."""
    return f"•••• •••• {number[-4:]}"


@register.filter
def bind(text: str) -> str:
    """Put the spaces that must not break into a text."""
    return bound(str(text))


@register.simple_tag
def say_first(key: str, **values: Any) -> str:
    """Say the first part of a message: what happened."""
    return bound(words.part(key, language(), 0, **values))


@register.simple_tag
def say_rest(key: str, **values: Any) -> SafeString:
    """Say the other parts of a message: why, and what to do."""
    rest = words.parts(key, language(), **values)[1:]
    return format_html_join("", "<p>{}</p>", ((bound(part),) for part in rest))


@register.simple_tag
def page_language() -> str:
    """Give the language of the page, for its `lang`."""
    return language()


@register.simple_tag
def endonym(spoken: str) -> str:
    """Name a language in itself."""
    return words.say(f"language.{spoken}", spoken)


@register.simple_tag
def named_in(thing: Any, spoken: str) -> str:
    """Give the name of an office, or of whatever has kk, ru and en, in a language named."""
    return bound(getattr(thing, spoken))


def named_in_language(thing: Any) -> str:
    """Give the name of an office, or of whatever has kk, ru and en, in the page's language."""
    return bound(getattr(thing, language()))
