"""Says a case in words: its kind, a ground."""

from django import template
from django.utils.text import capfirst

from joldama.cases.models import Application
from joldama.procedures.reckoning import edition_of
from joldama.standard import words
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind
from joldama.standard.typography import bound
from joldama.ui.templatetags.words import language

register = template.Library()


@register.simple_tag
def say_of_kind(kind: str, application: Application | None = None) -> str:
    """Name a kind of result as a heading; of an application's, as the edition it stays under names it."""
    code = ResultKind(kind)
    named = code if application is None else edition_of(application).declared(code)
    return bound(capfirst(words.say(named.text_key, language())))


@register.simple_tag
def say_ground(ground: str) -> str:
    """Name a ground of refusal."""
    return bound(words.say(Ground(ground).name_key, language()))
