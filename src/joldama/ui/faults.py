"""The faults of a form in the order of its fields, for the summary above it."""

from typing import Any

from django.forms import ChoiceField


def summary_of(form: Any) -> list[tuple[str, str]]:
    """Give the faults of a form as pairs of the field's element and what is wrong, in the fields' order.

    The sentence about a choice does not name its question, so that several would read alike; here it does,
    where the question is not the page's heading.
    """
    found = []
    for bound_field in form:
        for error in bound_field.errors:
            is_one_of_many = isinstance(bound_field.field, ChoiceField) and form.heading != bound_field.name
            found.append((bound_field.auto_id, _asked(bound_field.label, error) if is_one_of_many else error))
    found += [("", error) for error in form.non_field_errors()]
    return found


def _asked(question: str, error: str) -> str:
    return f"{question} {error}" if question.endswith("?") else f"{question}: {error}"
