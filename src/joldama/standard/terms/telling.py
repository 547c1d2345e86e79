"""A reckoned term, or a length that was measured, in words: the outcome first, then how, then by which points."""

from zoneinfo import ZoneInfo

from joldama.standard.terms.steps import Step
from joldama.standard.terms.term import Term
from joldama.standard.terms.waiting import Wait
from joldama.standard.words import say


def tell(step: Step, language: str) -> str:
    """Return one line in a language. Raises UnknownText, UnsayableValue."""
    return say(step.key, language, **step.values)


def told(term: Term, language: str, *, zone: ZoneInfo) -> tuple[str, ...]:
    """Return a term as lines: due, steps, basis, local time. `zone` is that of the place."""
    return (
        say("term.due", language, due_at=term.due_at.astimezone(zone)),
        *(tell(step, language) for step in term.steps),
        _basis(term.basis, language),
        say("term.local_time", language),
    )


def told_measured(measured: Wait, language: str, *, is_running: bool) -> tuple[str, ...]:
    """Return what was measured as lines: how long and against which limit, steps, basis, local time.

    The last step says begun minutes; here the exact length stands first instead.
    """
    return (
        _outcome(measured, language, is_running=is_running),
        *(tell(step, language) for step in measured.steps[:-1]),
        say("term.measured.counts", language),
        _basis((*measured.basis, measured.hours_paragraph), language),
        say("term.local_time", language),
    )


def _outcome(measured: Wait, language: str, *, is_running: bool) -> str:
    took, limit = measured.took, measured.limit
    if measured.breach:
        return say("term.measured.over", language, took=took, limit=limit, over=measured.over)
    if is_running:
        return say("term.measured.running", language, took=took, limit=limit, left=measured.left)
    return say("term.measured.kept", language, took=took, limit=limit)


def _basis(points: tuple[str, ...], language: str) -> str:
    return say("term.basis", language, basis="; ".join(say(f"basis.{point}", language) for point in points))
