"""A sentence in the languages of a hall, one beneath the other: each knows its own."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from joldama.standard import words
from joldama.standard.typography import bound
from joldama.ui.templatetags.words import language

register = template.Library()


@register.simple_tag
def say_each(key: Any, spoken: Iterable[str], **values: Any) -> SafeString:
    """Say a text once in every language; the first one leads."""
    said = ((side, bound(words.say(getattr(key, "text_key", key), side, **values))) for side in spoken)
    return format_html_join(" ", '<span class="say" lang="{}">{}</span>', said)


@register.filter
def office_in(side: str, place: Any) -> str:
    """Give the name of a place's office in a language."""
    return bound(place.office.name(side))


@register.simple_tag
def say_values(key: str, values: dict[str, Any]) -> str:
    """Say a text in the page's language with values that come together."""
    return bound(words.say(key, language(), **values))
