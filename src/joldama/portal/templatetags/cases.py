"""Says a case in words: its kind, a ground."""

from django import template
from django.utils.text import capfirst

from joldama.standard import words
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind
from joldama.standard.typography import bound
from joldama.ui.templatetags.words import language

register = template.Library()


@register.simple_tag
def say_of_kind(kind: str) -> str:
    """Name a kind of result as a heading."""
    return bound(capfirst(words.say(ResultKind(kind).text_key, language())))


@register.simple_tag
def say_ground(ground: str) -> str:
    """Name a ground of refusal."""
    return bound(words.say(Ground(ground).name_key, language()))
