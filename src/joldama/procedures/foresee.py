"""What somebody is told of the kinds before he applies: judged by what is known, nothing is asked of him (A14)."""

from datetime import date

from joldama.cases import offering
from joldama.people.models import Office, Person
from joldama.standard.editions import edition_on
from joldama.standard.eligibility import Eligibility, eligibility


def foresee(person: Person, *, office: Office | None, on: date) -> list[Eligibility]:
    """Judge the kinds of the edition of a local day for who has not applied yet.

    By the birth date the register told, and by what the office he chose knows of him. It decides nothing: his case
    is judged anew.
    """
    facts = {} if office is None else offering.facts_of(person.pk, office.pk)
    holds = {fact: bool(one.said["holds"]) for fact, one in facts.items()}
    born_on = date.fromisoformat(person.born_on) if person.born_on else None
    return [eligibility(kind, on=on, born_on=born_on, facts=holds) for kind in edition_on(on).kinds]
