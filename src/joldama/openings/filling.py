"""What an opening puts into a referral: the fields of its kind, as the specialist would type them."""

from joldama.openings.models import Opening
from joldama.standard.kinds import ResultField

_LONGEST = 250
"""What a field of a referral holds."""

FIXED = (ResultField.ORGANISATION, ResultField.BIN)
"""Where one is sent is the opening's, whatever else is said of the work or course."""


def fields_of(opening: Opening) -> dict[ResultField, str]:
    """Give the fields that the opening knows, in both languages where they differ; days in ISO 8601."""
    organisation = opening.organisation
    known = {
        ResultField.ORGANISATION: _both(organisation.name_kk, organisation.name_ru),
        ResultField.BIN: organisation.number,
        ResultField.WORKPLACE_ADDRESS: opening.address,
        ResultField.OCCUPATION: _both(opening.occupation_kk, opening.occupation_ru),
        ResultField.COURSE: opening.course,
        ResultField.START_ON: opening.start_on.isoformat() if opening.start_on else "",
        ResultField.DURATION: opening.duration,
        ResultField.WAGE: _money(opening.wage),
        ResultField.STIPEND: _money(opening.stipend),
        ResultField.WORK_HOURS: opening.work_hours,
    }
    kind = opening.result_kind
    return {field: known[field] for field in (*kind.required, *kind.optional) if known.get(field)}


def _both(kk: str, ru: str) -> str:
    """Join Kazakh and Russian; where they are one, or too long for the field together, the first that is known."""
    joined = f"{kk} / {ru}"
    return joined if kk and ru and kk != ru and len(joined) <= _LONGEST else kk or ru


def _money(tenge: int | None) -> str:
    return f"{tenge:,} ₸".replace(",", " ") if tenge is not None else ""
