"""A reckoned term in words: the due moment first, then how it was counted, then by which points."""

from zoneinfo import ZoneInfo

from joldama.standard.terms.steps import Step
from joldama.standard.terms.term import Term
from joldama.standard.words import say


def tell(step: Step, language: str) -> str:
    """Return one line in a language. Raises UnknownText, UnsayableValue."""
    return say(step.key, language, **step.values)


def told(term: Term, language: str, *, zone: ZoneInfo) -> tuple[str, ...]:
    """Return a term as lines: due, steps, basis, local time. `zone` is that of the place."""
    points = "; ".join(say(f"basis.{point}", language) for point in term.basis)
    return (
        say("term.due", language, due_at=term.due_at.astimezone(zone)),
        *(tell(step, language) for step in term.steps),
        say("term.basis", language, basis=points),
        say("term.local_time", language),
    )
