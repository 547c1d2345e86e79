"""The parts of a page that are kept fresh, cut out of its HTML as they stand there."""

from html.parser import HTMLParser

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


def parts_of(page: str) -> dict[str, str]:
    """Return the source of each element with an `id` and `data-live`, by its id; one within another is its part."""
    cutter = _Cutter(page)
    cutter.feed(page)
    cutter.close()
    return cutter.parts


class _Cutter(HTMLParser):
    """Follows the elements of well-formed HTML, as our templates write it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: dict[str, str] = {}
        self._page = page
        self._starts = [0, *(at + 1 for at, letter in enumerate(page) if letter == "\n")]
        self._part: tuple[str, str, int] | None = None
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._part is not None:
            self._depth += tag == self._part[1]
            return
        named = dict(attrs)
        if "data-live" in named and named.get("id") and tag not in _VOID:
            self._part, self._depth = (str(named["id"]), tag, self._here()), 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take `<div/>` as browsers do: as a `<div>` that is still open."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._part is None or tag != self._part[1]:
            return
        self._depth -= 1
        if self._depth:
            return
        name, _, begins = self._part
        ends = self._page.index(">", self._here()) + 1
        self.parts[name], self._part = self._page[begins:ends], None

    def _here(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column
