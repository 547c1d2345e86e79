"""What an opening is found by: its words in the spelling that Kazakh, Russian and Latin letters share."""

from collections.abc import Iterator

from joldama.openings.models import Opening
from joldama.standard.occupations import also_called
from joldama.standard.spelling import spelling_key


def folded_of(opening: Opening) -> str:
    """Give the folded words of an opening: occupation in both languages, course, place, organisation; each once."""
    words = " ".join(spelling_key(text) for text in _told(opening))
    return " ".join(dict.fromkeys(words.split()))


def fold_again() -> int:
    """Fold every opening anew, after a new edition of spelling or occupations; give how many are found otherwise."""
    changed = []
    for opening in (
        Opening.objects.select_related("organisation").order_by("pk").iterator(chunk_size=_AT_ONCE)
    ):
        folded = folded_of(opening)
        if folded != opening.folded:
            opening.folded = folded
            changed.append(opening)
    Opening.objects.bulk_update(changed, ["folded"], batch_size=_AT_ONCE)
    return len(changed)


def _told(opening: Opening) -> Iterator[str]:
    organisation = opening.organisation
    for named in (opening.occupation_kk, opening.occupation_ru, opening.course):
        yield named
        yield from also_called(named)
    yield from (opening.locality, opening.address, organisation.name_kk, organisation.name_ru)


_AT_ONCE = 1000
