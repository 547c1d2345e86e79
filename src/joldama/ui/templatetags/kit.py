"""The components of the kit as template tags."""

from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from joldama.standard import citations
from joldama.standard.eligibility import Standing
from joldama.standard.typography import bound
from joldama.standard.words import say
from joldama.standard.workflows import ApplicationState
from joldama.ui.faults import summary_of
from joldama.ui.templatetags.words import language, named_in_language

register = template.Library()


@register.simple_tag
def ico(name: str) -> SafeString:
    """Draw a mark; it always stands beside a word."""
    return format_html('<span class="ico ico--{}" aria-hidden="true"></span>', name)


@register.simple_tag
def para(paragraph: str, on: date | None = None) -> SafeString:
    """Name a paragraph of the standard as a quiet link to its text, on a day other than today."""
    return format_html(
        '<a class="para" href="{}{}"><span class="vh">{} </span>{}</a>',
        reverse("portal:paragraph", args=[paragraph]),
        f"?on={on.isoformat()}" if on else "",
        say("ui.standard", language()),
        bound(citations.cite_briefly(paragraph, language())),
    )


_KINDS = {
    ApplicationState.ISSUED: ("ok", "tick"),
    ApplicationState.SIGNED: ("ok", "ring"),
    ApplicationState.REFUSED: ("bad", "stop"),
    ApplicationState.NOT_ACCEPTED: ("bad", "stop"),
    ApplicationState.WITHDRAWN: ("", "cross"),
}


@register.simple_tag
def state_tag(state: str, key: str = "") -> SafeString:
    """Say the state of an application in one word with its mark; `key` names another word for it."""
    known = ApplicationState(state)
    kind, mark = _KINDS.get(known, ("", "ring"))
    return tag(say(key or known.text_key, language()), kind, mark)


@register.simple_tag
def overdue_tag() -> SafeString:
    """Say that the term was missed."""
    return tag(say("flag.application.OVERDUE", language()), "bad", "stop")


_STANDINGS = {
    Standing.MET: ("ok", "tick"),
    Standing.NOT_MET: ("bad", "stop"),
    Standing.NOT_KNOWN: ("warn", "warn"),
}


@register.simple_tag
def standing_tag(standing: Standing) -> SafeString:
    """Say how a person stands to a condition, or to a kind."""
    return tag(say(standing.text_key, language()), *_STANDINGS[standing])


@register.simple_tag
def paper_tag() -> SafeString:
    """Say that this was kept on paper and entered later."""
    return tag(say("flag.application.PAPER", language()), "", "ring")


@register.simple_tag
def tag(word: str, kind: str = "", mark: str = "ring") -> SafeString:
    """A state said in a word; kinds: ok, warn, bad, or none."""
    return format_html(
        '<span class="tag{}">{}{}</span>', f" tag--{kind}" if kind else "", ico(mark), bound(word)
    )


@register.inclusion_tag("ui/kit/steps.html")
def steps(number: int, total: int, name: str) -> dict[str, Any]:
    """The steps of a form as a short road."""
    marks = ["is-done"] * (number - 1) + ["is-now"] + [""] * (total - number)
    return {"number": number, "total": total, "name": name, "marks": marks}


@register.inclusion_tag("ui/kit/budget.html")
def budget(steps: list[tuple[Any, str]]) -> dict[str, Any]:
    """The suggested steps of a visit, each done, now or ahead."""
    return {"steps": steps}


@register.inclusion_tag("ui/kit/reckoning.html")
def reckoning(lines: list[str], is_open: bool = False, of: Any = "") -> dict[str, Any]:
    """How a due moment was reckoned: the lines in the page's language; `of` has a text that names what."""
    return {"lines": [bound(line) for line in lines], "is_open": is_open, "of": of}


@register.filter
def in_language(stored: dict[str, Any]) -> Any:
    """Choose the page's language out of what is stored in three."""
    return stored[language()]


@register.filter
def in_page_language(passage: Any) -> str:
    """Give a passage of the standard in the page's language."""
    return passage.text(language())


@register.filter
def named(thing: Any) -> str:
    """Give the name of an office, or of whatever has kk, ru and en, in the page's language."""
    return named_in_language(thing)


@register.filter
def doors_of(place: Any, edition: Any) -> Any:
    """Give when the doors of a place are open under an edition of the standard."""
    return place.doors(edition.figures.hours)


@register.filter
def position_of(staff: Any) -> str:
    """Give an official's position in the page's language."""
    return bound(staff.position(language()))


@register.simple_tag
def option_hint(field: Any, option: Any) -> str:
    """Explain one option of a choice."""
    return field.form.hint_of(field.name, str(option.data["value"]))


@register.simple_tag
def faults_of(form: Any) -> list[tuple[str, str]]:
    """Give the faults of a form for its summary."""
    return summary_of(form)
