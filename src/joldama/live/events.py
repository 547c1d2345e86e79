"""What is said on a stream: events of the HTML standard's server-sent events, UTF-8."""

import json
from collections.abc import Mapping


def changed(*, within: float) -> bytes:
    """Tell pages to fetch themselves anew, each at a moment of its own `within` seconds."""
    return _event("changed", round(within * 1000))


def parts(sources: Mapping[str, str]) -> bytes:
    """Bring parts of an open page, by their ids."""
    return _event("parts", sources)


def beat(*, age: float | None) -> bytes:
    """Tell that the stream lives, and how many seconds ago what it brought was known to be so (None: it brings none).

    An event and no comment: a page must hear it to know a dead line from a quiet one.
    """
    return _event("beat", None if age is None else round(age, 1))


def _event(name: str, said: object) -> bytes:
    return f"event: {name}\ndata: {json.dumps(said, ensure_ascii=False)}\n\n".encode()
