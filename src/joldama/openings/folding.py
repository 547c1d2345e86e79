"""What an opening is found by: its words in the spelling that Kazakh, Russian and Latin letters share."""

from joldama.openings.models import Opening
from joldama.standard.spelling import spelling_key


def folded_of(opening: Opening) -> str:
    """Give the folded words of an opening: occupation, course, place, organisation."""
    organisation = opening.organisation
    told = (
        opening.occupation_kk,
        opening.occupation_ru,
        opening.course,
        opening.locality,
        opening.address,
        organisation.name_kk,
        organisation.name_ru,
    )
    words = " ".join(spelling_key(text) for text in told if text)
    return " ".join(dict.fromkeys(words.split()))
