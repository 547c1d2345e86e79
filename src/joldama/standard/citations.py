"""How a paragraph of the standard is named to people: in a sentence, and short beside a rule.

An id is a point ("9"), a point and its item ("4.1") or, in points 10, a point and its part ("10.3").
"""

from dataclasses import dataclass

from joldama.standard import words

POINTS_IN_PARTS = frozenset({"10"})


@dataclass(frozen=True)
class Cited:
    """A paragraph inside a text: stands where a value is said."""

    paragraph: str

    @property
    def text_key(self) -> str:
        return _form(self.paragraph, "cite")

    @property
    def values(self) -> dict[str, str]:
        return _places(self.paragraph)


def cite(paragraph: str, language: str) -> str:
    """Return the paragraph for a sentence: стандарттың 4-тармағының 1) тармақшасы."""
    return words.say(_form(paragraph, "cite"), language, **_places(paragraph))


def cite_briefly(paragraph: str, language: str) -> str:
    """Return the paragraph for a mark beside a rule: 4-т. 1); п. 4, 1); ¶4.1."""
    return words.say(_form(paragraph, "cite.short"), language, **_places(paragraph))


def _form(paragraph: str, stem: str) -> str:
    point, _, below = paragraph.partition(".")
    if not below:
        return f"{stem}.point"
    return f"{stem}.part" if point in POINTS_IN_PARTS else f"{stem}.item"


def _places(paragraph: str) -> dict[str, str]:
    point, _, below = paragraph.partition(".")
    return {"point": point, "below": below} if below else {"point": point}
