"""The faults of a form in the order of its fields, for the summary above it."""

from typing import Any


def summary_of(form: Any) -> list[tuple[str, str]]:
    """Give the faults of a form as pairs of the field's element and what is wrong, in the fields' order."""
    found = []
    for bound_field in form:
        for error in bound_field.errors:
            found.append((bound_field.auto_id, error))
    found += [("", error) for error in form.non_field_errors()]
    return found
